"""Work in the background."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    ForeignKey,
    Index,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.store.tables.base import Base, Number


class JobRow(Base):
    """Work in the background. `done` of `steps` is how far it is, `details` what it needs to know.

    An upload has its files beside it (`JobFileRow`); `round` is the round that they are for.
    """

    __tablename__ = "jobs"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), index=True)
    by: Mapped[str]
    round: Mapped[str | None]
    stage: Mapped[str]
    error: Mapped[str]
    done: Mapped[int]
    steps: Mapped[int]
    attempts: Mapped[int]
    details: Mapped[dict[str, Any]]
    made_at: Mapped[dt.datetime]
    begun_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]


class JobFileRow(Base):
    """A file of an upload, the `ordinal`th from 0, kept at `place` until it is in the store."""

    __tablename__ = "job_files"
    __table_args__ = (Index(None, "job_id", "ordinal"),)

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"))
    ordinal: Mapped[int]
    name: Mapped[str]
    place: Mapped[str]
    size: Mapped[int] = mapped_column(Number)
    state: Mapped[str] = mapped_column(String(16), index=True)
    attempts: Mapped[int]
    received_at: Mapped[dt.datetime]
    sha256: Mapped[str | None] = mapped_column(String(64))
    kind: Mapped[str | None]
    title: Mapped[str | None]
    error: Mapped[str | None]
