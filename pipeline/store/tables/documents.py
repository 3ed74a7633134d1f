"""Documents: what they say, when they came in, what models said of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.store.tables.base import Base, Number


class StoreRow(Base):
    """The one row that says which store this is, and the number of its last change."""

    __tablename__ = "store"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    identity: Mapped[str] = mapped_column(String(32))
    change: Mapped[int] = mapped_column(Number)


class DocumentRow(Base):
    """A file, by its digest. `cluster` is the id of the oldest of its near-duplicates, or null.

    `content` is the `Document`, `parsed` its Proposal or Minutes without the text; `digest` is
    theirs and the passages'. `change` grows with every change of the passages. `page_ends` is
    `documents.ends_of` the content; null where it was stored before there was such a column.
    Where `erased_at` stands, the document was deleted and the row is empty.
    """

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    suffix: Mapped[str] = mapped_column(String(16))
    media_type: Mapped[str]
    kind: Mapped[str] = mapped_column(String(16), index=True)
    title: Mapped[str | None]
    province: Mapped[str | None]
    document_date: Mapped[dt.date | None]
    fiscal_year: Mapped[int | None]
    warnings: Mapped[list[str]]
    content: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    parsed: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    page_ends: Mapped[list[list[int]] | None] = mapped_column(deferred=True)
    digest: Mapped[str] = mapped_column(String(64))
    signature: Mapped[bytes | None] = mapped_column(deferred=True)
    cluster: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), index=True)
    change: Mapped[int] = mapped_column(Number, index=True)
    added_at: Mapped[dt.datetime]
    withdrawn_at: Mapped[dt.datetime | None]
    erased_at: Mapped[dt.datetime | None]


class BandRow(Base):
    """A band of a document's MinHash: documents with a band in common may be near-duplicates."""

    __tablename__ = "bands"

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    document_id: Mapped[int] = mapped_column(
        ForeignKey("documents.id"), primary_key=True, autoincrement=False, index=True
    )


class ArrivalRow(Base):
    """One arrival of a file, also of one that was there already."""

    __tablename__ = "arrivals"

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id"), index=True)
    file: Mapped[str]
    received_at: Mapped[dt.datetime]
    received_by: Mapped[str]


class PassageRow(Base):
    """A `Passage` of a document, the `ordinal`th from 0."""

    __tablename__ = "passages"

    document_id: Mapped[int] = mapped_column(
        ForeignKey("documents.id"), primary_key=True, autoincrement=False
    )
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(index=True)
    text: Mapped[str]
    title: Mapped[str]
    heading: Mapped[str]
    document_kind: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(16))
    speaker: Mapped[str]
    position: Mapped[str]
    date: Mapped[dt.date | None]
    provinces: Mapped[list[str]]
    topics: Mapped[list[str]]
    meeting: Mapped[str]
    item: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]


class PredictionRow(Base):
    """What a model said of a document: the row of `wara classify` and the tagging behind it."""

    __tablename__ = "predictions"
    __table_args__ = (Index(None, "document_id", "id"),)

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    model: Mapped[str | None]
    predicted_at: Mapped[dt.datetime]
    record: Mapped[dict[str, Any]]
    tagging: Mapped[dict[str, Any] | None]
