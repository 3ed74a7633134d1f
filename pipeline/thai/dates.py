"""Dates, times of day and fiscal years in Thai text, Buddhist Era (BE) or Common Era (CE).

Four digits say the era themselves: 2400-2700 is BE, 1900-2157 CE. Two digits from 40 are BE 25xx
("64" is 2564); below 40 they are read only after an English month ("17 Dec 21"): after a Thai
month they are as often a count or a slip, and none is better than wrong. A date that does not
exist ("31 กุมภาพันธ์") gives no mention. Times without น., นาฬิกา or เวลา are numbers.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.errors import UsageError
from pipeline.thai.numbers import arabic_digits

BE_OFFSET = 543
_BE = range(2400, 2701)
_CE = range(1900, 2158)

_MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
_SHORT = ("ม.ค", "ก.พ", "มี.ค", "เม.ย", "พ.ค", "มิ.ย", "ก.ค", "ส.ค", "ก.ย", "ต.ค", "พ.ย", "ธ.ค")
_CLIPPED = (
    "มกรา", "กุมภา", "มีนา", "เมษา", "พฤษภา", "มิถุนา",
    "กรกฎา", "สิงหา", "กันยา", "ตุลา", "พฤศจิกา", "ธันวา",
)  # fmt: skip
_ENGLISH = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ENGLISH_SHORT = (*(name[:3] for name in _ENGLISH), "sept")
_WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัส", "ศุกร์", "เสาร์", "อาทิตย์")

_MONTH_NUMBER = {
    name: number
    for names in (_MONTHS, [short.replace(".", "") for short in _SHORT], _CLIPPED, _ENGLISH)
    for number, name in enumerate(names, 1)
} | {name: number for number, name in enumerate(_ENGLISH_SHORT[:12], 1)}
_MONTH_NUMBER |= {"sept": 9, "กุมภาพัน": 2, "กุมพาพัน": 2}

# One line break at most: a date may be wrapped, but a page number does not join the next heading.
_GAP = r"[ \t]{0,8}(?:\n[ \t]{0,8})?"
_BREAK = rf"(?:{_GAP}|[ ]?[-/][ ]?)"
_FULL = "|".join((*_MONTHS, *_CLIPPED))
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
_COUNTED = (
    "คน|ราย|ครัวเรือน|แห่ง|หลัง|บาท|ล้าน|แสน|หมื่น|พัน(?!ธ)|กก|กิโล|ตัน|ไร่|ครั้ง|เปอร์เซ็นต์|%|นาที"
)
_YEAR = (
    rf"(?P<year>(?:[0-9]{{4}}|'?[0-9]{{2}}(?!{_GAP}(?:{_COUNTED}))))(?![0-9])(?![.,:][0-9])"
)
_DAY = r"(?<![0-9])(?<![0-9][.,/:])(?P<day>[0-9]{1,2})"
_FLAGS = re.ASCII | re.IGNORECASE


def _day_first(month: str, *, year: str) -> re.Pattern[str]:
    return re.compile(
        rf"{_DAY}(?:st|nd|rd|th)?{_BREAK}(?:เดือน{_GAP})?(?P<month>{month}){year}", _FLAGS
    )


_THEN_YEAR = rf"(?:{_BREAK}|,[ ]?){_ERA}{_GAP}{_YEAR}"
_DATES = (
    _day_first(_THAI_MONTH, year=_THEN_YEAR),
    _day_first(_ENGLISH_MONTH, year=_THEN_YEAR),
    _day_first(_SLIP, year=rf"{_GAP}{_ERA}{_GAP}(?P<year>[0-9]{{4}})(?![0-9])(?![.,:][0-9])"),
    re.compile(
        rf"(?<![a-z])(?P<month>{_ENGLISH_MONTH})[ ]?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?"
        rf",?[ ]{_YEAR}",
        _FLAGS,
    ),
    re.compile(
        rf"{_DAY}{_GAP}เดือน{_GAP}(?P<month>[0-9]{{1,2}}){_GAP}(?:ปี[ ]?)?{_ERA}{_GAP}{_YEAR}", _FLAGS
    ),
    re.compile(
        r"(?<![0-9])(?<![0-9][./])(?P<day>[0-9]{1,2})[ ]?/[ ]?(?P<month>[0-9]{1,2})[ ]?/[ ]?"
        r"(?P<year>[0-9]{4}|(?<! )[0-9]{2})(?![0-9]|[./][0-9])"
    ),
    re.compile(
        r"(?<![0-9])(?<![0-9][-./])(?P<day>[0-9]{1,2})(?P<by>[-.])(?P<month>[0-9]{1,2})(?P=by)"
        r"(?P<year>[0-9]{4})(?![0-9]|[-./][0-9])"
    ),
    re.compile(
        r"(?<![0-9])(?<![0-9][-./])(?P<year>[0-9]{4})(?P<by>[-/])(?P<month>[0-9]{1,2})(?P=by)"
        r"(?P<day>[0-9]{1,2})(?![0-9]|[-./][0-9])"
    ),
)
_YEARLESS = (
    _day_first(rf"(?:{'|'.join(_MONTHS)})", year=""),
    _day_first(
        rf"(?:{'|'.join(short.replace('.', '[.][ ]?') for short in _SHORT)})\.?+",
        year=r"(?![ ]?[ก-ฮ]\.|[ก-๎])",
    ),
)
_NO_DAY_BEFORE = re.compile(r"(?:ครั้งที่|หน้า|ข้อ|ฉบับที่|เล่ม|ชั้น|ปีที่|ลำดับที่|รอบที่|ไตรมาสที่|หมู่ที่|ม\.)[ ]?\Z")
_WEEKDAY_BEFORE = re.compile(
    rf"(?:วัน)?(?P<weekday>{'|'.join(_WEEKDAYS)})(?:บดี|ฯ)?(?:[ ]?ที่)?{_GAP}\Z"
)
_TO = rf"{_GAP}(?:-|–|—|ถึง|จนถึง|ไปจนถึง|to){_GAP}"
_DATE_WORD = rf"(?:วันที่{_GAP}|(?:วัน)?(?:{'|'.join(_WEEKDAYS)})(?:บดี|ฯ)?(?:[ ]?ที่)?{_GAP})?"
_BETWEEN = re.compile(_TO + _DATE_WORD)
_FIRST_DAY_BEFORE = re.compile(
    rf"{_DAY}(?:{_BREAK}(?:เดือน{_GAP})?(?P<month>{_THAI_MONTH}|{_ENGLISH_MONTH}))?"
    rf"(?:{_TO}|(?P<and>{_GAP}และ{_GAP})){_DATE_WORD}\Z",
    _FLAGS,
)
_LOOK_BACK = 60


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date, or a range when `end_date` is set ('15-17 ธันวาคม 2564' is one mention).

    `start` is at the weekday's name where one stands before the date, else at the first figure;
    `weekday_agrees` is None without such a name.
    """

    start: int
    end: int
    date: dt.date
    end_date: dt.date | None = None
    weekday_agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time of day or, with `end_time`, a span of time. 24.00 is 00:00."""

    start: int
    end: int
    time: dt.time
    end_time: dt.time | None = None


@dataclass(frozen=True, slots=True)
class FiscalYearMention:
    """A fiscal year (October to September), `year` in BE; the span is the year's figure."""

    start: int
    end: int
    year: int


