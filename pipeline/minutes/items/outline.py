"""Where the items of a meeting begin: numbers of its agenda, parts, points, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.minutes.items.slips import close
from pipeline.minutes.text.paragraphs import Paragraph
from pipeline.minutes.text.wording import DIGIT, any_word, wording, words
from pipeline.thai import arabic_digits

_O = wording()["outline"]
_NUMERALS = {word: str(number) for number, word in enumerate(_O["numerals"].split(), start=1)}
_LETTER = "กขคงจฉชซ"
_SEPARATOR = r"[ \t]*[.)]?[ \t]*[:：\-–—]?[ \t]*"
_NUMBER = rf"{DIGIT}{{1,2}}(?:[.]{DIGIT}{{1,2}}){{0,3}}"
_MARKED = re.compile(
    rf"(?P<marker>{any_word('outline', 'markers')})[ \t]*(?P<at>ที่|ที)?[ \t]*"
    rf"(?P<number>{_NUMBER}|{any_word('outline', 'numerals')}(?![ก-๎]))"
    rf"(?![0-9๐-๙/%,]){_SEPARATOR}"
)
_MISSPELT = re.compile(
    rf"(?P<marker>[ก-๎]{{4,18}})[ \t]*(?P<number>{_NUMBER})(?![0-9๐-๙/]){_SEPARATOR}"
)
_DOTTED = re.compile(
    rf"[(]?(?P<number>{DIGIT}{{1,2}}(?:[ ]?[.][ ]?{DIGIT}{{1,2}}){{1,3}})(?![0-9๐-๙])"
    r"[.)]?(?=[ \t]|[ก-๎(\"“])[ \t]*[:\-–—]?[ \t]*"
)
_PLAIN = re.compile(
    rf"(?P<open>[(]?)(?P<number>{DIGIT}{{1,2}})"
    rf"(?:[ ]?(?P<close>[.)])(?!{DIGIT})|\ufe0f?\u20e3)[ \t]*"
)
_LETTERED = re.compile(rf"(?P<open>[(]?)(?P<number>[{_LETTER}])(?P<close>\.(?=[ \t])|\))[ \t]*")
_STANDARD = re.compile("|".join(line for line in _O["standard"].strip().splitlines()))
_COLON_HEADING = re.compile(r"[^\n:：]{2,40}[:：](?=[ ])")
Kind = Literal["agenda", "number", "part", "heading", "bullet", "paragraph"]


@dataclass(frozen=True, slots=True)
class Mark:
    """The beginning of an item: `no` as it is given out, its words begin at `body`.

    `level` counts the parts of its number.
    """

    start: int
    body: int
    end: int
    no: str | None
    kind: Kind
    level: int = 1


def number_of(surface: str) -> str:
    """A number in Arabic digits: ๓.๑, 3. 1 and หนึ่ง become 3.1, 3.1 and 1."""
    plain = "".join(arabic_digits(surface).split())
    return _NUMERALS.get(plain, plain)


def agenda_mark(text: str, paragraph: Paragraph, *, formal: bool) -> Mark | None:
    """`ระเบียบวาระที่ ๑ …`, also misspelt; `เรื่องที่ 3.1 …`.

    In a post ประเด็นที่ 1 is the name of a part, in minutes (`formal`) a number.
    """
    found = _MARKED.match(text, paragraph.body, paragraph.end)
    if found and _counts(found) and (formal or found["marker"] != "ประเด็น"):
        return _mark(paragraph, found, "agenda")
    slip = _MISSPELT.match(text, paragraph.start, min(paragraph.end, paragraph.start + 60))
    if slip and any(close(slip["marker"], right) for right in words("outline", "misspelt")):
        return _mark(paragraph, slip, "agenda")
    return None


def _counts(found: re.Match[str]) -> bool:
    agenda = "วาระ" in found["marker"] or "genda" in found["marker"]
    return agenda or found["at"] is not None or found["marker"] == "ข้อ"


def _mark(paragraph: Paragraph, found: re.Match[str], kind: Kind) -> Mark:
    no = number_of(found["number"])
    return Mark(paragraph.start, found.end(), paragraph.end, no, kind, no.count(".") + 1)


def sub_mark(text: str, paragraph: Paragraph, above: str | None) -> Mark | None:
    """`๓.๑ …` under item 3; under another item only where it cannot be an amount."""
    found = _DOTTED.match(text, paragraph.start, paragraph.end)
    if found is None or found.end() >= paragraph.end:
        return None
    mark = _mark(paragraph, found, "agenda")
    inside = above is not None and (mark.no or "").split(".")[0] == above.split(".")[0]
    spaced = " " in found["number"]
    return (
        mark
        if inside or not (spaced or re.match(r"ล้าน|แสน|หมื่น|เมตร|กม|ตัน|%", text[mark.body :][:6]))
        else None
    )


def is_numbered(text: str, paragraph: Paragraph) -> bool:
    """Whether a plain number or a letter stands before a paragraph."""
    patterns = (_PLAIN, _LETTERED)
    return any(one.match(text, paragraph.start, paragraph.end) for one in patterns)


def plain_marks(text: str, found: Sequence[Paragraph]) -> list[Mark]:
    """The numbers or letters that run through the text, of the style of the first of them."""
    for pattern in (_PLAIN, _LETTERED):
        marks: list[Mark] = []
        style, last = "", 0
        for paragraph in found:
            match = pattern.match(text, paragraph.start, paragraph.end)
            if match is None or match.end() >= paragraph.end:
                continue
            own = match["open"] + (match["close"] or "")
            value = _LETTER.find(match["number"]) + 1 or int(arabic_digits(match["number"]))
            if (not marks and value == 1) or (own == style and last < value <= last + 3):
                style, last = own, value
                marks.append(_mark(paragraph, match, "number"))
        if len(marks) >= 2:
            return marks
    return []


def inline_standard_mark(text: str, paragraph: Paragraph) -> Mark | None:
    """A heading of the usual agenda without its number, and someone's words behind it."""
    found = _STANDARD.match(text, paragraph.start, paragraph.end)
    matter = text.startswith("เรื่อง", paragraph.start)
    if found and matter and text.startswith(" ", found.end()):
        return Mark(paragraph.start, paragraph.start, paragraph.end, None, "agenda")
    return None


def standard_mark(text: str, paragraph: Paragraph) -> Mark | None:
    """A heading of the usual agenda that has lost its number."""
    if _STANDARD.fullmatch(text, paragraph.start, paragraph.end):
        return Mark(paragraph.start, paragraph.start, paragraph.end, None, "agenda")
    return None


def bullet_marks(text: str, found: Sequence[Paragraph]) -> Iterator[Mark]:
    """`- ปริมาณสินค้า: …`: bullets that begin with a label."""
    for paragraph in found:
        label = _COLON_HEADING.match(text, paragraph.body, paragraph.end)
        if paragraph.body > paragraph.start and label:
            yield Mark(paragraph.start, paragraph.body, paragraph.end, None, "bullet")
