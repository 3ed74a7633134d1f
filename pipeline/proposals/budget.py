"""The sum of money that a proposal asks for or plans with, in baht.

Prices, rates and sums of the past stand beside it; totals win over their parts, sums below a
budget heading over sums in prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.documents import Section
from pipeline.proposals.budget_table import (
    SMALLEST,
    head_sum,
    parts_total,
    scaled_total,
    section_sums,
    table_total,
    years_total,
)
from pipeline.thai import BahtMention, NumberMention, find_baht, find_numbers

LOOK_BACK = 36
FLOOR = 2.0
SECTION_HEAD = 60
LONGEST_LINE = 400

_TOTAL = re.compile(r"(?:รวม(?:ทั้งสิ้น|ทั้งหมด|เป็นเงิน|งบ\S{0,12})?|ทั้งสิ้น|[Tt]otal|TOTAL)[ :=]{0,4}\Z")
_ASKED = re.compile(
    r"(?:งบ(?:ประมาณ)?(?:ที่(?:ขอ|ใช้|เสนอ))?|วงเงิน[^\s0-9๐-๙]{0,24}|ใช้|(?:ขอ"
    r"|ใช้)(?:รับ)?(?:การ)?(?:เงิน|งบ|ทุน|สนับสนุน)[^\s0-9๐-๙]{0,24}|เงินที่ขอ|จำนวนเงิน|เป็นเงิน"
    r"|(?:เงิน|งบ|ใช้)เท่า(?:ไร|ไหร่|ใด)\??(?:\s{1,3}(?:ตอบ|A)[ .:]{0,3})?"
    r"|ขอจังหวัด|[Aa]sk|ค่าใช้จ่าย(?:ทั้งหมด|รวม)?|ขอ|(?<!กัน)(?<!ได้)เงิน|ทุน"
    r"|ขอค่า[^\s0-9๐-๙]{0,24}|งบ(?!ลงทุน|ปลูก)[^\n0-9๐-๙]{0,24}|[Bb]udget|BUDGET|[Cc]ost|[Ff]unding"
    r"|Money)"
    r"(?:ประมาณ|ราว|จำนวน|ทั้งสิ้น|ไม่เกิน|รวม)?[ :=|\-–\t]{0,6}\Z"
)
_ELSE = re.compile(
    r"(?:คิดเป็น|รายได้|ขายได้|ขาย|ราคา|มูลค่า|หนี้|ประหยัด|กำไร|ที่ผ่านมา|เคย|ปีก่อน|ปีที่แล้ว|เดิม|ได้เงิน|ค่าปรับ|สมทบ"
    r"|คงเหลือ|เกิน|ยอดขาย|ยอดจอง"
    r"|ค่าจ้างเดิม|ได้(?:มา|รับ)|เสียหาย|เบิก|ค่าครองชีพ|เงินเดือน|เงินกองทุน|ลงทุนไป|ใช้ไป|งบลงทุน|เทศบัญญัติ|สัญญา"
    r"|ละ)[^\n0-9๐-๙]{0,24}\Z"
)
_FOR_YEAR = re.compile(
    r"[ ]?(?:สำหรับ|ใน)?(?:ประจำ)?"
    r"ปี(?:งบประมาณ)?[ ]?(?:พ\.ศ\.[ ]?)?(?:25|๒๕)[0-9๐-๙]{2}(?![0-9๐-๙])[ ]?"
)
_NO = r"ไม่(?:ประสงค์)?(?:จะ)?(?:ต้อง)?(?:ได้)?(?:ขอ|ใช้|มี|รับ)(?:รับ)?(?:การ)?(?:สนับสนุน)?"
_NO_SUM = re.compile(
    rf"[ \t(*\-–:]{{0,8}}(?:{_NO}(?:งบ|เงิน|ค่าใช้จ่าย|วงเงิน)"
    r"|ไม่(?:มี|ใช้|ขอ(?:รับ)?)(?=[\s).]|\Z)|ไม่ต้องใช้(?:งบ|เงิน))"
)
_NO_SUM_LINE = re.compile(
    rf"^[ \t(*\-–•]{{0,8}}{_NO}งบประมาณ(?![^\n]{{0,200}}[0-9๐-๙])", re.MULTILINE
)
_YEARLY = re.compile(r"[ ]?(?:/|ต่อ)[ ]?ปี")
_BARE_ASK = re.compile(
    r"(?:ขอ(?:เงิน|งบ|ใช้งบ|จังหวัด)?|ใช้เงิน|งบ(?:ประมาณ)?|วงเงิน|เงินที่ขอ|[Bb]udget"
    r"|[Aa]sk)[ :=|\t]{0,4}\Z"
)
_SHORT_UNIT = re.compile(r"[ ]?(?:(?P<k>[kK])|(?P<m>MB|M|mb))(?![A-Za-z])")


def _before(text: str, at: int) -> str:
    """What stands before a sum, without the year that it is for."""
    return _FOR_YEAR.sub("", text[max(0, at - 2 * LOOK_BACK) : at])[-LOOK_BACK:]


def _weight(text: str, mention: BahtMention, section: Section | None) -> float:
    before = _before(text, mention.start)
    inside = section is not None and section.start <= mention.start < section.end
    weight = 0.0
    if inside and section is not None:
        weight += 3.0 if mention.start - section.start < SECTION_HEAD else 1.0
    if _TOTAL.search(before):
        weight += 5.0 if inside or "งบ" in before or "เงิน" in before else 1.0
    if _ASKED.search(before):
        weight += 2.5
    if _ELSE.search(before):
        weight -= 3.0
    if mention.per_unit:
        weight -= 1.5 if _YEARLY.match(text, mention.end) else 6.0
    if mention.baht < SMALLEST:
        weight -= 2.0
    return weight


def _with_short_unit(text: str, number: NumberMention) -> float:
    """'350k' and '5.7 MB' as whole sums."""
    unit = _SHORT_UNIT.match(text, number.end)
    if unit is None:
        return number.value
    return number.value * (1_000 if unit["k"] else 1_000_000)


def _bare_sums(text: str, section: Section | None) -> Iterator[float]:
    """Figures without บาท at the head of the budget section or directly after a word of asking."""
    for number in find_numbers(text):
        value = _with_short_unit(text, number)
        headed = section is not None and 0 <= number.start - section.start < SECTION_HEAD
        if not headed and not _BARE_ASK.search(
            text, max(0, number.start - LOOK_BACK), number.start
        ):
            continue
        if value >= (SMALLEST if headed else 10 * SMALLEST) and not 2400 <= value <= 2700:
            yield value


def _of_section(text: str, section: Section) -> float | None:
    """What the budget section says as a whole: its total or first sum, else its parts added up."""
    body = text[section.start : section.end]
    sums = section_sums(text, section)
    whole = [sum_ for sum_ in (table_total(body), head_sum(body, sums)) if sum_ is not None]
    if whole:
        return max(whole)
    cued = any(_TOTAL.search(_before(body, mention.start)) for mention in sums)
    return None if len(sums) < 2 or cued else parts_total(body, sums)


def _declined(text: str, section: Section | None) -> bool:
    """Whether the budget's field, or without one a line of its own, says that none is asked for."""
    if section is not None:
        return _NO_SUM.match(text, section.start, section.end) is not None
    return _NO_SUM_LINE.search(text) is not None


