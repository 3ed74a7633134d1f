"""The headings of a proposal: the sections of the form, and the lines that end a section.

The codes follow the form that provinces fill in and the headings met in real submissions: public
pages of the 2565 round, school and office guides to writing a project. A name in `long` is a
heading wherever a line begins with it; a name in `short` is an everyday word too, so it needs a
colon, a gap, a number before it or a line of its own; for those in `blank` one blank will do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class SectionRule:
    """The names of one section; `expected` sections are reported when they are missing."""

    expected: bool
    long: tuple[str, ...]
    short: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()


_SECTIONS: dict[str, SectionRule] = {
    "title": SectionRule(
        True,
        ("ชื่อเรื่อง", "ชื่อโครงการ", "ชื่อประเด็น", "ชื่อผลงาน", "ชื่องาน", "ชื่อข้อเสนอ", "ชื่อกิจกรรม",
         "หัวเรื่อง", "ผลงานที่เสนอ", "ประเด็นที่เสนอ", "เรื่องที่เสนอ", "เรื่องเสนอ", "Project title",
         "Project name", "Working title", "Proposal title"),
        ("เรื่อง", "ชื่อ", "หัวข้อ", "ประเด็น", "โครงการ", "ผลงาน", "Project", "Title", "Subject",
         "Topic", "ข้อเสนอโครงการ"),
        ("เรื่อง", "หัวข้อ", "โครงการ"),
    ),
    "rationale": SectionRule(
        True,
        ("หลักการและเหตุผล", "ความเป็นมา", "สภาพปัญหา", "เหตุผลความจำเป็น", "เหตุผลและความจำเป็น",
         "เหตุผลและความสำคัญ", "ที่มาและความสำคัญ", "ความสำคัญของปัญหา", "ต้นเรื่อง", "เรื่องเดิม",
         "ข้อเท็จจริง", "สภาพที่พบ", "สถานการณ์", "ปัญหาและความต้องการ", "ปัญหาความต้องการ", "เหตุที่เสนอ",
         "ที่มาที่ไป", "ปมปัญหา", "ทำไมต้องทำ", "Background", "Rationale", "Problem statement",
         "Situation", "Pain point", "Context"),
        ("หลักการ", "เหตุผล", "ที่มา", "ปัญหา", "ความจำเป็น", "ความสำคัญ", "ความนำ", "บทนำ", "เดิม",
         "ทำไม", "จุดเริ่ม", "สภาพเรื่อง", "Problem", "Why", "Need"),
    ),
    "objectives": SectionRule(
        True,
        ("วัตถุประสงค์", "ความมุ่งหมาย", "จุดมุ่งหมาย", "จุดประสงค์", "ความประสงค์", "Objectives",
         "Objective", "Purpose"),
        ("เพื่อ", "Aims", "Aim", "Goals", "Goal"),
    ),
    "targets": SectionRule(
        False,
        ("กลุ่มเป้าหมาย", "พื้นที่เป้าหมาย", "พื้นที่ดำเนินการ", "พื้นที่ดำเนินงาน", "เป้าหมายเชิงปริมาณ",
         "ผู้รับประโยชน์", "Target group", "Beneficiaries", "Targets"),
        ("เป้าหมาย", "พื้นที่", "เป้า", "Target", "Scope"),
    ),
    "indicators": SectionRule(
        True,
        ("ตัวชี้วัด", "ค่าเป้าหมาย", "ผลสัมฤทธิ์", "ตัววัดผล", "เกณฑ์ความสำเร็จ", "เกณฑ์ตัดสิน", "เกณฑ์วัด",
         "ผลที่จะวัด", "วัดจากอะไร", "การวัดผล", "วัดผลอย่างไร", "วัดอย่างไร", "ตัวเลขที่ใช้ติดตาม", "Indicators",
         "Indicator", "KPIs", "KPI", "Key results"),
        ("วัดผล", "วัดจาก", "วัดที่", "จะวัดจาก", "วัดอะไร", "ตัววัด", "ตัวเลข", "วัด", "จะดู", "Measures",
         "Measure", "Metrics"),
    ),
    "mode": SectionRule(
        True,
        ("รูปแบบการพัฒนา", "แนวทางการพัฒนา", "รูปแบบที่เลือก", "Development mode", "โหมดการพัฒนา"),
        ("รูปแบบ", "แนวทาง", "Mode", "Modes"),
    ),
    "activities": SectionRule(
        True,
        ("วิธีดำเนินการ", "วิธีดำเนินงาน", "วิธีการดำเนินงาน", "ขั้นตอนการดำเนินงาน", "การดำเนินงาน",
         "แนวทางการดำเนินงาน", "แนวทางดำเนินการ", "แผนการดำเนินงาน", "แผนปฏิบัติการ", "กิจกรรม",
         "กลไกและกิจกรรม", "สิ่งที่จะทำ", "สิ่งที่จะลองทำ", "สิ่งที่จะลอง", "สิ่งที่ขอทำ",
         "ที่จะทำ", "จะทำอะไร", "ทำอะไร", "ทำอย่างไร", "วิธีการ",
         "วิธีทำ", "สิ่งที่เสนอทำ", "รายละเอียดโครงการ", "สาระสำคัญ", "Activities", "Work plan",
         "What we will do", "What we propose", "Approach", "Milestones", "Solution",
         "Intervention"),
        ("ขั้นตอน", "แผนงาน", "จะทำ", "ข้อเสนอ", "รายละเอียด", "แบบการทดลอง", "การทดลอง", "ใหม่", "สาระ",
         "Design", "Plan", "Milestone"),
    ),
    "networks": SectionRule(
        True,
        ("ภาคีเครือข่าย", "ภาคีความร่วมมือ", "ผู้ร่วมดำเนินการ", "ผู้ร่วมดำเนินงาน", "หน่วยงานร่วม",
         "หน่วยงานที่เกี่ยวข้อง", "หน่วยงานสนับสนุน", "หน่วยงานบูรณาการ", "ผู้มีส่วนร่วม", "ผู้มีส่วนเกี่ยวข้อง",
         "เครือข่ายความร่วมมือ", "ผู้ร่วมงาน", "ผู้ร่วมทำงาน", "ผู้ร่วมวง", "ผู้ร่วมแรง", "ร่วมมือกับ", "ร่วมกับใคร",
         "Partners", "Partnership", "Stakeholders"),
        ("ภาคี", "เครือข่าย", "ผู้ร่วม", "ร่วมมือ", "รวมกับ", "ร่วมกับ", "ใครร่วม", "คณะทำงาน", "Team", "Who"),
        ("ภาคี", "ผู้ร่วม"),
    ),
    "budget": SectionRule(
        True,
        ("งบประมาณ", "แผนงานและงบประมาณ", "แผนการใช้จ่ายงบประมาณ", "แผนการใช้จ่าย",
         "งบประมาณและแหล่งเงิน", "งบประมาณที่ใช้", "ประมาณการค่าใช้จ่าย",
         "วงเงิน", "แหล่งงบประมาณ", "ค่าใช้จ่าย", "งบที่ขอ", "เงินที่ขอ", "จำนวนเงิน",
         "ทรัพยากรที่ใช้", "ขอใช้งบ", "ใช้งบ", "ใช้เงิน", "Budget", "Funding"),
        ("งบ", "เงิน", "ทรัพยากร", "ทุน", "Cost", "Costs", "Money"),
        ("งบ",),
    ),
    "period": SectionRule(
        True,
        ("ระยะเวลา", "กำหนดการ", "ช่วงเวลา", "เวลาดำเนินการ", "Timeline", "Duration", "Time frame"),
        ("ปฏิทิน", "เวลา", "Period", "Schedule"),
    ),
    "results": SectionRule(
        False,
        ("ผลที่คาดว่าจะได้รับ", "ผลที่คาดหวัง", "ผลที่จะได้รับ", "ผลที่ต้องการ", "ผลที่มุ่งหมาย", "ผลที่อยากเห็น",
         "ผลลัพธ์", "ผลผลิต", "ประโยชน์ที่คาดว่าจะได้รับ", "ประโยชน์ที่จะได้รับ", "ผลที่หวัง", "ผลที่ได้", "ผลที่จะเกิด",
         "คาดหวังว่า", "Expected results", "Results expected", "Outcomes", "Outcome", "Outputs"),
        ("ประโยชน์", "จะได้", "หวังผล", "อยากเห็น", "หมุดหมาย", "ปลายทาง", "ผล", "Results", "Impact"),
    ),
    "owner": SectionRule(
        True,
        ("ผู้รับผิดชอบ", "หน่วยงานหลัก", "หน่วยงานเจ้าภาพ", "หน่วยงานผู้รับผิดชอบ", "หน่วยดำเนินการ", "ผู้ประสานงาน",
         "ผู้ประสาน", "เจ้าภาพ", "ผู้เสนอโครงการ", "หน่วยงานที่รับผิดชอบ", "ผู้เสนอ", "หน่วยงานผู้เสนอ",
         "ใครเป็นคนทำ",
         "Proponent", "Contact", "Lead agency"),
        ("หน่วยงาน", "คนทำ", "เจ้าของเรื่อง", "ติดต่อ", "Owner", "Lead"),
    ),
}  # fmt: skip

SECTIONS: Mapping[str, SectionRule] = MappingProxyType(_SECTIONS)

_MARKERS: dict[str, SectionRule] = {
    "agency": SectionRule(False, ("ส่วนราชการ",), ("From", "จาก")),
    "number": SectionRule(False, (), ("ที่", "No."), ("ที่",)),
    "date": SectionRule(
        False, ("วันที่จัดทำ", "วันที่ส่ง", "วันที่เสนอ", "ลงวันที่", "วันที่ยื่น"), ("วันที่", "Date"), ("วันที่",)
    ),
    "to": SectionRule(False, ("กราบเรียน", "เจริญพร"), ("เรียน", "ถึง", "To"), ("เรียน",)),
    "reference": SectionRule(False, ("อ้างถึง", "สิ่งที่ส่งมาด้วย", "สิ่งที่แนบ", "เอกสารแนบ"), ("แนบ",)),
    "province": SectionRule(False, ("จังหวัดผู้เสนอ",), ("จังหวัด", "Province"), ("จังหวัด",)),
    "notes": SectionRule(
        False,
        ("หมายเหตุ", "ข้อสังเกต", "ความยั่งยืน", "ความสอดคล้อง"),
        ("Note", "Notes", "Risks"),
    ),
    "close": SectionRule(
        False,
        ("จึงเรียนมา", "ขอแสดงความนับถือ", "ลงชื่อ", "(ลงชื่อ)", "ผู้คัด", "สำเนาถูกต้อง",
         "ขออนุโมทนา", "ด้วยความเคารพ"),
    ),
}  # fmt: skip

MARKERS: Mapping[str, SectionRule] = MappingProxyType(_MARKERS)
"""Lines of a memo or letter that are no section of the form, but end the section before them."""
