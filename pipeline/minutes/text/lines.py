"""Lines of minutes with their places in the text, and which of them are only page furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line that says something: its span has no outer white space; `indent` counts characters."""

    start: int
    end: int
    indent: int
    text: str


ORNAMENT = "\u2190-\u2bff\ufe0e\ufe0f\u200d\u20e3\U0001f000-\U0001faff"
"""Pictures and symbols that posts put around words, as the inside of a character class."""

# Page numbers, rules, copy stamps: what a page adds to the text.
_FURNITURE = re.compile(
    r"(?:[-–—_=*.~• ]{2,}|[-–—]?[ ]?[0-9๐-๙]{1,3}[ ]?[-–—]?"
    r"|[(\[]?(?:สำเนา|ร่าง|สำเนาคู่ฉบับ|ลับ|ด่วนที่สุด)(?:ถูกต้อง)?[)\]]?"
    r"|[^\n]{0,80}?(?:หน้า(?:ที่)?|แผ่นที่|Page)[ ]?[0-9๐-๙]{1,3}"
    r"(?:[ ]?(?:/|จาก|ของ|of)[ ]?[0-9๐-๙]{1,3})?"
    r"|/[^\n ]{1,20}[ ]?(?:\.{2,}|…)+)"
)
_LONGEST_FURNITURE = 120


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines of `text[start:end]` that are neither blank nor page furniture."""
    limit = len(text) if end is None else end
    while start < limit:
        stop = text.find("\n", start, limit)
        stop = limit if stop < 0 else stop
        content = text[start:stop]
        stripped = content.strip()
        if stripped and not is_furniture(stripped):
            indent = len(content) - len(content.lstrip())
            at = start + indent
            yield Line(at, at + len(stripped), indent, stripped)
        start = stop + 1


def is_furniture(line: str) -> bool:
    """Whether a line (without outer white space) belongs to the page and not to the minutes."""
    return len(line) <= _LONGEST_FURNITURE and _FURNITURE.fullmatch(line) is not None
