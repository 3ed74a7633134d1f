"""Headlines of posts, as against rubrics, offices, dates and bylines above them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.minutes.attendance.body import is_body
from pipeline.minutes.attendance.roll_labels import find_roll_label
from pipeline.minutes.text.lines import Line
from pipeline.thai import find_dates

_LONGEST_HEADLINE = 160
# Lines above a headline: rubrics of a site, the office that posts.
_RUBRIC = re.compile(
    r"(?:ข่าว(?:ประชาสัมพันธ์|กิจกรรม|สาร|เด่น)?|ประชาสัมพันธ์|กิจกรรม|หน้าแรก|ภาพกิจกรรม"
    r"|ภาพข่าว|หมวด|News)(?:[ ]?[:>/|][^\n]{0,60}|[ก-๎]{0,12})?"
    r"(?:[ ]*(?:ฉบับ|เล่ม|เลข|ครั้ง|ปี)?ที่[ ]?[0-9๐-๙][^\n]{0,40})?"
)
# Who writes and when, above the headline of a column: "… โดย คนขายข่าว", "นครพนม, 17 สิงหาคม 2567".
_BYLINE = re.compile(r"[^\n]{0,40}(?:^|[ ])(?:โดย|เรื่องและภาพ|เขียนโดย)[ :]{1,2}[^\n]{2,40}")
_MOST_BESIDE_DATE = 24
_ABOUT_MEETING = re.compile("ประชุม|สรุป|บันทึก|หารือ|คุย|เวที|สัมมนา")
_OFFICE = re.compile(
    r"(?:(?:สำนัก|สนง\.|กรม|กอง|กลุ่ม|ฝ่าย|จังหวัด|อำเภอ|ที่ว่าการ|ที่ทำการ|เทศบาล|องค์การ"
    r"|โรงพยาบาล|โรงเรียน|มหาวิทยาลัย|ศูนย์|กระทรวง)[^\s]{2,70}[ ]?){1,4}"
)
_NO_HEADLINE = re.compile(
    r"(?:หน้า[ \t]?[0-9๐-๙]|แผ่นที่|เผยแพร่|โพสต์|หมวด|เมื่อ(?:วัน|[ ]?[0-9๐-๙])|วันที่"
    r"|เรียน[ ]|สวัสดี|ส่วนราชการ|วันนี้|วัน[จอพศส][^\s]{2,9}ที่|ที่[ ]?ห้อง|เช้าวัน|บ่ายวัน|ณ[ ]"
    r"|\([^)]{2,20}\)[ ]*(?:วัน|เมื่อ|นาย)|ระหว่างวัน)"
)
_STAMP = re.compile(r"รับที่[ ]?[0-9๐-๙]|เลขรับ|ลงรับ")


def names_office(line: str) -> bool:
    """Whether a line names an office and nothing else."""
    return _OFFICE.fullmatch(line) is not None


def is_skippable(line: Line) -> bool:
    """Whether a line may stand above a headline."""
    return (
        line.text.startswith("#")
        or bool(_RUBRIC.fullmatch(line.text) or _OFFICE.fullmatch(line.text))
        or not _NO_HEADLINE.match(line.text)
    )


def _is_dateline(line: str) -> bool:
    """Whether a line has a date and little else."""
    short = len(line) <= 2 * _MOST_BESIDE_DATE and not _ABOUT_MEETING.search(line)
    dates = find_dates(line) if short else []
    return bool(dates) and len(line) - (dates[0].end - dates[0].start) <= _MOST_BESIDE_DATE


def _headline_below(following: Sequence[Line]) -> bool:
    """Whether one of the next two lines reads like a headline."""
    return any(is_headline(line, following[n + 1 :]) for n, line in enumerate(following[:2]))


def is_headline(line: Line, following: Sequence[Line]) -> bool:
    """Whether a line above the text of a post reads like its headline."""
    if _NO_HEADLINE.match(line.text) or find_roll_label(line.text) or is_body(line.text):
        return False
    above_headline = _is_dateline(line.text) or _BYLINE.fullmatch(line.text)
    if above_headline and _headline_below(following):
        return False
    if line.text.startswith("#") or _STAMP.search(line.text):
        return False
    if not re.search("[ก-๎A-Za-z]{3}", line.text):
        return False
    above = _RUBRIC.fullmatch(line.text) or _OFFICE.fullmatch(line.text)
    if above and following and is_headline(following[0], following[1:2]):
        return False
    if len(line.text) > _LONGEST_HEADLINE or "เป็นประธาน" in line.text:
        return False
    return len(line.text) <= _LONGEST_HEADLINE // 2 or bool(following)
