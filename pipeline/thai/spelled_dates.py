"""Days and years written out in words, put in figures: วันที่ยี่สิบเอ็ดกุมภาพันธ์ สองพันห้าร้อยหกสิบแปด.

Only number words of a date count: before a month or after วันที่ (the day) and behind a month (the
year), so that no other word of the text changes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from pipeline.thai.date_patterns import CLIPPED, MONTHS
from pipeline.thai.numbers import arabic_digits

_DIGITS = {
    "ศูนย์": 0, "หนึ่ง": 1, "เอ็ด": 1, "สอง": 2, "ยี่": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6,
    "เจ็ด": 7, "แปด": 8, "เก้า": 9,
}  # fmt: skip
_UNIT = "(?:หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า)"
_ONES = rf"(?:เอ็ด|{_UNIT})"
_TENS = rf"(?:ยี่|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า)?สิบ{_ONES}?"
_DAY = rf"(?:(?:ยี่|สาม)?สิบ{_ONES}?|{_UNIT})"
_MONTH = "|".join((*MONTHS, *(name for name in CLIPPED if name != "มีนา")))
# A year of two figures ends at a blank or a particle; else it may be a count.
_SHORT_YEAR = (
    rf"(?:{_TENS}|{_UNIT}{{2}})(?=[^ก-๎]|\Z|นะ|ครับ|ค่ะ|คะ|เวลา|ที่|นี้)"
    r"(?![ ]?(?:คน|ราย|แห่ง|บาท|วัน|เดือน|ครั้ง))"
)
_YEAR = rf"(?:สองพันห้าร้อย(?:{_TENS}|{_ONES})?|{_SHORT_YEAR})"
# "วันที่สอง" is as often the second day of something as the second of a month.
_FEW = ")(?<!".join(("หนึ่ง", "สอง", "สาม", "สี่", "ห้า"))
_BLANK = r"[ ]?(?:\n[ ]?)?"
# Before the day: no further number word, and no word that ends like one (ทั้งหก ...).
_SPELLED = re.compile(
    rf"(?<!สิบ)(?<!ร้อย)(?<!พัน)(?P<day>{_DAY})(?={_BLANK}(?:เดือน{_BLANK})?(?:{_MONTH}|มีนา(?![ก-๎])))"
    rf"|(?:(?<=วันที่)|(?<=วันที่ ))(?P<alone>{_DAY})"
    rf"(?={_BLANK}(?:ถึง|-|–|เดือน|ของเดือน|นี้)|(?<!{_FEW})[ \n)”\"])"
    rf"|(?:{_MONTH})ฯ?,?{_BLANK}(?:(?:ปี|พ\.?[ ]?ศ\.?|พุทธศักราช)[ ]?)?"
    rf"(?P<year>{_YEAR})"
)
# How a match of `_SPELLED` begins: found several times as fast as the whole.
_BEGINS = re.compile("|".join(dict.fromkeys((*_DIGITS, "สิบ", *_MONTH.split("|")))))
_WORDS = re.compile("|".join(sorted((*_DIGITS, "สิบ", "ร้อย", "พัน"), key=len, reverse=True)))
_POWERS = {"สิบ": 10, "ร้อย": 100, "พัน": 1000}


def in_figures(text: str) -> tuple[str, Callable[[int], int]]:
    """`text` with Arabic figures for Thai ones and for spelled days and years.

    With it comes the place in `text` of each place in the result.
    """
    plain = arabic_digits(text)
    pieces: list[str] = []
    starts: list[int] = []  # where in the result a figure of another length ends
    shifts: list[int] = []
    done = length = 0
    for start, end, figure in _spelled(plain):
        pieces += [plain[done:start], figure]
        length += start - done + len(figure)
        starts.append(length)
        shifts.append(end - length)
        done = end
    if not pieces:
        return plain, lambda place: place

    def original(place: int) -> int:
        n = bisect_right(starts, place)
        return place + shifts[n - 1] if n else place

    return "".join([*pieces, plain[done:]]), original


def _spelled(plain: str) -> list[tuple[int, int, str]]:
    """Start, end and figure of every spelled day and year."""
    found: list[tuple[int, int, str]] = []
    position = 0
    while begins := _BEGINS.search(plain, position):
        match = _SPELLED.match(plain, begins.start())
        if match is None:
            position = begins.start() + 1
            continue
        group = next(name for name in ("day", "alone", "year") if match[name])
        start, end = match.span(group)
        position = end
        figure = _value(match[group])
        if figure is not None:
            found.append((start, end, figure))
    return found


def _value(words: str) -> str | None:
    """The figure that number words stand for; two digits said one by one are a year (หกแปด)."""
    parts = _WORDS.findall(words)
    if len(parts) == 2 and all(part in _DIGITS for part in parts):
        return f"{_DIGITS[parts[0]]}{_DIGITS[parts[1]]}"
    total = digit = 0
    for part in parts:
        if part in _POWERS:
            total, digit = total + (digit or 1) * _POWERS[part], 0
        else:
            digit = _DIGITS[part]
    return str(total + digit)
