"""What people are to a meeting (ประธาน, กรรมการและเลขานุการ) as against the positions they hold."""

from __future__ import annotations

import re

_BODY = "(?:คณะกรรมการ|คณะอนุกรรมการ|อนุกรรมการ|กรรมการ|คณะทำงาน|คณะผู้บริหาร)"
_ROLE = (
    rf"(?:(?:เป็น|(?:ทำ|รับ|ปฏิบัติ)หน้าที่(?:เป็น)?(?=ประธาน|เลขา))?(?:รอง|ผู้ช่วย|แทน)?(?:ประธาน|ปธ\.|เลขานุการ|เลขาฯ|เลขา|เหรัญญิก"
    rf"|ฝ่ายเลขานุการ|{_BODY})"
    rf"(?:{_BODY}|ใน)?(?:ที่ประชุม|การประชุม|ประชุม|สภา(?:ฯ|ท้องถิ่น)?|เวที|วง(?:หารือ|ประชุม|คุย|เสวนา)?|การหารือ|หารือ|ร่วม|โดยตำแหน่ง|ฯ)?"
    r"(?:[ ]?คนที่[ ]?(?:[0-9๐-๙]|หนึ่ง|สอง|สาม))?)"
)
_ROLES = rf"{_ROLE}(?:[ ]?(?:และ|/|,|กับ)?[ ]?{_ROLE}){{0,3}}"
_COMMITTEE_ROLE = re.compile(
    rf"(?:รอง|ผู้ช่วย)?(?:ประธาน{_BODY}|{_BODY}|เลขานุการ"
    rf"|ประธานที่ประชุม)"
)
_OTHER_ROLE = r"(?:ผู้)?(?:จด(?:บันทึก|รายงาน)?|บันทึก|ตรวจ)(?:รายงาน)?(?:การ)?(?:ประชุม)?"
_IS_ROLE = re.compile(rf"(?:หมวด[ ]?[0-9๐-๙][^\n]{{0,40}}?[ ]?/[ ]?)?(?:{_ROLES}|{_OTHER_ROLE})")
_ENDS_IN_ROLE = re.compile(rf"[ ]+(?P<role>{_ROLES})[ ]*\Z")
_CHAIRS = re.compile(r"(?<!รอง)(?<!รองปธ)(?:ประธาน|ปธ\.)")
_KEEPS_RECORDS = re.compile(r"(?<!ผู้ช่วย)(?:เลขานุการ|เลขาฯ?)")
_NOTE = re.compile(
    r"[-–—.*✓/ ]*|ไม่มี\S{0,12}|(?:ผ่าน)?(?:ระบบ|โปรแกรม)?[ ]?(?:VCS|VDO|Zoom|Webex"
    r"|Cisco Webex|Google Meet|Meet"
    r"|(?:MS |Microsoft )?Teams|On-?[ ]?(?:site|line)|Online|ออนไลน์|ออนไซต์|ทางไกล"
    r"|วีดิทัศน์)[^\n)]{0,24}"
    r"|(?:เฉพาะ|มาสาย|มาถึง|กลับก่อน|อยู่ถึง|ตั้งแต่|(?:เข้า)?ร่วม(?:เฉพาะ|ถึง|ตั้งแต่))[^\n)]{0,40}"
    r"|(?:ลงชื่อ|ลงนาม)?(?:แล้ว)?|หมายเหตุ\S{0,8}",
    re.IGNORECASE,
)
# Why someone is not there.
_REASON = re.compile(
    r"(?:เนื่องจาก|เพราะ|เนื่องด้วย|ด้วย)?(?:ติด(?!ตาม)|ลา(?:[ ]|\Z|ป่วย|กิจ|พัก|ประชุม|คลอด"
    r"|บวช|อุปสมบท|ราชการ|ศึกษา|ออก)"
    r"|ป่วย|ไป(?!รษณีย์)|ไม่แจ้ง|ไม่ระบุ|ไม่ทราบ|ขาด(?:\Z|ประชุม|[ ])|อยู่ระหว่าง"
    r"|เดินทาง|เข้าเวร|เข้าร่วม"
    r"|อบรม|ประชุม|ตรวจ|น้ำท่วม|สัญญาณ|มอบ|ราชการ|ภารกิจ|ปฏิบัติ(?:ราชการที่|ภารกิจ)|เกษียณ)"
)
_WHY = re.compile(
    r"[ ](?=(?:(?:โดย|ซึ่ง|ได้)?แจ้ง(?:ว่า)?(?:[ ]|ติด|ลา|ป่วย|ไป|ขอ)|ซึ่ง(?:ติด|ลา|ป่วย|ไป)"
    r"|เนื่องจาก|เพราะ|เนื่องด้วย|ติด(?!ตาม)|ป่วย|ไป(?:งาน|ราชการ|ประชุม|ต่าง)|เข้าเวร"
    r"|ลา(?:ป่วย|กิจ|พัก|คลอด|บวช|อุปสมบท|ราชการ|ประชุม|[ ]|\Z)"
    r"|ไม่(?:แจ้ง|ทราบ|ระบุ)|ขาด(?:ประชุม|\Z)))"
)

