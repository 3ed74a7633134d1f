"""Find a proposal's headings and the sections below them.

A heading stands at a line's start or in a table cell, after an optional number (`๑.`, `(1)`,
`ข้อ ๑`, `1.1`, `Q4`), bullet or mark of emphasis. A long heading may carry one typing slip. Only
the first code points of a line are looked at, so the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.documents import Section, Span
from pipeline.proposals.headings import MARKERS, SECTIONS, SectionRule
from pipeline.proposals.numbering import section_end
from pipeline.proposals.unfilled import is_unfilled

HEAD_CHARS = 120
SHORTEST_FUZZY = 8
DOCUMENT_HEAD = 200
# Alone at the top of a paper it names the paper; below a heading it opens the activities.
_COVER = "ข้อเสนอ"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at `start`-`end` of the text, with the section code or marker that it opens.

    Its number or bullet begins at `lead`, what stands below or beside it at `body`.
    """

    code: str
    lead: int
    start: int
    end: int
    body: int


_DIGIT = "0-9๐-๙"
_LEAD = re.compile(
    r"[ \t]{0,80}[#*_>•▪●○☐☑✓✔■□◆–—\-\[(“\"]{0,6}[ \t]{0,4}"
    rf"(?P<number>(?:ข้อ|ข้อที่|ส่วนที่|หมวด|ตอนที่|ช่อง|Q)?[ \t]{{0,2}}\(?[{_DIGIT}]{{1,2}}"
    rf"(?:\.[{_DIGIT}]{{1,2}}){{0,3}}(?:[.):]|(?=[ \t]))|\(?[ก-ฮA-Z][.)])?"
    r"[ \t]{0,8}[*_“\"]{0,3}"
)
_GAP = re.compile(
    r"[*_”\"]{0,3}(?:\]|[ \t]{0,4}[:：=|–—→]|[ \t]{0,4}-(?=[ \t])|\t|[ \t]{2}|[ \t]{0,9}$"
    r"|[ \t]?(?=\.{3}|…|_{4}))"
)
_BLANK = re.compile(r"[*_”\")]{0,3}[ \t]")
_GAP_AFTER = re.compile(r"[*_”\")\] \t:：=|–—→-]{0,40}")
_CELL = re.compile(r"\t|[ \t]{3,80}|[ \t]\|[ \t]?")
_WORD = re.compile(r"[^\s:：=|*_“”\"]{1,48}")
_AMOUNT = re.compile(rf"[ \t]?[{_DIGIT}]")


def _rules() -> Iterator[tuple[str, SectionRule]]:
    yield from SECTIONS.items()
    yield from MARKERS.items()


_CODES = {name.lower(): code for code, rule in _rules() for name in rule.long + rule.short}
_BLANK_WILL_DO = {name.lower() for _, rule in _rules() for name in rule.blank}
_LONG = {name.lower() for _, rule in _rules() for name in rule.long}
_BY_LENGTH: dict[int, list[str]] = {}
for _name in sorted(_LONG):
    if len(_name) >= SHORTEST_FUZZY:
        _BY_LENGTH.setdefault(len(_name), []).append(_name)
_NAME = re.compile(
    "|".join(re.escape(name) for name in sorted(_CODES, key=len, reverse=True)), re.IGNORECASE
)
_LATIN_NEXT = re.compile(r"[A-Za-z]")


def _one_slip(a: str, b: str) -> bool:
    """Whether one inserted, dropped or changed character turns `a` into `b`."""
    if abs(len(a) - len(b)) > 1:
        return False
    i = 0
    while i < min(len(a), len(b)) and a[i] == b[i]:
        i += 1
    return a[i + 1 :] == b[i + 1 :] or a[i:] == b[i + 1 :] or a[i + 1 :] == b[i:]


def _fuzzy_name(word: str) -> str | None:
    for length in (len(word) - 1, len(word), len(word) + 1):
        for name in _BY_LENGTH.get(length, ()):
            if _one_slip(word, name):
                return name
    return None


