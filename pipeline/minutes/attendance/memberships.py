"""Who of the people in a running text came as members, and who stayed away, by the words around."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.minutes.attendance.named import Named
from pipeline.thai.alternation import Begun

_LONG = 2000
_TO_LIST = 60
# Words that make those named before them members of the meeting: all of a line, or the last one.
_MEMBERS = re.compile(
    r"เป็น(?:อนุ)?(?:กรรมการ|คณะทำงาน)(?:ที่|ผู้)(?:มา|เข้า)(?:ร่วม)?ประชุม|ครบองค์ประชุม"
    r"|องค์ประชุมครบ"
)
_MEMBER = re.compile(
    r"(?:เป็น|ทำหน้าที่|ในฐานะ)(?:(?:อนุ)?กรรมการ(?:และ)?"
    r"|คณะทำงาน(?:และ)?)?(?:ฝ่าย)?เลขานุการ|เป็น(?:อนุ)?กรรมการ(?=[ \n]|\Z)"
)
# Lists within a sentence: "ผู้มาประชุมประกอบด้วย …", "ส่วนผู้ไม่มาประชุมได้แก่ …".
_WHO = "(?:ผู้|(?:คณะ)?(?:อนุ)?(?:กรรมการ|คณะทำงาน|สมาชิก\\S{0,20})ที่|องค์)"
_GROUPS = Begun.of(
    re.compile(
        rf"(?P<absent>{_WHO}(?:ไม่(?:ได้|สามารถ)?(?:มา|เข้า)(?:ร่วม)?|ลา|ขาด)(?:การ)?ประชุม)"
        rf"|(?P<present>{_WHO}(?:มา|เข้า)(?:การ)?ประชุม|องค์ประชุม(?=ประกอบ|[ ]ประกอบ|คือ|มี))"
        r"|(?P<other>(?:ผู้|คน)(?:เข้า|มา)?ร่วม|(?:^|[ \n])(?:ส่วน|นอกจากนี้|ผู้สังเกต|แขก|โดยมี)|\n)"
    ),
    (
        *("ผู้", "คณะ", "อนุ", "กรรมการ", "สมาชิก", "องค์", "คน", "\n"),
        *("ส่วน", "นอกจากนี้", "แขก", "โดยมี", " ส่วน", " นอกจากนี้", " ผู้สังเกต", " แขก", " โดยมี"),
    ),
)


def with_memberships(text: str, people: Sequence[Named]) -> list[Named]:
    """`people`, in the order of `text`, with what it says of them as members."""
    return _with_members(text, _in_groups(text, list(people)))


def _in_groups(text: str, people: list[Named]) -> list[Named]:
    """Mark those listed after words of coming or staying away, as far as the list goes."""
    starts = [person.start for person in people]
    marks = list(_GROUPS.finditer(text))
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        if mark["other"]:
            continue
        stop = following.start() if following else len(text)
        span = range(bisect.bisect_left(starts, mark.end()), bisect.bisect_left(starts, stop))
        if not span or starts[span[0]] - mark.end() > _TO_LIST:
            continue
        for i in span:
            away = mark["absent"] is not None
            people[i] = replace(people[i], away=away, member=not away)
    return people


def _with_members(text: str, people: list[Named]) -> list[Named]:
    """Mark those whom the text calls members of the committee that met."""
    members: set[int] = set()
    starts = [person.start for person in people]
    for pattern, count in ((_MEMBERS, _LONG), (_MEMBER, 1)):
        for match in pattern.finditer(text):
            line = text.rfind("\n", max(0, match.start() - _LONG), match.start()) + 1
            first = bisect.bisect_left(starts, max(line, match.start() - _LONG))
            last = bisect.bisect_left(starts, match.start())
            members.update(range(max(first, last - count), last))
    return [replace(p, member=True) if i in members else p for i, p in enumerate(people)]