# Roles that say nothing beyond who is in the chair.
BARE_ROLES = ("ประธาน", "เป็นประธาน", "ปธ.", "ประธานที่ประชุม", "ประธานในที่ประชุม", "ประธานการประชุม")
# A column of a list that says who came and who did not.
_CAME = re.compile(r"(?:มา|เข้า|เข้าร่วม|ร่วม|มาประชุม|เข้าประชุม|อยู่)(?:[ ]?\([^()]{0,60}\))?")
_AWAY = re.compile(
    r"(?:ไม่(?:ได้|สามารถ)?(?:มา|เข้า|ร่วม)[ก-๎]{0,16}|ขาด(?:ประชุม)?|ติด(?:ราชการ|ภารกิจ|ประชุม)"
    r"|ลา(?:ป่วย|กิจ|ประชุม|พักผ่อน|ราชการ|คลอด)?)(?:[ (].{0,80})?"
)


def is_presence(text: str) -> bool:
    """Whether a cell of a column only says that someone came."""
    return _CAME.fullmatch(text) is not None


def is_absence(text: str) -> bool:
    """Whether a cell of a column says that someone did not come."""
    return _AWAY.fullmatch(text) is not None


def is_role(text: str) -> bool:
    """Whether `text` only says what someone is to the meeting."""
    return _IS_ROLE.fullmatch(text.strip(" ()[]")) is not None


def is_committee_role(text: str) -> bool:
    """Whether a column behind the position says a role in the body: 'กรรมการลุ่มน้ำ'."""
    return _COMMITTEE_ROLE.match(text) is not None


def is_note(text: str) -> bool:
    """Whether `text` is a remark of the list: how someone took part, a dash, a signature."""
    return _NOTE.fullmatch(text.strip(" ()[]")) is not None


def is_reason(text: str) -> bool:
    """Whether `text` says why someone is away."""
    return _REASON.match(text.strip(" ()[]")) is not None


def without_reason(text: str) -> str:
    """`text` up to where it says why someone is away."""
    why = _WHY.search(text)
    return text[: why.start()] if why else text


def split_role(text: str) -> tuple[str, str]:
    """`text` without the role it ends in, and that role: ('คลังจังหวัด', 'เลขานุการ')."""
    match = _ENDS_IN_ROLE.search(text)
    return (text[: match.start()], match["role"]) if match else (text, "")


def is_chair(role: str) -> bool:
    """Whether a role is that of the chair, not of a deputy."""
    return _CHAIRS.search(role) is not None


def is_secretary(role: str) -> bool:
    """Whether a role is that of the secretary, not of an assistant."""
    return _KEEPS_RECORDS.search(role) is not None
