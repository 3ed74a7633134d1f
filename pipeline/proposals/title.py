"""Find a proposal's title: below its heading, in quotation marks, or the first line like one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.documents import Span
from pipeline.proposals.headings import SECTIONS
from pipeline.proposals.sections import DOCUMENT_HEAD, Heading
from pipeline.proposals.title_patterns import (
    ASIDE,
    CHOICE,
    CUT,
    DATE_ONLY,
    DATED,
    GENERIC,
    INLINE,
    LABEL_COLON,
    LEAD,
    NAMED,
    NOT_TITLE,
    OFFICE,
    PAGE,
    PREFIX,
    QUOTED,
    TRAILER,
    WEAK,
)
from pipeline.proposals.unfilled import is_unfilled

FIRST_LINES = 14
LONGEST_TITLE = 160
LONGEST_LINE = 120
SHORTEST_TITLE = 4
OPENING_CHARS = 1600

_TAIL_MARKS = " \t*_\"“”'‘’:：–—-|]…·"
_FILLED = re.compile(r"[^\s]")


def _span(text: str, start: int, end: int) -> Span:
    """`start`-`end` without blanks, marks and leader dots around it."""
    while start < end and text[start] in " \t*_#\"“”'‘’:：–—-•▪◆◼[.…·":
        start += 1
    while end > start and (text[end - 1] in _TAIL_MARKS or _is_leader(text, end - 1)):
        end -= 1
    return Span(start, end)


def _is_leader(text: str, at: int) -> bool:
    """Whether a dot stands beside another one: a leader, not the dot of an abbreviation."""
    return text[at] == "." and "." in (text[at - 1 : at], text[at + 1 : at + 2])


def _shortened(text: str, span: Span) -> Span:
    """`span` without leading words of form, places and trailing remarks."""
    for lead in (PREFIX, LABEL_COLON, LEAD):
        found = lead.match(text, span.start, span.end)
        if found and span.end - found.end() >= SHORTEST_TITLE:
            span = _span(text, found.end(), span.end)
    for tail in (CUT, TRAILER):
        found = tail.search(text, span.start, span.end)
        if found and found.start() - span.start >= SHORTEST_TITLE:
            span = _span(text, span.start, found.start())
    return span


def _clean(text: str, start: int, end: int) -> Span | None:
    """The title proper within `start`-`end` of one line; None where only words of form stand."""
    span = _span(text, start, min(end, start + 4 * LONGEST_TITLE))
    if is_unfilled(span.of(text)):
        return None
    quoted = QUOTED.search(text, start, end)
    if quoted and (2 * len(quoted[1]) >= len(span.of(text)) or LEAD.match(text, span.start)):
        return Span(*quoted.span(1))
    if GENERIC.match(span.of(text)) or CHOICE.match(text, start, end):
        return None
    span = _shortened(text, span)
    return span if SHORTEST_TITLE <= span.end - span.start <= LONGEST_TITLE else None


def _line_end(text: str, start: int) -> int:
    newline = text.find("\n", start)
    return len(text) if newline < 0 else newline


def _body_line(text: str, heading: Heading, stop: int) -> Span:
    """The rest of the heading's line, or the next filled line before `stop` where it is alone."""
    end = _line_end(text, heading.body)
    below = _FILLED.search(text, end, stop) if not text[heading.body : end].strip() else None
    return Span(below.start(), _line_end(text, below.start())) if below else Span(heading.body, end)


def _titles(text: str, headings: list[Heading]) -> list[tuple[Heading, Span]]:
    """Title headings with the line of their body, which ends where another section begins."""
    found: list[tuple[Heading, Span]] = []
    stop = len(text)
    for heading in reversed(headings):
        if heading.code == "title":
            found.append((heading, _body_line(text, heading, stop)))
        else:
            stop = heading.lead
    return found[::-1]


