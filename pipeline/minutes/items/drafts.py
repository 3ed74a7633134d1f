"""An item of minutes as a stretch of text, before its turns are read."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.documents import Span
from pipeline.minutes.text.paragraphs import Paragraph


@dataclass(frozen=True, slots=True)
class Draft:
    """`rest` is what stands behind the heading, `resolution` what a column of a table holds."""

    start: int
    end: int
    no: str | None
    heading: Span | None
    rest: tuple[Paragraph, ...]
    resolution: Span | None = None


def trimmed(text: str, start: int, end: int) -> Span:
    """The span from `start` to `end` without white space around it."""
    surface = text[start:end]
    begin = start + len(surface) - len(surface.lstrip())
    return Span(begin, max(begin, start + len(surface.rstrip())))
