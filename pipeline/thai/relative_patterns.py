"""How days and periods are told from another day: the patterns that `relative_dates` reads.

All patterns work on text with Arabic digits; `core`, where there is one, is the mention itself.
Every repetition is bounded: they run in linear time.
"""

from __future__ import annotations

import re

from pipeline.thai.date_patterns import MONTHS, WEEKDAYS

ONES = {
    "หนึ่ง": 1, "เอ็ด": 1, "สอง": 2, "ยี่": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6, "เจ็ด": 7,
    "แปด": 8, "เก้า": 9,
}  # fmt: skip
ORDINALS = {"แรก": 1, "หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "ห้า": 5}
QUARTERS = {"แรก": 1, "หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "สุดท้าย": 4}

_ONE = "|".join(ONES)
_FIGURE = r"(?<![0-9.,/])(?:[0-9]{1,3}[ ]?(?:-|–|ถึง)[ ]?)?(?P<figure>[0-9]{1,3})"
_WORD = rf"(?:(?P<tens>{_ONE})?(?P<ten>สิบ))?(?P<one>{_ONE})?"
# "วันละ", "วันแรก", "วันก่อน" and "วันที่ 5" count nothing.
_NOT_COUNTED = (
    r"(?!ละ|แรก|ก่อน(?!หน้า)|ที่|นี้|หน้า|พระ|เกิด|หยุด|นัด|ท้าย|เต็ม|[ ]?(?:ที่แล้ว|ที่ผ่านมา|ก่อน(?!หน้า)))"
)
DURATION = re.compile(
    rf"(?:{_FIGURE}[ ]?|(?={_ONE}|สิบ|ครึ่ง){_WORD}(?P<half_first>ครึ่ง)?)"
    r"(?P<unit>วันทำการ|วันทำงาน|วัน|สัปดาห์|อาทิตย์|เดือน|ชั่วโมง|ชม\.)(?P<half>ครึ่ง)?" + _NOT_COUNTED
)

_SHORT = ("ม.ค", "ก.พ", "มี.ค", "เม.ย", "พ.ค", "มิ.ย", "ก.ค", "ส.ค", "ก.ย", "ต.ค", "พ.ย", "ธ.ค")
_NAME = "|".join((*MONTHS, *(short.replace(".", r"\.[ ]?") + r"\." for short in _SHORT)))
_YEAR = r"(?:[ ]?(?:ปี[ ]?)?(?:พ\.?ศ\.?)?[ ]?(?P<year>25[0-9]{2}|[4-9][0-9])(?![0-9.,:]))?"
_NEXT = r"(?P<next>หน้า|ถัดไป)"
# A month without the word เดือน counts after a preposition: "ภายในพฤษภาคม 2569".
MONTH = re.compile(
    r"(?:(?:ภายใน|ก่อน|ไม่เกิน|ใน|ตั้งแต่|เริ่ม|ถึง|ประมาณ)[ ]?|(?=ต้น|กลาง|ปลาย|สิ้น|เดือน))"
    rf"(?P<core>(?P<part>ต้น|กลาง|ปลาย|สิ้น)?(?:เดือน(?:นี้|{_NEXT})|(?<=สิ้น)เดือน(?![ก-๎ ])|"
    rf"[ ]?(?:เดือน[ ]?)?(?P<month>{_NAME})(?:นี้|(?![ก-๎]){_YEAR})))"
)
WEEKDAY = re.compile(
    rf"(?:วัน)?(?P<weekday>{'|'.join(WEEKDAYS[:-1])}|(?<=วัน)อาทิตย์)(?:บดี)?[ ]?"
    r"(?:ที่จะถึง(?:นี้)?|(?:สัปดาห์)?(?:(?P<next>หน้า)|นี้))"
)
# "ภายในวันศุกร์" is the coming one; "วันศุกร์ที่ 5" and "ทุกวันศุกร์" are not told so.
COMING_WEEKDAY = re.compile(
    rf"(?:ภายใน|ก่อน|ไม่เกิน|ถึง)[ ]?(?P<core>วัน(?P<weekday>{'|'.join(WEEKDAYS)})(?:บดี)?)(?![ ]?ที่|[ก-๎])"
)
NEAR_DAY = re.compile(
    r"(?P<today>วันนี้|คืนนี้|เย็นนี้|บ่ายนี้|ค่ำนี้|เช้านี้)|(?:วัน)?(?:(?P<tomorrow>พรุ่งนี้)|มะรืน(?:นี้)?)"
)
DAY_OF_MONTH = re.compile(
    rf"(?:วันที่[ ]?)?(?<![0-9./])(?P<day>[0-9]{{1,2}})[ ]?(?:ของ)?เดือน(?:นี้|{_NEXT})"
    r"|วันที่[ ]?(?P<day2>[0-9]{1,2})[ ]?นี้"
)
# "วันที่ ๑๒" alone: the month is to be understood.
DAY_ALONE = re.compile(
    rf"(?:(?:วัน)?(?P<weekday>{'|'.join(WEEKDAYS)})(?:บดี)?[ ]?ที่|วันที่)[ ]?(?P<day>[0-9]{{1,2}})"
    r"(?![0-9]|[ ]?[-–/.][ ]?[0-9]|[ ]?(?:ของ|เดือน))"
)
# "อย่าเกิน 22 นะ": a figure alone that ends the clause.
BARE_DAY = re.compile(
    r"(?P<weekday>)(?:อย่า(?:ให้)?เกิน|ไม่เกิน)[ ]?(?P<core>(?P<day>[0-9]{1,2}))"
    r"(?=[ ]?(?:นะ|ครับ|ค่ะ|คะ|จ้า))"
)
_ORDINALS = "แรก|ที่[ ]?[1-5]|ที่หนึ่ง|ที่สอง|ที่สาม|ที่สี่|ที่ห้า|สุดท้าย"
# "วันศุกร์สุดท้ายของเดือนมกราคม", "วันทำการแรกของเดือนหน้า", "สัปดาห์ที่สองของเดือน เม.ย."
NTH_OF_MONTH = re.compile(
    rf"(?P<what>วันทำการ|สัปดาห์|(?:วัน)?(?:{'|'.join(WEEKDAYS[:-1])}|(?<=วัน)อาทิตย์)(?:บดี)?)(?P<nth>{_ORDINALS})"
    rf"[ ]?(?:ของ)?[ ]?(?P<part>)เดือน(?:นี้|{_NEXT}|[ ]?(?P<month>{_NAME})(?![ก-๎]){_YEAR})"
)
WEEK = re.compile(rf"(?P<part>ต้น|กลาง|ปลาย|สิ้น|สุด)?(?:สัปดาห์|(?<!วัน)อาทิตย์)(?:นี้|{_NEXT})")
QUARTER = re.compile(
    r"(?P<part>ต้น|สิ้น|ปลาย)?ไตรมาส(?:ที่)?[ ]?"
    rf"(?:(?P<quarter>[1-4]|{'|'.join(QUARTERS)})(?![0-9])|นี้|{_NEXT})"
    rf"(?:/(?P<slash>25[0-9]{{2}})|[ ]?(?:ของ[ ]?)?ปีงบ(?:ประมาณ|ฯ){_YEAR})?"
)
FISCAL_YEAR = re.compile(rf"(?P<part>ต้น|เริ่ม|สิ้น|ปลาย)?ปีงบ(?:ประมาณ|ฯ)(?:[ ]?(?:นี้|{_NEXT}))?{_YEAR}")
CALENDAR_YEAR = re.compile(
    rf"(?P<part>ต้น|สิ้น|ปลาย)ปี(?!งบ|การ)(?:ปฏิทิน)?(?:นี้|{_NEXT})?{_YEAR}"
    rf"|(?<=ภายใน)ปี(?:นี้|(?P<next2>หน้า)|[ ]?(?:พ\.?ศ\.?)?[ ]?(?P<year2>25[0-9]{{2}}))"
)
