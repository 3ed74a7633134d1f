"""Too many attempts to log in: each is counted before the password is looked at."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from pipeline.store.models import AttemptRow
from pipeline.web.people import key_of

WINDOW = dt.timedelta(minutes=15)
LOCK = 0x77617272
LIMITS = (
    (("name", "address"), 5),
    (("address",), 30),
    (("name",), 50),  # from many addresses: high, for anybody can use up another one's
)


def try_login(session: Session, name: str, address: str) -> bool:
    """Count an attempt; False where there were too many, and then it is not counted.

    Concurrent attempts do not get around the limit: each writes before the next one counts.
    """
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time anyhow
        session.execute(select(func.pg_advisory_xact_lock(LOCK)))
    now = dt.datetime.now(dt.UTC)
    session.execute(delete(AttemptRow).where(AttemptRow.at < now - WINDOW))
    attempt = AttemptRow(name=key_of(name), address=address, at=now)
    for fields, limit in LIMITS:
        query = select(func.count()).select_from(AttemptRow)
        for field in fields:
            query = query.where(getattr(AttemptRow, field) == getattr(attempt, field))
        if (session.scalar(query) or 0) >= limit:
            return False
    session.add(attempt)
    return True


def succeeded(session: Session, name: str, address: str) -> None:
    """Forget the attempts that led to a login."""
    session.execute(
        delete(AttemptRow).where(AttemptRow.name == key_of(name), AttemptRow.address == address)
    )