def find_dates(text: str, *, default_year: int | None = None) -> list[DateMention]:
    """Dates and ranges in order; `default_year` (BE or CE) completes dates without a year."""
    plain = arabic_digits(text)
    found = [mention for pattern in _DATES for mention in _matches(pattern, plain, year=None)]
    if default_year is not None:
        for pattern in _YEARLESS:
            found += _matches(pattern, plain, year=_christian(str(default_year)))
    return list(_joined(_apart(found), plain))


def _matches(pattern: re.Pattern[str], plain: str, *, year: int | None) -> Iterator[DateMention]:
    for match in pattern.finditer(plain):
        parts = match.groupdict()
        written_year = year if year is not None else _year_of(parts)
        month = _month(parts["month"])
        date = _date(written_year, month, parts["day"])
        before = plain[max(0, match.start() - _LOOK_BACK) : match.start()]
        if date is not None and not _NO_DAY_BEFORE.search(before):
            yield _in_context(DateMention(match.start(), match.end(), date), before)


def _in_context(mention: DateMention, before: str) -> DateMention:
    """Take in what stands before the date: the first day of a range, a weekday's name."""
    last = mention
    if first := _FIRST_DAY_BEFORE.search(before):
        month = _month(first["month"]) if first["month"] else mention.date.month
        year = mention.date.year - (month is not None and month > mention.date.month)
        date = _date(year, month, first["day"])
        days = (mention.date - date).days if date else 0
        if date is not None and (days == 1 if first["and"] else days > 0):
            start = mention.start - len(before) + first.start()
            last = replace(mention, start=start, date=date, end_date=mention.date)
            before = before[: first.start()]
    if weekday := _WEEKDAY_BEFORE.search(before):
        agrees = _WEEKDAYS.index(weekday["weekday"]) == last.date.weekday()
        start = last.start - len(before) + weekday.start()
        last = replace(last, start=start, weekday_agrees=agrees)
    return last


