"""The cues for and against a deadline: words about a day, each with its weight."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

AHEAD = {
    "date": 1.5, "monthday": 1.0, "weekday": 0.5, "day": 0.0, "day alone": 0.0, "week": -0.25,
    "month": -0.5, "quarter": -0.25, "year": -1.5, "duration": -1.5, "time": -1.5,
}  # fmt: skip
"""What a day after the meeting weighs by the way it is told: a calendar date is seldom idle."""
_SPOKEN = frozenset(AHEAD) - {"date"}


@dataclass(frozen=True, slots=True)
class Cue:
    r"""Words that speak for (`weight` above 0) or against a deadline.

    `where`: in the mention, right before it, in its clause, in its line up to it, after it, in the
    lines above one that begins with it, or `alone`: the rest of its line, \0 in its place;
    `edge` is the same, where the text begins or ends.
    """

    name: str
    where: Literal["own", "lead", "clause", "line", "after", "above", "alone", "edge"]
    weight: float
    words: re.Pattern[str]
    units: frozenset[str] = frozenset()
    """The ways of telling a day on which it bears; all where empty."""


def _lead(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words})\Z")


_SIGNED = re.compile(
    r"ผู้(?:จด|บันทึก|ตรวจ)(?:รายงาน|บันทึก)?(?:การประชุม)?(?:[ :/(]|\Z)|ลงชื่อ|ผู้เขียน|เรียบเรียงโดย|ผู้พิมพ์"
    r"|จดบันทึก|จดโดย|ผู้สรุป|สรุปโดย|ขอบคุณ(?:ค่ะ|ครับ|มาก)|ขอแสดงความนับถือ"
    r"|(?:ข่าว|ภาพ|ที่มา|รายงานโดย)[ ]?(?:/[ ]?(?:ข่าว|ภาพ)[ ]?)?:|ผู้สื่อข่าว"
)
# What a letter, an office or a writer puts on a line of its own.
STAMP = re.compile(
    r"\A[ \t]*ที่[ ][ก-ฮ]{2,4}[ ]?[0-9๐-๙]{4}"
    r"|\A[^\n]{0,30}?(?:\b(?:Sent|Date)[ ]?:|ส่งเมื่อ|วันที่ส่ง|โพสต์เมื่อ|เผยแพร่เมื่อ|รับที่[ ]?[0-9๐-๙]"
    r"|เลขรับ|ลงรับ|\(โดย|โดย[ ]?:)",
    re.IGNORECASE,
)
_ARRANGED = "นัด|ขอ|ส่ง|ประชุม|ให้|ภายใน|ก่อน|กำหนด|เริ่ม|จัด|ปิด|เปิด"
CUES = (
    Cue("end of", "own", 1.0, re.compile("สิ้น")),
    Cue("part of", "own", 0.5, re.compile("ต้น|กลาง")),
    Cue(
        "limit", "lead", 2.0,
        _lead(
            r"ภายใน(?:เวลา|ระยะเวลา|กำหนด)?|(?:ไม่|อย่า)(?:ให้)?เกิน(?:กว่า)?|(?:ไม่|อย่า)ช้ากว่า|อย่างช้า|ทัน|หลังจากนั้น"
            r"|(?<!ปี)(?<!เดือน)(?<!วัน)(?<!ครั้ง)(?<!คราว)ก่อน(?:เวลา|หน้านั้น)?|(?<!คำนึง)(?<!นับ)(?<!มา)ถึง"
            r"|(?:เสร็จ(?:สิ้น|เรียบร้อย)?|สิ้นสุด|ครบกำหนด|ปิด(?:รับ|ระบบ))(?:ใน)?|เส้นตาย(?:คือ)?|หมดเขต"
            r"|ขอเวลา|(?:ให้|ขยาย|ต่อ)(?:ระยะ)?เวลา(?:อีก|เพียง|แค่|ไม่เกิน)?|ให้โอกาส(?:อีก)?|ผ่อนผัน(?:ให้)?(?:อีก)?"
            r"|ในอีก|ครบ|[-–—]|due|deadline"
        ),
    ),
    Cue(
        "start", "lead", 1.5,
        _lead(
            r"ตั้งแต่|นับแต่|(?:เริ่ม(?:ต้น|ใช้|รอบแรก|ดำเนินการ|งาน|ทดลอง|ก่อสร้าง|จัด|ขาย|จ่าย|ทำ)?|มีผล(?:บังคับ)?(?:ใช้)?|เปิด(?:รับ|ระบบ|ใช้)?)(?:ใน)?"
        ),
    ),
    Cue(
        "set", "lead", 1.0,
        _lead(
            r"กำหนด(?:จัด|ส่ง|การ|แล้วเสร็จ|เป็น|ไว้|ใน|ลงนาม){0,2}|นัด(?:หมาย|ประชุม)?"
            r"|(?:เลื่อน|ขยับ|เปลี่ยน|เร็วขึ้น)(?:ไป|มา|เป็น|ออก){0,2}(?:ใน)?|ได้(?:ใน)?"
            r"|(?:ครั้ง|คราว|รอบ)(?:ต่อไป|หน้า|ถัดไป)|(?:ครั้ง|รอบ|งวด|วัน)แรก|อีก(?:ครั้ง)?|(?:พบ|เจอ)กัน(?:ใหม่|อีก)?"
        ),
    ),
    Cue("in", "lead", 0.25, _lead("(?<!ภาย)ใน")),
    Cue("regular", "lead", -4.0, _lead("ทุก|แต่ละ|นับ(?:จน)?ถึง"), units=_SPOKEN),
    Cue("regular", "lead", -4.0, _lead("นับ(?:จน)?ถึง|มาถึง"), units=frozenset({"date"})),
    Cue(
        "ahead of an event", "lead", -2.5,
        _lead("ก่อน|ล่วงหน้า(?:ไม่น้อยกว่า|อย่างน้อย|เพียง)?"),
        units=frozenset({"duration"}),
    ),
    Cue(
        "past lead", "lead", -5.0,
        _lead(r"เมื่อ|ลง|ลว\.?|ณ|ข้อมูล|เผยแพร่|โพสต์|พิมพ์|ลงข่าว|หมดอายุ|ผลิต|(?:ครั้ง|คราว)(?:ก่อน|ที่แล้ว)|แต่เดิม|เดิม"),
    ),
    Cue(
        "order", "clause", 1.0,
        re.compile(
            r"ให้|ขอ(?!ง|บ(?:คุณ|เขต|ใจ|ข่าย|พระ))|มอบ|รบกวน|ฝาก|ช่วย|ตอบ|ต้อง|กำหนด|สั่งการ|เร่ง|นัด|ตกลง|รับปาก|รับว่า|ส่ง|รายงาน|เสนอ|จะ|ยื่น|เปิด|ปิด"
            r"|ประชุม|จัด|เริ่ม|เสร็จ|หยุด|ออก|ทดลอง|ดำเนินการ|ลงนาม|เลื่อน|ขยับ"
        ),
    ),
    Cue(
        "resolution", "line", 0.5,
        re.compile(
            r"มติ|ที่ประชุม(?:เห็นชอบ|ตกลง)|ข้อสรุป|สั่งการ|มอบหมาย|อนุมัติ|ปฏิทิน|->|\[[ ]?\]"
        ),
    ),
    Cue(
        "done", "clause", -2.5,
        re.compile(
            r"(?:ไปแล้ว|มาแล้ว|แล้วเมื่อ|เสร็จแล้ว|ที่ผ่านมา|เคย|ใช้เวลา)(?![^\n]{0,200}(?:จะ|ให้|ขอ|ต้อง))"
            r"|รวม(?:เวลา)?[ ]?\Z"
        ),
    ),
    Cue(
        "forecast", "clause", -2.5,
        re.compile(r"คาดการณ์|พยากรณ์|น่าจะ|(?:ฝน|พายุ|มรสุม|ยอดน้ำ|มวลน้ำ|น้ำ|อากาศ)จะ|ฝน(?:ตก|สะสม)|พายุเข้า|พาดผ่าน"),
    ),
    Cue("expected", "clause", -1.5, re.compile("คาดว่า"), units=_SPOKEN),
    Cue(
        "supposing", "clause", -2.0,
        re.compile(r"(?:ถ้า|หาก(?!จำเป็น)|กรณี|สมมติ|แม้)[^\n]{0,80}\Z"),
        units=_SPOKEN,
    ),
    Cue(
        "then", "after", 1.0, re.compile(r"[ ]?ให้(?!แก่|กับ)"), units=frozenset({"duration"}),
    ),
    Cue(
        "rule", "clause", -2.0,
        re.compile(
            r"(?:มาตรฐาน|เฉลี่ย|แต่ละ(?:ราย|เรื่อง|คำขอ)|ตามกฎหมาย|ทุก(?:ราย|เรื่อง|คำขอ|ครั้ง|เดือน)|ตามระเบียบ"
            r"|กฎหมายกำหนด)[^\n]{0,60}\Z"
        ),
        units=_SPOKEN,
    ),
    Cue(
        "past after", "after", -5.0,
        re.compile(r"[ ]?(?:ที่ผ่านมา|ที่แล้ว|ย้อนหลัง|แรก|ขึ้นไป|เศษ)"),
    ),
    Cue(
        "from an event", "after", -3.0,
        re.compile(
            r"[ ]?(?:นับ(?:แต่|จาก|ตั้งแต่|ถัดจาก)?+|หลัง(?:จาก)?+)(?:วัน)?+(?:ที่)?+"
            r"(?:มี|จบ|เสร็จ|เลิก)?+(?:การ)?+"
            r"(?!นี้|นั้น|ประชุม|มติ|[ ]?[0-9๐-๙]|สุดท้าย)"
        ),
        units=frozenset({"duration"}),
    ),
    Cue(
        "past of month", "after", -4.0,
        re.compile(r"[ ]?(?:กับ|และ|,)[ ]?[0-9๐-๙]{1,2}[ ]?เดือน(?:นี้|ที่แล้ว|ก่อน)"),
        units=_SPOKEN,
    ),
    Cue("regular", "after", -4.0, re.compile(r"[ ]?(?:ของทุก|ทุก(?:วัน|สัปดาห์|เดือน|ปี|ครั้ง))")),
    Cue("stamp", "line", -5.0, STAMP),
    Cue(
        "asked in so long", "clause", 1.5,
        re.compile(
            r"(?:ขอ|ต้อง|ให้|เร่ง|รบกวน|ฝาก|ส่ง|รายงาน|เสนอ)(?![^\n]{0,120}ได้ใน)"
            r"[^\n]{0,120}(?<!ภาย)ใน[ ]?\Z"
        ),
        units=frozenset({"duration"}),
    ),
    Cue("in so long", "lead", 1.5, _lead("อีก"), units=frozenset({"duration"})),
    Cue("within a year", "lead", 0.5, _lead("ภายใน|ก่อน"), units=frozenset({"year"})),
    Cue("later than", "lead", -2.0, _lead("(?<!ภาย)หลัง"), units=frozenset({"date"})),
    Cue("acting today", "clause", -2.0, re.compile(r"ทำหน้าที่[^\n ]{0,40}\Z"), frozenset({"day"})),
    Cue("replaced", "lead", -3.0, _lead(r"(?<!นับ)(?<!ต่อ)จาก(?:เดิม)?")),
    Cue("or", "lead", -1.5, _lead("หรือ")),
    Cue("or", "after", -1.5, re.compile(r"[ ]?หรือ[ ]?(?:วัน\S{0,12}[ ]?)?[0-9๐-๙]")),
    Cue("ahead", "after", 1.5, re.compile("ข้างหน้า"), units=frozenset({"duration"})),
    Cue("date line", "alone", -3.0, re.compile(r"[ \t]*(?:เมื่อ)?(?:วันที่)?[ \t]*\0[ \t]*\Z")),
    Cue(
        "dateline", "edge", -2.5,
        re.compile(rf"(?![^\n]*(?:{_ARRANGED}))[^\n0-9๐-๙]{{2,40}}[ ,]\0[ \t]*\Z"),
        units=frozenset({"date"}),
    ),
    Cue(
        "byline", "edge", -5.0,
        re.compile(r"[^|/\n]{2,80}[/|·•—][ ]?(?:วันที่[ ]?)?\0[ \t]*\Z"),
        units=frozenset({"date"}),
    ),
    Cue("signature", "above", -5.0, _SIGNED),
    Cue("signature", "line", -5.0, _SIGNED),
    Cue(
        "by an hour", "after", 1.5,
        re.compile(r"[ ]?(?:ก่อน|ภายใน|ไม่เกิน)(?:เวลา)?[ ]?(?:[0-9๐-๙]{1,2}[.:]|เที่ยง|บ่าย|ค่ำ|มืด|เลิก)"),
        units=frozenset({"day"}),
    ),
    Cue("onwards", "after", 0.5, re.compile(r"[ ]?(?:เป็นต้นไป|นี้|เป็นอย่างช้า|เป็นวันสุดท้าย)")),
)  # fmt: skip
