"""What a search is asked and what it answers: frozen values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.documents import Passage, Span

Sort = Literal["relevance", "date"]
# The fields that facets count, in the order in which they are shown.
FACETS = ("topic", "fiscal_year", "province", "speaker", "meeting", "kind", "document_kind")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a passage has to be, beside matching the words. Empty means anything.

    Of several values of one field one is enough. `since` and `until` are both inclusive; `item` is
    an agenda item's number or words of its heading; `fiscal_year` is BE.
    """

    topic: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    meeting: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    document_kind: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    fiscal_year: tuple[int, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a query that has to be (or must not be) there: an exact phrase or a word."""

    text: str
    wanted: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """`words` is the free text, blanks kept; clauses are phrases and exclusions."""

    text: str
    words: str
    clauses: tuple[Clause, ...] = ()
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. `highlights` are stretches of `passage.text`, in order and apart.

    `score` is a BM25 sum: comparable within one answer only; 0 where the order is by date.
    """

    passage: Passage
    score: float
    highlights: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """One page of an answer.

    `total` counts all passages that match, `facets` maps each field of `FACETS` to its values with
    their counts, the most frequent first; `suggestion` is the query with misspelled words mended,
    or None; `took_ms` is the time of the search itself.
    """

    query: str
    total: int
    took_ms: float
    facets: Mapping[str, Mapping[str, int]]
    hits: tuple[Hit, ...]
    suggestion: str | None
