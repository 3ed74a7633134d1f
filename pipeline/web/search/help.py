"""The query language as the search page explains it; every example is a query that works."""

from __future__ import annotations

EXAMPLES: tuple[tuple[str, str, str], ...] = (
    ("ขุดลอกคลอง งบประมาณ", "มีคำเหล่านี้ เรียงตามความเกี่ยวข้อง", "these words, best first"),
    ('"เห็นชอบในหลักการ"', "วลีตามนี้ทุกตัวอักษร", "exactly this phrase"),
    ("ท่องเที่ยว -งบประมาณ", "มีคำแรก แต่ไม่มีคำที่มีขีดนำ", "the first word without the second"),
    ("ผู้พูด:เลขาธิการ", "ชื่อหรือตำแหน่งของผู้พูด", "name or position of the speaker"),
    ("จังหวัด:พะเยา ผักตบชวา", "เฉพาะจังหวัด", "of one province"),
    ("หัวข้อ:สิ่งแวดล้อม", "เฉพาะหัวข้อ", "of one topic"),
    ("วาระ:3", "วาระที่ 3 และวาระย่อย หรือคำในหัววาระ", "item 3 and its parts, or words of headings"),
    ("ชนิด:มติ งบประมาณ", "เฉพาะมติ (วาระ คำพูด ข้อสั่งการ มติ หมวด ข้อความ)", "only resolutions"),
    ("ประเภท:ข้อเสนอ ผู้สูงอายุ", "เฉพาะข้อเสนอ หรือ รายงานการประชุม", "only proposals, or minutes"),
    ("ปีงบ:2565", "ปีงบประมาณ พ.ศ.", "fiscal year, BE"),
    ("ตั้งแต่:1/10/2564 ถึง:30/9/2565", "ช่วงวันที่ พ.ศ. หรือ ค.ศ.", "a period, BE or CE"),
    ("ครั้งที่:2/2568", "การประชุมครั้งที่", "number of the meeting"),
)
