"""What goes into the store and what comes out of it. Times are UTC; documents go by SHA-256."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.documents import Document, Minutes, Passage, Proposal, Tagging
from pipeline.records import Record


@dataclass(frozen=True, slots=True)
class Submission:
    """One file as it arrived, and everything that was made of it. It is stored whole or not at all.

    `data` are the file's bytes, `document.file` the name it came under. `received_at` is now if
    None; `round` is the name of a round that was set before.
    """

    document: Document
    data: bytes
    parsed: Proposal | Minutes | None = None
    passages: Sequence[Passage] = ()
    record: Record | None = None
    tagging: Tagging | None = None
    received_at: dt.datetime | None = None
    received_by: str = ""
    round: str | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding a file.

    `new` is False where the same bytes were there before, `changed` says whether anything was
    written that is searched. `cluster` are the near-duplicates, the document itself included, the
    oldest first; empty without any.
    """

    sha256: str
    new: bool
    changed: bool
    cluster: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """A document without its text. `title` to `fiscal_year` are what was read from the file.

    `cluster` is the same number for near-duplicates, None without any.
    """

    sha256: str
    kind: str
    media_type: str
    title: str | None
    province: str | None
    document_date: dt.date | None
    fiscal_year: int | None
    warnings: tuple[str, ...]
    cluster: int | None
    change: int
    added_at: dt.datetime
    withdrawn_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file came in under this name; `round` is None outside any round."""

    file: str
    received_at: dt.datetime
    received_by: str
    round: str | None


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a model said: the row of `wara classify` and the tagging, both as JSON holds them."""

    model: str | None
    predicted_at: dt.datetime
    record: Mapping[str, Any]
    tagging: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Change:
    """The passages of a document as they stand since change `number`; empty once withdrawn."""

    number: int
    sha256: str
    passages: tuple[Passage, ...]
