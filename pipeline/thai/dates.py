"""Dates and fiscal years in Thai text, Buddhist Era (BE) or Common Era (CE).

Four digits say the era themselves: 2400-2700 is BE, 1900-2157 CE. Two digits from 40 are BE 25xx
("64" is 2564); below 40 they are read only after an English month ("17 Dec 21"): after a Thai
month they are as often a count or a slip, and none is better than wrong. A date that does not
exist ("31 กุมภาพันธ์") gives no mention. Times of day are in `pipeline.thai.times`.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.errors import UsageError
from pipeline.thai.date_patterns import (
    BETWEEN,
    CODE_BEFORE,
    DATES,
    DAYS_BEFORE,
    FIRST_DAY_BEFORE,
    MONTH_NUMBER,
    MONTHS,
    NO_DAY_BEFORE,
    ORDINAL_BEFORE,
    WEEKDAY_BEFORE,
    WEEKDAYS,
    YEARLESS,
)
from pipeline.thai.numbers import arabic_digits
from pipeline.thai.spelled_dates import in_figures
from pipeline.thai.times import TimeMention, find_times

__all__ = [
    "DateMention",
    "FiscalYearMention",
    "TimeMention",
    "find_dates",
    "find_fiscal_years",
    "find_times",
    "fiscal_year",
    "parse_user_date",
]

BE_OFFSET = 543
_BE = range(2400, 2701)
_CE = range(1900, 2158)

_LOOK_BACK = 60
_FIGURE = re.compile("[0-9]")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date, or a range when `end_date` is set ('15-17 ธันวาคม 2564' is one mention).

    `start` is at the weekday's name where one stands before the date, else at the first figure;
    `weekday_agrees` is None without such a name, `yearless` where the year had to be given.
    """

    start: int
    end: int
    date: dt.date
    end_date: dt.date | None = None
    weekday_agrees: bool | None = None
    yearless: bool = False


@dataclass(frozen=True, slots=True)
class FiscalYearMention:
    """A fiscal year (October to September), `year` in BE; the span is the year's figure."""

    start: int
    end: int
    year: int


def find_dates(text: str, *, default_year: int | None = None) -> list[DateMention]:
    """Dates and ranges in order; `default_year` (BE or CE) completes dates without a year.

    Days and years may be spelled out: "ยี่สิบเอ็ดกุมภาพันธ์ สองพันห้าร้อยหกสิบแปด".

    >>> [mention.date.isoformat() for mention in find_dates("เมื่อ ๑๗ ธ.ค. ๒๕๖๔")]
    ['2021-12-17']
    """
    plain, original = in_figures(text)
    if not _FIGURE.search(plain):
        return []
    found = [mention for pattern in DATES for mention in _matches(pattern, plain, year=None)]
    if default_year is not None:
        for pattern in YEARLESS:
            found += _matches(pattern, plain, year=_christian(str(default_year)))
    return [
        replace(mention, start=original(mention.start), end=original(mention.end))
        for mention in _joined(_apart(found), plain)
    ]


def _matches(pattern: re.Pattern[str], plain: str, *, year: int | None) -> Iterator[DateMention]:
    position = 0
    while match := pattern.search(plain, position):
        date = _date_of(match, year=year)
        before = plain[max(0, match.start() - _LOOK_BACK) : match.start()]
        code = match["month"].isdigit() and CODE_BEFORE.search(before)
        if date is None or code or NO_DAY_BEFORE.search(before):
            position = match.start() + 1
            continue
        mention = DateMention(match.start(), match.end(), date, yearless=year is not None)
        yield _in_context(mention, before)
        position = match.end()


def _date_of(match: re.Match[str], *, year: int | None) -> dt.date | None:
    parts = match.groupdict()
    return _date(
        year if year is not None else _year_of(parts), _month(parts["month"]), parts["day"]
    )


def _in_context(mention: DateMention, before: str) -> DateMention:
    """Take in what stands before the date: the first day of a range, a weekday's name."""
    last = mention
    first = _first_of_list(mention.date, before) or _first_of_range(mention.date, before)
    if first is not None and not ORDINAL_BEFORE.search(before[: first[0]]):
        start = mention.start - len(before) + first[0]
        last = replace(mention, start=start, date=first[1], end_date=mention.date)
        before = before[: first[0]]
    if weekday := WEEKDAY_BEFORE.search(before):
        agrees = WEEKDAYS.index(weekday["weekday"]) == last.date.weekday()
        start = last.start - len(before) + weekday.start()
        last = replace(last, start=start, weekday_agrees=agrees)
    return last


