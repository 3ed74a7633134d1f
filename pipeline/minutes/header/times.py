"""When a meeting began and ended."""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from pipeline.documents import Span
from pipeline.minutes.header.head import Head
from pipeline.minutes.text.labels import Labels, find_label, labels
from pipeline.minutes.text.lines import Line, lines
from pipeline.thai import TimeMention, arabic_digits, find_times
from pipeline.thai.alternation import Begun


@dataclass(frozen=True, slots=True)
class Hours:
    """Start and end of a meeting with where the text says them; None where it does not."""

    start: tuple[dt.time, Span] | None = None
    end: tuple[dt.time, Span] | None = None


_WHAT = "(?:การ)?(?:ประชุม|หารือ|สัมมนา|เวที|เสวนา|คุย|วง)"
_HOUR = (
    "(?:[0-9๐-๙]{1,2}|บ่าย|เที่ยง|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ)"
    "(?![ ]?(?:สิบ|ร้อย|พัน)?(?:วัน|คน|เดือน|[ ](?:วัน|คน|เดือน)))"
)
_BEGINS = Begun.of(
    re.compile(
        rf"(?:เริ่ม|เปิด|เริ่มต้น|เปิดฉาก){_WHAT}(?!ต่อ|อีก|ครั้ง)|(?:(?<![ก-๎])"
        rf"|(?<=ประชุม)|(?<=[ ]))เริ่ม(?:กัน|คุย)?(?:ตอน|เวลา|ประมาณ|ราว)?(?=[ ]?{_HOUR})"
        rf"|กล่าวเปิด(?:{_WHAT})?|(?:ประชุม|เวที|วง)(?:จึง|ก็)?เริ่ม(?!ต้นจาก|จาก)"
    ),
    ("เริ่ม", "เปิด", "กล่าวเปิด", "ประชุม", "เวที", "วง"),
)
_ENDS = Begun.of(
    re.compile(
        rf"(?:เลิก|ปิด|จบ|ยุติ|เสร็จสิ้น|สิ้นสุด|เสร็จ){_WHAT}|(?:ประชุม|เวที|วง)(?:(?:แล้ว)?เสร็จ(?:สิ้น)?"
        rf"|เลิก|จบ|ยุติ|สิ้นสุด|แตก)|(?:(?<=[ \n])|(?<=และ))(?:จบ|เลิก|เสร็จ|เสร็จสิ้น"
        rf"|สิ้นสุด)(?:ลง)?(?=[ ]|เมื่อเวลา|เวลา)"
        rf"|(?:เลิก|จบ|แยกย้าย)(?:กัน|ลง)?[ ]?(?:ตอน|เวลา|เมื่อ|ประมาณ|ราว|เกือบ){{0,2}}(?=[ ]?{_HOUR})"
    ),
    (*("เลิก", "ปิด", "จบ", "ยุติ", "เสร็จ", "สิ้นสุด", "แยกย้าย"), "ประชุม", "เวที", "วง"),
)
_START_LABELS = labels(
    dict.fromkeys(("เริ่มประชุม", "เปิดประชุม", "เริ่มการประชุม", "เปิดการประชุม", "เริ่มเวลา"), True)
)
_END_LABELS = labels(
    dict.fromkeys(("เลิกประชุม", "ปิดประชุม", "เลิกการประชุม", "ปิดการประชุม", "จบการประชุม"), True)
)
_BETWEEN = re.compile(r"[^\n0-9๐-๙]{0,24}\n?[^\n0-9๐-๙]{0,16}")
_OTHER = re.compile(
    r"ครั้งต่อไป|ครั้งหน้า|รอบต่อไป|คราวหน้า|นัด|รับสมัคร|ปิดรับ|เปิดรับ|พัก|ระบบ\Z|ลงทะเบียน"
    r"|ตรวจ|ข้อมูล|ณ\Z|เผยแพร่|โพสต์|Sent|ส่งเมื่อ"
)
_AFTER = 44
_BEFORE_START, _BEFORE_END = 40, 12
_NEAR = 90
_OPENING_LINES = 3
_FAR = 300
_CUE = re.compile(r"(?:(?:ระหว่าง|ตั้งแต่|ใน)?เวลา|ตั้งแต่)[ ]?(?:ประมาณ)?[ ]?\Z")
_DUE = re.compile("ภายใน|ก่อน|ไม่เกิน|จะ|ให้|วันที่|[0-9๐-๙] ?[มกพสตธ]\\.[คยพ]\\.")


def find_hours(text: str, head: Head, date: Span | None) -> Hours:
    """Start and end: what เริ่มประชุม and เลิกประชุม say, else the hours beside the date."""
    times = find_times(text)
    if date and (behind := _bare_range(text, date)) and not _at(times, behind):
        times = sorted([*times, behind], key=lambda mention: mention.start)
    if not times:
        return Hours()
    beside = _beside_date(text, head, date, times)
    labelled = [line for line in lines(text) if _MAY_BE_LABEL(line.text)]
    start = _labelled(text, labelled, times, _START_LABELS, _BEGINS, first=True)
    end = _labelled(text, labelled, times, _END_LABELS, _ENDS, first=False)
    if beside and beside.end_time and end is None:
        end = beside.end_time, Span(beside.start, beside.end)
    if beside and (start is None or not head.listed):
        start = beside.time, Span(beside.start, beside.end)
    if start is None and not head.listed and (opening := _opening(text, times)):
        start = opening.time, Span(opening.start, opening.end)
    if start and end and start[1] == end[1] and beside is None:
        end = None
    return Hours(start, end)


