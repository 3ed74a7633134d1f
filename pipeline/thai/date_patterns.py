"""How dates are written in Thai documents: month names and the patterns that `dates` reads.

All patterns work on text with Arabic digits. Groups: `day`, `month` (name, figures or a word like a
name), `year`, and `era` where it is written. Every repetition is bounded: they run in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
_SHORT = ("ม.ค", "ก.พ", "มี.ค", "เม.ย", "พ.ค", "มิ.ย", "ก.ค", "ส.ค", "ก.ย", "ต.ค", "พ.ย", "ธ.ค")
CLIPPED = (
    "มกรา", "กุมภา", "มีนา", "เมษา", "พฤษภา", "มิถุนา",
    "กรกฎา", "สิงหา", "กันยา", "ตุลา", "พฤศจิกา", "ธันวา",
)  # fmt: skip
_ENGLISH = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ENGLISH_SHORT = (*(name[:3] for name in _ENGLISH), "sept")
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัส", "ศุกร์", "เสาร์", "อาทิตย์")

MONTH_NUMBER = {
    name: number
    for names in (MONTHS, [short.replace(".", "") for short in _SHORT], CLIPPED, _ENGLISH)
    for number, name in enumerate(names, 1)
} | {name: number for number, name in enumerate(_ENGLISH_SHORT[:12], 1)}
MONTH_NUMBER |= {"sept": 9, "กุมภาพัน": 2, "กุมพาพัน": 2}

# One line break at most: a date may be wrapped, but a page number does not join the next heading.
_GAP = r"[ \t]{0,8}(?:\n[ \t]{0,8})?"
_BREAK = rf"(?:{_GAP}|[ ]?[-/][ ]?)"
_FULL = "|".join((*MONTHS, *CLIPPED))
_DOTTED = "|".join(short.replace(".", r"\.?[ ]?") for short in _SHORT)
_THAI_MONTH = rf"(?:(?:{_FULL})ฯ?|(?:{_DOTTED})\.?)"
_ENGLISH_MONTH = rf"(?:(?:{'|'.join(_ENGLISH)})|(?:{'|'.join(_ENGLISH_SHORT)})\.?)(?![a-z])"
# A word as long as a month's full name, to be compared with the names for a slip of the pen.
_SLIP = "[กพมสตธ][ก-ฺเ-๎]{4,11}"
_ERA = (
    r"(?:(?:ปี[ ]?)?(?P<era>พ\.?[ ]?ศ\.?|พุทธศักราช|ค\.?[ ]?ศ\.?|คริสต์?ศักราช"
    r"|b\.?e\.?|a\.?d\.?|c\.?e\.?)|ปี)?"
)
# "17 ธันวาคม 64 คน" counts people; "17 ธ.ค. 64,000" and "17 ธ.ค. 45:00" are other figures.
_COUNTED = "คน|ราย|ครัวเรือน|แห่ง|หลัง|บาท|ล้าน|แสน|หมื่น|พัน(?!ธ)|กก|กิโล|ตัน|ไร่|ครั้ง|เปอร์เซ็นต์|%|นาที"
_YEAR = rf"(?P<year>(?:[0-9]{{4}}|'?[0-9]{{2}}(?!{_GAP}(?:{_COUNTED}))))(?![0-9])(?![.,:][0-9])"
# A letter before the figure is a code (A4) or a misread digit ("l6 ม.ค." of a scan).
# Here and below the first figure stands before what may not precede it: patterns that begin with
# a look back are tried at every letter, others only at figures.
_DAY = r"(?P<day>[0-9](?<![0-9A-Za-z].)(?<![0-9][.,/:].)[0-9]?)"
_FLAGS = re.ASCII | re.IGNORECASE


def _behind(letter: str, names: Iterable[str]) -> list[str]:
    """What follows the first letter of the names that begin with it."""
    return [name[1:] for name in names if name.startswith(letter)]


def _day_first(month: str, *, year: str) -> re.Pattern[str]:
    return re.compile(
        rf"{_DAY}(?:st|nd|rd|th)?{_BREAK}(?:เดือน{_GAP})?(?P<month>{month}){year}", _FLAGS
    )


_MONTH_LETTERS = sorted({name[0] for name in _ENGLISH})
# A month that begins no longer word, its first letter in front as above the first figure.
_MONTH_FIRST = (
    f"(?-i:[{''.join(_MONTH_LETTERS)}{''.join(_MONTH_LETTERS).upper()}])(?<![a-z].)(?:"
    + "|".join(
        f"(?<={letter})(?:{'|'.join(_behind(letter, _ENGLISH))}"
        rf"|(?:{'|'.join(_behind(letter, _ENGLISH_SHORT))})\.?)"
        for letter in _MONTH_LETTERS
    )
    + ")(?![a-z])"
)
_THEN_YEAR = rf"(?:{_GAP}|[-/]|,[ ]?){_ERA}{_GAP}{_YEAR}"
DATES = (
    _day_first(_THAI_MONTH, year=_THEN_YEAR),
    _day_first(_ENGLISH_MONTH, year=_THEN_YEAR),
    _day_first(_SLIP, year=rf"{_GAP}{_ERA}{_GAP}(?P<year>[0-9]{{4}})(?![0-9])(?![.,:][0-9])"),
    re.compile(
        rf"(?P<month>{_MONTH_FIRST})[ ]?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?[ ]{_YEAR}", _FLAGS
    ),
    re.compile(
        rf"{_DAY}{_GAP}เดือน{_GAP}(?P<month>[0-9]{{1,2}}){_GAP}(?:ปี[ ]?)?{_ERA}{_GAP}{_YEAR}", _FLAGS
    ),
    re.compile(
        r"(?P<day>[0-9](?<![0-9A-Za-z].)(?<![0-9][./].)[0-9]?)[ ]?/[ ]?(?P<month>[0-9]{1,2})"
        r"[ ]?/[ ]?(?P<year>[0-9]{4}|(?<! )[0-9]{2})(?![0-9]|[./][0-9])"
    ),
    re.compile(
        r"(?P<day>[0-9](?<![0-9A-Za-z].)(?<![0-9][-./].)[0-9]?)(?P<by>[-.])(?P<month>[0-9]{1,2})(?P=by)"
        r"(?P<year>[0-9]{4})(?![0-9]|[-./][0-9])"
    ),
    re.compile(
        r"(?P<year>[0-9](?<![0-9].)(?<![0-9][-./].)[0-9]{3})(?P<by>[-/])(?P<month>[0-9]{1,2})(?P=by)"
        r"(?P<day>[0-9]{1,2})(?![0-9]|[-./][0-9])"
    ),
)
YEARLESS = (
    _day_first(rf"(?:{'|'.join(MONTHS)})", year="(?![ ]?(?:ของ)?ปี|์)"),
    _day_first(rf"(?:{'|'.join(CLIPPED)})", year="(?![ก-๎])"),
    _day_first(
        rf"(?:{'|'.join(short.replace('.', '[.][ ]?') for short in _SHORT)})\.?+",
        year=r"(?![ ]?[ก-ฮ]\.|[ก-๎])",
    ),
)
# "ครั้งที่ 3 ธันวาคม 2564" numbers something else than the day; "ครั้งหน้า 23 เม.ย. 68" does not.
NO_DAY_BEFORE = re.compile(
    r"(?:ครั้งที่|(?<!ครั้ง)(?<!สัปดาห์)(?<!เดือน)หน้า|ข้อ|ฉบับที่|เล่ม|ชั้น|ปีที่|ลำดับที่|รอบที่|ไตรมาสที่"
    r"|หมู่ที่|ม\.)[ ]?\Z"
)
# A figure after these numbers something: "ครั้งที่ 2 – 20 ก.พ. 2566" is one day, not nineteen.
ORDINAL_BEFORE = re.compile(
    r"(?:(?:ครั้ง|วาระ|ระเบียบวาระ|หมู่|รุ่น|ระยะ|งวด|ฉบับ|ลำดับ|อันดับ|รอบ|ไตรมาส|ปี|สัปดาห์|บท|ตอน|ส่วน|กลุ่ม"
    r"|ตาราง|ภาพ|กิจกรรม|โครงการ|เวที|แผน|ชุด|ช่วง|เรื่อง|ประเด็น|ขั้น|เลข)ที่"
    r"|ครั้ง|ข้อ|วาระ|หมู่|ชั้น|ห้อง|(?<!หมด)(?<!สิ้น)อายุ|(?<!ครั้ง)(?<!สัปดาห์)(?<!เดือน)(?<!ปี)หน้า|รุ่น|เล่ม"
    r"|ลำดับ|มาตรา|ไตรมาส|(?<![ก-๎.])[มป]\.)[ ]?\Z"
)
# Telephone, case and account numbers look like dates: "โทร 02-12-2564", "เลขที่ 02-12-2564".
CODE_BEFORE = re.compile(
    r"(?:(?:โทร(?:ศัพท์|สาร)?|แฟกซ์|แฟ็กซ์|มือถือ|\btel|\bfax|\bphone)[ .:]{0,3}"
    r"(?:[0-9][0-9 -]{5,16}(?:,|/|หรือ|และ)[ ]?){0,3}"
    r"|(?:เลขที่|เลขที่บัญชี|หมายเลข|รหัส|ทะเบียน|บัญชี|ครุภัณฑ์)[ .:]{0,3})\Z",
    re.IGNORECASE,
)
WEEKDAY_BEFORE = re.compile(rf"(?:วัน)?(?P<weekday>{'|'.join(WEEKDAYS)})(?:บดี|ฯ)?(?:[ ]?ที่)?{_GAP}\Z")
_TO = rf"{_GAP}(?:-|–|—|ถึง|จนถึง|ไปจนถึง|to){_GAP}"
_DATE_WORD = rf"(?:วันที่{_GAP}|(?:วัน)?(?:{'|'.join(WEEKDAYS)})(?:บดี|ฯ)?(?:[ ]?ที่)?{_GAP})?"
BETWEEN = re.compile(_TO + _DATE_WORD)
FIRST_DAY_BEFORE = re.compile(
    rf"{_DAY}(?:{_BREAK}(?:เดือน{_GAP})?(?P<month>{_THAI_MONTH}|{_ENGLISH_MONTH}))?"
    rf"(?:{_TO}|(?P<and>{_GAP}และ{_GAP})){_DATE_WORD}\Z",
    _FLAGS,
)
_NEXT = r"[ \t]{0,3}(?:,|-|–|—|ถึง|และ|กับ)[ \t]{0,3}"
# The days before the last one of "3, 5 และ 7 มีนาคม 2565"; no longer list may be cut.
DAYS_BEFORE = re.compile(
    rf"(?<![0-9],)(?<![0-9], )(?P<days>{_DAY}(?:{_NEXT}[0-9]{{1,2}}(?![0-9])){{1,12}})"
    rf"{_NEXT}{_DATE_WORD}\Z"
)
