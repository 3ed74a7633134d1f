"""Sums in the budget section of a form: totals, units in its head, sums by year, lists of items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.documents import Section
from pipeline.thai import BahtMention, find_baht, find_numbers

SMALLEST = 1000.0
# Above this a figure below (ล้านบาท) was written out in baht after all.
LARGEST = 1e11
LINE_BACK = 120
HEAD_CHARS = 60

_SCALES = {"พัน": 1e3, "หมื่น": 1e4, "แสน": 1e5, "ล้าน": 1e6}
_UNIT = re.compile(
    r"(?:[(\[][ ]?(?:หน่วย[ ]?[:：]?[ ]?)?|หน่วย[ ]?[:：]?[ ]?(?:เป็น)?)(?P<scale>พัน|หมื่น|แสน|ล้าน)บาท"
)
_MONEY_LINE = re.compile(r"งบ|วงเงิน|ค่าใช้จ่าย|จำนวนเงิน|^[ \t(\[]{0,8}หน่วย")
_ROW_OF_TOTAL = re.compile(
    r"(?:^|\n)[ \t]*(?:รวม(?!ถึง|ทั้งค่า)|ยอดรวม|[Tt]otal|TOTAL)[^\n0-9๐-๙]{0,30}\Z"
)
_BARE_AFTER = re.compile(r"[ \t]{0,3}(?:บาท)?[ \t|*]{0,4}(?:[\n\t|]|\Z)|[ \t]{2}")
_PAST_OR_OTHERS = re.compile(
    r"(?:สมทบ|ได้รับ|ที่ผ่านมา|ปีก่อน|ปีที่แล้ว|เดิม|เคย|ใช้ไป|รายได้|มูลค่า|ราคา)[^\n0-9๐-๙]{0,24}\Z"
)
_ITEM = re.compile(
    r"[ \t]*(?P<lead>[-–—•▪●○*+]|\(?[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*(?:[.)]|(?=[ \t]))|[ก-ฮ][.)])"
)
_COST = re.compile(r"[ \t]*(?:ค่า|เงินเดือน|จัดซื้อ|จัดจ้าง)")
_OF_YEAR = re.compile(
    r"ปี(?:งบประมาณ)?(?:ที่)?[ ]?(?:พ\.ศ\.[ ]?)?(?P<year>[0-9๐-๙]{1,4})[ \t:=|]{0,4}"
    r"(?:จำนวน|เป็นเงิน|งบประมาณ|งบ|วงเงิน|เงิน|ใช้|ขอ)?[ \t:=|]{0,4}\Z"
)
_YEAR = re.compile(r"(?:ประจำ)?ปี(?:งบประมาณ)?[ ]?(?:พ\.ศ\.[ ]?)?[0-9๐-๙]{4}(?![0-9๐-๙])")
# What may stand between a budget heading and the sum that is meant for all of it.
_HEAD_WORDS = re.compile(
    r"(?:[\s:=(|).*•,\-–—…]|ขอ|รับ|การ|สนับสนุน|ใช้|งบ|ประมาณ|เงิน|วง|จำนวน|รวม|ทั้ง(?:สิ้น|หมด|โครงการ|ปี)|เป็น|ที่"
    r"|ไม่เกิน|ราว|จังหวัด|กลุ่ม|ของ|จาก|แหล่ง|บาท|โครงการ|นี้|ตลอด|ตั้ง|ไว้|ต้อง|จะ|โดย|แผน|พัฒนา|ดำเนิน|THB|Total|total)*\Z"
)
_LABELLED = re.compile(r"(?:ค่า|จำนวน|เป็นเงิน|รวม)[^\n0-9๐-๙]{0,40}\Z")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the list: its number or bullet, and what it costs in baht."""

    lead: str
    baht: float


def scaled_total(text: str, sections: Mapping[str, Section]) -> float | None:
    """The total in baht below a head such as "งบประมาณ (ล้านบาท)" or "หน่วย: พันบาท"."""
    section = sections.get("budget")
    for unit in _UNIT.finditer(text):
        line = _before(text, unit.start()) + unit[0]
        inside = section is not None and section.start <= unit.start() < section.end
        if not inside and not _MONEY_LINE.search(line):
            continue
        ends = (s.end if s is section and inside else s.start for s in sections.values())
        end = min((end for end in ends if end > unit.end()), default=len(text))
        total = _scaled_rows(text[unit.end() : end], _SCALES[unit["scale"]])
        if total is None and section is not None and section.start > unit.start():
            total = _scaled_rows(text[section.start : section.end], _SCALES[unit["scale"]])
        return total
    return None