def _labelled(text: str, headings: list[Heading]) -> Iterator[Span]:
    """Cleaned bodies of the title headings: unmistakable headings first, in the text's order."""
    titles = _titles(text, headings)
    rule = SECTIONS["title"]
    for names in (rule.long, rule.blank, rule.short):
        lowered = {name.lower() for name in names}
        for heading, line in titles:
            if text[heading.start : heading.end].lower() in lowered:
                span = _clean(text, line.start, line.end)
                if span:
                    yield span


def _lines(text: str) -> Iterator[Span]:
    position = 0
    for _ in range(FIRST_LINES * 2):
        end = _line_end(text, position)
        if text[position:end].strip():
            yield Span(position, end)
        if end == len(text):
            return
        position = end + 1


def _unlabelled(text: str, headings: list[Heading]) -> Iterator[Span]:
    """Lines at the top that read like a title, before the first section and long paragraph."""
    closed = [h for h in headings if text[h.start : h.end] != "ข้อเสนอ" or h.start > DOCUMENT_HEAD]
    stop = next((h.start for h in closed if h.code in SECTIONS and h.code != "title"), len(text))
    starts = {text.rfind("\n", 0, h.start) + 1 for h in closed if h.start < 2 * OPENING_CHARS}
    for number, line in enumerate(_lines(text)):
        surface = line.of(text).strip()
        if number == FIRST_LINES or line.start >= stop:
            return
        if line.start in starts or PAGE.search(surface):
            continue
        quoted = QUOTED.match(text, line.end - len(line.of(text).lstrip()), line.end)
        if quoted:
            yield Span(*quoted.span(1))
        if len(surface) > LONGEST_LINE:
            return
        span = None if DATE_ONLY.match(surface) else _clean(text, line.start, line.end)
        inline = INLINE.search(text, line.start, line.end)
        if inline:
            span = _clean(text, *inline.span(1))
        if span and not _unfit(span.of(text)):
            yield span


def _unfit(surface: str) -> bool:
    """Whether a line is a letterhead, an office, an address or a date and not a title."""
    return any((NOT_TITLE.match(surface), OFFICE.match(surface), DATED.search(surface)))


def _weak(text: str, line: Span) -> bool:
    """Whether `line` is a title only where nothing better stands near it."""
    whole = text[text.rfind("\n", 0, line.start) + 1 : _line_end(text, line.start)].strip()
    return bool(WEAK.match(line.of(text)) or ASIDE.match(whole))


def find_title(text: str, headings: list[Heading]) -> Span | None:
    """Where the title stands in a normalized `text`, without label and quotation marks.

    A labelled title wins, then one in quotation marks after a word like โครงการ in the opening,
    then the first line that is no letterhead, form name, address, date or greeting.
    """
    labelled = next(_labelled(text, headings), None)
    if labelled or _left_open(text, headings):
        return labelled
    lines = list(_unlabelled(text, headings))
    first = next((line for line in lines if not _weak(text, line)), None)
    named = NAMED.search(text, 0, OPENING_CHARS)
    if named and (first is None or first.start > named.start() or first.end >= named.start(1)):
        return Span(*named.span(1))
    return first or next(iter(lines), None) or _generic(text, headings)


def _generic(text: str, headings: list[Heading]) -> Span | None:
    """A title line of words of form only ("จัดส่งข้อเสนอจังหวัด"), for want of a better one."""
    for _, line in _titles(text, headings):
        span = _span(text, line.start, line.end)
        if SHORTEST_TITLE <= span.end - span.start <= LONGEST_TITLE:
            return span
    return None


def _left_open(text: str, headings: list[Heading]) -> bool:
    """Whether the form's line for the title holds no answer, or the next section begins there."""
    names = {name.lower() for name in SECTIONS["title"].long}
    return any(
        is_unfilled(line.of(text))
        and (line.of(text).strip() or text[heading.start : heading.end].lower() in names)
        for heading, line in _titles(text, headings)
    )
