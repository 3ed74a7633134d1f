"""The sum of money that a proposal asks for or plans with, in baht.

Prices, rates and sums of the past stand beside it; totals win over their parts, sums below a
budget heading over sums in prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.documents import Section
from pipeline.thai import BahtMention, NumberMention, find_baht, find_numbers

LOOK_BACK = 36
FLOOR = 2.0
SMALLEST = 1000.0
SECTION_HEAD = 60

_TOTAL = re.compile(r"(?:รวม(?:ทั้งสิ้น|ทั้งหมด|เป็นเงิน|งบ\S{0,12})?|ทั้งสิ้น|[Tt]otal|TOTAL)[ :=]{0,4}\Z")
_ROW_OF_TOTAL = re.compile(r"(?:^|\n)[ \t]*(?:รวม|[Tt]otal|TOTAL)[^\n0-9๐-๙]{0,30}\Z")
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
_YEARLY = re.compile(r"[ ]?(?:/|ต่อ)[ ]?ปี")
_BARE_ASK = re.compile(
    r"(?:ขอ(?:เงิน|งบ|ใช้งบ|จังหวัด)?|ใช้เงิน|งบ(?:ประมาณ)?|วงเงิน|เงินที่ขอ|[Bb]udget"
    r"|[Aa]sk)[ :=|\t]{0,4}\Z"
)
_SHORT_UNIT = re.compile(r"[ ]?(?:(?P<k>[kK])|(?P<m>MB|M|mb))(?![A-Za-z])")


def _weight(text: str, mention: BahtMention, section: Section | None) -> float:
    before = text[max(0, mention.start - LOOK_BACK) : mention.start]
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


def _table_total(text: str, section: Section) -> float | None:
    """The figure of a table's last row of totals, which seldom repeats บาท; None without one."""
    body = text[section.start : section.end]
    totals = [
        number.value
        for number in find_numbers(body)
        if number.value >= SMALLEST
        and _ROW_OF_TOTAL.search(body, max(0, number.start - LOOK_BACK), number.start)
    ]
    return totals[-1] if totals else None


def find_budget(text: str, sections: Mapping[str, Section]) -> float | None:
    """The total of a normalized `text` in baht, None where no sum is asked for."""
    section = sections.get("budget")
    if section is not None and (total := _table_total(text, section)) is not None:
        return total
    weighed = ((_weight(text, mention, section), mention.baht) for mention in find_baht(text))
    weight, baht = max(weighed, default=(0.0, 0.0))
    return baht if weight >= FLOOR else next(_bare_sums(text, section), None)
