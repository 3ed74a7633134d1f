"""The values that travel between the steps: frozen, comparable, JSON-able.

Offsets everywhere (`start`, `end`) count code points of `Document.text`, `end` exclusive.
Pages are 1-based. Dates are ISO (CE) in data; fiscal years are Buddhist Era (BE).
This module imports nothing of ours.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["proposal", "minutes", "other"]
KINDS: tuple[Kind, ...] = ("proposal", "minutes", "other")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of `Document.text`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The surface this span covers in `text`."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `raw_text` is what the reader got, `text` the repaired and normalized form.

    `text` also lacks the running lines that repeat over pages. `method` says how the text was got:
    `text-layer` or `ocr`, `unread` and `blank` where there is none, else the format (`text`,
    `html`, `docx`, `odt`, `xlsx`, `mail` ...). `damage` is the share of letters, 0 to 1, that had
    to be repaired or stayed unreadable.
    """

    number: int
    text: str
    raw_text: str
    method: str
    damage: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of cell texts, on `page` (1-based). A form is a table of two columns."""

    page: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read. `text` is the pages' texts joined by a newline.

    `file` is the path or URL as it was given; `warnings` are Thai sentences for a person.
    """

    file: str
    sha256: str
    media_type: str
    kind: Kind
    pages: tuple[Page, ...]
    tables: tuple[Table, ...] = ()
    warnings: tuple[str, ...] = ()
    text: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", "\n".join(page.text for page in self.pages))

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Document:
        """The document that `to_json` turned into `value`."""
        own = {name: item for name, item in value.items() if name != "text"}
        own["pages"] = tuple(Page(**page) for page in value["pages"])
        own["tables"] = tuple(
            Table(table["page"], tuple(tuple(row) for row in table["rows"]))
            for table in value["tables"]
        )
        return cls(**own | {"warnings": tuple(value["warnings"])})


@dataclass(frozen=True, slots=True)
class Section:
    """A form section: the heading as it stands in the text and the span of the body below it."""

    heading: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A province's proposal, parsed. What was not found is None or empty, never guessed.

    `province` is a full Thai name without จังหวัด; `sections` and `missing_sections` use the
    codes of `pipeline.proposals.SECTIONS`; `on_time` is None without a deadline or a date.
    """

    text: str
    title: str | None
    province: str | None
    document_date: dt.date | None
    fiscal_year: int | None
    sections: Mapping[str, Section]
    missing_sections: tuple[str, ...]
    networks: tuple[str, ...]
    budget_baht: float | None
    on_time: bool | None


Group = Literal["present", "absent", "participant"]


@dataclass(frozen=True, slots=True)
class Person:
    """Someone named, with titles as written; `position` as written, None where it is not said."""

    name: str
    position: str | None = None


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person of the attendance lists, or named as taking part; the span covers the name.

    `present` are members who came, `absent` those who did not, `participant` everyone else there.
    """

    name: str
    position: str | None
    group: Group
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person said: `text` is exactly `Document.text[start:end]`.

    `speaker` is a full name where the text lets it be known, else the text's own word for the
    person, None where it names nobody.
    """

    speaker: str | None
    position: str | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Order:
    """An instruction to someone (ข้อสั่งการ, มอบหมาย): exactly `Document.text[start:end]`.

    `speaker` gave it (the meeting itself in a resolution), `who` has to carry it out.
    """

    speaker: str | None
    who: str | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item; `start` to `end` runs from its heading to the next item, parts included.

    `no` is in Arabic digits, or the text's own word (ช่วงแรก), or None. `spans` has `heading` and
    `resolution` where these were found.
    """

    no: str | None
    heading: str | None
    resolution: str | None
    turns: tuple[Turn, ...]
    orders: tuple[Order, ...]
    start: int
    end: int
    spans: Mapping[str, Span]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date by or on which something is to be done; `quote` is `Document.text[start:end]`."""

    date: dt.date
    what: str
    who: str | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Minutes:
    """A meeting's minutes, or a post about one. What was not found is None or empty.

    `spans` says where each value of the header stands: `title`, `meeting_no`, `date`,
    `start_time`, `end_time`, `place_or_medium`, `chair`. Provinces are full Thai names without
    จังหวัด. Items stand in the order of the text and do not overlap.
    """

    text: str
    title: str | None
    meeting_no: str | None
    date: dt.date | None
    start_time: dt.time | None
    end_time: dt.time | None
    place_or_medium: str | None
    chair: Person | None
    attendees: tuple[Attendee, ...]
    provinces: tuple[str, ...]
    items: tuple[Item, ...]
    deadlines: tuple[Deadline, ...]
    spans: Mapping[str, Span]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that is searched by itself. Only `id` and `text` are needed.

    `document` is the SHA-256 of its file, `start` and `end` its place in that document's text.
    `kind` says what it is: `item`, `turn`, `order`, `resolution` of minutes, `section` of a
    proposal, else `text`. `title` is the document's, `heading` the headings above it.
    """

    id: str
    text: str
    title: str = ""
    heading: str = ""
    document: str = ""
    document_kind: Kind = "other"
    kind: str = "text"
    speaker: str = ""
    position: str = ""
    date: dt.date | None = None
    provinces: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    meeting: str = ""
    item: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of the text that moved the decision for `label`.

    `weight` is its share of the classifier's decision value; positive speaks for the label.
    """

    start: int
    end: int
    text: str
    label: str
    weight: float


@dataclass(frozen=True, slots=True)
class Tagging:
    """The tags of one text. Probabilities are calibrated; `modes` has the primary mode first."""

    agenda: str
    agenda_probs: Mapping[str, float]
    mode: str
    modes: tuple[str, ...]
    mode_probs: Mapping[str, float]
    award_scaleup: bool
    award_prob: float
    needs_review: bool
    reasons: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def to_json(value: object) -> Any:
    """Turn any of these values into what `json.dumps` takes.

    Dates and times are in ISO form (a time of day to the minute), tuples are lists.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    if isinstance(value, dt.time):
        return value.isoformat("minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
