"""The provinces that take part in a meeting or that it is about."""

from __future__ import annotations

import re

from pipeline.documents import Span
from pipeline.minutes.header.head import LONGEST_OPENING, Head, talking_begins
from pipeline.thai import ProvinceMention, find_provinces

# Before a province that is only mentioned: where a university is, what served as an example.
_MINOR = re.compile(
    r"(?:มหาวิทยาลัย|วิทยาเขต|โรงแรม|ดูงาน|ตัวอย่าง|เช่นเดียวกับ|อย่างที่|ถอดบทเรียน"
    r"|แบบเดียวกับ|เหมือน(?:กับ)?|ไปราชการ(?:ที่)?|ติดราชการ(?:ที่)?|ติดคดี\S{0,8}|จาก"
    r"|(?<!ต่อ)ไป(?:ที่)?(?=จังหวัด|จ\.|\Z)"
    r"|อบรม(?:ที่)?|ประชุมที่|ศาล(?!า)|เขต[ ]?[0-9๐-๙]{1,2})[^\n]{0,16}\Z"
)
_CAPITAL = "กรุงเทพมหานคร"
_OWN_HALL = re.compile("ศาลากลาง|สำนักงาน[^ ]{0,40}จังหวัด|ที่ว่าการ|ศาลาประชาคม|สนง|ส่วนราชการ")
# A guest, or a model to look at: "จังหวัด… ขอดูงาน", "จังหวัด… เป็นตัวอย่าง". Who goes to see stays.
_GUEST = re.compile(
    r"[ ]?(?:ได้|จะ|มี|หนังสือ|แจ้ง|ประสงค์|ประสาน|ติดต่อ|สนใจ|แสดงความ"
    r"|จำนวน|คณะ|เดินทาง|นำ|ว่า|ที่|ก็|เคย|ยัง|อยาก"
    r"){0,6}[ ]?"
    r"(?:ขอ|มา|เข้า|สนใจ|ประสงค์|อยาก)"
    r"(?:จะ|เข้า|มา|รับ|ร่วม|การ|นำคณะ){0,4}(?:ศึกษา|เยี่ยมชม)?(?:และ)?"
    r"(?:ดูงาน|เยี่ยมชม|แลกเปลี่ยนเรียนรู้)"
    r"|[ ]?(?:ซึ่ง|ที่)?(?:เป็น|คือ|นับเป็น|ถือเป็น)(?:กรณี)?(?:ตัวอย่าง|แบบอย่าง|ต้นแบบ)"
)


def provinces_of(text: str, head: Head, place: Span | None) -> tuple[str, ...]:
    """Provinces of the head and the lists of people, else of the opening, else any named so."""
    mentions = [mention for mention in find_provinces(text) if _counts(text, mention)]
    explicit = [mention for mention in mentions if mention.kind == "explicit"]
    opening = [mention for mention in mentions if mention.start < LONGEST_OPENING]
    header_end = talking_begins(text, head).start if head.listed else 0
    header = [mention for mention in mentions if mention.start < header_end]
    chosen = _without_host(text, header or opening or explicit or mentions[:1], place)
    return tuple(dict.fromkeys(mention.province for mention in chosen))


def _without_host(
    text: str, mentions: list[ProvinceMention], place: Span | None
) -> list[ProvinceMention]:
    """Leave out where a hired hall stands: two or more others came, or one came to Bangkok."""
    if place is None or _OWN_HALL.search(place.of(text)):
        return mentions
    here = {m.province for m in mentions if place.start <= m.start < place.end}
    elsewhere = [m for m in mentions if not place.start <= m.start < place.end]
    others = {m.province for m in elsewhere} - here
    hired = len(others) > 1 or (others and here == {_CAPITAL})
    return elsewhere if hired else mentions


def _counts(text: str, mention: ProvinceMention) -> bool:
    before = text[max(0, mention.start - 40) : mention.start]
    guest = _GUEST.match(text, mention.end)
    return mention.kind != "inside" and not guest and not _MINOR.search(before)
