"""Rounds of submissions: by when, and from which provinces."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.store.errors import StoreError
from pipeline.store.tables import RoundRow, RoundTermsRow
from pipeline.thai import PROVINCES

THAILAND = ZoneInfo("Asia/Bangkok")
CAPITAL = "กรุงเทพมหานคร"
EXPECTED = tuple(province for province in PROVINCES if province != CAPITAL)
"""The 76 provinces; the capital is none of them."""


@dataclass(frozen=True, slots=True)
class Round:
    """A round of submissions; `expected` are full Thai names of provinces without จังหวัด."""

    name: str
    deadline: dt.date
    expected: tuple[str, ...]
    set_by: str
    set_at: dt.datetime


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
        f"ไม่มีรอบ {name!r} มี: {names or 'ยังไม่มี'} "
        f"ตั้งรอบด้วย wara round set {name!r} --deadline วันสุดท้าย",
        f"no round {name!r}; there are: {names or 'none'}. Set one: wara round set NAME --deadline",
    )


def _round(name: str, terms: RoundTermsRow) -> Round:
    return Round(name, terms.deadline, tuple(terms.expected), terms.set_by, terms.set_at)


def is_on_time(received_at: dt.datetime, deadline: dt.date) -> bool:
    """Whether a moment lies before the end of the last day, as the clock stands in Thailand."""
    return received_at.astimezone(THAILAND).date() <= deadline
