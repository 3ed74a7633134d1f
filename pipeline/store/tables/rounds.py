"""Rounds of submissions, and what was set for them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    ForeignKey,
)
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.store.tables.base import Base, Number


class RoundRow(Base):
    """A round of submissions, known by its name."""

    __tablename__ = "rounds"

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class RoundTermsRow(Base):
    """What was set for a round, and when; the last row of a round holds."""

    __tablename__ = "round_terms"

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    deadline: Mapped[dt.date]
    expected: Mapped[list[str]]
    set_by: Mapped[str]
    set_at: Mapped[dt.datetime]