def find_budget(text: str, sections: Mapping[str, Section]) -> float | None:
    """The total of a normalized `text` in baht, None where no sum is asked for."""
    section = sections.get("budget")
    if _declined(text, section):
        return None
    whole = scaled_total(text, sections)
    if whole is None and section is not None:
        whole = _of_section(text, section)
    return _of_prose(text, section) if whole is None else whole


def _of_prose(text: str, section: Section | None) -> float | None:
    """The sum that its words and place speak for most; None where items of one list compete."""
    weighed = [(_weight(text, m, section), m.baht, m) for m in find_baht(text)]
    if not weighed:
        return next(_bare_sums(text, section), None)
    weight, baht, best = max(weighed, key=lambda entry: entry[:2])
    if weight < FLOOR:
        return next(_bare_sums(text, section), None)
    if section is None or not section.start <= best.start < section.end:
        return _years_of_line(text, best) or baht
    cue = _TOTAL.search(_before(text, best.start)) or _ASKED.search(_before(text, best.start))
    rivals = [m for w, b, m in weighed if b != baht and section.start <= m.start < section.end]
    items = sum(not m.per_unit and m.baht >= SMALLEST for m in rivals)
    return None if items and not cue else baht


def _years_of_line(text: str, mention: BahtMention) -> float | None:
    """The sum over the years that the line of `mention` lists; None where it lists none."""
    start = max(text.rfind("\n", 0, mention.start) + 1, mention.start - LONGEST_LINE)
    end = text.find("\n", mention.end, mention.end + LONGEST_LINE)
    line = Section("", start, end if end >= 0 else min(len(text), mention.end + LONGEST_LINE))
    return years_total(text[line.start : line.end], section_sums(text, line))
