"""Where a section ends although no known heading follows: at the next number, or a closing line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.thai import arabic_digits

_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_DIGIT = "0-9๐-๙"
_NUMBER = re.compile(
    r"[ \t]{0,80}[#*>]{0,6}[ \t]{0,4}"
    r"(?P<word>ข้อที่|ข้อ|ส่วนที่|หมวด|ตอนที่|ช่อง|Q)?[ \t]{0,2}(?P<open>\()?"
    rf"(?:(?P<figures>[{_DIGIT}]{{1,2}}(?:\.[{_DIGIT}]{{1,2}}){{0,3}})(?P<stop>[.):]|(?=[ \t]))"
    rf"|(?P<letter>[{_LETTERS}A-Z])(?P<shut>[.)]))(?=[ \t*]|[^{_DIGIT}\s.])"
)
_CLOSING = re.compile(
    r"[ \t]{0,80}(?:จึงเรียนมา|จึงขอเรียน|จึงเสนอมา|จึงขอเสนอ|เสนอ[ \t]?ณ[ \t]?วันที่"
    rf"|ยื่น(?:ข้อเสนอ|โครงการ|เอกสาร)?[^\n{_DIGIT}]{{0,40}}วันที่)"
)
_CLOSING_HEAD = re.compile(
    r"[ \t]{0,80}[#*]{0,4}[ \t]{0,2}(?:ข้อพิจารณา"
    r"|(?:การ)?(?:กำกับ)?(?:และ)?ติดตาม(?:และ)?(?:การ)?ประเมินผล"
    r"|การประเมินผล)(?:\S{0,12})(?=[ \t:：*]|$)"
)


@dataclass(frozen=True, slots=True)
class _Number:
    """A line's number: `style` is what numbers of one list share, `parts` its levels."""

    style: tuple[str, ...]
    parts: tuple[int, ...]

    def follows(self, other: _Number) -> bool:
        """Whether this is the number after `other` in one list, or after its chapter."""
        level = len(self.parts)
        alike = self.style == other.style if level == len(other.parts) else level < len(other.parts)
        before = other.parts[:level]
        return bool(alike and before and self.parts == (*before[:-1], before[-1] + 1))


def _number(line: str) -> _Number | None:
    found = _NUMBER.match(line)
    if found is None:
        return None
    frame = (found["word"] or "", found["open"] or "", found["stop"] or found["shut"] or "")
    if found["letter"]:
        letters = _LETTERS if found["letter"] in _LETTERS else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        return _Number((*frame, letters[0]), (letters.index(found["letter"]),))
    figures = found["figures"]
    script = "1" if figures[0].isascii() else "๑"
    return _Number((*frame, script), tuple(int(part) for part in arabic_digits(figures).split(".")))


def section_end(text: str, lead: int, start: int, end: int) -> int:
    """Where the section ends whose heading begins at `lead` and whose body is `start`-`end`.

    The next number of the heading's own list ends it, unless a list inside the body has come to
    that number; so do closing lines of a letter and the chapters that a form adds at its end.
    """
    head = _number(text[lead : lead + 120]) if text[lead - 1 : lead] in ("", "\n") else None
    inner: dict[tuple[str, ...], _Number] = {}
    for at, line in _lines_below(text, start, end):
        number = _number(line)
        list_of = (*number.style, str(len(number.parts))) if number else ()
        listed = number is not None and list_of in inner and number.follows(inner[list_of])
        if _CLOSING.match(line) or (number is None and _CLOSING_HEAD.match(line)):
            return at
        if number and head and number.follows(head) and not listed:
            return at
        if number:
            inner[list_of] = number
    return end


def _lines_below(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Beginnings of the body's lines below the heading's own, with where they begin."""
    newline = text.find("\n", max(0, start - 1), end)
    while newline >= 0:
        below = text.find("\n", newline + 1, end)
        yield newline + 1, text[newline + 1 : below if below >= 0 else end][:200]
        newline = below
