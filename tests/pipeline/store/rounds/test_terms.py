"""The terms of rounds."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.store import Store, StoreError
from pipeline.store.rounds import EXPECTED, get_round, list_rounds, set_round
from tests.pipeline.store.standings.test_rounds import DEADLINE


def test_the_76_provinces_are_expected_the_capital_is_not(store: Store) -> None:
    with store.begin() as session:
        made = set_round(session, "2565", DEADLINE, by="lead")
    assert len(made.expected) == 76
    assert "กรุงเทพมหานคร" not in made.expected


def test_terms_set_again_hold_and_the_old_ones_are_kept(store: Store) -> None:
    later = dt.date(2021, 12, 24)
    with store.begin() as session:
        set_round(session, "2565", DEADLINE, by="a")
        set_round(session, "2565", later, expected=["ตรัง"], by="b")
        found = get_round(session, "2565")
        assert list_rounds(session) == [found]
    assert (found.deadline, found.expected, found.set_by) == (later, ("ตรัง",), "b")
    with store.read() as session, pytest.raises(StoreError, match="2565"):
        get_round(session, "2566")


def test_expected_are_the_provinces_of_the_country() -> None:
    assert len(set(EXPECTED)) == 76