def _apart(found: list[DateMention]) -> Iterator[DateMention]:
    """In order of text, the longer of two that overlap."""
    reached = 0
    for mention in sorted(found, key=lambda mention: (mention.start, -mention.end)):
        if mention.start >= reached:
            yield mention
            reached = mention.end


def _joined(mentions: Iterator[DateMention], plain: str) -> Iterator[DateMention]:
    """Join two whole dates with a dash or ถึง between them into a range."""
    held: DateMention | None = None
    for mention in mentions:
        if held is not None and _is_range(held, mention, plain):
            held = replace(held, end=mention.end, end_date=mention.date)
            continue
        if held is not None:
            yield held
        held = mention
    if held is not None:
        yield held


def _is_range(first: DateMention, last: DateMention, plain: str) -> bool:
    whole = first.end_date is None and last.end_date is None and first.date < last.date
    near = last.start - first.end <= _LOOK_BACK
    return whole and near and _BETWEEN.fullmatch(plain, first.end, last.start) is not None


def _month(surface: str) -> int | None:
    """Month 1-12 of a name, an abbreviation, figures or a name with one slip."""
    if surface.isdigit():
        return int(surface)
    key = re.sub(r"[. ฯ]", "", surface).lower()
    if key in _MONTH_NUMBER:
        return _MONTH_NUMBER[key]
    near = [number for number, name in enumerate(_MONTHS, 1) if _one_slip(key, name)]
    return near[0] if len(near) == 1 else None


def _one_slip(word: str, name: str) -> bool:
    """Whether one letter inserted, dropped, changed or swapped turns `word` into `name`."""
    if abs(len(word) - len(name)) > 1:
        return False
    head = next((i for i, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), None)
    if head is None:
        return True
    left, right = word[head:], name[head:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]


def _year_of(parts: dict[str, str | None]) -> int | None:
    year, era = parts["year"] or "", re.sub(r"[. ]", "", parts.get("era") or "").lower()
    english = (parts["month"] or "")[:1].isascii() and (parts["month"] or "")[:1].isalpha()
    if era in {"พศ", "พุทธศักราช", "be"}:
        return _christian(year) if len(year) == 2 or int(year) in _BE else None
    if era:
        return int(year) if int(year.strip("'")) in _CE else None
    return _christian(year, short_is_ce=english)


def _christian(year: str, *, short_is_ce: bool = False) -> int | None:
    """The year in CE, None when its era cannot be told."""
    value = int(year.strip("'"))
    if value >= 100:
        return value - BE_OFFSET if value in _BE else value if value in _CE else None
    if value >= 40:
        return 2500 + value - BE_OFFSET
    return 2000 + value if short_is_ce else None


def _date(year: int | None, month: int | None, day: str) -> dt.date | None:
    if year is None or month is None:
        return None
    try:
        return dt.date(year, month, int(day))
    except ValueError:
        return None


_USER_DATE = re.compile(r"(?P<day>[0-9]{1,2})(?P<by>[-/.])(?P<month>[0-9]{1,2})(?P=by)(?P<year>[0-9]{2,4})")
_DATE_PREFIX = re.compile(r"(?:ลง)?วันที่\s*")


def parse_user_date(text: str) -> dt.date:
    """The date a user typed: ISO, day/month/year or as written in Thai; above 2400 is BE.

    Raises UsageError, naming the accepted forms.
    """
    plain = arabic_digits(text).strip()
    if match := _USER_DATE.fullmatch(plain):
        date = _date(_christian(match["year"]), int(match["month"]), match["day"])
        if date is not None:
            return date
    plain = _DATE_PREFIX.sub("", plain, count=1)
    for mention in find_dates(plain)[:1]:
        if (mention.start, mention.end) == (0, len(plain)) and mention.end_date is None:
            return mention.date
    shown = text[:40]
    raise UsageError(
        f"อ่านวันที่ “{shown}” ไม่ได้ โปรดใช้แบบ 2021-12-17, 17/12/2564 หรือ 17 ธันวาคม 2564",
        f"cannot read the date {shown!r}; write 2021-12-17, 17/12/2564 or 17 ธันวาคม 2564",
    )


