"""The date on which a proposal was signed or sent.

Dates of past events, of other papers (อ้างถึง … ลงวันที่), of the project's period and deadlines
stand in the same text; the words before a date and its place decide.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.proposals.headings import SECTIONS
from pipeline.proposals.sections import Heading
from pipeline.thai import DateMention, find_dates

LOOK_BACK = 60
HEAD_CHARS = 250
LONGEST_LINE = 110
HEAD_LINES = 12
TAIL_LINES = 8
FLOOR = 2.0
_EARLIEST = dt.date(1990, 1, 1)

_SENT = re.compile(
    r"(?:วันที่(?:ส่ง|จัดทำ(?:เอกสาร)?|เสนอ|ยื่น|รับ|ทำ)|ลงวันที่|ส่ง(?:เมื่อ|วันที่|ณ|จังหวัด|ให้)?|ยื่น(?:เมื่อ|วันที่|วัน)?"
    r"|เสนอ(?:เมื่อ|วันที่)?"
    r"|จัดทำ(?:เมื่อ|วันที่)|เขียน(?:เมื่อ|ณ|วันที่)?|ออกเอกสาร|ออกให้|ยกร่าง(?:เมื่อ)?|ลงนาม|ลงชื่อ|ประทับ(?:ตรา"
    r"|เวลา)?|คัดและรับรอง|ปรับปรุง|แก้ไข"
    r"|พิมพ์(?:เมื่อ)?|บันทึก(?:เมื่อ)?|submitted|[Dd]ate[d]?|DATE|[Ss]ubmitted|[Tt]imestamp|ให้ไว้|เผยแพร่"
    r"|ประกาศ[ ]?ณ[ ]?วันที่|สแกน(?:เมื่อ)?)"
    r"(?:[^\n0-9๐-๙]{0,8}ครั้งที่[ ]?[0-9๐-๙]{1,2})?[^\n0-9๐-๙]{0,24}\Z"
)
_STAMP = re.compile(
    r"(?:รับ(?:เมื่อ|ที่|แฟกซ์|เอกสาร)|เลขรับ|ลงรับ|สแกน|[Pp]rinted|พิมพ์|เผยแพร่)[^\n]{0,30}\Z"
)
_OTHER_PAPER = re.compile(
    r"(?:อ้างถึง|ตามหนังสือ|(?<!แนบ)(?<!นำส่ง)(?<!ท้าย)(?<!ประกอบ)หนังสือ(?:จังหวัด|กระทรวง|สำนักงาน|ที่|ด่วน)"
    r"|คำสั่ง|ประกาศ(?![ ]?ณ)|ระเบียบ|มติ(?:คณะรัฐมนตรี|ครม)|พระราชบัญญัติ|ที่อ้าง)[^\n]{0,60}\Z"
)
_EVENT = re.compile(
    r"(?:เมื่อ(?:วัน(?:ที่|[จอพศส]\S{2,9}ที่)?)?|ตั้งแต่|ระหว่าง|ภายใน|ก่อน|หลัง|จนถึง|ถึง|เริ่ม|สิ้นสุด|ประชุม|สำรวจ|ณ"
    r"|ข้อมูล|เปิด(?:ใช้)?|ครบ|กำหนด)"
    r"[ ]?(?:วันที่)?[ ]{0,3}\Z"
)
_CLOSING = re.compile(r"\A[ \t]*(?:\n|\Z)")
_LINE_LABEL = re.compile(r"(?:^|\n)[^\n]{0,30}?วัน[ \t]?ที่[ \t:=|]{0,6}\Z")


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the lines and the first section of a text begin."""

    breaks: tuple[int, ...]
    first_section: int

    def line_number(self, position: int) -> int:
        return bisect_left(self.breaks, position)

    def from_end(self, position: int) -> int:
        return len(self.breaks) - self.line_number(position)


def _layout(text: str, headings: Sequence[Heading]) -> _Layout:
    sections = (h.start for h in headings if h.code in SECTIONS and h.code != "title")
    breaks = tuple(match.start() for match in re.finditer("\n", text.rstrip()))
    return _Layout(breaks, next(sections, len(text)))


def _line_of(text: str, mention: DateMention) -> str:
    """The date's line, at most `LONGEST_LINE` characters of it on each side."""
    start = text.rfind("\n", max(0, mention.start - LONGEST_LINE), mention.start) + 1
    stop = mention.end + LONGEST_LINE
    end = text.find("\n", mention.end, stop)
    return text[start or max(0, mention.start - LONGEST_LINE) : end if end >= 0 else stop]


def _alone(text: str, mention: DateMention) -> bool:
    """Whether the date fills most of its line."""
    rest = _line_of(text, mention).replace(text[mention.start : mention.end], "")
    return len(rest.strip(" \t()[]|/—–-.,")) <= 12


def _place_weight(text: str, mention: DateMention, layout: _Layout) -> float:
    line = _line_of(text, mention)
    opens = line.lstrip().startswith(text[mention.start : mention.end])
    if len(line) > LONGEST_LINE and not opens:
        return 0.0
    number, left = layout.line_number(mention.start), layout.from_end(mention.start)
    if number < HEAD_LINES and mention.start < max(layout.first_section, HEAD_CHARS):
        return 3.0 - 0.1 * number
    return 2.4 - 0.05 * left if left < TAIL_LINES and len(line) <= LONGEST_LINE else 0.0


def _weight(text: str, mention: DateMention, layout: _Layout) -> float:
    before = text[max(0, mention.start - LOOK_BACK) : mention.start]
    if _OTHER_PAPER.search(before):
        return -5.0
    weight = _place_weight(text, mention, layout)
    if _SENT.search(before):
        weight += 3.0
    elif _LINE_LABEL.search(before):
        weight += 2.5
    elif _EVENT.search(before):
        weight -= 1.0 if "ประชุม" in before else 3.0
    if _alone(text, mention):
        weight += 2.0
    if _STAMP.search(before):
        weight -= 0.8
    if mention.end_date is not None:
        weight -= 3.0
    return weight


def find_document_date(text: str, headings: Sequence[Heading]) -> dt.date | None:
    """The signing or sending date of a normalized `text`; None where no date is clearly that."""
    layout = _layout(text, headings)
    weighed = [
        (_weight(text, mention, layout), -mention.start, mention.date)
        for mention in find_dates(text)
        if mention.date >= _EARLIEST
    ]
    weight, _, date = max(weighed, default=(0.0, 0, None))
    return date if weight >= FLOOR else None
