"""Where the items of a meeting begin: numbers of its agenda, parts, points, headings."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.documents import Span
from pipeline.minutes.text.paragraphs import BULLET, Paragraph
from pipeline.minutes.text.wording import DIGIT, any_pattern, any_word, wording, words
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
_PERIOD = rf"(?:ช่วง|ภาค|ตอน|รอบ){any_word('outline', 'periods')}(?![ะ-ูๅ็-๎])"
_PART = re.compile(
    rf"(?:และ)?(?:ใน)?(?P<part>(?P<word>{any_word('outline', 'parts')})[ ]?"
    rf"(?:(?:ที่[ ]?)?{any_word('outline', 'ordinals')}(?![ะ-ูๅ็-๎])"
    rf"|ที่[ ]?{DIGIT}{{1,2}}(?!{DIGIT}|[ ]*{any_word('body', 'months')}))(?:[ ]{_PERIOD})?"
    rf"|{_PERIOD})"
    rf"(?:ของ(?:การประชุม|งาน|วัน)\S{{0,12}})?"
)
_STANDARD = re.compile("|".join(line for line in _O["standard"].strip().splitlines()))
_NOTHING = re.compile(rf"[ \t]*[-–—(\[]*[ \t]*{_O['nothing']}[ \t]*[-–—)\]]*\Z")
_ENDS = re.compile(any_pattern("body", "ends"))
_CLOSING = re.compile(any_pattern("body", "closings"))
_COLON_HEADING = re.compile(r"[^\n:：]{2,40}[:：](?=[ ])")
_BEHIND_PART = re.compile(r"[ \t]*[:：\-–—.]?[ \t]*")
# Any word that counts: คำถามที่ 1, คำถามที่ 2.
_COUNTED = re.compile(
    rf"(?!{any_word('outline', 'markers')}|ครั้ง|หมู่|ชั้น|ฉบับ|หน้า|แผ่น|วัน)"
    rf"(?P<part>(?P<word>[ก-๎]{{2,16}}?)[ ]?ที่[ ]?(?P<number>{DIGIT}{{1,2}}))"
    rf"(?!{DIGIT}|[/.:]{DIGIT}|[ ]*{any_word('body', 'months')})"
)
_TIME = "time"
_IS_BULLET = re.compile(BULLET)
_LONGEST_HEADING = 70
# What tells a sentence, a date or a line of a list from a heading; a year may end one behind ปี.
_NO_HEADING = re.compile(
    r"ว่า|จำนวน|เวลา|วันที่|[:：;,]|\.\.|ผู้จด|ที่ประชุม|[|]|^[“\"(\[]|[ ]{3,}"
    r"|(?<!ปี[ ])(?<!งบประมาณ[ ])(?<!พ\.ศ\.[ ])[0-9๐-๙]{4}$"
)
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


def is_end(text: str, paragraph: Paragraph) -> bool:
    """Whether the meeting is over at this paragraph."""
    return bool(_ENDS.match(text, paragraph.start, paragraph.end))


def is_closing(text: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph of a post tells how the meeting closed."""
    return bool(_CLOSING.match(text, paragraph.start, paragraph.end))


def is_nothing(surface: str) -> bool:
    """Whether it says that there was nothing to say: ไม่มี."""
    return bool(_NOTHING.fullmatch(surface))


def without_nothing(text: str, span: Span) -> Span:
    """The heading without ` - ไม่มี -` behind it; brackets stay with it."""
    found = re.compile(
        rf"[ \t]+[-–—][ \t]*{_O['nothing']}[ \t]*[-–—]*|[ \t]+{_O['nothing']}"
    ).search(text, span.start, span.end)
    return Span(span.start, found.start()) if found and found.end() == span.end else span


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


def bullet_kind(text: str, paragraph: Paragraph) -> str:
    """The bullet before a paragraph, the same for all emoji; empty without one."""
    mark = _IS_BULLET.match(text, paragraph.start, paragraph.body)
    return "" if mark is None else mark[0] if mark[0] < "\u2600" else "emoji"


def is_short(text: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph behind a bullet is short enough for a heading, in one line."""
    short = paragraph.end - paragraph.body <= _LONGEST_HEADING
    return short and "\n" not in text[paragraph.body : paragraph.end]


def close(one: str, other: str) -> bool:
    """Whether two words differ in at most two letters (a quarter of the shorter one)."""
    most = min(2, len(other) // 4)
    if abs(len(one) - len(other)) > 2 or len(set(one) - set(other)) > most:
        return False
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        above, row[0] = row[0], i
        for j, right in enumerate(other, start=1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (letter != right))
    return row[-1] <= most


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


def part_marks(text: str, found: Sequence[Paragraph]) -> list[Mark]:
    """ช่วงแรก, ช่วงที่สอง …: a word that counts at least two parts; days and their times are one."""
    series: dict[str, list[Mark]] = {}
    for paragraph in found:
        match = _PART.match(text, paragraph.body, paragraph.end)
        if match:
            body = _BEHIND_PART.match(text, match.end(), paragraph.end)
            start = body.end() if body else match.end()
            mark = Mark(paragraph.start, start, paragraph.end, match["part"], "part")
            word = match["word"] or _TIME
            series.setdefault(_TIME if word == "วัน" else word, []).append(mark)
    series.update(_counted(text, found, series))
    if "ช่วง" in series and _TIME in series:
        series["ช่วง"] = sorted(series["ช่วง"] + series[_TIME], key=lambda mark: mark.start)
    best = max(series.values(), key=len, default=[])
    return best if len(best) >= 2 else []


def _counted(text: str, found: Sequence[Paragraph], known: Container[str]) -> dict[str, list[Mark]]:
    """Parts by other words that count from one on without a gap: คำถามที่ 1, คำถามที่ 2."""
    series: dict[str, list[Mark]] = {}
    for paragraph in found:
        match = _COUNTED.match(text, paragraph.body, paragraph.end)
        if match is None or match["word"] in known:
            continue
        marks = series.setdefault(match["word"], [])
        if number_of(match["number"]) == str(len(marks) + 1):
            body = _BEHIND_PART.match(text, match.end(), paragraph.end)
            start = body.end() if body else match.end()
            marks.append(Mark(paragraph.start, start, paragraph.end, match["part"], "part"))
    return {word: marks for word, marks in series.items() if len(marks) >= 2}


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


def is_heading(text: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph looks like a heading: short, no list mark, no sentence."""
    surface = text[paragraph.start : paragraph.end]
    if paragraph.body > paragraph.start or len(surface) > 60 or "\n" in surface:
        return False
    return _NO_HEADING.search(surface) is None and surface.count(" ") <= 5
