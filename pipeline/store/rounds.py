"""Rounds of submissions: who was on time, who was late, who is missing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.store.errors import StoreError
from pipeline.store.labels import labels_of
from pipeline.store.models import ArrivalRow, DocumentRow, RoundRow, RoundTermsRow
from pipeline.store.values import Round
from pipeline.thai import PROVINCES

THAILAND = ZoneInfo("Asia/Bangkok")
CAPITAL = "กรุงเทพมหานคร"
EXPECTED = tuple(province for province in PROVINCES if province != CAPITAL)
"""The 76 provinces; the capital is none of them."""

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
    `unplaced` the submissions without a single province. Minutes of meetings do not count.
    """

    round: Round
    provinces: tuple[ProvinceStatus, ...]
    others: tuple[ProvinceStatus, ...]
    unplaced: tuple[Received, ...]

    def count(self, status: Status) -> int:
        """How many of the expected provinces stand like this."""
        return sum(province.status == status for province in self.provinces)


def set_round(
    session: Session,
    name: str,
    deadline: dt.date,
    *,
    expected: Sequence[str] = EXPECTED,
    by: str,
    now: dt.datetime | None = None,
) -> Round:
    """Make a round, or set other terms for it; those set before are kept."""
    row = session.scalars(select(RoundRow).where(RoundRow.name == name)).one_or_none()
    if row is None:
        row = RoundRow(name=name)
        session.add(row)
        session.flush()
    at = now or dt.datetime.now(dt.UTC)
    terms = RoundTermsRow(
        round_id=row.id, deadline=deadline, expected=list(expected), set_by=by, set_at=at
    )
    session.add(terms)
    session.flush()
    return _round(name, terms)


def get_round(session: Session, name: str) -> Round:
    """The round of that name as it was last set. Raises StoreError, naming those there are."""
    for found in list_rounds(session):
        if found.name == name:
            return found
    raise _unknown(session, name)


def last_round(session: Session) -> Round:
    """The round with the latest deadline. Raises StoreError where none was set."""
    found = list_rounds(session)
    if not found:
        raise StoreError(
            "ยังไม่มีรอบ ตั้งรอบด้วย wara round set ชื่อ --deadline วันสุดท้าย",
            "there is no round yet: wara round set NAME --deadline D",
        )
    return found[0]


def list_rounds(session: Session) -> list[Round]:
    """All rounds, the one with the latest deadline first."""
    latest = select(func.max(RoundTermsRow.id)).group_by(RoundTermsRow.round_id)
    query = (
        select(RoundRow.name, RoundTermsRow)
        .join(RoundTermsRow, RoundTermsRow.round_id == RoundRow.id)
        .where(RoundTermsRow.id.in_(latest))
        .order_by(RoundTermsRow.deadline.desc(), RoundRow.id.desc())
    )
    return [_round(name, terms) for name, terms in session.execute(query)]


def round_id(session: Session, name: str) -> int:
    """The key of a round. Raises StoreError, naming those there are."""
    found = session.scalars(select(RoundRow.id).where(RoundRow.name == name)).one_or_none()
    if found is None:
        raise _unknown(session, name)
    return found


def _unknown(session: Session, name: str) -> StoreError:
    names = ", ".join(found.name for found in list_rounds(session))
    return StoreError(
        f"ไม่มีรอบ {name!r} มี: {names or 'ยังไม่มี'} ตั้งรอบด้วย wara round set {name} --deadline วันสุดท้าย",
        f"no round {name!r}; there are: {names or 'none'}. Set one: wara round set NAME --deadline",
    )


def _round(name: str, terms: RoundTermsRow) -> Round:
    return Round(name, terms.deadline, tuple(terms.expected), terms.set_by, terms.set_at)


def is_on_time(received_at: dt.datetime, deadline: dt.date) -> bool:
    """Whether a moment lies before the end of the last day, as the clock stands in Thailand."""
    return received_at.astimezone(THAILAND).date() <= deadline


def round_status(session: Session, name: str) -> RoundStatus:
    """Who of a round is on time, late or missing. Raises StoreError for an unknown round."""
    found = get_round(session, name)
    received = _received(session, found)
    labels = labels_of(session, [item.sha256 for item in received])
    by_province: defaultdict[str, list[Received]] = defaultdict(list)
    unplaced = []
    for item in received:
        values = labels[item.sha256].values
        if values["kind"] == "minutes":
            continue
        if values["province"] in PROVINCES:
            by_province[values["province"]].append(item)
        else:
            unplaced.append(item)
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


def _received(session: Session, found: Round) -> list[Received]:
    """The first arrival of each document in the round, the oldest first."""
    query = (
        select(DocumentRow.sha256, ArrivalRow.file, ArrivalRow.received_at)
        .join(ArrivalRow, ArrivalRow.document_id == DocumentRow.id)
        .where(ArrivalRow.round_id == round_id(session, found.name))
        .where(DocumentRow.withdrawn_at.is_(None))
        .order_by(ArrivalRow.received_at, ArrivalRow.id)
    )
    first: dict[str, Received] = {}
    for sha256, file, at in session.execute(query):
        first.setdefault(sha256, Received(sha256, file, at, is_on_time(at, found.deadline)))
    return list(first.values())
