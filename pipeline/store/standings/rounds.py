"""How a round stands, counted from the standings: who was on time, late, or is missing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.store.rounds.terms import Round, get_round, is_on_time, round_id
from pipeline.store.standings.following import follow
from pipeline.store.store import Store
from pipeline.store.tables import ArrivalRow, StandingRow
from pipeline.thai import PROVINCES

Status = Literal["on_time", "late", "missing"]


@dataclass(frozen=True, slots=True)
class Received:
    """A submission of a round, as it first came in."""

    sha256: str
    file: str
    received_at: dt.datetime
    on_time: bool


@dataclass(frozen=True, slots=True)
class ProvinceStatus:
    """How a province stands: on time if its first submission was. `submissions`: oldest first."""

    province: str
    status: Status
    submissions: tuple[Received, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundStatus:
    """How a round stands.

    `provinces` are the expected ones in their order, `others` those that nobody expected, and
    `unplaced` the submissions without a single province. Only proposals count, by their kind as it
    stands: what else came in for the round is `uncounted`, the oldest first.
    """

    round: Round
    provinces: tuple[ProvinceStatus, ...]
    others: tuple[ProvinceStatus, ...]
    unplaced: tuple[Received, ...]
    uncounted: tuple[Received, ...] = ()

    def count(self, status: Status) -> int:
        """How many of the expected provinces stand like this."""
        return sum(province.status == status for province in self.provinces)


def round_status(store: Store, name: str) -> RoundStatus:
    """Who of a round is on time, late or missing. Raises StoreError for an unknown round."""
    follow(store)
    with store.read() as session:
        found = get_round(session, name)
        received = _received(session, found)
    proposals = [(one, province) for one, province, kind in received if kind == "proposal"]
    uncounted = tuple(one for one, _, kind in received if kind != "proposal")
    return replace(_status(found, proposals), uncounted=uncounted)


def _received(session: Session, found: Round) -> list[tuple[Received, str | None, str]]:
    """The first arrival of each document, the oldest first, with its province and kind."""
    order = (ArrivalRow.received_at, ArrivalRow.id)
    nth = func.row_number().over(partition_by=ArrivalRow.document_id, order_by=order)
    arrived = (
        select(*order, ArrivalRow.document_id, ArrivalRow.file, nth.label("nth"))
        .where(ArrivalRow.round_id == round_id(session, found.name))
        .subquery()
        .c
    )
    standing = (StandingRow.sha256, StandingRow.province, StandingRow.kind)
    query = (
        select(*standing, arrived.file, arrived.received_at)
        .join(StandingRow, StandingRow.document_id == arrived.document_id)
        .where(arrived.nth == 1)
        .order_by(arrived.received_at, arrived.id)
    )
    return [
        (Received(sha256, file, at, is_on_time(at, found.deadline)), province, kind)
        for sha256, province, kind, file, at in session.execute(query)
    ]


def _status(found: Round, received: Sequence[tuple[Received, str | None]]) -> RoundStatus:
    by_province: defaultdict[str, list[Received]] = defaultdict(list)
    unplaced = []
    for one, province in received:
        if province in PROVINCES:
            by_province[province].append(one)
        else:
            unplaced.append(one)
    others = sorted(set(by_province) - set(found.expected), key=PROVINCES.index)
    return RoundStatus(
        found,
        tuple(_stand(province, by_province[province]) for province in found.expected),
        tuple(_stand(province, by_province[province]) for province in others),
        tuple(unplaced),
    )


def _stand(province: str, submissions: Sequence[Received]) -> ProvinceStatus:
    if not submissions:
        return ProvinceStatus(province, "missing")
    status: Status = "on_time" if submissions[0].on_time else "late"
    return ProvinceStatus(province, status, tuple(submissions))
