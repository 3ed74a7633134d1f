"""The lines of minutes as paragraphs: hard-wrapped lines joined, lines of the page left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.minutes.text.wording import DIGIT, any_pattern, any_word, words
from pipeline.thai import tokenize

_LINE = re.compile(r"[^\n]+")
_FURNITURE = re.compile(rf"[ \t]*{any_pattern('body', 'furniture')}[ \t]*")
# Bullets: signs, dingbats, those of word processors' symbol fonts, emoji, boxes to tick.
BULLET = (
    r"(?:[-–—•·●▪◦○*+■□▶►◆◇\u2022\uf0a7\uf0b7\uf0d8\uf0fc]|\[[ xX✓/]?\]"
    r"|[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff][\ufe0f\u200d\u2600-\u27bf\U0001f300-\U0001faff]*)"
)
_MARK = re.compile(
    rf"(?:{BULLET}|{DIGIT}\ufe0f?\u20e3|[(]?(?:{DIGIT}{{1,2}}(?:\.{DIGIT}{{1,2}}){{0,3}}[ ]?[.)]"
    rf"|[กขคงจฉช](?:\)|\.(?=[ \t]))))(?!{DIGIT})[ \t]*"
)
# A line that opens something of its own and so never goes on with the line above.
_OPENS = re.compile(
    rf"{_MARK.pattern}|{any_word('outline', 'markers')}(?:ที่)?[ ]?{DIGIT}"
    rf"|{DIGIT}{{1,2}}\.{DIGIT}|{any_pattern('resolution', 'labels')}[ \t:]"
    rf"|ที่ประชุม(?:จึง)?(?:มีมติ|รับ|เห็นชอบ)|[|]|[^\n:]{{1,30}}[ ]?:[ ]|{any_pattern('body', 'ends')}"
)
# What no sentence ends with: the line below goes on.
_UNFINISHED = re.compile(any_pattern("body", "unfinished"))
MONTHS = tuple(words("body", "months"))
_YEAR = re.compile(f"{DIGIT}{{2,4}}(?!{DIGIT})")
_NARROWEST, _WIDEST = 45, 130
_FULL, _RAGGED = 0.82, 0.45
# Shares of all lines: full ones, ones that break off, and indented ones, in a wrapped text.
_FEWEST, _MANY_FULL, _MANY_CUT, _FEW, _EDGE = 8, 0.3, 0.15, 0.05, 16


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text, without blanks around it.

    `body` is where it goes on behind a list mark, `indent` how many blanks stand before it.
    """

    start: int
    end: int
    body: int
    indent: int


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    indent: int


@dataclass(frozen=True, slots=True)
class _Wrapping:
    """The width of wrapped lines, and how long a line at least is that may go on below.

    `stepped` if only the first line of a paragraph is indented.
    """

    width: int
    least: float
    stepped: bool


def is_listed(paragraph: Paragraph) -> bool:
    """Whether it is an element of a list."""
    return paragraph.body > paragraph.start


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the page, not to the meeting: its number, a rule."""
    return _FURNITURE.fullmatch(line[:160]) is not None


def paragraphs(text: str, start: int, end: int) -> tuple[Paragraph, ...]:
    """The paragraphs of `text[start:end]`; a hard-wrapped one spans its lines."""
    lines = tuple(_lines(text, start, end))
    return tuple(_joined(text, lines, _wrapping(text, lines)))


def _lines(text: str, start: int, end: int) -> Iterator[_Line]:
    for line in _LINE.finditer(text, start, end):
        surface = line[0]
        begin = line.start() + len(surface) - len(surface.lstrip())
        stop = line.start() + len(surface.rstrip())
        if begin < stop and not is_furniture(surface):
            yield _Line(begin, stop, begin - text.rfind("\n", 0, begin) - 1)


def _wrapping(text: str, lines: Sequence[_Line]) -> _Wrapping | None:
    """How the text is wrapped, None if its lines are paragraphs."""
    widths = sorted(line.end - line.start for line in lines)
    longest = widths[-max(1, len(widths) // 50)] if widths else 0
    if len(lines) < _FEWEST or not _NARROWEST <= longest <= _WIDEST:
        return None
    full = sum(_FULL * longest <= width for width in widths)
    cut = sum(_is_cut(text, *pair) for pair in pairwise(lines))
    if full < _MANY_FULL * len(lines) and cut < _MANY_CUT * len(lines):
        return None
    steps = sum(bool(line.indent) for line in lines)
    stepped = _FEW * len(lines) <= min(steps, cut) and steps <= len(lines) / 2
    ragged = stepped or full < _MANY_FULL * len(lines)
    return _Wrapping(longest, (_RAGGED if ragged else _FULL) * longest, stepped)


def _is_cut(text: str, line: _Line, below: _Line) -> bool:
    """Whether a line breaks off: behind a word that ends no sentence, or in a word or a date."""
    if text.count("\n", line.end, below.start) > 1 or _opens(text, below):
        return False
    tail = text[max(line.start, line.end - _EDGE) : line.end]
    if _UNFINISHED.search(tail) or (
        tail.endswith(MONTHS) and _YEAR.match(text, below.start, below.end)
    ):
        return True
    head = text[below.start : min(below.end, below.start + _EDGE)].split(" ", 1)[0]
    tail = tail.rsplit(" ", 1)[-1]
    return any(token.start < len(tail) < token.end for token in tokenize(tail + head))


def _opens(text: str, line: _Line) -> bool:
    return _OPENS.match(text, line.start, min(line.end, line.start + 60)) is not None


def _joined(text: str, lines: Sequence[_Line], wrapping: _Wrapping | None) -> Iterator[Paragraph]:
    first = 0
    while first < len(lines):
        last = first
        while wrapping and last + 1 < len(lines) and _goes_on(text, lines, last, wrapping):
            last += 1
        begin, indent = lines[first].start, lines[first].indent
        mark = _MARK.match(text, begin, lines[first].end)
        yield Paragraph(begin, lines[last].end, mark.end() if mark else begin, indent)
        first = last + 1


def _goes_on(text: str, lines: Sequence[_Line], place: int, wrapping: _Wrapping) -> bool:
    """Whether a line of a wrapped text goes on in the line below it."""
    line, below = lines[place], lines[place + 1]
    if below.indent > line.indent + 2 or _opens(text, below):
        return False
    width = line.end - line.start + line.indent
    if width >= _FULL * wrapping.width or _is_cut(text, line, below):
        return True
    apart = text.count("\n", line.end, below.start) > 1 or (wrapping.stepped and below.indent)
    return width >= wrapping.least and not apart