def _first_of_list(date: dt.date, before: str) -> tuple[int, dt.date] | None:
    """Where the days of a rising list ('3, 5 และ') begin, and the first of them."""
    match = DAYS_BEFORE.search(before)
    if match is None:
        return None
    days = [*(int(day) for day in re.findall("[0-9]+", match["days"])), date.day]
    if days[0] == 0 or any(low >= high for low, high in itertools.pairwise(days)):
        return None
    return match.start(), date.replace(day=days[0])


def _first_of_range(date: dt.date, before: str) -> tuple[int, dt.date] | None:
    """Where the first day of a range ('30 พ.ย. -', '16 และ') begins, and its date."""
    match = FIRST_DAY_BEFORE.search(before)
    if match is None:
        return None
    month = _month(match["month"]) if match["month"] else date.month
    first = _date(date.year - (month is not None and month > date.month), month, match["day"])
    days = (date - first).days if first else 0
    if first is None or not (days == 1 if match["and"] else days > 0):
        return None
    return match.start(), first


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
    return whole and near and BETWEEN.fullmatch(plain, first.end, last.start) is not None


def _month(surface: str) -> int | None:
    """Month 1-12 of a name, an abbreviation, figures or a name with one slip."""
    if surface.isdigit():
        return int(surface)
    key = re.sub(r"[. ฯ]", "", surface).lower()
    if key in MONTH_NUMBER:
        return MONTH_NUMBER[key]
    near = [number for number, name in enumerate(MONTHS, 1) if _one_slip(key, name)]
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


_USER_DATE = re.compile(
    r"(?P<day>[0-9]{1,2})(?P<by>[-/.])(?P<month>[0-9]{1,2})(?P=by)(?P<year>[0-9]{2,4})"
)
_DATE_PREFIX = re.compile(r"(?:ลง)?วันที่\s*")


def parse_user_date(text: str) -> dt.date:
    """The date a user typed: ISO, day/month/year or as written in Thai; above 2400 is BE.

    Raises UsageError, naming the accepted forms.

    >>> parse_user_date("17/12/2564").isoformat()
    '2021-12-17'
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


_FISCAL_YEAR = r"(?P<{}>[0-9]{{4}}|[0-9]{{2}})(?![0-9]|[.,][0-9])"
_FISCAL = re.compile(
    r"(?:ปี[ ]?งบ(?:[ ]?ประมาณ|ฯ)?|งบ(?:ประมาณ)?(?:รายจ่าย)?(?:ประจำ)?ปี|\bFY)"
    rf"\s{{0,3}}(?:พ\.?[ ]?ศ\.?|ค\.?[ ]?ศ\.?)?\s{{0,3}}'?{_FISCAL_YEAR.format('year')}"
    rf"(?:\s?(?:-|–|—|,|/|และ|ถึง)\s?(?:พ\.?[ ]?ศ\.?)?\s?{_FISCAL_YEAR.format('year2')})?"
)


def fiscal_year(date: dt.date) -> int:
    """The BE fiscal year of a date: 2021-12-17 falls in 2565 (October 2021 to September 2022).

    >>> fiscal_year(dt.date(2021, 12, 17))
    2565
    """
    return date.year + BE_OFFSET + (date.month >= 10)


def find_fiscal_years(text: str) -> list[FiscalYearMention]:
    """Fiscal years named as such, in order: ปีงบประมาณ พ.ศ. ๒๕๖๕, ปีงบฯ 65, FY2022.

    >>> [mention.year for mention in find_fiscal_years("ปีงบฯ 65")]
    [2565]
    """
    found = []
    for match in _FISCAL.finditer(arabic_digits(text)):
        for group in ("year", "year2"):
            year = _christian(match[group], short_is_ce=True) if match[group] else None
            if year is not None:
                found.append(FiscalYearMention(*match.span(group), year + BE_OFFSET))
    return found
