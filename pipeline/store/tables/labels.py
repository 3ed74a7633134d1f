"""What people decided, and how documents stand by it."""

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


class DecisionRow(Base):
    """One decision on one document. The database itself refuses to change it.

    Nor is it deleted, unless its document is (`erased_at`).
    """

    __tablename__ = "decisions"
    __table_args__ = (Index(None, "document_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    kind: Mapped[str] = mapped_column(String(16))
    source: Mapped[str] = mapped_column(String(16))
    by: Mapped[str]
    at: Mapped[dt.datetime] = mapped_column(index=True)
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    note: Mapped[str | None]
    seconds: Mapped[float | None]
    undoes: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"), index=True)
    group: Mapped[str | None] = mapped_column(String(32), index=True)


class StandingRow(Base):
    """How a document stands, for lists of many: derived from all else, see `standings`.

    `agenda` to `province` are the labels that hold, `status` is `waiting`, `decided` or `none`
    (nothing to decide), `uncertainty` is 0 (sure) to 1, and -1 where the model gave no labels.
    `last` is `Labelling.last`.
    """

    __tablename__ = "standings"
    __table_args__ = (Index(None, "status", "uncertainty", "document_id"),)

    document_id: Mapped[int] = mapped_column(
        ForeignKey("documents.id"), primary_key=True, autoincrement=False
    )
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    title: Mapped[str | None]
    province: Mapped[str | None]
    agenda: Mapped[str | None]
    mode: Mapped[str | None]
    further_modes: Mapped[list[str]]
    machine_agenda: Mapped[str | None]
    machine_mode: Mapped[str | None]
    agenda_confidence: Mapped[float | None]
    mode_confidence: Mapped[float | None]
    uncertainty: Mapped[float]
    status: Mapped[str] = mapped_column(String(16))
    first_by: Mapped[str | None]
    second_by: Mapped[str | None]
    asked: Mapped[bool]
    disagreed: Mapped[bool]
    flagged: Mapped[bool]
    damaged: Mapped[bool]
    late: Mapped[bool | None]
    decided_at: Mapped[dt.datetime | None]
    last: Mapped[int] = mapped_column(Number)


class StandingDueRow(Base):
    """A document whose standing is out of date; triggers write these with whatever changed it."""

    __tablename__ = "standings_due"

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
