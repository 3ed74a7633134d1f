"""The audit log: who did what, when, from which address. It is only ever added to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.store.tables import AuditRow
from pipeline.web.access.logins import Person

PAGE = 100  # entries on one page


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log, `at` in UTC."""

    id: int
    at: dt.datetime
    by: str
    action: str
    target: str
    details: dict[str, Any]
    address: str


def record(
    session: Session,
    action: str,
    *,
    by: str,
    target: str = "",
    details: Mapping[str, Any] | None = None,
    address: str = "",
) -> None:
    """Write a line, in the transaction of what it tells of: both stand, or neither.

    `action` is `area.verb`, as the names of routes; never put a secret into `details`.
    """
    row = AuditRow(
        at=dt.datetime.now(dt.UTC),
        by=by,
        action=action,
        target=target,
        details=dict(details or {}),
        address=address,
    )
    session.add(row)


def did(
    session: Session,
    person: Person,
    action: str,
    target: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write down what somebody who is logged in did; see `record`."""
    record(session, action, by=person.name, target=target, details=details, address=person.address)


def entries(
    session: Session, *, by: str = "", action: str = "", before: int | None = None
) -> list[Entry]:
    """The latest lines first, at most `PAGE`, older than the line `before`.

    `by` is a whole name, `action` the beginning of one.
    """
    query = select(AuditRow).order_by(AuditRow.id.desc()).limit(PAGE)
    if by:
        query = query.where(AuditRow.by == by)
    if action:
        query = query.where(AuditRow.action.startswith(action, autoescape=True))
    if before is not None:
        query = query.where(AuditRow.id < before)
    return [_entry(row) for row in session.scalars(query)]


def _entry(row: AuditRow) -> Entry:
    return Entry(row.id, row.at, row.by, row.action, row.target, row.details, row.address)