def _is_heading(name: str, head: str, end: int, *, numbered: bool, inner: bool) -> bool:
    """Whether what follows `name` in `head` lets it be a heading."""
    if _GAP.match(head, end):
        return True
    if _CODES[name] == "budget" and _AMOUNT.match(head, end):
        return True
    blank = _BLANK.match(head, end) is not None
    return blank and (name in _LONG or (not inner and (numbered or name in _BLANK_WILL_DO)))


def _name_at(head: str, at: int, *, numbered: bool, inner: bool) -> tuple[str, int] | None:
    """The heading code at `at` and where its name ends, else None."""
    found = _NAME.match(head, at)
    if found and not (found[0][-1].isascii() and _LATIN_NEXT.match(head, found.end())):
        name = found[0].lower()
        if _is_heading(name, head, found.end(), numbered=numbered, inner=inner):
            return _CODES[name], found.end()
        word = _WORD.match(head, at)
        if name in _LONG and word and _GAP.match(head, word.end()):
            return _CODES[name], word.end()
    word = _WORD.match(head, at)
    if word is None or len(word[0]) < SHORTEST_FUZZY - 1:
        return None
    name_found = _fuzzy_name(word[0].lower())
    return (_CODES[name_found], word.end()) if name_found else None


def _headings_of_line(line: str, offset: int) -> Iterator[Heading]:
    starts = [0, *(cell.end() for cell in _CELL.finditer(line, 0, 400) if cell.start() > 0)]
    for at in starts:
        head = line[at : at + HEAD_CHARS]
        lead = _LEAD.match(head)
        begin = lead.end() if lead else 0
        numbered = bool(lead and lead["number"])
        found = _name_at(head, begin, numbered=numbered, inner=at > 0)
        if found:
            code, end = found
            gap = _GAP_AFTER.match(head, end)
            body = gap.end() if gap else end
            places = (offset + at + place for place in (0, begin, end, body))
            yield Heading(code, *places)


def find_headings(text: str) -> list[Heading]:
    """All headings and closing marks of a normalized `text`, in order."""
    headings: list[Heading] = []
    offset = 0
    for line in text.split("\n"):
        found = list(_headings_of_line(line, offset))
        if not headings and offset < DOCUMENT_HEAD and line.strip(" \t*#") == _COVER:
            found = []
        if not _is_table_head(line, offset, found):
            headings.extend(found)
        offset += len(line) + 1
    return headings


def filled(text: str, sections: Mapping[str, Section]) -> dict[str, Section]:
    """The `sections` with an answer in them, in their order."""
    return {c: s for c, s in sections.items() if not is_unfilled(text[s.start : s.end])}


def _is_table_head(line: str, offset: int, found: list[Heading]) -> bool:
    """Whether a row of three or more cells ends in a heading: the columns' names, not a form."""
    return line.count("\t") >= 2 and bool(found) and found[-1].end == offset + len(line.rstrip())


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def find_sections(text: str, headings: list[Heading]) -> dict[str, Section]:
    """The first section with a body for each code; a title is one line, the rest run on.

    A section lasts from its heading to the next heading, number of the same list or closing mark.
    One that the form left open keeps its place with what stands there ("....", nothing at all).
    """
    sections: dict[str, Section] = {}
    ends = [*(heading.lead for heading in headings[1:]), len(text)]
    for heading, end in zip(headings, ends, strict=False):
        if heading.code not in SECTIONS:
            continue
        begin = min(heading.body, end)
        body = _trim(text, begin, section_end(text, heading.lead, begin, end))
        if heading.code == "title":
            body = _trim(text, body.start, _line_end(text, body))
        known = sections.get(heading.code)
        if known is None or (is_unfilled(text[known.start : known.end]) and body.start < body.end):
            name = text[heading.start : heading.end]
            sections[heading.code] = Section(name, body.start, body.end)
    return sections


def _line_end(text: str, span: Span) -> int:
    newline = text.find("\n", span.start, span.end)
    return span.end if newline < 0 else newline
