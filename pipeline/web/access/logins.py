"""Who is logged in: logins that expire, tokens of programs, the one-time link.

The browser and the program hold a random token; the database keeps its digest.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from pipeline.errors import UsageError
from pipeline.store.errors import StoreError
from pipeline.store.tables import LoginRow, TokenRow, UserRow
from pipeline.web.access.keys import digest
from pipeline.web.access.people import any_users, checked_role
from pipeline.web.access.permissions import Role

IDLE, LONGEST = dt.timedelta(hours=2), dt.timedelta(hours=12)
SEEN_EVERY = dt.timedelta(minutes=5)  # how exactly `seen_at` is kept: a write is dear
TOKEN_PREFIX = "wara_"
TOKEN_DAYS = 90
OWNER = "เจ้าของเครื่อง"  # who came by the one-time link


@dataclass(frozen=True, slots=True)
class Person:
    """Who sent a request, how that is known, and from which address it came.

    `key` is the digest of the login, if any.
    """

    name: str
    role: Role
    user: int | None
    how: Literal["login", "link", "token"]
    key: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a user, without what would let one in."""

    id: int
    label: str
    made_at: dt.datetime
    ends_at: dt.datetime


def begin_login(session: Session, user: int | None, address: str) -> str:
    """Log a user in, or None for who has the one-time link; the token for the cookie."""
    token, now = secrets.token_urlsafe(32), dt.datetime.now(dt.UTC)
    session.execute(delete(LoginRow).where(LoginRow.ends_at < now))
    session.add(
        LoginRow(
            key=digest(token),
            user_id=user,
            begun_at=now,
            seen_at=now,
            ends_at=now + LONGEST,
            address=address,
        )
    )
    return token


def end_login(session: Session, key: str) -> None:
    """Log out; nothing happens for a login that has ended."""
    session.execute(delete(LoginRow).where(LoginRow.key == key))


def person_of(session: Session, token: str, now: dt.datetime) -> tuple[Person, dt.datetime] | None:
    """Who is logged in under a cookie's token, and when they were last seen; None for nobody.

    A login by the link holds only as long as there are no users.
    """
    query = (
        select(LoginRow, UserRow)
        .outerjoin(UserRow, UserRow.id == LoginRow.user_id)
        .where(LoginRow.key == digest(token), LoginRow.ends_at > now)
        .where(LoginRow.seen_at > now - IDLE)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    login, user = found
    if login.user_id is None:
        by_link = Person(OWNER, "admin", None, "link", login.key)
        return None if any_users(session) else (by_link, login.seen_at)
    if user.disabled_at is not None:
        return None
    person = Person(user.name, checked_role(user.role), user.id, "login", login.key)
    return person, login.seen_at


def seen(session: Session, key: str, now: dt.datetime) -> None:
    """Note that a login is in use."""
    session.execute(update(LoginRow).where(LoginRow.key == key).values(seen_at=now))


def make_token(session: Session, user: int, label: str, *, days: int = TOKEN_DAYS) -> str:
    """A new token of a user, told only now. Raises UsageError without a label."""
    label = " ".join(label.split())[:80]
    if not label or not 1 <= days <= 366:
        raise UsageError(
            "โทเคนต้องมีชื่อบอกว่าใช้ทำอะไร และมีอายุ 1-366 วัน",
            "a token needs a name that says what it is for, and 1 to 366 days",
        )
    token, now = TOKEN_PREFIX + secrets.token_urlsafe(32), dt.datetime.now(dt.UTC)
    ends = now + dt.timedelta(days=days)
    session.add(
        TokenRow(
            key=digest(token), user_id=user, label=label, made_at=now, ends_at=ends, revoked_at=None
        )
    )
    return token


def tokens_of(session: Session, user: int) -> list[Token]:
    """The tokens of a user that still hold, the newest first."""
    query = select(TokenRow).where(TokenRow.user_id == user, *_holding())
    rows = session.scalars(query.order_by(TokenRow.id.desc()))
    return [Token(row.id, row.label, row.made_at, row.ends_at) for row in rows]


def revoke(session: Session, user: int, token: int) -> Token:
    """End a token. Raises StoreError where that user has none of that number."""
    query = select(TokenRow).where(TokenRow.user_id == user, TokenRow.id == token, *_holding())
    row = session.scalars(query).one_or_none()
    if row is None:
        raise StoreError(
            "ไม่มีโทเคนนี้ หรือเลิกใช้ไปแล้ว กลับไปดูรายการ", "there is no such token: go back to the list"
        )
    row.revoked_at = dt.datetime.now(dt.UTC)
    return Token(row.id, row.label, row.made_at, row.ends_at)


def program_of(session: Session, token: str, now: dt.datetime) -> Person | None:
    """As whom a program acts that sends this token; None for nobody."""
    query = (
        select(UserRow)
        .join(TokenRow, TokenRow.user_id == UserRow.id)
        .where(TokenRow.key == digest(token), *_holding(now), UserRow.disabled_at.is_(None))
    )
    user = session.scalars(query).one_or_none()
    return None if user is None else Person(user.name, checked_role(user.role), user.id, "token")


def _holding(now: dt.datetime | None = None) -> tuple[ColumnElement[bool], ...]:
    """What is true of a token that can be used."""
    return TokenRow.revoked_at.is_(None), TokenRow.ends_at > (now or dt.datetime.now(dt.UTC))
