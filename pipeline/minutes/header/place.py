"""The place of a meeting or the medium it went through: room, building, Zoom."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pipeline.documents import Span
from pipeline.minutes.header.head import Head, talking_begins
from pipeline.minutes.header.place_extent import (
    BECAUSE,
    HALL,
    LONGEST,
    MEDIUM,
    ROOM,
    days_and_hours,
    place_span,
    reach,
)
from pipeline.minutes.header.place_told import labelled_place, told_place
from pipeline.minutes.text.lines import ORNAMENT, Line
from pipeline.thai import find_dates, find_people, find_times

_LABEL = re.compile(
    r"(?:สถานที่(?:ประชุม|จัด\S{0,10})?|ที่ประชุม|ที่(?=[ ]?[:：])|ช่องทาง"
    r"|รูปแบบ(?:การประชุม)?|Venue"
    r"|Place)[ ]?(?:[:：]|[ ])[ ]*"
)
_IN_LINE = re.compile(
    rf"(?=โดยวิธี)|(?<![ก-๎])(?:โดย)?ใช้(?:สถานที่)?[ ]?(?=(?:{ROOM}))"
    rf"|(?:(?<![ก-๎])ณ[ ]*|(?<![ก-๎])(?:ที่|ใน)(?=(?:{ROOM}))"
    rf"|(?:โดย)?(?:วิธี)?(?:การ)?(?:ประชุม)?ผ่าน(?=(?:ทาง|การ)?[ ]?(?:{MEDIUM}))"
    rf"|(?<![ก-๎])(?=(?:{ROOM}|{MEDIUM})))"
)
_IN_TEXT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![ก-๎])ณ[ ]*(?:พื้นที่(?:จริง)?[ ])?(?=(?:{ROOM}|บริเวณ|พื้นที่|บ้าน|ชุมชน|กรม|กระทรวง|สถาบัน|สำนัก"
        rf"|วิทยา|หมู่|ตำบล|อำเภอ|จังหวัด|ริม|ปาก|(?<=[ ])[ก-ฮ]{{2}}))",
        rf"(?:(?<![ก-๎])|(?<=ประชุม)|(?<=สัมมนา)|(?<=กัน)|(?<=นี้)|(?<=ขึ้น)|(?<=จัด))(?:ที่"
        rf"|ใน)(?=(?:{ROOM}|จังหวัด))(?!ห้องเดิม)",
        r"(?:ที่|ใน)(?=(?:หอประชุม|ศาลากลาง|ศาลาประชาคม|โรงแรม))",
        rf"(?:น\.|\)|[0-9๐-๙]|ปี\S{{0,8}}|[0-9๐-๙][ ]ที่ผ่านมา)[ ](?=(?:{HALL}))",
        rf"(?:ทาง|ผ่าน|ด้วย|บน)(?=(?:ทาง|การประชุม)?[ ]?(?:{MEDIUM}))",
        r"(?<=\n)(?=(?:หอประชุม|ห้อง|โรงแรม|ศาลา)[ก-๎]{2})",
        rf"(?:กลาง|ริม|ใต้|หน้า|ภายใน)(?=(?:{HALL}|ลาน|วัด|สนาม|โดม))(?!ศาลากลาง)",
        r"(?:ลงพื้นที่|(?<=เดิน)(?:ทาง)?(?:เท้า)?(?:เข้า|ไป|มา|ถึง|ยัง)+)(?=(?:ตำบล|อำเภอ|บ้าน|ชุมชน|จังหวัด|เทศบาล|หมู่|เกาะ|โรง))",
        r"(?:ลงพื้นที่|เยี่ยมชม|ตรวจเยี่ยม|ตรวจประเมิน|ดูงาน)[^\n]{0,90}?(?:ของ|ที่"
        r"|ณ[ ])(?=(?:โรงพยาบาล|โรงเรียน|ศูนย์|เทศบาล|องค์การ|สำนักงาน|วิสาหกิจ|ชุมชน|ตำบล"
        r"|บ้าน|วัด|มหาวิทยาลัย))",
    )
)
_PROGRAM = re.compile(r"(?:ระบบ|โปรแกรม|แอป(?:พลิเคชัน)?|แอพ(?:พลิเคชั่น)?)[ ]?(?=[A-Za-z])")
_CAPTION = 12
_CLOSING = 260
_SHORT_LINE = 140
# A sentence, as against the short notes at the head of a memo.
_SENTENCE = re.compile("(?<!ห้อง)(?<!หอ)(?<!ศูนย์)ประชุม|โดย|เป็น|ได้|ซึ่ง|พร้อม|ร่วม|จัด")
_STAMP = re.compile(
    "เผยแพร่|โพสต์|ประชาสัมพันธ์|รับที่|ลงรับ|ว่า|Sent|ส่งเมื่อ|ภาพ|ข่าว|รายงาน|ส่วนราชการ"
    "|โทร[. ]|ขอ(?!น)|ไม่เกิน|ภายใน|ส่ง"
)
_PICTURED = re.compile(rf"[{ORNAMENT}]+[ ]?(?:{ROOM})")
_DATED = re.compile("[0-9๐-๙]{1,2}[.:][0-9๐-๙]{2}[ ]?น|(?:25|๒๕)?[0-9๐-๙]{2}(?:[ ]|\\Z)")


def find_place(text: str, head: Head, title: Span | None, date: dt.date | None) -> Span | None:
    """Where the meeting was held: by a line of the head, of a post by its opening or last line.

    Failing these, it is where the meeting's own words say it, behind the lists or at the end.
    """
    caption = text[: title.start].rpartition("\n")[2].strip() if title else ""
    begin = title.end if title and len(caption) <= _CAPTION else 0
    closing = max(head.end, len(text) - _CLOSING)
    if head.listed:
        found = (_of_line(text, line, begin) for line in head.lines if line.end > begin)
        place = next((place for place in found if place), None)
        place = place or _of_prose(text, begin, head.end)
        return (
            place
            or told_place(text, head.end, talking_begins(text, head).end)
            or told_place(text, closing)
        )
    for line in head.lines:
        noted = line.start >= begin and _notes_place(line, date)
        if noted and (place := _of_line(text, line, begin)):
            return place
    if place := labelled_place(text, begin, len(text)):
        return place
    for start, stop in ((begin, head.end), (closing, len(text))):
        if place := _of_prose(text, start, stop):
            return place
    return told_place(text, begin)


def _notes_place(line: Line, date: dt.date | None) -> bool:
    """Whether a short line is a note of the head: a date and a room, or a room behind a picture.

    Another date than that of the meeting is that of an office that publishes.
    """
    dates = [mention.date for mention in find_dates(line.text)]
    if date and dates and date not in dates:
        return False
    if len(line.text) > _SHORT_LINE or _SENTENCE.search(line.text) or _STAMP.search(line.text):
        return False
    return bool(_DATED.search(line.text) or _PICTURED.match(line.text))


def _of_line(text: str, line: Line, begin: int) -> Span | None:
    """The place on a line of the head, up to a date, a time or the line's end."""
    start = max(line.start, begin)
    label = _LABEL.match(text, start, line.end)
    anchor = label or _IN_LINE.search(text, start, line.end)
    if anchor is None:
        return None
    stop = min([line.end, *(at for at in _fields(text, line) if at > anchor.end())])
    surface = text[anchor.end() : stop].rstrip(" |,;:–—-/")
    return place_span(text, anchor.end(), anchor.end() + len(surface))


