"""People of attendance lists who stand there without a title: two words that read like a name."""

from __future__ import annotations

import re

from pipeline.minutes.attendance.positions import begins_position, position_after
from pipeline.minutes.attendance.verbs import is_verb
from pipeline.minutes.text.labels import marker_end

_UNTITLED = re.compile(
    r"(?P<name>[ก-ฮเ-ไ][ก-๎]{1,20}[ ][ก-ฮเ-ไ][ก-๎]{2,24})(?=[ ]{2}|[ ]*[|\t\n,(—–:]|[ ]-"
    r"|\Z)"
)
_NAME_AHEAD = re.compile(r"(?P<name>[ก-ฮเ-ไ][ก-๎]{2,24}[ ][ก-ฮเ-ไ][ก-๎]{2,24})[ ]")
# What a heading is about, as against someone: "การติดตาม ตรวจสอบ โครงการ…".
_THING = re.compile(
    "การ|ความ|เรื่อง|แนว|ระบบ|ผล|แผน|สรุป|ราย|ข้อ|ที่|มติ|มาตร|ปัญหา|ค่า|ยอด|จำนวน|งาน|โครงการ|ภาพ"
)
_REMARK, _TO_NAME = 40, 120
_POSITION_LIKE = re.compile(
    r"(?:ผู้|รอง|นายก|ปลัด|หัวหน้า|ประธาน|กรรมการ|เลขา|นัก|เจ้าหน้าที่|เจ้าพนักงาน|สำนัก"
    r"|กลุ่ม|ฝ่าย|ศูนย์|กอง|จังหวัด|อำเภอ|ผอ|หน\.|พนักงาน"
    r"|อธิบดี|คณะ|สมาชิก|กำนัน|ครู|อาจารย์|ที่ปรึกษา|พัฒนา|วิศวกร|นิติกร|สารวัตร|โรง|มหา"
    r"|วิทยา|ไม่|ตำแหน่ง|ชื่อ|สังกัด|หน่วย|ภาค|ส่วน|องค์|เทศบาล)"
)


def untitled_name(flat: str) -> tuple[int, int] | None:
    """Where the first name without a title stands on the lines of one person of a list."""
    begin = marker_end(flat)
    match = _NAME_AHEAD.match(flat, begin) if _untitled_officer(flat[begin:]) else None
    match = match or _UNTITLED.search(flat, begin, begin + _TO_NAME)
    return match.span("name") if match and _looks_untitled(flat[match.start() :]) else None


def is_position_word(word: str) -> bool:
    """Whether a word begins a position or the head of a column, and no name."""
    return _POSITION_LIKE.match(word) is not None


def _looks_untitled(words: str) -> bool:
    """Whether the words of a numbered line begin like a name without a title."""
    words = words.lstrip(" |\t")
    match = _UNTITLED.match(words)
    return _untitled_officer(words) or (
        match is not None and not any(is_position_word(w) for w in match["name"].split())
    )


def _untitled_officer(words: str) -> bool:
    """Whether two words that read like a name stand right before a position."""
    match = _NAME_AHEAD.match(words)
    if match is None or _THING.match(words):
        return False
    position = position_after(words, match.end("name"), len(words))
    if position is None or len(words.rstrip()) - position.end > _REMARK:
        return False
    return not any(
        is_position_word(w) or begins_position(w) or is_verb(w) for w in match["name"].split()
    )


def names_untitled(line: str) -> bool:
    """Whether a line of a list, numbered or not, begins with a name without a title."""
    marker = marker_end(line)
    return _looks_untitled(line[marker:]) if marker else _untitled_officer(line)
