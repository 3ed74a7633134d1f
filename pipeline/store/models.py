"""The tables. What people decided and what arrived is only ever added to.

Times are UTC; text that no database takes (NUL, half a surrogate pair) is kept as U+FFFD in
columns and as it is, escaped, in JSON, so that offsets hold.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from pipeline.store.types import CleanText, UtcDateTime

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
Number = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """All tables of the store."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        str: CleanText(),
        dt.datetime: UtcDateTime(),
        dt.date: Date(),
        dict[str, Any]: JSON(none_as_null=True),
        list[str]: JSON(none_as_null=True),
        list[list[int]]: JSON(none_as_null=True),
    }


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


class BandRow(Base):
    """A band of a document's MinHash: documents with a band in common may be near-duplicates."""

    __tablename__ = "bands"

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    document_id: Mapped[int] = mapped_column(
        ForeignKey("documents.id"), primary_key=True, autoincrement=False, index=True
    )


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


class DecisionRow(Base):
    """One decision on one document. The database itself refuses to change or delete it."""

    __tablename__ = "decisions"
    __table_args__ = (Index(None, "document_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    kind: Mapped[str] = mapped_column(String(16))
    source: Mapped[str] = mapped_column(String(16))
    by: Mapped[str]
    at: Mapped[dt.datetime]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    note: Mapped[str | None]
    seconds: Mapped[float | None]
    undoes: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))
    group: Mapped[str | None] = mapped_column(String(32), index=True)


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