_FIELD = re.compile(
    r"[ ]+(?:เมื่อ|วันที่|เวลา|เริ่ม|จบ|เลิก|ครั้งที่|วัน(?=[จอพศส])|นั้น|จึง|ขอ(?!น)|โดยมี|ซึ่ง|เพื่อ)|[ ]*[|\t]"
    r"|[ ]{3,}"
)


def _fields(text: str, line: Line) -> Iterator[int]:
    """Where another value of the head begins on this line."""
    yield from (line.start + date.start for date in find_dates(line.text))
    yield from (line.start + time.start for time in find_times(line.text))
    yield from (match.start() for match in BECAUSE.finditer(text, line.start, line.end))
    yield from (match.start() for match in _FIELD.finditer(text, line.start, line.end))


def _of_prose(text: str, start: int, stop: int) -> Span | None:
    """The place that the paragraph nearest to the top names; the surest wording of it first."""
    part = text[start:stop]
    people = [(start + p.start, start + p.end) for p in find_people(part)]
    hours = (start + at for at in days_and_hours(part))
    stops = sorted([*(begin for begin, _ in people), *hours])
    found: list[tuple[int, int, Span]] = []
    for order, pattern in enumerate(_IN_TEXT):
        for match in pattern.finditer(text, start, stop):
            if any(low <= match.start() < high for low, high in people):
                continue
            at = match.end()
            end = reach(text, at, min(len(text), at + LONGEST), stops)
            program = _PROGRAM.match(text, at, end)
            span = place_span(text, program.end() if program else at, end)
            if span:
                found.append((text.count("\n", start, at), order, span))
                break
    return min(found, key=lambda one: one[:2])[2] if found else None
