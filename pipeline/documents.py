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


@dataclass(frozen=True, slots=True)
class Minutes:
    """The header of a meeting's minutes or of a post about a meeting."""

    text: str
    title: str | None
    date: dt.date | None
    provinces: tuple[str, ...]


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
    """Turn any of these values into what `json.dumps` takes: dates in ISO form, tuples as lists."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return value
