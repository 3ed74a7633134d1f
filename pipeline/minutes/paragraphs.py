"""The lines of minutes as paragraphs: hard-wrapped lines joined, lines of the page left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.minutes.wording import DIGIT, any_pattern, any_word

_LINE = re.compile(r"[^\n]+")
_FURNITURE = re.compile(rf"[ \t]*{any_pattern('body', 'furniture')}[ \t]*")
_MARK = re.compile(
    rf"(?:[-–—•·●▪◦○*+]|\[[ xX✓/]?\]|[(]?(?:{DIGIT}{{1,2}}(?:\.{DIGIT}{{1,2}}){{0,3}}[.)]"
    rf"|[กขคงจฉช](?:\)|\.(?=[ \t]))))(?!{DIGIT})[ \t]*"
)
# A line that opens something of its own and so never goes on with the line above.
_OPENS = re.compile(
    rf"{_MARK.pattern}|{any_word('outline', 'markers')}(?:ที่)?[ ]?{DIGIT}"
    rf"|{DIGIT}{{1,2}}\.{DIGIT}|{any_pattern('resolution', 'labels')}[ \t:]"
    rf"|ที่ประชุม(?:จึง)?(?:มีมติ|รับ|เห็นชอบ)|[|]|[^\n:]{{1,30}}[ ]?:[ ]"
)
_NARROWEST, _WIDEST = 45, 130
_FULL = 0.82


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text, without blanks around it.

    `body` is where it goes on behind a list mark, `indent` how many blanks stand before it.
    """

    start: int
    end: int
    body: int
    indent: int


def is_listed(paragraph: Paragraph) -> bool:
    """Whether it is an element of a list."""
    return paragraph.body > paragraph.start


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the page, not to the meeting: its number, a rule."""
    return _FURNITURE.fullmatch(line[:160]) is not None


def paragraphs(text: str, start: int, end: int) -> tuple[Paragraph, ...]:
    """The paragraphs of `text[start:end]`; a hard-wrapped one spans its lines."""
    lines = [(*line, text.rfind("\n", 0, line[0]) + 1) for line in _lines(text, start, end)]
    width = _width([stop - begin for begin, stop, _ in lines])
    return tuple(_joined(text, lines, width))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(text, start, end):
        surface = line[0]
        begin = line.start() + len(surface) - len(surface.lstrip())
        stop = line.start() + len(surface.rstrip())
        if begin < stop and not is_furniture(surface):
            yield begin, stop


def _width(lengths: Sequence[int]) -> int | None:
    """The column at which the text is wrapped, None if its lines are paragraphs."""
    longest = sorted(lengths)[-max(1, len(lengths) // 50) :][0] if lengths else 0
    full = sum(_FULL * longest <= length for length in lengths)
    wrapped = _NARROWEST <= longest <= _WIDEST and len(lengths) >= 8 and full >= 0.3 * len(lengths)
    return longest if wrapped else None


def _joined(
    text: str, lines: Sequence[tuple[int, int, int]], width: int | None
) -> Iterator[Paragraph]:
    first, last = 0, 0
    while first < len(lines):
        last = first
        while (
            width and last + 1 < len(lines) and _goes_on(text, lines[last], lines[last + 1], width)
        ):
            last += 1
        begin, line_start = lines[first][0], lines[first][2]
        mark = _MARK.match(text, begin, lines[first][1])
        body = mark.end() if mark else begin
        yield Paragraph(begin, lines[last][1], body, begin - line_start)
        first = last + 1


def _goes_on(
    text: str, line: tuple[int, int, int], below: tuple[int, int, int], width: int
) -> bool:
    """Whether a full line goes on in the line below it."""
    full = line[1] - line[2] >= _FULL * width
    deeper = below[0] - below[2] > line[0] - line[2] + 2
    return full and not deeper and not _OPENS.match(text, below[0], min(below[1], below[0] + 60))
