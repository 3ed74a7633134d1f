"""The day of a meeting, as against the days of letters, of publishing and of other meetings."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from pipeline.documents import Span
from pipeline.minutes.header.head import LONGEST_OPENING, Head
from pipeline.thai import DateMention, arabic_digits, find_dates

_DATELINE = 400
_FIRST_LINES = 200
_LABEL = re.compile(
    r"(?:เมื่อ|วัน[ \t]?/[ \t]?เวลา|วันนี้|ประชุม|จัดขึ้น|มีขึ้น|ระหว่าง|เช้า|บ่าย"
    r"|วันที่[ ]?[:：])[^\n0-9๐-๙]{0,40}\Z"
)
_OTHER = re.compile(
    r"(?:เผยแพร่|(?:รายงาน|ข่าว|เขียน|บันทึก)(?:ข่าว)?เมื่อ|โพสต์|ลงข่าว|ปรับปรุง|พิมพ์|ข้อมูล|ลงวันที่|หนังสือ|คำสั่ง|ประกาศ|ภายใน|ก่อน"
    r"|ตั้งแต่|ถึง|นัด|ครั้งต่อไป|ครั้งหน้า|ครั้งก่อน"
    r"|ครั้งที่ผ่านมา|คราวก่อน|ครั้งที่แล้ว|เดิม|เลื่อนจาก)[^\n0-9๐-๙]{0,30}\Z"
)
# A line that a letter, an office or a writer adds: "Sent: …", "รับที่ … วันที่ …", "(โดย งาน… )".
_STAMPED = re.compile(
    r"(?:^|\n)[^\n]{0,30}?(?:Sent|ส่งเมื่อ|วันที่ส่ง|รับที่[ ]?[0-9๐-๙]|เลขรับ|ลงรับ"
    r"|\(โดย|โดย[ ]?:)[^\n]{0,80}\Z",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(r"[ ]?(?:\)|น\.)?[ ]?(?:เป็นต้นไป|เผยแพร่|เข้าชม)")
# "นครพนม, 17 สิงหาคม 2567 … เช้าวานนี้": the day before that of the dateline.
_YESTERDAY = re.compile(r"(?:เมื่อ|เช้า|บ่าย|ค่ำ|เย็น)?วานนี้|เมื่อวาน(?!ซืน)")
_YEAR = re.compile("/[ ]?([0-9]{4}|[0-9]{2})(?![0-9])")


def find_date(text: str, head: Head, number: str | None) -> tuple[dt.date, Span] | None:
    """The first day of the meeting and where the text says it."""
    whole = find_dates(text)
    mention = _best(text, head, [*whole, *_yearless(text, whole)])
    if mention is None and number and (year := _YEAR.search(arabic_digits(number))):
        figures = year[1] if len(year[1]) == 4 else f"25{year[1]}"
        dated = find_dates(text[: head.end], default_year=int(figures))
        mention = _best(text, head, dated)
    if mention is None:
        return None
    before = text[max(0, mention.start - 60) : mention.start]
    told = _YESTERDAY.search(text, mention.end, mention.end + _DATELINE)
    if told and mention.start < _FIRST_LINES and not _LABEL.search(before):
        return mention.date - dt.timedelta(days=1), Span(*told.span())
    return mention.date, Span(mention.start, mention.end)


def _yearless(text: str, whole: Sequence[DateMention]) -> list[DateMention]:
    """Dates of the opening without a year, in the year that brings them nearest to the first."""
    if not whole:
        return []
    base = whole[0].date
    opening = text[:LONGEST_OPENING]
    same: list[list[DateMention]] = []
    for near in (0, -1, 1):
        year = find_dates(opening, default_year=base.year + near)
        same.append([mention for mention in year if mention.yearless])
        if not same[0]:
            return []
    if len({len(year) for year in same}) > 1:  # 29 February
        return same[0]
    return [min(ms, key=lambda m: abs((m.date - base).days)) for ms in zip(*same, strict=True)]


def _best(text: str, head: Head, mentions: list[DateMention]) -> DateMention | None:
    weighed = [(_weight(text, head, m), -m.start, m) for m in mentions]
    weight, _, mention = max(weighed, key=lambda one: one[:2], default=(-1.0, 0, None))
    return mention if weight >= 0 else None


def _weight(text: str, head: Head, mention: DateMention) -> float:
    before = text[max(0, mention.start - 60) : mention.start]
    line = text[max(0, mention.start - 140) : mention.start]
    weight = 2.0 if mention.start < _DATELINE else 0.0
    if mention.start < LONGEST_OPENING:
        weight += 1.0
    if head.listed and mention.start < head.end:
        weight += 2.0
    if _LABEL.search(before):
        weight += 2.0
    if _OTHER.search(before) or _AFTERWARDS.match(text, mention.end) or _STAMPED.search(line):
        weight -= 4.0
    if mention.yearless and not _LABEL.search(before):
        weight -= 4.0
    if mention.weekday_agrees is not None:
        weight += 1.0
    return weight
