"""The clause that a date stands in: where it begins, what is to be done, and by whom."""

from __future__ import annotations

import re

LONGEST = 220
"""How far back, in characters, a clause is looked for."""
_SHORTEST = 5

# What parts one clause from the next. A space alone does not: Thai puts it inside clauses, too.
_BREAK = re.compile(
    r"\n|[ \t]{2,}|(?<=ว่า)(?:[ ]|(?=จะ|ให้|ขอ))|[:：/|;][ ]|[“”\"]|->|\[[ ]?\][ ]?|[-•–*]\s(?=[ก-๎])"
    r"|[ ](?=(?:และ|แล้ว(?!เสร็จ)|โดย|ส่วน|ซึ่ง|พร้อม|รวมทั้ง|ทั้งนี้|แต่|จึง|หาก|ถ้า|มิฉะนั้น|เพราะ|เนื่องจาก|สำหรับ))"
    r"|(?:มติ(?:ที่|ของที่)?ประชุม|สรุปมติ|ข้อสรุป|ข้อสั่งการ|มติ)[ :：-]{0,3}"
    r"(?:รับทราบ|เห็นชอบ(?:ในหลักการ|ร่าง|ตามที่เสนอ)?)?[ ]?"
)
_JOINT = re.compile(
    r"(?:[ ,]|และ(?!พัฒนา)|แล้ว(?!เสร็จ)|โดย|ส่วน|ทั้งนี้|พร้อมทั้ง|พร้อมกันนี้|รวมทั้ง|จึง|ซึ่ง|แต่|สำหรับ){1,4}"
)
_LIMIT = re.compile(
    r"[ ]?(?:(?:ให้|ได้|จะ|ต้อง)?(?:แล้ว)?(?:เสร็จ(?:สิ้น|เรียบร้อย)?|ครบ(?:ถ้วน)?|ทัน)?[ ]?"
    r"(?:อย่างช้า|ภายใน|ไม่เกิน|ไม่ช้ากว่า|ก่อน|ตั้งแต่|จนถึง|ถึง|ใน|เมื่อ|ประมาณ|กำหนด|ระหว่าง|วัน(?:ที่)?|เวลา"
    r"|สิ้น)?[ ]?){1,4}\Z"
)
_COMMAND = re.compile(r"[ ](?=ขอ|ให้|มอบ|เร่ง|เชิญ|แจ้งให้|ต้อง)")
_WORDY = 60

_TASK = (
    "ต้อง|จะ|เป็นผู้|ไป|ช่วย|เร่ง|ดำเนินการ|จัด|ส่ง|รายงาน|ติดตาม|เสนอ|แก้|ซ่อม|ปรับ|ประสาน|สำรวจ|สรุป|ทำ|ตรวจ"
    "|เปิด|ปิด|ออก|เพิ่ม|ลด|เชิญ|เบิก|แจ้ง|เตรียม|รวบรวม|ศึกษา|ทบทวน|เผยแพร่|สอบ|ยื่น|ตอบ|เจรจา|เวียน|นำ|เข้า|ลง"
    "|ติดตั้ง|จ่าย|ย้าย|คัดเลือก|ซ้อม|ทดลอง|เขียน|บันทึก|กำหนด"
)
# What names a body or a person, so that "ให้ครบ" and "ให้เสร็จ" name nobody.
_BODY = (
    r"(?:ทุก|ทั้ง)?(?:ฝ่าย|กอง|สำนัก|สนง|จังหวัด|อำเภอ|ตำบล|หมู่บ้าน|เทศบาล|องค์การ|องค์กร|อบ[ตจ]|อปท|กรม|กระทรวง|ศูนย์|โรงเรียน"
    r"|โรงพยาบาล|รพ|คณะ|อนุกรรมการ|กรรมการ|กลุ่ม|ทีม|ผู้|นาย|นาง|น\.ส|คุณ|ดร|ปลัด|พัฒนาการ|เกษตร|ประมง|ปศุสัตว์|สาธารณสุข"
    r"|ท้องถิ่น|คลัง|สถิติ|ขนส่ง|แขวง|การประปา|การไฟฟ้า|ส่วนราชการ|หน่วย|เลขา|ประธาน|ที่ปรึกษา|บริษัท|ชุมชน|ชาวบ้าน|สมาชิก"
    r"|สภา|หอการค้า|มหาวิทยาลัย|วิทยาลัย|เครือข่าย|เจ้าหน้าที่|เจ้าของ|กำนัน|ด่าน|ธนาคาร|สมาคม|มูลนิธิ|ครู|หมวด|ตำรวจ|ทหาร|ระบบ(?!\S)"
    r"|ผอ|รอง|หัวหน้า|ศึกษาธิการ|อัยการ|วัด|บก|[ก-ฮ]{1,4}\.)"
)
_NAMED = rf"{_BODY}(?:(?!ให้|เห็นชอบ|มอบ|ขอ|มีมติ)[^\n]){{0,60}}?"
_ASKED = re.compile(
    rf"(?:มอบหมาย|มอบ|แจ้ง|สั่ง(?:การ)?|ขอ)?(?:ให้|มอบ|ขอ)[ ]?(?P<who>{_NAMED})[ ]?(?:{_TASK})"
)
_ACTS = re.compile(rf"(?P<who>{_NAMED})[ ]?(?:รับปาก|รับไป|{_TASK})")


def clause_start(text: str, position: int, floor: int = 0) -> int:
    """Where the clause that goes on at `position` begins, not before `floor`."""
    low = max(floor, position - LONGEST)
    start = low
    for match in _BREAK.finditer(text, low, position):
        newline = match[0] == "\n"
        if newline or len(text[match.end() : position].strip()) >= _SHORTEST:
            start = match.end()
    joint = _JOINT.match(text, start, position)
    start = joint.end() if joint else start
    return start + len(text[start:position]) - len(text[start:position].lstrip())


def action(clause: str) -> str:
    """What is to be done: the words before the date without those that lead up to it; may be ''."""
    limit = _LIMIT.search(clause, max(0, len(clause) - _WORDY))
    kept = clause[: limit.start()] if limit else clause
    commands = [match.end() for match in _COMMAND.finditer(kept)] if len(kept) > _WORDY else []
    return kept[commands[-1] if commands else 0 :].strip(" ,-")


def responsible(clause: str) -> str | None:
    """Whom the clause asks, or who says that he will; None where it names nobody."""
    asked = _ASKED.search(clause) or _ACTS.match(clause)
    return asked["who"].strip() if asked else None
