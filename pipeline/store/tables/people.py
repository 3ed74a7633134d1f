"""Who may enter the workplace, who is in it, and what they did."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    ForeignKey,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.store.tables.base import Base, Number


class UserRow(Base):
    """A person who may enter the workplace. `key` is the name as it is compared."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    name: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str] = mapped_column(String(16))
    password: Mapped[str]
    added_at: Mapped[dt.datetime]
    added_by: Mapped[str]
    disabled_at: Mapped[dt.datetime | None]


class LoginRow(Base):
    """Somebody who is logged in; without a user it was by the one-time link. `key` is a digest."""

    __tablename__ = "logins"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    begun_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime] = mapped_column(index=True)
    address: Mapped[str]


class AttemptRow(Base):
    """An attempt to log in that has not succeeded."""

    __tablename__ = "login_attempts"

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    name: Mapped[str]
    address: Mapped[str]
    at: Mapped[dt.datetime] = mapped_column(index=True)


class TokenRow(Base):
    """A token with which a program acts as a user. `key` is its digest."""

    __tablename__ = "tokens"

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    label: Mapped[str]
    made_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]


class AuditRow(Base):
    """Who did what, when and from where. The database itself refuses to change or delete it."""

    __tablename__ = "audit"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    at: Mapped[dt.datetime]
    by: Mapped[str] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(String(48), index=True)
    target: Mapped[str]
    details: Mapped[dict[str, Any]]
    address: Mapped[str]
