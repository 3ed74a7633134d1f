"""The labels over attendance lists, and what a line with one says besides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.minutes.attendance.names import people_in
from pipeline.minutes.text.labels import find_label, labels, marker_end
from pipeline.minutes.text.lines import ORNAMENT

Heading = Literal["present", "absent", "participant", "chair", "secretary", "other"]

_MEETING = ("", "ประชุม", "การประชุม")
_CAME = [
    *(f"{who}{came}{meeting}" for who in ("ผู้", "ที่", "ผู้ที่", "คนที่") for came in ("มา", "เข้า")
      for meeting in _MEETING[1:]),
    "มาประชุม", "เข้าประชุม", "องค์ประชุม", "มาเข้าประชุม", "ผู้มา",
    *(f"{who}ที่{came}" for who in ("สมาชิก", "กรรมการ", "อนุกรรมการ", "คณะทำงาน", "หน่วยงาน")
      for came in ("มา", "เข้า")),
    "คนมา", "คนที่มา", "ผู้ที่มา", "มา", "ใครมา", "ใครบ้าง", "ใครมาบ้าง", "Present",
]  # fmt: skip
_AWAY = [
    *(f"{who}ไม่{can}{came}{meeting}" for who in ("ผู้", "ที่", "ผู้ที่", "คน", "คนที่", "")
      for can in ("", "ได้", "สามารถ") for came in ("มา", "เข้า", "เข้าร่วม", "ร่วม", "มาร่วม")
      for meeting in _MEETING),
    *(f"{who}{left}{meeting}" for who in ("ผู้", "ผู้ที่", "ที่", "คน", "คนที่", "")
      for left in ("ลา", "ขาด", "ขาดการ") for meeting in _MEETING[1:]),
    "ผู้ลา", "ผู้ขาด", "คนลา", "คนขาด", "ใครไม่มา", "ใครลา", "ใครขาด",
    "ผู้ติดราชการ", "ผู้ติดภารกิจ", "ติดราชการ", "ติดภารกิจ", "Absent", "ลา", "ขาด",
]  # fmt: skip
_JOINED = [
    *(f"{who}{came}{what}" for who in ("ผู้", "ที่", "ผู้ที่", "คน", "คนที่", "")
      for came in ("เข้าร่วม", "ร่วม", "มาร่วม", "เข้าร่วมในการ", "ร่วมรับฟังการ")
      for what in ("ประชุม", "การประชุม", "หารือ", "รับฟัง", "สังเกตการณ์", "คณะ", "วง")),
    *(f"{who}{came}" for who in ("ผู้", "คน") for came in ("เข้าร่วม", "ร่วม", "มาร่วม")),
    "ที่เข้าร่วม", "ผู้สังเกตการณ์", "ผู้ชี้แจง", "ผู้มาชี้แจง", "วิทยากร", "ผู้ได้รับเชิญ", "แขกรับเชิญ", "ผู้เข้าชี้แจง",
    "Participants", "Attendees",
]  # fmt: skip
_CHAIR = [
    "ประธาน",
    "ประธานที่ประชุม",
    "ประธานในที่ประชุม",
    "ประธานการประชุม",
    "ปธ.",
    "ปธ",
    "ประธานกรรมการ",
    *("Chair", "Chairman", "Chairperson", "Chaired by"),
]
_SECRETARY = ["เลขานุการ", "เลขานุการที่ประชุม", "เลขานุการการประชุม", "เลขาฯ", "เลขา", "ฝ่ายเลขานุการ"]
_LABELS: dict[str, Heading] = {
    **dict.fromkeys(_JOINED, "participant"),
    **dict.fromkeys(_CAME, "present"),
    **dict.fromkeys(_AWAY, "absent"),
    **dict.fromkeys(_CHAIR, "chair"),
    **dict.fromkeys(_SECRETARY, "secretary"),
    "รายชื่อกรรมการ": "present", "รายชื่อคณะกรรมการ": "present", "รายชื่อคณะทำงาน": "present",
}  # fmt: skip
_BEFORE = (
    r"(?:รายชื่อ|รายนาม|บัญชีรายชื่อ)?(?:หัวหน้าส่วนราชการ|(?:คณะ)?อนุกรรมการ|(?:คณะ)?กรรมการ"
    r"|คณะทำงาน|คณะผู้บริหาร|ผู้บริหาร|ส่วนราชการ|ภาคี(?:เครือข่าย)?"
    r"|สมาชิกสภา(?:ท้องถิ่น|ฯ)?|สมาชิก|บุคคล(?:อื่น)?|เจ้าหน้าที่|หน่วยงาน|ข้าราชการ)?"
)
_KNOWN = labels(_LABELS, _BEFORE)
_HINT = re.compile(
    "ใคร|ป[ ]?ร[ ]?ะ|ปธ|มา|ลา|ขาด|ร่วม|ติด|ผู้|คน|ชื่อ|วิท|แขก|ฝ่าย|ภาคี|ส่วน|Pres|Abs|Par|Att|Chair"
)
_QUALIFIER = re.compile(
    r"[ \t]*(?:\([^()\n]{0,60}\)|(?:จำนวน[ ]?)?[0-9๐-๙]{1,3}[ ]?(?:คน|ราย|ท่าน|นาย)"
    r"|(?:ใน)?(?:วัน|ครั้ง|คราว)นี้|ประกอบ(?:ไป)?ด้วย|มีดังนี้|ดังนี้|ได้แก่|คือ|โดยมี|นำโดย|มี(?=[ ]|\Z)"
    r"|อื่น[ ]?ๆ?|\(?ถ้ามี\)?|ทั้งหมด|รวม|(?:ใน)?ห้องประชุม|(?:ผ่าน)?ระบบ[ ]?[A-Za-z ]{2,20}"
    r"|(?:ผ่าน|ทาง|ด้วย)(?:ระบบ|สื่อ|ออนไลน์)[^\n]{0,40}\Z"
    rf"|[:：|\t*{ORNAMENT}]|[-–—](?=[ ]|\Z))"
)
_NONE = re.compile(r"[ ]*[-–—]*[ ]*(?:ไม่มี|ไม่ปรากฏ)")
_SAYS = re.compile(
    "กล่าว|แจ้ง|รายงานว่า|เห็น|เสนอ|ชี้แจง|อภิปราย|รับทราบ|สอบถาม|มอบ|ขอ(?:ให้|บคุณ)|ให้(?!การ)"
)
_MEMBERS = re.compile("(?:รายชื่อ)?(?:คณะ)?(?:อนุ)?(?:กรรมการ|คณะทำงาน|สมาชิก)")
_SURE = 10
_SHORT = 60
_TO_NAME = 90


@dataclass(frozen=True, slots=True)
class RollLabel:
    """A label of an attendance list; `rest` is where its line goes on with people, if it does."""

    heading: Heading
    rest: int


_COLUMNS = re.compile("(?=[^\n]{0,160}[|\t])(?=[^\n]{0,160}ชื่อ)[^\n]{0,160}(?:ตำแหน่ง|สังกัด|หน่วยงาน)")


def is_table_head(line: str) -> bool:
    """Whether `line` names the columns of a table of people: ชื่อ, ตำแหน่ง."""
    return _COLUMNS.match(line) is not None and not people_in(line)


def find_roll_label(line: str) -> RollLabel | None:
    """The label `line` begins with, None where the words only look like one."""
    if not _HINT.search(line[:40]):
        return None
    found = find_label(line, _KNOWN)
    if found is None:
        return None
    heading, end = found
    rest = end
    while match := _QUALIFIER.match(line, rest):
        rest = match.end()
    rest += len(line) - rest - len(line[rest:].lstrip(" \t|*"))
    if heading == "participant" and _MEMBERS.match(line, marker_end(line)):
        heading = "present"
    remark = end >= _SURE and len(line) <= _SHORT and not _SAYS.search(line, end)
    alone = (
        rest >= len(line) or (remark and not people_in(line)) or _NONE.match(line, rest) is not None
    )
    if heading in ("chair", "secretary"):
        alone = False
    if alone or _goes_on_with_people(line, end, rest):
        return RollLabel(heading, rest)
    return None


def _goes_on_with_people(line: str, end: int, rest: int) -> bool:
    """Whether people follow the label and no clause ("ผู้เข้าร่วมประชุมเห็นว่า")."""
    people = people_in(line[rest : rest + 2 * _TO_NAME])
    if not people or people[0].start > _TO_NAME or _SAYS.match(line, rest):
        return False
    if people[0].start == 0:
        return True
    return rest > end or line[end : end + 1] in " \t:"