_CLOCK = "([01]?[0-9]|2[0-3])[:.]([0-5][0-9])"
# Right behind a date hours need neither เวลา nor น.: "2/12/2568 (อังคาร) 13:00-15:30".
_RANGE = re.compile(
    r"[ ,|/]{1,3}(?:\([^()\n]{1,12}\)[ ,|/]{1,3})?"
    rf"(?P<hours>{_CLOCK}[ ]?(?:-|–|ถึง)[ ]?{_CLOCK})"
    r"(?![0-9:.])"
)


def _bare_range(text: str, date: Span) -> TimeMention | None:
    """Hours from and to in figures alone, right behind the date."""
    match = _RANGE.match(arabic_digits(text[date.end : date.end + _NEAR]))
    if match is None:
        return None
    hour, minute, last_hour, last_minute = (int(match[n]) for n in range(2, 6))
    start, end = (date.end + at for at in match.span("hours"))
    return TimeMention(start, end, dt.time(hour, minute), dt.time(last_hour, last_minute))


def _at(times: list[TimeMention], mention: TimeMention) -> bool:
    return any(one.start < mention.end and mention.start < one.end for one in times)


def _labelled(
    text: str,
    labelled: Sequence[Line],
    times: list[TimeMention],
    known: Labels[bool],
    pattern: Begun,
    *,
    first: bool,
) -> tuple[dt.time, Span] | None:
    """The time beside a label at the head of a line, else beside the words within one."""
    found = ((line, find_label(line.text, known)) for line in labelled)
    at_head = (line.start + label[1] for line, label in found if label)
    inside = (match.end() for match in pattern.finditer(text))
    for places in (at_head, inside):
        read = [time for place in places if (time := _time_at(text, times, place, first=first))]
        if read:
            return read[0] if first else read[-1]
    return None


_MAY_BE_LABEL: Callable[[str], object] = re.compile(r"[^ก-๎]{0,8}[ก-๎ ]{0,3}[ริลดปจ][^\n]{0,12}").match


def _time_at(
    text: str, times: list[TimeMention], place: int, *, first: bool
) -> tuple[dt.time, Span] | None:
    """The time right after `place`, else right before it on the same line."""
    i = bisect.bisect_left(times, place, key=lambda mention: mention.start)
    line = text.rfind("\n", max(0, place - 60), place) + 1
    last = times[i - 1].end if i else 0
    reach = _BEFORE_START if first else _BEFORE_END
    if _OTHER.search(text, max(line, place - reach, last), place):
        return None
    if i < len(times) and times[i].start - place <= _AFTER:
        if _BETWEEN.fullmatch(text, place, times[i].start):
            return times[i].time, Span(times[i].start, times[i].end)
        return None
    if i and times[i - 1].end > line and place - times[i - 1].end <= 24:
        before = times[i - 1]
        if not _OTHER.search(text, before.end, place):
            return before.time, Span(before.start, before.end)
    return None


def _beside_date(
    text: str, head: Head, date: Span | None, times: list[TimeMention]
) -> TimeMention | None:
    """The hours in the head, or of a post those near the date of the meeting."""
    if head.listed:
        inside = [mention for mention in times if mention.start < head.end]
        if inside:
            return inside[0]
    if date is None:
        return None
    line = text.rfind("\n", 0, date.start) + 1
    stop = text.find("\n", date.end)
    stop = len(text) if stop < 0 else stop
    near = [
        mention
        for mention in times
        if line <= mention.start < stop
        and date.start - 40 <= mention.start
        and (
            mention.start <= date.end + _NEAR
            or (mention.end_time is not None and mention.start <= date.end + _FAR)
            or _same_meeting(text, date.end, mention)
        )
        and not _OTHER.search(text, max(line, mention.start - 30), mention.start)
    ]
    return near[0] if near else None


def _opening(text: str, times: list[TimeMention]) -> TimeMention | None:
    """The hour that a report without a date beside it begins with."""
    for line in islice(lines(text), _OPENING_LINES):
        inside = [m for m in times if line.start <= m.start < line.start + _NEAR]
        if inside and not _OTHER.search(text, line.start, inside[0].start):
            return inside[0]
    return None


def _same_meeting(text: str, date_end: int, mention: TimeMention) -> bool:
    """Whether a time further on is still the meeting's: 'ระหว่างเวลา …', nothing due before."""
    between = text[date_end : mention.start]
    return len(between) <= _FAR and bool(_CUE.search(between)) and not _DUE.search(between)