_CLOCK = r"(?:[01]?[0-9]|2[0-4])[.:][0-5][0-9](?::[0-5][0-9])?"
_HOUR_WORD = r"(?:[ ]?(?:นาฬิกา|น\.(?![ ]?ส\.)|น(?![ก-๎.])))"
_TIME = re.compile(
    rf"(?<![0-9])(?<![0-9][.,:/])(?P<time>{_CLOCK}|(?:[01][0-9]|2[0-4])[0-5][0-9](?={_HOUR_WORD}))"
    rf"(?![0-9]|[.:,/][0-9])(?P<word1>{_HOUR_WORD})?"
    rf"(?:[ ]?(?:-|–|—|ถึง(?:เวลา)?)[ ]?(?P<time2>{_CLOCK})(?![0-9]|[.:,/][0-9])(?P<word2>{_HOUR_WORD})?)?"
)
_TIME_CUE = re.compile(
    r"(?:เวลา(?:ประมาณ)?|(?:เริ่ม|เปิด|เลิก|ปิด)(?:การ)?ประชุม|[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]|/[0-9]{2,4}[ ])[ :]{0,3}\Z"
)


def find_times(text: str) -> list[TimeMention]:
    """Times of day in order: 14.00 น., 09.30 - 12.00 น., เวลา 13.30, 14:05:17."""
    plain = arabic_digits(text)
    found = []
    for match in _TIME.finditer(plain):
        if not _is_time(match, plain):
            continue
        whole = match["time2"] is None or match["word2"] or not match["word1"]
        end = match.end() if whole else match.end("word1")
        end_time = _clock(match["time2"]) if match["time2"] and whole else None
        found.append(TimeMention(match.start(), end, _clock(match["time"]), end_time))
    return found


def _is_time(match: re.Match[str], plain: str) -> bool:
    if match["word1"] or match["word2"] or match["time"].count(":") == 2:
        return _clock_exists(match)
    cue = _TIME_CUE.search(plain[max(0, match.start() - 24) : match.start()])
    return cue is not None and _clock_exists(match)


def _clock_exists(match: re.Match[str]) -> bool:
    """24.00 is midnight, 24.30 nothing."""
    times = [arabic for arabic in (match["time"], match["time2"]) if arabic]
    return all(not time.startswith("24") or not time[2:].strip(".:0") for time in times)


def _clock(surface: str) -> dt.time:
    digits = re.sub(r"[.:]", "", surface)
    if "." in surface or ":" in surface:
        parts = [int(part) for part in re.split(r"[.:]", surface)]
    else:
        parts = [int(digits[:2]), int(digits[2:])]
    return dt.time(parts[0] % 24, *parts[1:])


_FISCAL = re.compile(
    r"(?:ปี[ ]?งบ(?:[ ]?ประมาณ|ฯ)?|งบ(?:ประมาณ)?(?:รายจ่าย)?(?:ประจำ)?ปี|\bFY)"
    r"\s{0,3}(?:พ\.?[ ]?ศ\.?|ค\.?[ ]?ศ\.?)?\s{0,3}'?(?P<year>[0-9]{4}|[0-9]{2})(?![0-9]|[.,][0-9])"
    r"(?:\s?(?P<by>-|–|—|,|/|และ|ถึง)\s?(?:พ\.?[ ]?ศ\.?)?\s?(?P<year2>[0-9]{4}|[0-9]{2})(?![0-9]|[.,][0-9]))?"
)


def fiscal_year(date: dt.date) -> int:
    """The BE fiscal year of a date: 2021-12-17 falls in 2565 (October 2021 to September 2022)."""
    return date.year + BE_OFFSET + (date.month >= 10)


def find_fiscal_years(text: str) -> list[FiscalYearMention]:
    """Fiscal years named as such, in order: ปีงบประมาณ พ.ศ. ๒๕๖๕, ปีงบฯ 65, FY2022."""
    found = []
    for match in _FISCAL.finditer(arabic_digits(text)):
        for group in ("year", "year2"):
            year = _christian(match[group], short_is_ce=True) if match[group] else None
            if year is not None:
                found.append(FiscalYearMention(*match.span(group), year + BE_OFFSET))
    return found
