"""How far the words of a place go: rooms, buildings and media behind one another, no remark."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from pipeline.documents import Span
from pipeline.thai import find_dates, find_people, find_times

LONGEST = 220
"""How many characters the name of a place has at most."""
ROOM = (
    "ห้อง|หอประชุม|หอ(?=สมุด|ศิลป์)|ศาลากลาง|ศาลา(?!ว่า)|ศาลาว่าการ|โรงแรม|อาคาร|ตึก"
    "|ศูนย์(?!ดำรงธรรม\\S{0,30}(?:สรุป|รายงาน))|ที่ว่าการ|ที่ทำการ|ลาน|สนาม|โดม|วัด|โรงเรียน"
    "|มหาวิทยาลัย|วิทยาลัย|โรงพยาบาล"
    "|สำนักงาน(?!จังหวัดและ)|สนง\\.|เทศบาล|อบต\\.|อบจ\\.|ทำเนียบ|ค่าย|สวน|รีสอร์ท|รีสอร์ต"
    "|ชั้น|ลานหน้า|เวที|ออฟฟิศ|ร้าน|บ้าน(?=เลขที่|พัก|ผู้ใหญ่)|ทำเนียบ|รัฐสภา|แปลง|ท่าเรือ"
)
HALL = "ห้อง|หอประชุม|โรงแรม|ศาลา|อาคาร|ลาน|ที่ว่าการ|ชั้น|ศูนย์ประชุม"
MEDIUM = (
    "ระบบ(?=[ ]?[A-Za-z]|วีดิ|วิดี|การประชุม|ประชุม|ออนไลน์|อิเล็ก|ทางไกล)|โปรแกรม|แอป|แอพ"
    "|สื่ออิเล็ก|สื่ออิเล็คทรอนิกส์|วีดิทัศน์|วิดีโอ|ออนไลน์|ทางไกล|"
    "Zoom|ZOOM|zoom|Webex|WebEx|Cisco|MS[ ]?Teams|Microsoft|Teams|Google|VCS|VDO|LINE|Line"
    "|ซูม|เว็บเอ็กซ์|Meet|Facebook|Discord|Conference|Video"
)
_MORE = re.compile(
    rf"(?:{ROOM}|{MEDIUM}|จังหวัด|จ\.|อำเภอ|อ\.|ตำบล|ต\.|เขต|แขวง|ถนน|ถ\.|ซอย|หมู่|ม\.|บ้าน"
    rf"|กรุงเทพ|กทม|กรม|กระทรวง|กอง|สำนัก|สถาบัน|สถานี|คณะ|ฝ่าย|กลุ่ม|หลัง|ปีก|ฝั่ง|เลขที่|ปภ"
    rf"|ทสจ|สสจ|พมจ|รพ|สภ\.|ศูนย์|วิทยาเขต|และ(?=\S{{0,8}}ผ่าน|ซูม|ห้อง|ระบบ|ทาง|โปรแกรม|รูปแบบ|ออนไลน์"
    rf"|VCS|Zoom|ถ่ายทอด)|ผ่าน|จาก(?=ห้อง|ศูนย์|อาคาร|ศาลากลาง|กระทรวง|สำนัก)|ร่วมกับ(?=ระบบ"
    rf"|การประชุม)|ควบคู่|ถ่ายทอด|พร้อม\S{{0,20}}(?:ถ่ายทอด|ผ่าน)|ไปยัง|รูปแบบ"
    rf"|แบบ(?=ผสม|ออน)|ทาง(?=ระบบ|ไกล|โปรแกรม|แอป|ออน)"
    r"|[A-Za-z][A-Za-z .-]*|[0-9๐-๙(“\"][^\s]*|[ก-ฮ]{1,4}\.[ก-๎.]*)"
)
_STOP = re.compile(
    r"(?:โดย(?!วิธี)|เพื่อ|เพราะ|เนื่อง|มี(?!นบุรี|ชัย)|เมื่อ|วัน(?:ที่|นี้|[จอพศส])|เช้านี้|บ่ายนี้"
    r"|วานนี้|เวลา|ซึ่ง|จัด|ได้|ร่วม(?!กับระบบ|กับการ)|พร้อม(?!ถ่าย|\S{0,20}ผ่าน)|นำ|เริ่ม|จบ|เลิก|ตั้งแต่"
    r"|ระหว่าง|ภาย|ครั้ง|ผู้|ว่า|ให้|ทั้ง|กับ|ใน(?!ห้อง|รูปแบบ)|ประธาน|ปธ|ที่ประชุม|สรุป"
    r"|ดังนี้|คณะ\S{0,80}ประชุม|เรียก|เชิญ|หารือ|ประชุม|ติดตาม|ดำเนิน|ท่ามกลาง|ถึง|เป็น"
    r"|สำหรับ|เกี่ยวกับ|ต่อ|ก่อน|หลัง(?!ใหม่|เก่า|เดิม)|และ(?!\S{0,8}ผ่าน|ซูม|ห้อง|ระบบ|ทาง|โปรแกรม"
    r"|รูปแบบ|ออนไลน์|VCS|Zoom|ถ่ายทอด|การประชุม)|[|])"
)
BECAUSE = re.compile("[ ]*(?:เพราะ|เนื่องจาก|เนื่องด้วย)")
_GLUED = re.compile("(?<=[ก-๎])(?:เพราะ|เนื่องจาก|เนื่องด้วย|โดยมี|โดยนา|เพื่อ(?!น)|ซึ่ง|เมื่อวันที่|เวลา)")
_TOKEN = re.compile(r"[^ \t\n]+")
_OPEN = re.compile(
    r"(?:ห้อง|ห้องประชุม|อาคาร|ชั้น|ที่|ตึก|ผ่าน|ระบบ|โปรแกรม|หมู่|เลขที่|และผ่าน|โดย|แบบ|ถนน"
    r"|เขต)\Z|[ก-ฮ]\.\Z"
)
_ANOTHER = re.compile(rf"(?:{HALL}|{MEDIUM}|ผ่าน|ทาง(?=ไกล|ระบบ))")
# "(ย้ายจาก…)", "(ในห้อง 64 คน)": a remark, unless a room, a building or the name of a medium.
_REMARK = re.compile(
    rf"[ ]*\((?!(?:{HALL}|ตึก|หลัง|ฝั่ง|ปีก|บริเวณ)[^()\n]*(?<!คน)(?<!ท่าน)(?<!ราย)\)"
    r"|(?:ผ่าน|ทาง)?(?:ระบบ|โปรแกรม)?[ ]?[A-Za-z][A-Za-z ]*\))[^()\n]{0,120}\)\Z"
)


def place_span(text: str, start: int, end: int) -> Span | None:
    """The name of the place in a stretch of `text`, without what leads to it or follows it."""
    surface = text[start:end]
    start += len(surface) - len(surface.lstrip(" :"))
    surface = surface.strip(" :")
    if not surface.endswith("."):
        surface = surface.rstrip(" ,;:–—-/|(")
    if surface.count(")") > surface.count("("):
        surface = surface[: surface.rfind(")")].rstrip()
    if surface.count("(") > surface.count(")"):
        surface = surface[: surface.rfind("(")].rstrip()
    if remark := _REMARK.search(surface):
        surface = surface[: remark.start()]
    return Span(start, start + len(surface)) if len(surface) > 2 else None


def stops_in(part: str) -> Iterator[int]:
    """Where people, dates and times stand in a stretch of text, which no place goes beyond."""
    yield from (person.start for person in find_people(part))
    yield from days_and_hours(part)


def days_and_hours(part: str) -> Iterator[int]:
    """Where dates and times stand in a stretch of text."""
    yield from (date.start for date in find_dates(part))
    yield from (time.start for time in find_times(part))


def reach(text: str, start: int, limit: int, stops: Sequence[int]) -> int:
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
