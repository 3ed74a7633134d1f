"""Rounds of submissions: by when, and from which provinces; how they stand: `standings`."""

from pipeline.store.rounds.expected import read_expected
from pipeline.store.rounds.terms import (
    EXPECTED,
    THAILAND,
    Round,
    get_round,
    is_on_time,
    last_round,
    list_rounds,
    round_id,
    set_round,
)

__all__ = [
    "EXPECTED",
    "THAILAND",
    "Round",
    "get_round",
    "is_on_time",
    "last_round",
    "list_rounds",
    "read_expected",
    "round_id",
    "set_round",
]
