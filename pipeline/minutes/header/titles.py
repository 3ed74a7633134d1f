"""What minutes or a post are called: the line that names the meeting, a headline, or its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from pipeline.documents import Span
from pipeline.minutes.attendance.body import is_body
from pipeline.minutes.attendance.roll_labels import find_roll_label
from pipeline.minutes.header.head import Head
from pipeline.minutes.header.headlines import is_headline, is_skippable, names_office
from pipeline.minutes.header.title_edges import SENDER, bare_title, subject_of_mail
from pipeline.minutes.text.labels import find_label, labels, marker_end
from pipeline.minutes.text.lines import Line, lines
from pipeline.thai import find_dates

_LINES = 12
_LONGEST = 260
_BARE = 30
_OPENING = 1600
# What a line begins with that names minutes, without white space.
_FORMAL_WORDS = """
รายงานการประชุม รายงานประชุม รายงานผลการประชุม ร่างรายงานการประชุม (ร่าง)รายงานการประชุม
-ร่าง-รายงานการประชุม รายงานสรุปการประชุม รายงานสรุปผลการประชุม บันทึกการประชุม บันทึกประชุม
บันทึกช่วยจำ บันทึกการหารือ บันทึกผลการประชุม สรุปประเด็น สรุปผล สรุปสาระ สรุปการ สรุปรายงาน
สรุปสัมมนา สรุปหารือ สรุปประชุม สรุปเวที ตารางติดตาม AAR Minutes MINUTES MinutesofMeeting
MINUTESOFMEETING
"""
_FORMAL = labels(
    dict.fromkeys(_FORMAL_WORDS.split(), True),
    before=r"(?:ระเบียบวาระ(?:การประชุม)?(?:และ|/)|\(?(?:สำเนา|ร่าง)\)?)",
)
_CAPTION = re.compile(
    r"(?:เรื่อง|หัวข้อ|ชื่อการประชุม|ชื่อเรื่อง|Subject|Title)[ ]?(?:[:：][ ]*"
    r"|[ ]{1,8})",
    re.IGNORECASE,
)
# Where another value of the head begins behind the title on its line.
_BEHIND = re.compile(
    r"[ \t]{0,4}(?:(?:สมัย\S{0,12}[ ]?)?ครั[้่]?ง(?:ที่|ที|พิเศษ)|เมื่อวัน|เมื่อ[ ]?[0-9๐-๙]"
    r"|(?<![^ \t])(?:ที่)?[ ]?(?<![0-9๐-๙])[0-9๐-๙]{1,3}[/-](?:25|๒๕)[0-9๐-๙]{2}(?=[ \t\n]|\Z)"
    r"|วัน(?:[จอพศส][^\s]{2,9})?ที่[ ]?[0-9๐-๙]|เวลา[ ]?[0-9๐-๙]|[(]กรณี|ณ[ ]ห้อง)"
    r"[^\n]*|[ \t]{3,}[^\n]*|[ \t]*\|[^\n]*"
)
_NEXT_VALUE = re.compile(
    r"(?:สมัย|นัด|ครั|คร้ัง|เมื่อ|วัน|ณ[ ]|เวลา|สถานที่|ที่[ ]?ห้อง|ห้อง|ระบบ|ผ่าน|ผู้"
    r"|รายชื่อ|ระเบียบ|วาระ|เริ่ม|ประธาน|ปธ|โดย|หน้า|[0-9๐-๙(]|จัดทำ|ประเด็น|[-–—*_=]{2})"
)
_NUMBER_OR_DATE = re.compile(
    r"(?:สมัย|ประชุม|นัด)?\S{0,12}[ ]?(?:ครั[้่]?ง|คร[้่]ัง)(?:ที่|ที|พิเศษ)"
    r"|(?:นัด|รอบ)(?:ที่)?[ ]?[0-9๐-๙]|เมื่อ|วัน|ที่[ ]?[0-9๐-๙]|[0-9๐-๙]{1,3}/"
)
_LONGEST_BLOCK = 120
_GOES_ON = re.compile(
    r"กลุ่มจังหวัด|(?:ประจำ|ระดับ|ของ)?(?:จังหวัด|อำเภอ|ตำบล|เทศบาล)[^\s]{1,60}$|(?:และ|เพื่อ|ด้าน|แห่ง"
    r"|ของ|เกี่ยวกับ|ตาม|โครงการ|ประจำ(?!เดือน|ปี))[ก-์ ]"
)
_NAMES_BODY = re.compile(
    "คณะ|ก\\.|อ\\.ก\\.|หัวหน้า|กรม|สภา|ศูนย์|ทีม|กอง|โครงการ|เตรียม|ติดตาม|ชี้แจง|กลุ่ม"
    "|ข้าราชการ|ผู้บริหาร|เจ้าหน้าที่|สำนัก"
)
_CALLED = re.compile(
    r"(?<!ห้อง)(?<!หอ)(?<!ที่)(?<!เริ่ม)(?<!เข้า)(ประชุม[^\s][^\n]{6,180}?)(?=[ \t](?:ผ่าน|ณ"
    r"|โดย|ที่|สำหรับ|เมื่อ|เวลา|มี|เพื่อ|ครั้งที่|ประจำปี|ประจำเดือน|ร่วม|ในรูปแบบ)|ซึ่ง"
    r"|โดยมี|เมื่อวัน|\n|\Z)"
)
_DATELINE = 400
_CONJUNCTION = re.compile(r"[ ]?(?:ครั้งที่)[ ]?[0-9๐-๙/]{1,9}[ ]?(?:และ|พร้อม|\+|&|กับ)")


def find_title(text: str, head: Head) -> Span | None:
    """Where the title stands; it may go over lines."""
    first = list(islice(lines(text, 0, min(len(text), _OPENING)), 3 * _LINES))
    if title := subject_of_mail(text) or _formal_title(text, first[:_LINES], head):
        return bare_title(text, title)
    for i, line in enumerate(first[:4]):
        if is_headline(line, first[i + 1 :]):
            before = _CAPTION.match(line.text) or SENDER.match(line.text)
            title = Span(line.start + (before.end() if before else 0), line.end)
            return bare_title(text, title)
        if not is_skippable(line):
            break
    called = _CALLED.search(text, 0, _DATELINE)
    return Span(*_trimmed(text, *called.span(1))) if called else None


def _formal_title(text: str, first: Sequence[Line], head: Head) -> Span | None:
    """The line that names minutes; that of the minutes before the subject line of a letter."""
    captioned: Span | None = None
    for i, line in enumerate(first):
        if find_roll_label(line.text) or is_body(line.text):
            break
        caption = _CAPTION.match(line.text)
        sender = SENDER.match(line.text)
        start = caption.end() if caption else sender.end() if sender else marker_end(line.text)
        if find_label(line.text[start:], _FORMAL) is None:
            continue
        alone = Span(line.start + start, line.end)
        if not caption and (subject := _subject(alone, first[i + 1 : i + 2])):
            return subject
        title = _with_next_lines(text, first, i, line.start + start, head)
        if not caption:
            return title
        captioned = captioned or title
    return captioned


def _subject(title: Span, following: Sequence[Line]) -> Span | None:
    """The line under a bare 'รายงานการประชุม' that says what about: 'เรื่อง: …'."""
    caption = _CAPTION.match(following[0].text) if following else None
    if caption is None or title.end - title.start > _BARE:
        return None
    return Span(following[0].start + caption.end(), following[0].end)


def _with_next_lines(text: str, first: Sequence[Line], i: int, start: int, head: Head) -> Span:
    line = first[i]
    end = _title_end(text, start, min(line.end, start + _LONGEST))
    whole = end == line.end
    above = _lines_above_number(first[i + 1 : i + 5]) if head.listed else 0
    for n, following in enumerate(first[i + 1 : i + 5]):
        if not whole or following.start >= head.end or _NEXT_VALUE.match(following.text):
            break
        named = len(line.text) <= _BARE or names_office(following.text)
        goes_on = (named and n < above) or (n < 3 and _goes_on(text[start:end], following, head))
        if find_dates(following.text) or not goes_on:
            break
        end = _title_end(text, following.start, following.end)
        whole = end == following.end
    return Span(*_trimmed(text, start, end))


def _lines_above_number(following: Sequence[Line]) -> int:
    """How many short lines stand between the first of a title and the number or the date."""
    for n, line in enumerate(following):
        if _NUMBER_OR_DATE.match(line.text):
            return n
        if len(line.text) > _LONGEST_BLOCK or _NEXT_VALUE.match(line.text) or ":" in line.text:
            break
    return 0


def _goes_on(title: str, line: Line, head: Head) -> bool:
    """Whether a line goes on with the title: 'รายงานการประชุม' alone, or the name of the body."""
    bare = len(title) <= _BARE
    words = line.text[: _title_end(line.text, 0, len(line.text))]
    named = bare and _NAMES_BODY.match(words) is not None
    return named or _GOES_ON.match(words) is not None or (bare and head.listed)


def _title_end(text: str, start: int, end: int) -> int:
    behind = _BEHIND.search(text, min(start + 8, end), end)
    if behind is None or _CONJUNCTION.match(text, behind.start(), end):
        return end
    return behind.start()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    surface = text[start:end]
    return start + len(surface) - len(surface.lstrip()), start + len(surface.rstrip())
