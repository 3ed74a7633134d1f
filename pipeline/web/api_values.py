"""What the API takes and gives. Names and shapes are a contract: fields are added, never changed.

Dates are ISO 8601, moments in UTC; fiscal years BE; offsets count code points, `end` exclusive.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["proposal", "minutes", "other"]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$", examples=["0" * 64])]
Id = Annotated[int, Field(ge=1, le=2**53)]
One = TypeVar("One")


class Value(BaseModel):
    """Any value of the API, made of the store's own by their attributes."""

    model_config = ConfigDict(from_attributes=True)


class Problem(Value):
    """What went wrong, and what to do, in Thai and English; `fields` are values that do not fit."""

    status: int
    code: str
    th: str
    en: str
    fields: list[dict[str, str]] | None = None


class Failed(Value):
    """The one shape of every error."""

    error: Problem


class Page(Value, Generic[One]):
    """Some of the items; `total` counts all, `offset` those before the first one here."""

    total: int
    limit: int
    offset: int
    items: list[One]


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


class Found(Value):
    """A passage that matches; `highlights` are `[start, end]` in its `text`, `page` from 1."""

    document: Sha256
    passage: str
    score: float
    kind: str
    title: str
    heading: str
    meeting: str
    item: str
    speaker: str
    position: str
    date: dt.date | None
    provinces: list[str]
    topics: list[str]
    text: str
    start: int
    end: int
    highlights: list[tuple[int, int]]
    file: str
    page: int


class Answer(Value):
    """The answer to a search; `facets` counts all that match, `suggestion` mends misspellings."""

    query: str
    total: int
    limit: int
    offset: int
    took_ms: float
    suggestion: str | None
    facets: dict[str, dict[str, int]]
    hits: list[Found]


class RoundValue(Value):
    """A round of submissions; `expected` are provinces."""

    model_config = ConfigDict(from_attributes=True, title="Round")

    name: str
    deadline: dt.date
    expected: list[str]


class ProvinceValue(Value):
    """How a province stands; `submissions` are digests, the first to come in first."""

    model_config = ConfigDict(from_attributes=True, title="ProvinceStatus")

    province: str
    status: Literal["on_time", "late", "missing"]
    submissions: list[str]


class RoundState(Value):
    """How a round stands: expected provinces, others, and submissions without a province."""

    round: RoundValue
    on_time: int
    late: int
    missing: int
    provinces: list[ProvinceValue]
    others: list[ProvinceValue]
    unplaced: list[str]


class JobValue(Value):
    """Work in the background; `done` of `steps` says how far it is."""

    model_config = ConfigDict(from_attributes=True, title="Job")

    id: Id
    kind: Literal["upload", "train", "promote"]
    state: Literal["waiting", "running", "done", "failed"]
    by: str
    round: str | None
    stage: str
    error: str
    done: int
    steps: int
    details: dict[str, Any]
    made_at: dt.datetime
    begun_at: dt.datetime | None
    ended_at: dt.datetime | None


class FileValue(Value):
    """A file of an upload; `sha256` once it is in the store, `error` with the remedy if not."""

    model_config = ConfigDict(from_attributes=True, title="JobFile")

    id: Id
    name: str
    size: int
    state: Literal["waiting", "working", "stored", "known", "failed"]
    sha256: str | None
    kind: str | None
    title: str | None
    error: str | None


class Refused(Value):
    """A file that was not accepted, and why."""

    name: str
    th: str
    en: str


class Sent(Value):
    """What became of the files of a request: the job that reads them, and those refused."""

    job: JobValue
    files: list[FileValue]
    refused: list[Refused]


class ModelValue(Value):
    """A model; `card` says what it was made from and how good it is, empty if not yet trained."""

    model_config = ConfigDict(from_attributes=True, title="Model")

    name: str
    current: bool
    card: dict[str, Any]


class RolledBack(Value):
    """The model that is in use now."""

    model: str
