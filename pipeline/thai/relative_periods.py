"""From a match of `relative_patterns` and a reference day to the day or period that is meant."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from pipeline.thai import relative_patterns as patterns
from pipeline.thai.date_parts import BE_OFFSET
from pipeline.thai.date_patterns import MONTH_NUMBER, WEEKDAYS

Period = tuple[dt.date, dt.date]
FAR = 8
"""So many months ahead a month without a year may be; further on, the last one is meant."""


def moved(base: dt.date, number: int, unit: str) -> dt.date:
    """The day `number` units (วัน, วันทำการ, เดือน ...) after `base`, before it where negative."""
    if unit in ("วันทำการ", "วันทำงาน"):
        return _workdays_after(base, number)
    if unit == "เดือน":
        return _months_after(base, number)
    if unit in ("ชั่วโมง", "ชม."):
        return base + dt.timedelta(hours=number) // dt.timedelta(days=1) * dt.timedelta(days=1)
    return base + dt.timedelta(days=number * (7 if unit in ("สัปดาห์", "อาทิตย์") else 1))


def count_of(match: re.Match[str]) -> int:
    """The number of a `DURATION` match, written in figures or words; 0 for half of one."""
    if match["figure"]:
        return int(match["figure"])
    tens = patterns.ONES.get(match["tens"] or "", 1) * 10 if match["ten"] else 0
    return tens + (patterns.ONES[match["one"]] if match["one"] else 0)


def _workdays_after(base: dt.date, number: int) -> dt.date:
    step = dt.timedelta(days=1 if number > 0 else -1)
    for _ in range(abs(number)):
        base += step
        while base.weekday() >= 5:
            base += step
    return base


def _months_after(base: dt.date, number: int) -> dt.date:
    years, month = divmod(base.month - 1 + number, 12)
    year = base.year + years
    return dt.date(year, month + 1, min(base.day, calendar.monthrange(year, month + 1)[1]))


def duration(match: re.Match[str], reference: dt.date) -> Period | None:
    """7 วัน, ครึ่งเดือน: the day on which it ends."""
    number, unit = count_of(match), match["unit"]
    half = match["half"] or match["half_first"]
    if number == 0 and not half:
        return None
    if unit in ("ชั่วโมง", "ชม.") and (number % 24 or half):
        return None
    day = moved(reference, number, unit)
    if half:
        day += dt.timedelta(days={"เดือน": 15, "สัปดาห์": 3, "อาทิตย์": 3}.get(unit, 0))
    return day, day


def weekday(match: re.Match[str], reference: dt.date) -> Period:
    """วันศุกร์ is the next one, วันศุกร์หน้า that of the week to come."""
    wanted = WEEKDAYS.index(match["weekday"])
    if match.groupdict().get("next"):
        day = _monday(reference) + dt.timedelta(days=7 + wanted)
    else:
        day = reference + dt.timedelta(days=(wanted - reference.weekday() - 1) % 7 + 1)
    return day, day


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def near_day(match: re.Match[str], reference: dt.date) -> Period:
    """วันนี้, พรุ่งนี้, มะรืน."""
    days = 0 if match["today"] else 1 if match["tomorrow"] else 2
    day = reference + dt.timedelta(days=days)
    return day, day


def day_of_month(match: re.Match[str], reference: dt.date) -> Period:
    """วันที่ 10 เดือนหน้า."""
    month = _months_after(reference.replace(day=1), 1 if match["next"] else 0)
    day = month.replace(day=int(match["day"] or match["day2"]))
    return day, day


def day_alone(match: re.Match[str], reference: dt.date) -> Period | None:
    """The next day of that number, and of that weekday where one is told."""
    number, weekday = int(match["day"]), match["weekday"] or None
    for ahead in range(62):
        day = reference + dt.timedelta(days=ahead)
        if day.day == number and (weekday is None or WEEKDAYS[day.weekday()] == weekday):
            return day, day
    return None


def nth_of_month(match: re.Match[str], reference: dt.date) -> Period | None:
    """สัปดาห์ที่สองของเดือน, วันศุกร์สุดท้ายของเดือน, วันทำการแรก."""
    first, last = month(match, reference)
    nth = match["nth"].removeprefix("ที่").strip()
    n = -1 if nth == "สุดท้าย" else (int(nth) if nth.isdigit() else patterns.ORDINALS[nth]) - 1
    days = [first + dt.timedelta(days=i) for i in range((last - first).days + 1)]
    if match["what"] == "สัปดาห์":
        week = [days[i : i + 7] for i in range(0, len(days), 7)][n]
        return week[0], week[-1]
    name = match["what"].removeprefix("วัน").removesuffix("บดี")
    works = [d for d in days if d.weekday() < 5]
    day = (works if name == "ทำการ" else [d for d in days if WEEKDAYS[d.weekday()] == name])[n]
    return day, day


def week(match: re.Match[str], reference: dt.date) -> Period:
    """สัปดาห์หน้า, or the part of it that is named."""
    monday = _monday(reference) + dt.timedelta(days=7 if match["next"] else 0)
    friday = monday + dt.timedelta(days=4)
    if match["part"] == "สุด":
        return friday + dt.timedelta(days=1), friday + dt.timedelta(days=2)
    return _part(match["part"], monday, friday)


def month(match: re.Match[str], reference: dt.date) -> Period:
    """สิ้นเดือนนี้, เดือนมีนาคม: the whole month or the part of it that is named."""
    if match["month"] is None:
        return _months(match, _months_after(reference.replace(day=1), 1 if match["next"] else 0), 1)
    month = MONTH_NUMBER[re.sub(r"[. ]", "", match["month"])]
    ahead = (month - reference.month) % 12
    near = _months_after(reference.replace(day=1), ahead if ahead <= FAR else ahead - 12)
    return _months(match, near.replace(year=_year(match["year"]) or near.year), 1)


def quarter(match: re.Match[str], reference: dt.date) -> Period:
    """ไตรมาสที่ ๒, of a fiscal year."""
    start = _fiscal_start(reference, _year(match["year"] or match["slash"]))
    named = match["quarter"]
    if named is None:
        now = (reference.month - 10) % 12 // 3 + 1
        return _months(match, _months_after(start, 3 * (now - 1 + bool(match["next"]))), 3)
    number = int(named) if named.isdigit() else patterns.QUARTERS[named]
    first = _months_after(start, 3 * (number - 1))
    past = match["year"] is None and match["slash"] is None and _months_after(first, 3) <= reference
    return _months(match, _months_after(first, 12 if past else 0), 3)


def fiscal_year(match: re.Match[str], reference: dt.date) -> Period:
    """สิ้นปีงบประมาณ."""
    start = _fiscal_start(reference, _year(match["year"]))
    begins = match["part"] in ("ต้น", "เริ่ม") and match["year"] is None and start < reference
    return _months(match, _months_after(start, 12 if match["next"] or begins else 0), 12)


def calendar_year(match: re.Match[str], reference: dt.date) -> Period:
    """ต้นปีหน้า, ปี 2569."""
    year = _year(match["year"] or match["year2"]) or reference.year
    year += bool(match["next"] or match["next2"])
    return _months(match, dt.date(year, 1, 1), 12)


def _year(surface: str | None) -> int | None:
    """CE of a year in BE with four or two digits."""
    if surface is None:
        return None
    return int(surface) - BE_OFFSET + (2500 if len(surface) == 2 else 0)


def _fiscal_start(reference: dt.date, year: int | None) -> dt.date:
    """1 October of the fiscal year that ends in `year`, or of the one that `reference` is in."""
    ends = year if year is not None else reference.year + (reference.month >= 10)
    return dt.date(ends - 1, 10, 1)


def _months(match: re.Match[str], first: dt.date, length: int) -> Period:
    last = _months_after(first, length) - dt.timedelta(days=1)
    return _part(match["part"], first, last)


def _part(part: str | None, first: dt.date, last: dt.date) -> Period:
    """The whole period, or the day of it that ต้น, กลาง, ปลาย or the like names."""
    if not part:
        return first, last
    middle = first + ((last - first) // 2 if (last - first).days < 28 else dt.timedelta(days=14))
    day = {"ต้น": first, "เริ่ม": first, "กลาง": middle}.get(part, last)
    return day, day
