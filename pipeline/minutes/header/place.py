"""The place of a meeting or the medium it went through: room, building, Zoom."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from pipeline.documents import Span
from pipeline.minutes.header.head import Head
from pipeline.minutes.text.lines import ORNAMENT, Line
from pipeline.thai import find_dates, find_people, find_times

_ROOM = (
    "ห้อง|หอประชุม|หอ(?=สมุด|ศิลป์)|ศาลากลาง|ศาลา(?!ว่า)|ศาลาว่าการ|โรงแรม|อาคาร|ตึก"
    "|ศูนย์(?!ดำรงธรรม\\S{0,30}(?:สรุป|รายงาน))|ที่ว่าการ|ที่ทำการ|ลาน|สนาม|โดม|วัด|โรงเรียน"
    "|มหาวิทยาลัย|วิทยาลัย|โรงพยาบาล"
    "|สำนักงาน(?!จังหวัดและ)|สนง\\.|เทศบาล|อบต\\.|อบจ\\.|ทำเนียบ|ค่าย|สวน|รีสอร์ท|รีสอร์ต"
    "|ชั้น|ลานหน้า|เวที|ออฟฟิศ|ร้าน|บ้าน(?=เลขที่|พัก|ผู้ใหญ่)|ทำเนียบ|รัฐสภา|แปลง|ท่าเรือ"
)
_HALL = "ห้อง|หอประชุม|โรงแรม|ศาลา|อาคาร|ลาน|ที่ว่าการ|ชั้น|ศูนย์ประชุม"
_MEDIUM = (
    "ระบบ(?=[ ]?[A-Za-z]|วีดิ|วิดี|การประชุม|ประชุม|ออนไลน์|อิเล็ก|ทางไกล)|โปรแกรม|แอป|แอพ"
    "|สื่ออิเล็ก|สื่ออิเล็คทรอนิกส์|วีดิทัศน์|วิดีโอ|ออนไลน์|ทางไกล|"
    "Zoom|ZOOM|zoom|Webex|WebEx|Cisco|MS[ ]?Teams|Microsoft|Teams|Google|VCS|VDO|LINE|Line"
    "|Meet|Facebook|Discord|Conference|Video"
)
_MORE = re.compile(
    rf"(?:{_ROOM}|{_MEDIUM}|จังหวัด|จ\.|อำเภอ|อ\.|ตำบล|ต\.|เขต|แขวง|ถนน|ถ\.|ซอย|หมู่|ม\.|บ้าน"
    rf"|กรุงเทพ|กทม|กรม|กระทรวง|กอง|สำนัก|สถาบัน|สถานี|คณะ|ฝ่าย|กลุ่ม|หลัง|ปีก|ฝั่ง|เลขที่|ปภ"
    rf"|ทสจ|สสจ|พมจ|รพ|สภ\.|ศูนย์|วิทยาเขต|และ(?=ผ่าน|ห้อง|ระบบ|ทาง|โปรแกรม|รูปแบบ|ออนไลน์"
    rf"|VCS|Zoom|ถ่ายทอด)|ผ่าน|จาก(?=ห้อง|ศูนย์|อาคาร|ศาลากลาง|กระทรวง|สำนัก)|ร่วมกับ(?=ระบบ"
    rf"|การประชุม)|ควบคู่|ถ่ายทอด|พร้อมถ่ายทอด|รูปแบบ"
    rf"|แบบ(?=ผสม|ออน)|ทาง(?=ระบบ|ไกล|โปรแกรม|แอป|ออน)"
    r"|[A-Za-z][A-Za-z .-]*|[0-9๐-๙(“\"][^\s]*|[ก-ฮ]{1,4}\.[ก-๎.]*)"
)
_STOP = re.compile(
    r"(?:โดย(?!วิธี)|เพื่อ|มี(?!นบุรี|ชัย)|เมื่อ|วัน(?:ที่|นี้|[จอพศส])|เช้านี้|บ่ายนี้"
    r"|วานนี้|เวลา|ซึ่ง|จัด|ได้|ร่วม(?!กับระบบ|กับการ)|พร้อม(?!ถ่าย)|นำ|เริ่ม|จบ|เลิก|ตั้งแต่"
    r"|ระหว่าง|ภาย|ครั้ง|ผู้|ว่า|ให้|ทั้ง|กับ|ใน(?!ห้อง|รูปแบบ)|ประธาน|ปธ|ที่ประชุม|สรุป"
    r"|ดังนี้|คณะ\S{0,80}ประชุม|เรียก|เชิญ|หารือ|ประชุม|ติดตาม|ดำเนิน|ท่ามกลาง|ถึง|เป็น"
    r"|สำหรับ|เกี่ยวกับ|ต่อ|ก่อน|หลัง(?!ใหม่|เก่า|เดิม)|และ(?!ผ่าน|ห้อง|ระบบ|ทาง|โปรแกรม"
    r"|รูปแบบ|ออนไลน์|VCS|Zoom|ถ่ายทอด|การประชุม)|[|])"
)
_GLUED = re.compile("(?<=[ก-๎])(?:โดยมี|โดยนา|เพื่อ(?!น)|ซึ่ง|เมื่อวันที่|เวลา)")
_LABEL = re.compile(
    r"(?:สถานที่(?:ประชุม|จัด\S{0,10})?|ที่ประชุม|ที่(?=[ ]?[:：])|ช่องทาง"
    r"|รูปแบบ(?:การประชุม)?|Venue"
    r"|Place)[ ]?(?:[:：]|[ ])[ ]*"
)
_IN_LINE = re.compile(
    rf"(?=โดยวิธี)|(?:(?<![ก-๎])ณ[ ]*|(?<![ก-๎])(?:ที่|ใน)(?=(?:{_ROOM}))"
    rf"|(?:โดย)?(?:วิธี)?(?:การ)?(?:ประชุม)?ผ่าน(?=(?:ทาง|การ)?[ ]?(?:{_MEDIUM}))"
    rf"|(?<![ก-๎])(?=(?:{_ROOM}|{_MEDIUM})))"
)
_IN_TEXT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![ก-๎])ณ[ ]*(?=(?:{_ROOM}|บริเวณ|พื้นที่|บ้าน|ชุมชน|กรม|กระทรวง|สถาบัน|สำนัก"
        rf"|วิทยา|หมู่|ตำบล|อำเภอ|จังหวัด|ริม|ปาก|(?<=[ ])[ก-ฮ]{{2}}))",
        rf"(?:(?<![ก-๎])|(?<=ประชุม)|(?<=สัมมนา)|(?<=กัน)|(?<=ขึ้น)|(?<=จัด))(?:ที่"
        rf"|ใน)(?=(?:{_ROOM}|จังหวัด))(?!ห้องเดิม)",
        rf"(?:น\.|\)|[0-9๐-๙]|ปี\S{{0,8}})[ ](?=(?:{_HALL}))",
        rf"(?:ทาง|ผ่าน|ด้วย|บน)(?=(?:ทาง|การประชุม)?[ ]?(?:{_MEDIUM}))",
        r"(?<=\n)(?=(?:หอประชุม|ห้อง|โรงแรม|ศาลา)[ก-๎]{2})",
        rf"(?:กลาง|ริม|ใต้|หน้า|ภายใน)(?=(?:{_HALL}|ลาน|วัด|สนาม|โดม))(?!ศาลากลาง)",
        r"(?:ลงพื้นที่|(?<=เดิน)(?:ทาง)?(?:เท้า)?(?:เข้า|ไป|มา|ถึง|ยัง)+)(?=(?:ตำบล|อำเภอ|บ้าน|ชุมชน|จังหวัด|เทศบาล|หมู่|เกาะ|โรง))",
        r"(?:ลงพื้นที่|เยี่ยมชม|ตรวจเยี่ยม|ตรวจประเมิน|ดูงาน)[^\n]{0,90}?(?:ของ|ที่"
        r"|ณ[ ])(?=(?:โรงพยาบาล|โรงเรียน|ศูนย์|เทศบาล|องค์การ|สำนักงาน|วิสาหกิจ|ชุมชน|ตำบล"
        r"|บ้าน|วัด|มหาวิทยาลัย))",
    )
)
_PROGRAM = re.compile(r"(?:ระบบ|โปรแกรม|แอป(?:พลิเคชัน)?|แอพ(?:พลิเคชั่น)?)[ ]?(?=[A-Za-z])")
_TOKEN = re.compile(r"[^ \t\n]+")
_OPEN = re.compile(
    r"(?:ห้อง|ห้องประชุม|อาคาร|ชั้น|ที่|ตึก|ผ่าน|ระบบ|โปรแกรม|หมู่|เลขที่|และผ่าน|โดย|แบบ|ถนน"
    r"|เขต)\Z|[ก-ฮ]\.\Z"
)
_ANOTHER = re.compile(rf"(?:{_HALL}|{_MEDIUM}|ผ่าน|ทาง(?=ไกล|ระบบ))")
# "(ในห้อง 64 คน)": who came, not where.
_COUNTED = re.compile(r"[ ]*\([^()\n]{0,60}(?:คน|ท่าน|ราย)\)\Z")
_LONGEST = 220
_CLOSING = 260
_SHORT_LINE = 140
# A sentence, as against the short notes at the head of a memo.
_SENTENCE = re.compile("(?<!ห้อง)(?<!หอ)(?<!ศูนย์)ประชุม|โดย|เป็น|ได้|ซึ่ง|พร้อม|ร่วม|จัด")
_STAMP = re.compile(
    "เผยแพร่|โพสต์|ประชาสัมพันธ์|รับที่|ลงรับ|ว่า|Sent|ส่งเมื่อ|ภาพ|ข่าว|รายงาน|ส่วนราชการ"
    "|โทร[. ]|ขอ(?!น)|ไม่เกิน|ภายใน|ส่ง"
)
_PICTURED = re.compile(rf"[{ORNAMENT}]+[ ]?(?:{_ROOM})")
_DATED = re.compile("[0-9๐-๙]{1,2}[.:][0-9๐-๙]{2}[ ]?น|(?:25|๒๕)?[0-9๐-๙]{2}(?:[ ]|\\Z)")


def find_place(text: str, head: Head, title: Span | None) -> Span | None:
    """Where the meeting was held: by a line of the head, of a post by its opening or last line."""
    headline = title is not None and text[: title.start].rpartition("\n")[2].strip() == ""
    begin = title.end if title and headline else 0
    if head.listed:
        found = (_of_line(text, line, begin) for line in head.lines if line.end > begin)
        return next((place for place in found if place), None)
    for line in head.lines:
        if line.start >= begin and _notes_place(line) and (place := _of_line(text, line, begin)):
            return place
    for start, stop in ((begin, head.end), (max(head.end, len(text) - _CLOSING), len(text))):
        if place := _of_prose(text, start, stop):
            return place
    return None


def _notes_place(line: Line) -> bool:
    """Whether a short line is a note of the head: a date and a room, or a room behind a picture."""
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
    return _span(text, anchor.end(), anchor.end() + len(surface))


_FIELD = re.compile(
    r"[ ]+(?:เมื่อ|วันที่|เวลา|เริ่ม|จบ|เลิก|ครั้งที่|วัน(?=[จอพศส]))|[ ]*[|\t]"
    r"|[ ]{3,}"
)


def _fields(text: str, line: Line) -> Iterator[int]:
    """Where another value of the head begins on this line."""
    yield from (line.start + date.start for date in find_dates(line.text))
    yield from (line.start + time.start for time in find_times(line.text))
    yield from (match.start() for match in _FIELD.finditer(text, line.start, line.end))


def _of_prose(text: str, start: int, stop: int) -> Span | None:
    """The place that the paragraph nearest to the top names; the surest wording of it first."""
    part = text[start:stop]
    people = [(start + p.start, start + p.end) for p in find_people(part)]
    stops = sorted(start + at for at in _others(part))
    found: list[tuple[int, int, Span]] = []
    for order, pattern in enumerate(_IN_TEXT):
        for match in pattern.finditer(text, start, stop):
            if any(low <= match.start() < high for low, high in people):
                continue
            at = match.end()
            end = _reach(text, at, min(len(text), at + _LONGEST), stops)
            program = _PROGRAM.match(text, at, end)
            span = _span(text, program.end() if program else at, end)
            if span:
                found.append((text.count("\n", start, at), order, span))
                break
    return min(found, key=lambda one: one[:2])[2] if found else None


def _others(part: str) -> Iterator[int]:
    """Where people, dates and times stand, which no place goes beyond."""
    yield from (person.start for person in find_people(part))
    yield from (date.start for date in find_dates(part))
    yield from (time.start for time in find_times(part))


def _span(text: str, start: int, end: int) -> Span | None:
    surface = text[start:end]
    start += len(surface) - len(surface.lstrip(" :"))
    surface = surface.strip(" :")
    if not surface.endswith("."):
        surface = surface.rstrip(" ,;:–—-/|(")
    if surface.count(")") > surface.count("("):
        surface = surface[: surface.rfind(")")].rstrip()
    if counted := _COUNTED.search(surface):
        surface = surface[: counted.start()]
    return Span(start, start + len(surface)) if len(surface) > 2 else None


def _reach(text: str, start: int, limit: int, stops: Sequence[int]) -> int:
    """Where the words of a place end: at a verb, a person, a date, or a word that is no place."""
    line = text.find("\n", start, limit)
    limit = limit if line < 0 else line
    following = bisect.bisect_left(stops, start)
    limit = min([limit, *stops[following : following + 1]])
    words = list(_TOKEN.finditer(text, start, limit))
    end = start
    for i, word in enumerate(words):
        after = words[i + 1] if i + 1 < len(words) else None
        if i and not _belongs(text, words[i - 1], word, after):
            break
        glued = _GLUED.search(text, word.start(), word.end())
        end = glued.start() if glued else word.end()
        if glued or word[0].endswith(","):
            break
    return end


def _belongs(
    text: str, before: re.Match[str], word: re.Match[str], after: re.Match[str] | None
) -> bool:
    """Whether a word goes on with the place: by itself, by the word before, or by the one after."""
    if word[0] in ("และ", "ณ"):
        return after is not None and bool(_ANOTHER.match(after[0]))
    if _STOP.match(word[0]):
        return False
    if text.count("(", before.start(), before.end()) > before[0].count(")"):
        return True
    if _MORE.match(word[0]) or _OPEN.search(before[0]):
        return True
    return len(word[0]) <= 12 and after is not None and bool(_MORE.match(after[0]))
