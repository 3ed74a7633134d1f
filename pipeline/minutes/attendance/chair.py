"""Who is in the chair by what the text says: 'โดยมี … เป็นประธาน', 'ประธานการประชุม คือ …'."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from pipeline.minutes.attendance.named import Named
from pipeline.minutes.attendance.roles import is_chair
from pipeline.thai.alternation import Begun

_OF_THIS = (
    r"(?=(?:ใน|ของ)?(?:การ|ที่|ช่วง|วง|พิธี)?(?:ประชุม|หารือ|สัมมนา|เปิด|เวที|วง)|แทน"
    r"|คณะ(?:กรรมการ|อนุกรรมการ|ทำงาน)|(?:อนุ)?กรรมการ|นำ|ดำเนิน"
    r"|จน|ตลอด|ไปจน|เวที|เอง|ครับ|ค่ะ|นะ|ชั่วคราว|ปิด|ต่อ"
    r"|พร้อม|และ|โดย|มี|เพื่อ|กล่าว|ร่วม|ซึ่ง|[ ]|[,.;)”\"\n]|\Z)"
)
_TAKES = Begun.of(
    re.compile(
        rf"(?:(?:ขึ้น|มา|ได้)?เป็นประ[ ]?ธาน|(?:ขึ้น)?ทำหน้าที่(?:เป็น)?(?:ประธาน)"
        rf"|ปฏิบัติหน้าที่(?:เป็น)?ประธาน|นั่ง(?:เป็น)?ประธาน|ในฐานะประธาน(?=ที่ประชุม"
        rf"|ในที่ประชุม|การประชุม)"
        rf"|รับหน้าที่(?:เป็น)?ประธาน|\(ประธาน(?:ใน)?(?:ที่|การ)?(?:ประชุม)?\)"
        rf"|(?<=[ ])ประธาน(?:ใน)?(?:ที่|การ)ประชุม){_OF_THIS}|นั่งหัวโต๊ะ|เป็นหัวโต๊ะ"
    ),
    (
        *("ขึ้นเป็น", "มาเป็น", "ได้เป็น", "เป็นประ", "ขึ้นทำหน้าที่", "ทำหน้าที่", "ปฏิบัติหน้าที่", "นั่ง", "เป็นหัวโต๊ะ"),
        *("ในฐานะประธาน", "รับหน้าที่", "(ประธาน", "ประธาน"),
    ),
)
_IS = re.compile(
    r"(?:(?<!เป็น)(?<!หน้าที่)(?<!รอง)ประธานฯ?(?:ใน)?(?:ที่|การ)?(?:ประชุม|หารือ|วง|เวที)?"
    r"|ปธ\.?(?:ที่ประชุม)?"
    r"|ผู้เป็นประธาน\S{0,30})(?:[ ]?(?:ในวันนั้น|ในวันนี้|ครั้งนี้))?[ ]?(?:คือ|ได้แก่|:|="
    r"|เป็นของ|โดย|[ ]?\(|[ ])[ ]?(?:(?:คุณ|ท่าน|พี่)[^ ()\n]{1,24}[ ]?\([ ]?)?\Z"
)
_EARLIER = re.compile("ครั้งก่อน|ครั้งที่แล้ว|คราวก่อน|เมื่อปีที่แล้ว|ในอดีต|เคย|ปกติ|ครั้งต่อไป|ครั้งหน้า")
_NOT_OURS = re.compile(r"(?:เคย|จะ|ให้|ไม่ได้|แต่งตั้ง|(?<!รับ)เลือก|เสนอ|(?<!รับ)มอบหมายให้)[^\s]{0,12}\Z")
# "ปลัดจังหวัด… รับมอบหมายจากผู้ว่าฯ ให้เป็นประธาน"
_CHARGED = re.compile(r"ได้รับมอบ|รับมอบหมาย")
# Someone whom the meeting only names for another chair: "เสนอให้นาย… เป็นประธานคณะทำงาน".
_NAMED_FOR = re.compile(r"(?:เสนอ|แต่งตั้ง|เห็นชอบ|มีมติ|เห็นควร)(?:ให้|ชื่อ)?[ ]?\Z")
_CLAUSE = re.compile("กล่าว|รายงาน|แจ้งว่า|ชี้แจง|เสนอ|รับมอบ(?!หมาย)|ลงพื้นที่")
_REACH = 220
_BROKEN = 60


def find_chair(text: str, people: Sequence[Named]) -> Named | None:
    """The person whom `text` puts in the chair of this meeting."""
    for person in people:
        if is_chair(person.role):
            return person
    for person in people:
        if _IS.search(text[max(0, person.start - 60) : person.start]):
            return person
    for match in _TAKES.finditer(text):
        taker = _subject(text, match.start(), people)
        if taker and not _elsewhere(text, match):
            return taker
    return None


def _subject(text: str, at: int, people: Sequence[Named]) -> Named | None:
    """The last person named before `at` on the same line, if nothing else was said in between.

    The line may have been broken once, behind the name or within the position.
    """
    line = text.rfind("\n", max(0, at - _REACH), at) + 1
    if line and at - line <= _BROKEN:
        line = text.rfind("\n", max(0, at - _REACH), line - 1) + 1
    i = bisect.bisect_left(people, at, key=lambda person: person.start)
    if i == 0 or people[i - 1].start < max(line, at - _REACH):
        return None
    taker = people[i - 1]
    between = text[taker.end : at]
    if _NAMED_FOR.search(text[max(0, taker.start - 20) : taker.start]):
        return None
    return None if _CLAUSE.search(between) else taker


def _elsewhere(text: str, match: re.Match[str]) -> bool:
    """Whether the statement is about another meeting or only a wish."""
    line = text.rfind("\n", max(0, match.start() - _REACH), match.start()) + 1
    around = text[max(line, match.start() - 40) : match.end() + 50].split("\n")[0]
    before = text[max(line, match.start() - 16) : match.start()]
    charged = _CHARGED.search(text, max(line, match.start() - _REACH), match.start())
    return bool(_EARLIER.search(around) or (_NOT_OURS.search(before) and not charged))
