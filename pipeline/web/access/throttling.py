"""Too many attempts to log in: each is counted before the password is looked at."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from pipeline.store.tables import AttemptRow
from pipeline.web.access.people import key_of

WINDOW = dt.timedelta(minutes=15)
Answer = Literal["free", "refused", "ignored"]
LOCK = 0x77617272
LIMITS = (
    (("name", "address"), 5),
    (("address",), 30),
    (("name",), 50),  # from many addresses: high, for anybody can use up another one's
)


def try_login(session: Session, name: str, address: str) -> Answer:
    """Count an attempt, and say whether there were too many; it is `refused` once, then `ignored`.

    What is ignored leaves no trace, so that nobody fills the database from outside.

    Concurrent attempts do not get around the limit: each writes before the next one counts.
    """
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time anyhow
        session.execute(select(func.pg_advisory_xact_lock(LOCK)))
    now = dt.datetime.now(dt.UTC)
    session.execute(delete(AttemptRow).where(AttemptRow.at < now - WINDOW))
    attempt = AttemptRow(name=key_of(name), address=address, at=now)
    answer: Answer = "free"
    for fields, limit in LIMITS:
        query = select(func.count()).select_from(AttemptRow)
        for field in fields:
            query = query.where(getattr(AttemptRow, field) == getattr(attempt, field))
        if (tried := session.scalar(query) or 0) > limit:
            return "ignored"
        if tried == limit:
            answer = "refused"
    session.add(attempt)
    return answer


def succeeded(session: Session, name: str, address: str) -> None:
    """Forget the attempts that led to a login."""
    session.execute(
        delete(AttemptRow).where(AttemptRow.name == key_of(name), AttemptRow.address == address)
    )
