"""The answer to a search."""

from __future__ import annotations

import datetime as dt

from pipeline.web.api.values.shared import Sha256, Value


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
