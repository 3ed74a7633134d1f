"""Where the head of minutes ends: before the lists of people or the first item."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.documents import Span
from pipeline.minutes.attendance.body import is_body
from pipeline.minutes.attendance.roll_labels import find_roll_label, is_table_head
from pipeline.minutes.text.lines import Line, lines

LONGEST_HEAD = 4000
LONGEST_OPENING = 1400
_LONG_LINE = 260
_MOST_LINES = 40
_LONGEST_LISTS = 20_000


@dataclass(frozen=True, slots=True)
class Head:
    """`lines` stand above the lists of people; `listed` says that lists or items follow them.

    `end` is where they end in the text; without lists it is the end of the opening paragraphs.
    """

    lines: tuple[Line, ...]
    end: int
    listed: bool


def find_head(text: str) -> Head:
    """The head of `text`: of formal minutes and memos up to their lists, of posts the opening."""
    found: list[Line] = []
    for line in lines(text, 0, min(len(text), LONGEST_HEAD)):
        if find_roll_label(line.text) or is_table_head(line.text) or is_body(line.text):
            return Head(tuple(found), line.start, listed=True)
        if len(line.text) > _LONG_LINE or len(found) >= _MOST_LINES:
            break
        found.append(line)
    return Head(tuple(found), min(len(text), LONGEST_OPENING), listed=False)


def talking_begins(text: str, head: Head) -> Span:
    """The line behind the lists of people that begins the talking; empty where none does."""
    stop = min(len(text), head.end + _LONGEST_LISTS)
    first = next((line for line in lines(text, head.end, stop) if is_body(line.text)), None)
    return Span(first.start, first.end) if first else Span(stop, stop)
