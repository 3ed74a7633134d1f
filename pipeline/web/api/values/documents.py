"""Documents, their labels, and decisions on them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.web.api.values.shared import Id, Kind, Sha256, Value


class Listed(Value):
    """A document in a list, with its labels as they stand; `mode` is the primary one.

    `status` is `decided`, `waiting` (for a person) or `none` (nothing to decide).
    """

    sha256: Sha256
    kind: Kind
    title: str | None
    province: str | None
    document_date: dt.date | None
    fiscal_year: int | None
    agenda: str | None
    mode: str | None
    status: str
    late: bool | None
    damaged: bool
    added_at: dt.datetime


class Came(Value):
    """A file came in under this name."""

    file: str
    received_at: dt.datetime
    received_by: str
    round: str | None


class Details(Value):
    """A document without its text; `record` is the row of `wara classify`, null for none."""

    model_config = ConfigDict(from_attributes=True, title="Document")

    sha256: Sha256
    kind: Kind
    media_type: str
    title: str | None
    province: str | None
    document_date: dt.date | None
    fiscal_year: int | None
    warnings: list[str]
    duplicates: list[str]
    added_at: dt.datetime
    withdrawn_at: dt.datetime | None
    arrivals: list[Came]
    record: dict[str, Any] | None


class TextPage(Value):
    """A page, counted from 1: its repaired text and where that stands in the whole."""

    number: int
    text: str
    start: int
    method: str


class Text(Value):
    """The text of a document, repaired and normalized; pages are joined by line breaks."""

    sha256: Sha256
    text: str
    pages: list[TextPage]


class Part(Value):
    """A stretch of a document that is searched by itself."""

    id: str
    kind: str
    text: str
    title: str
    heading: str
    speaker: str
    position: str
    date: dt.date | None
    provinces: list[str]
    topics: list[str]
    meeting: str
    item: str
    start: int
    end: int


class Made(Value):
    """A decision on a document. Decisions are never changed: undoing one is another one."""

    id: Id
    sha256: Sha256
    kind: str
    source: str
    by: str
    at: dt.datetime
    before: dict[str, Any]
    after: dict[str, Any]
    note: str | None
    seconds: float | None
    undoes: int | None
    group: str | None


class Labels(Value):
    """Labels as they stand. Send `last` as `expected` with a decision on what you saw."""

    sha256: Sha256
    values: dict[str, Any]
    machine: dict[str, Any]
    source: str
    model: str | None
    asked: bool
    note: str | None
    last: int


class After(BaseModel):
    """The fields to set; those left out stay as they are. `modes` has the primary one first."""

    model_config = ConfigDict(extra="forbid")

    agenda: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    modes: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=80)]],
        Field(min_length=1, max_length=20),
    ] | None = None  # fmt: skip
    award_scaleup: bool | None = None
    kind: Kind | None = None
    title: Annotated[str, Field(max_length=2000)] | None = None
    province: Annotated[str, Field(max_length=80)] | None = None


class Deciding(BaseModel):
    """A decision to make. `expected` is `last` of the labels that the person saw: 0 before any.

    Where somebody decided since, the answer is 409 and nothing is changed.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Literal["label", "accept", "second", "ask", "note", "adjudicate"] = "label"
    after: After = Field(default_factory=After)
    expected: Annotated[int, Field(ge=0, le=2**53)]
    note: Annotated[str, Field(max_length=2000)] | None = None
    seconds: Annotated[float, Field(ge=0, le=86_400, allow_inf_nan=False)] | None = None
