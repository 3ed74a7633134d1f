"""The people a post or a memo names as taking part, and who of them is in the chair."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.minutes.attendance.names import people_in
from pipeline.minutes.attendance.positions import (
    begins_position,
    position_after,
    position_before,
)
from pipeline.minutes.attendance.roles import BARE_ROLES, split_role
from pipeline.minutes.attendance.verbs import is_verb
from pipeline.thai import PersonMention


@dataclass(frozen=True, slots=True)
class Named:
    """Someone named in running text; `start` and `end` cover the name at its first full mention.

    `role` is what the words behind the position say that they are to the meeting.
    """

    name: str
    position: str | None
    start: int
    end: int
    away: bool = False
    member: bool = False
    role: str = ""


_CREDIT = re.compile(
    r"(?:ภาพ|ข่าว|ผู้เขียน|เรียบเรียง|เรียบเรียงโดย|รายงานโดย|ถ่ายภาพ|ผู้สื่อข่าว"
    r"|ผู้จด\S{0,20}|จดโดย|ผู้บันทึก|บันทึกโดย|ผู้ตรวจ(?:รายงาน|ทาน)\S{0,16}|ผู้พิมพ์|ลงชื่อ|ติดต่อ"
    r"|สอบถาม(?:ได้ที่)?|ประสานงาน|โทร\.?|ชื่อ|ชื่อว่า|ของ|ถึง|สกุล|ลงนามโดย|คดี|ตระกูล"
    r"|ครอบครัว|ขอเชิญ|สมัย"
    r"|ให้แก่|ให้กับ|แด่|เทียบ|แทน|ตามที่|(?<!โรง)เรียน|อาทิเช่นผู้ล่วงลับ)[ :.)/–-]{0,4}\Z"
)
_CREDIT_AFTER = re.compile(
    r"[) ]*(?:/|:|-)?[ ]?(?:ผู้จด|จดรายงาน|จดบันทึก|ผู้บันทึก|ผู้ตรวจรายงาน|ผู้พิมพ์"
    r"|\(?ผู้เสียชีวิต|ผู้ล่วงลับ|โทร)"
)
_AWAY_BEFORE = re.compile(
    r"(?:^|[\n ])(?:ผู้)?(?:ไม่มา|ลา|ขาด|ไม่ได้มา|ไม่เข้า|ไม่ได้เข้า"
    r"|ไม่ร่วม)(?:ร่วม)?(?:การ)?(?:ประชุม)?[ :]{0,3}\Z"
)
_AWAY_AFTER = re.compile(
    r"[^\n]{0,6}?(?:\(|ซึ่ง)?(?:ไม่มา(?!ก)|ไม่ได้มา|ลาประชุม|ลาป่วย|ลากิจ|ลาพัก|ติดภารกิจ"
    r"|ติดราชการ|ติดประชุม|ไม่สามารถเข้าร่วม|ไม่ได้เข้าร่วม|ขาดประชุม)"
)
# Who sends someone else is not there.
_SENDS = re.compile(
    r"[ ]*(?:ได้)?(?:มอบหมาย|มอบ)(?:ให้)?[ ]?(?=นาย|นาง|น\.ส|ว่าที่|พ\.|พล|ร้อย|ดร|นพ|พญ|ผศ"
    r"|รศ)"
)
_INSTEAD = re.compile("เป็นประธาน|เป็นผู้แทน|เข้าร่วม|ร่วม(?:การ)?ประชุม|ทำหน้าที่")
_SIGNATURE = 60


def find_named(text: str) -> list[Named]:
    """Everyone named in full as present or away, once each, in the order of the text."""
    found: dict[str, Named] = {}
    people = people_in(text)
    limits = [*(person.start for person in people[1:]), len(text)]
    taken = 0
    for person, limit in zip(people, limits, strict=False):
        key = person.name.split()[0] if person.name else ""
        if _aside(text, person):
            continue
        known = found.get(key)
        if known is None and any(key[:n] in found for n in range(3, len(key))):
            continue  # a verb glued to the name of someone known: พระครูสุตวรญาณ|เทศน์
        if known is not None:
            if known.position is None and person.name == _bare(known.name, person):
                found[key] = _named(text, person, limit, taken) or known
            continue
        named = _named(text, person, limit, taken)
        if named:
            found[key] = named
            behind = position_after(text, person.end, limit)
            taken = behind.end if behind else taken
    return _with_last(text, sorted(found.values(), key=lambda one: one.start))


_LAST = re.compile(
    r"[ ]?(?:และ|กับ|พร้อมด้วย)(?P<name>[ก-ฮเ-ไ][ก-๎]{1,20}[ ][ก-ฮเ-ไ][ก-๎]{2,24})(?=[ ])"
)


def _with_last(text: str, people: list[Named]) -> list[Named]:
    """`people` and whoever an enumeration ends with, without a title: "… และนอมือ ป่าคา ล่าม"."""
    added: list[Named] = []
    starts = {person.start for person in people}
    for before in people[1:]:
        behind = position_after(text, before.end, len(text))
        last = _LAST.match(text, behind.end) if behind else None
        if last is None or last.start("name") in starts:
            continue
        if any(begins_position(w) or is_verb(w) for w in last["name"].split()):
            continue
        position = position_after(text, last.end(), len(text))
        if position and position.start - last.end() == 1:
            added.append(Named(last["name"], position.of(text), *last.span("name")))
    return sorted([*people, *added], key=lambda one: one.start)


def _bare(name: str, person: PersonMention) -> str:
    return person.name if name.endswith(person.name) else ""


def _aside(text: str, person: PersonMention) -> bool:
    """Whether the text names someone without having them there: who took the notes, whose house."""
    before = text[max(0, person.start - 30) : person.start]
    around = text[max(0, person.start - _SIGNATURE) : person.end + _SIGNATURE]
    at = min(person.start, _SIGNATURE)
    ahead = around[:at].rpartition("\n")[2]
    behind = around[at + person.end - person.start :].partition("\n")[0]
    signed = ahead.strip() == "(" and behind.strip() == ")"
    return bool(signed or _CREDIT.search(before) or _CREDIT_AFTER.match(text, person.end))


def _named(text: str, person: PersonMention, limit: int, taken: int) -> Named | None:
    """`person` with the position behind the name or before it, but not before `taken`."""
    full = " " in person.name or person.title.startswith("พระ")
    span = position_after(text, person.end, limit)
    bracketed = text.startswith("(", person.start - 1) and text.startswith(")", person.end)
    if span is None or bracketed:
        before_name = position_before(text, person.start)
        free = before_name if before_name and before_name.start >= taken else None
        span = free or (None if bracketed else span)
    if not full and span is None:
        return None
    if not full and text.startswith("ฯ", person.end - 1):
        return None
    end = span.end if span and span.end > person.end else person.end
    if _SENDS.match(text, end) and _INSTEAD.search(text[limit : limit + 200].split("\n")[0]):
        return None
    before = text[max(0, person.start - 24) : person.start]
    position, role = split_role(span.of(text)) if span else (None, "")
    return Named(
        name=" ".join(text[person.start : person.end].split()),
        position=position or (role if role not in BARE_ROLES else None) or None,
        start=person.start,
        end=person.end,
        away=bool(_AWAY_BEFORE.search(before) or _AWAY_AFTER.match(text, end)),
        role=role,
    )
