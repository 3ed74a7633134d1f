"""What a line of an attendance list is: someone, more about the one before, something else."""

from __future__ import annotations

import re

from pipeline.minutes.attendance.names import has_people, people_on
from pipeline.minutes.attendance.positions import position_after
from pipeline.minutes.attendance.untitled import names_untitled
from pipeline.minutes.text.labels import marker_end
from pipeline.minutes.text.lines import Line

_HEADER_ROW = re.compile(r"(?:ลำดับ|ที่|ชื่อ|No)", re.IGNORECASE)
_SAYS = re.compile(
    r"(?:กล่าว|แจ้งว่า|แจ้งที่|รายงานว่า|เสนอว่า|ชี้แจงว่า|สอบถาม|อธิบาย|ให้ข้อมูล"
    r"|ให้ความเห็น|เห็นว่า|เล่าว่า|บอกว่า|ตอบว่า|มอบนโยบาย"
    r"|ขอให้|[^ก-๎]ว่า[ ]|ว่า[ \"“])"
)
# What someone did, said right behind a name: the talking has begun.
_ACTS = re.compile(
    r"[ ]*(?:ได้)?(?:กล่าว|เสนอ(?!ชื่อ)|แจ้ง|รายงาน|ชี้แจง|สอบถาม|ขอ(?!ง)|เห็น|ให้(?!การ)"
    r"|อธิบาย|ตอบ|สรุป|เพิ่มเติม|แนะนำ|เล่า|ย้ำ|บอก|รับ(?!ผิด)|ยืนยัน|[:：][ ]*[^ผรปหน])"
)
_GOES_ON = re.compile(
    r"(?:และ|แทน|เพื่อ|ด้าน|ประจำ|\(|รักษา|ปฏิบัติราชการ|กรรมการ|อนุกรรมการ|คณะทำงาน|เลขา"
    r"|ประธาน)"
)
_WRAPPED = 60
_LONGEST_LINE = 400
_ROLE = 24


def kind_of(line: Line, block: list[Line]) -> str:
    """Whether a line is an `entry`, `more` of the one before, something `other`, or a `stop`."""
    words = line.text[marker_end(line.text) :]
    if len(line.text) > _LONGEST_LINE or _SAYS.search(line.text):
        return "stop"
    people = people_on(line.text)
    if people:
        return "stop" if _acts(line.text, people[0].end) else "entry"
    if marker_end(line.text) and _is_inline(block):
        return "stop"
    if not block and names_untitled(line.text):
        return "entry"
    if not block or _HEADER_ROW.match(words.lstrip(" |\t")):
        return "other" if len(words) <= _WRAPPED * 2 else "stop"
    numbered = marker_end(line.text) > 0
    if names_untitled(line.text):
        return "entry"
    short = len(" ".join(words.split())) <= 2 * _WRAPPED
    if short and not numbered and _is_more(line, words, block[-1]):
        return "more"
    return "other" if short and (numbered or len(words) <= _WRAPPED) else "stop"


def _acts(line: str, name_end: int) -> bool:
    """Whether what follows a name is something done or said, not "นาย… : นายอำเภอ"."""
    act = _ACTS.match(line, name_end)
    if act is None:
        return False
    begin = len(line) - len(line[name_end:].lstrip(" :："))
    position = position_after(line, begin, len(line))
    rest = line[position.end :].strip() if position else line
    return not (":" in act[0] and (rest.startswith((":", "(", "：")) or len(rest) <= _ROLE))


def _is_inline(block: list[Line]) -> bool:
    """Whether people stand on the label's own line, so that a number begins something else."""
    first = block[0].text if len(block) == 1 else ""
    return has_people(first) and not marker_end(first)


def _is_more(line: Line, words: str, last: Line) -> bool:
    """Whether a line without a name goes on about the person of the line before."""
    if line.indent < last.indent and not _GOES_ON.match(words):
        return False
    marker = marker_end(last.text)
    unfinished = len(last.text[marker:].split()) <= 2
    full = marker > 0 and len(last.text) > _WRAPPED and ":" not in words
    return bool(line.indent > last.indent or unfinished or full or _GOES_ON.match(words))
