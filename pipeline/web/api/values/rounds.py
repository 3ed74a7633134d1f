"""Rounds, and how they stand."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import ConfigDict

from pipeline.web.api.values.shared import Value


class RoundValue(Value):
    """A round of submissions; `expected` are provinces."""

    model_config = ConfigDict(from_attributes=True, title="Round")

    name: str
    deadline: dt.date
    expected: list[str]


class ProvinceValue(Value):
    """How a province stands; `submissions` are digests, the first to come in first."""

    model_config = ConfigDict(from_attributes=True, title="ProvinceStatus")

    province: str
    status: Literal["on_time", "late", "missing"]
    submissions: list[str]


class RoundState(Value):
    """How a round stands: expected provinces, others, and submissions without a province.

    `uncounted` came in for the round and are no proposals.
    """

    round: RoundValue
    on_time: int
    late: int
    missing: int
    provinces: list[ProvinceValue]
    others: list[ProvinceValue]
    unplaced: list[str]
    uncounted: list[str]
