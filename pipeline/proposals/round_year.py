"""The fiscal year that a proposal is for: what its form or opening says, else that of its date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from pipeline.documents import Section
from pipeline.thai import find_fiscal_years, fiscal_year

OPENING_CHARS = 900
HEAD_CHARS = 250
TAIL_CHARS = 120
PERIOD_CHARS = 200
LOOK_BACK = 120

# What a form puts between its label and the year: "ปีงบประมาณ: 2567", "ปีงบประมาณ (พ.ศ.)\t2567".
_LABEL_GAP = re.compile(
    r"(ปี[ ]?งบ(?:[ ]?ประมาณ|ฯ)?)[ \t]{0,4}(?:\(?พ\.?ศ\.?\)?[ \t]{0,4})?[:：=|.…\t ]{1,40}"
    r"(?:พ\.?[ ]?ศ\.?[ \t.…]{0,20})?(?=[0-9๐-๙]{2})"
)
_FIELD = re.compile(
    r"[ \t]{0,40}[#*•\-–]{0,3}[ \t]{0,4}(?:(?:ข้อ[ ]?)?[0-9๐-๙]{1,2}[.)][ \t]{0,4})?[*(]{0,3}"
    r"(?:ประจำ|รอบ)?(?:ปี[ ]?งบ|FY)[^\n0-9๐-๙]{0,24}\Z"
)
_END_OF_FIELD = re.compile(
    r"[*)]{0,3}[ \t]{0,4}(?:$|\n|\t|[ ]{2}|\||[(–-]|/|,|ถึง|และ|จังหวัด|จ\.|ไตรมาส)"
)
_FOR = re.compile(
    r"ข้อเสนอ|เสนอ|ประเด็น|โครงการ|แบบ(?:ฟอร์ม|สรุป|[ ]?จ\.)?|รอบ|คำขอ|คำของบ|ขอรับ|ขับเคลื่อน|ขยายผล"
)
_PAST = re.compile(
    r"รางวัล|ได้รับ|ที่ผ่านมา|ที่แล้ว|เคย|เดิม|เมื่อ|ตั้งแต่|สิ้น|ผลการ|ปิด|ต่อเนื่องจาก|แล้วเสร็จ|สำรวจ|ข้อมูล|รายงานประจำ"
)
_WAS = re.compile(r"[ ]?(?:ที่ผ่านมา|ที่แล้ว|ได้รับ|พบ|มี|เป็นต้น|เก็บ|ได้)")


def find_fiscal_year(
    text: str, date: dt.date | None, sections: Mapping[str, Section]
) -> int | None:
    """The BE fiscal year of a normalized `text`, None where nothing tells it.

    A line for it or the round named in the opening wins, then the period of the project, then
    the year of the document's `date`, then one that stands in the first or last lines.
    """
    period = sections.get("period")
    planned = text[period.start : min(period.end, period.start + PERIOD_CHARS)] if period else ""
    stated = [*_rounds(_closed_up(text[:OPENING_CHARS])), *_years(_closed_up(planned))]
    if stated:
        return stated[0]
    if date is not None:
        return fiscal_year(date)
    return next(iter([*_years(text[:HEAD_CHARS]), *_years(text[-TAIL_CHARS:])]), None)


def _closed_up(text: str) -> str:
    return _LABEL_GAP.sub(r"\1 ", text)


def _years(text: str) -> list[int]:
    return [mention.year for mention in find_fiscal_years(text)]


def _rounds(opening: str) -> Iterator[int]:
    """Fiscal years that stand in a line of their own or beside a word of proposing."""
    for mention in find_fiscal_years(opening):
        line_start = opening.rfind("\n", 0, mention.start) + 1
        before = opening[max(line_start, mention.start - LOOK_BACK) : mention.start]
        field = _FIELD.match(before) and _END_OF_FIELD.match(opening, mention.end)
        if field or _beside_proposing(before, opening[mention.end : mention.end + 12]):
            yield mention.year


def _beside_proposing(before: str, after: str) -> bool:
    """Whether the word nearest before a year speaks of the proposal, not of past years."""
    proposing = max((found.start() for found in _FOR.finditer(before)), default=-1)
    past = max((found.start() for found in _PAST.finditer(before)), default=-1)
    return proposing > past and not _WAS.match(after)