def _scaled_rows(body: str, scale: float) -> float | None:
    rows: dict[int, float] = {}
    totals: list[float] = []
    line = seen = 0
    for number in find_numbers(body):
        after = _BARE_AFTER.match(body, number.end)
        plain = body[number.start : number.end].isdecimal() and 2400 <= number.value <= 2700
        if after is None or plain:
            continue
        written_out = "บาท" in after[0] or number.value * scale > LARGEST
        baht = number.value if written_out else round(number.value * scale, 2)
        line = max(line, body.rfind("\n", seen, number.start) + 1)
        seen = number.start
        rows[line] = baht
        if _ROW_OF_TOTAL.search(
            body[line : min(number.start, line + LINE_BACK)].split("\t")[0] + "\t"
        ):
            totals.append(baht)
    return totals[-1] if totals else sum(rows.values()) or None


def section_sums(text: str, section: Section) -> list[BahtMention]:
    """Sums in the section, without prices, what others give and what was spent before."""
    body = text[section.start : section.end]
    return [
        mention
        for mention in find_baht(body)
        if not mention.per_unit
        and mention.baht >= SMALLEST
        and not _PAST_OR_OTHERS.search(_before(body, mention.start))
    ]


def _before(body: str, at: int) -> str:
    near = max(0, at - LINE_BACK)
    return body[max(body.rfind("\n", near, at) + 1, near) : at]


def table_total(body: str) -> float | None:
    """The figure of the last row of totals, which seldom repeats บาท; None without one."""
    totals = [
        number.value
        for number in find_numbers(body)
        if number.value >= SMALLEST
        and _ROW_OF_TOTAL.search(body, max(0, number.start - 36), number.start)
    ]
    return totals[-1] if totals else None


def head_sum(body: str, sums: Sequence[BahtMention]) -> float | None:
    """The sum that the section begins with, unless it is an item's or a year's."""
    if not sums or sums[0].start >= HEAD_CHARS:
        return None
    before = body[: sums[0].start]
    if "\n" in before or not _HEAD_WORDS.match(_YEAR.sub(" ", before)):
        return None
    if years_total(body, sums) is not None:
        return None
    alone = [mention for mention in sums[1:] if not _before(body, mention.start).strip()]
    return None if alone and not before.strip() else sums[0].baht


def parts_total(body: str, sums: Sequence[BahtMention]) -> float | None:
    """The sum of the years or of the items that make up the whole section; None if unclear."""
    by_year = years_total(body, sums)
    if by_year is not None:
        return by_year
    rows = list(_rows(body, sums))
    if not rows or any(row is None for row in rows):
        return None
    return _top_level([row for row in rows if row is not None])


def years_total(body: str, sums: Sequence[BahtMention]) -> float | None:
    """The sum of `sums` if each is that of another year; None otherwise."""
    years = [_OF_YEAR.search(_before(body, mention.start)) for mention in sums]
    named = {year["year"] for year in years if year}
    if len(sums) < 2 or len(named) < len(sums):
        return None
    return sum(mention.baht for mention in sums)


def _rows(body: str, sums: Sequence[BahtMention]) -> Iterator[_Row | None]:
    """The lines with sums as items; None for a line that is none or whose sum is unclear."""
    lines: dict[int, list[BahtMention]] = {}
    begin = seen = 0
    for mention in sums:
        begin = max(begin, body.rfind("\n", seen, mention.start) + 1)
        seen = mention.start
        lines.setdefault(begin, []).append(mention)
    for start, mentions in lines.items():
        end = body.find("\n", start)
        line = body[start : end if end >= 0 else len(body)]
        lead = _ITEM.match(line)
        begins = (
            lead
            or _COST.match(line)
            or "\t" in line
            or not line[: mentions[0].start - start].strip()
        )
        baht = _line_sum(body, mentions) if begins or len(lines) == 1 else None
        yield None if baht is None else _Row(_style(lead["lead"] if lead else ""), baht)


def _line_sum(body: str, mentions: Sequence[BahtMention]) -> float | None:
    if len(mentions) == 1:
        return mentions[0].baht
    if re.search(r"(?:เป็นเงิน|รวม\S{0,12})[ ]?\Z", _before(body, mentions[-1].start)):
        return mentions[-1].baht
    labels = [_LABELLED.search(_before(body, mention.start)) for mention in mentions]
    return (
        sum(m.baht for m in mentions) if all(x and x[0].startswith("ค่า") for x in labels) else None
    )


def _style(lead: str) -> str:
    """'1.' and '๒.' are one style, '1.1' and '-' are others."""
    return re.sub(r"[0-9๐-๙]+", "0", lead).rstrip(".)")


def _top_level(rows: Sequence[_Row]) -> float | None:
    """The sum of the rows styled like the first; rows below one must add up to it."""
    total, open_sum, below = 0.0, 0.0, 0.0
    for row in (*rows, _Row(rows[0].lead, 0.0)):
        if row.lead != rows[0].lead:
            below += row.baht
            continue
        if below and abs(below - open_sum) >= 1:
            return None
        total, open_sum, below = total + row.baht, row.baht, 0.0
    return total
