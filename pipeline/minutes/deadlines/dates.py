"""The days that a text of minutes names after the meeting's date, however it tells them.

Whole dates, dates without a year (the year nearest to the meeting), days and periods counted from
the meeting or from a date beside them ("ก่อนหน้านั้น 3 วัน"), and hours of the meeting's own day.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.thai import DateMention, arabic_digits, find_dates, find_times
from pipeline.thai.date_parts import BE_OFFSET
from pipeline.thai.date_patterns import MONTHS
from pipeline.thai.relative_dates import RelativeDate, Unit, find_relative_dates
from pipeline.thai.relative_patterns import DURATION
from pipeline.thai.relative_periods import count_of, moved

FAR_APART = 7
"""Days from which on first and last day of a range count both, as of a call that is open."""
BESIDE = 40
"""How many characters apart two parts of one expression may stand."""


@dataclass(frozen=True, slots=True)
class DueDate:
    """A day or period and how it was told: `date` is a calendar date, `time` an hour alone."""

    start: int
    end: int
    date: dt.date
    end_date: dt.date
    unit: Unit | Literal["date", "time"]


def find_due_dates(text: str, meeting: dt.date | None) -> list[DueDate]:
    """All days named in `text`, in order, apart; without a `meeting` only whole dates."""
    if meeting is None:
        return [part for m in find_dates(text) for part in _ends(text, m)]
    mentions = _calendar_dates(text, meeting)
    dates = [part for m in mentions for part in _ends(text, m)]
    last_day = max(
        (m.end_date for m in mentions if m.end_date and m.date == meeting), default=meeting
    )
    merged = _merged(text, dates, find_relative_dates(text, meeting), last_day)
    again = _that_day(text, merged)
    return sorted([*merged, *again, *_hours(text, meeting, merged)], key=lambda due: due.start)


# "24 เมษายนนี้" is the date itself.
_THIS = re.compile(f"นี้(?:{'|'.join(f'(?<={month}นี้)' for month in (*MONTHS, '[คยพ][.]'))})")
_OPEN = re.compile(r"(?:ตั้งแต่|รับสมัคร|เปิดรับ|ยื่น[^\n]{0,30})[ ]?(?:วันที่|วัน)?[ ]?\Z")
# "29 ธันวาคม 2566 ถึง 4 มกราคม 2567"
_SPELLED_OUT = re.compile(r"[0-9๐-๙][ ]{0,3}[ก-๎][^ถ]{2,24}ถึง")
_TO = re.compile(r"[ ]?(?:จนถึง|ไปจนถึง|ถึง|[-–—])[ ]?")


def _calendar_dates(text: str, meeting: dt.date) -> list[DateMention]:
    return [
        _nearest(m, meeting) if m.yearless else m
        for m in find_dates(_THIS.sub("   ", text), default_year=meeting.year + BE_OFFSET)
    ]


def _ends(text: str, mention: DateMention) -> Iterator[DueDate]:
    """The day, the first one of an event ("5-6 ส.ค."), or both ends of a time that is open."""
    first, last, end = mention.date, mention.end_date or mention.date, mention.end
    before = text[max(0, mention.start - BESIDE) : mention.start]
    call = (
        (last - first).days > FAR_APART
        or _OPEN.search(before)
        or _SPELLED_OUT.search(text, mention.start, end)
    )
    link = _TO.search(text, mention.start, end) if last != first and call else None
    yield DueDate(mention.start, link.start() if link else end, first, first, "date")
    if link:
        yield DueDate(link.end(), end, last, last, "date")


def _nearest(mention: DateMention, meeting: dt.date) -> DateMention:
    """A date without a year, in the year that brings it nearest to `meeting`."""
    years = min((0, 1, -1), key=lambda n: abs((_in_year(mention.date, n) - meeting).days))
    end_date = mention.end_date and _in_year(mention.end_date, years)
    return replace(mention, date=_in_year(mention.date, years), end_date=end_date)


def _in_year(date: dt.date, years: int) -> dt.date:
    try:
        return date.replace(year=date.year + years)
    except ValueError:  # 29 February
        return date.replace(year=date.year + years, day=28)


# "14 วันหลังจบงาน (8 ก.ย.)" counts from the date behind it; "3 เดือน คือ 16 ก.ค." is that date.
_FROM = re.compile(r"[ ]?(?:หลัง|นับ|จาก|ถัดจาก)[^\n]{0,40}\Z")
_THAT_IS = re.compile(r"[ ]?(?:\(|คือ|หรือ|ได้แก่|ตรงกับ|ซึ่งตรงกับ|ที่)[ ]?(?:ใน)?(?:วันที่|วัน)?[ ]?\Z")
_BEFORE_THAT = re.compile(r"ก่อน(?:หน้า|วัน)?(?:นั้น|ดังกล่าว)[ ]?(?:อย่างน้อย|ไม่น้อยกว่า)?[ ]?\Z")
_AFTER_THAT = re.compile(r"(?:หลัง|ถัด|นับ)?จากนั้น(?:ไป)?(?:อีก)?[ ]?(?:ภายใน|ไม่เกิน)?[ ]?\Z")
_THEN_BEFORE = re.compile(r"[ ]?(?:ก่อนหน้านั้น|ก่อนวันดังกล่าว)")
_THEN_AFTER = re.compile(r"[ ]?(?:หลัง(?:จาก)?|ถัดจาก|นับจาก)(?:นั้น|วันดังกล่าว)")


_AFTER_THE_LAST = re.compile(r"[ ]?(?:นับ(?:แต่|จาก|ตั้งแต่)?|หลัง(?:จาก)?)วันสุดท้าย")


def _merged(
    text: str, dates: Sequence[DueDate], relative: Sequence[RelativeDate], last_day: dt.date
) -> list[DueDate]:
    """Calendar dates and the relative ones that are not part of them or said again by them.

    `last_day` is that of the meeting.
    """
    plain = arabic_digits(text)
    merged: list[DueDate] = []
    used: set[int] = set()
    position = 0
    for r in relative:
        while position < len(dates) and dates[position].end <= r.start:
            position += 1
        following = dates[position] if position < len(dates) else None
        if following and following.start < r.end:
            continue
        near = following if following and following.start - r.end <= BESIDE else None
        between = text[r.end : near.start] if near else ""
        if near and _THAT_IS.fullmatch(between):
            continue
        counted = _counted(plain, r, dates[position - 1] if position else None)
        if r.unit == "duration" and _AFTER_THE_LAST.match(text, r.end):
            counted = _moved(plain, r, last_day, 1, r.end)
        if counted is None and near and r.unit == "duration" and _FROM.match(between):
            used.add(near.start)
            counted = _moved(plain, r, near.date, 1, near.end)
        merged.append(counted or DueDate(r.start, r.end, r.date, r.end_date, r.unit))
    return sorted([*merged, *(d for d in dates if d.start not in used)], key=lambda due: due.start)


def _counted(plain: str, r: RelativeDate, last: DueDate | None) -> DueDate | None:
    """A duration that counts from the date named before it."""
    if r.unit != "duration" or last is None or r.start - last.end > 5 * BESIDE:
        return None
    before = plain[max(0, r.start - BESIDE) : r.start]
    if _BEFORE_THAT.search(before):
        return _moved(plain, r, last.end_date, -1, r.end)
    if behind := _THEN_BEFORE.match(plain, r.end):
        return _moved(plain, r, last.end_date, -1, behind.end())
    if behind := _THEN_AFTER.match(plain, r.end):
        return _moved(plain, r, last.end_date, 1, behind.end())
    return _moved(plain, r, last.end_date, 1, r.end) if _AFTER_THAT.search(before) else None


def _moved(plain: str, r: RelativeDate, base: dt.date, sign: int, end: int) -> DueDate | None:
    match = DURATION.match(plain, r.start)
    if match is None:
        return None
    try:
        date = moved(base, sign * count_of(match), match["unit"])
    except (OverflowError, ValueError):
        return None
    return DueDate(r.start, end, date, date, "monthday")


_THAT_DAY = re.compile("วัน(?:(?<=ก่อนวัน)|(?<=ภายในวัน)|(?<=ไม่เกินวัน)|(?<=ก่อนถึงวัน))(?:นั้น|ดังกล่าว)")


def _that_day(text: str, known: Sequence[DueDate]) -> Iterator[DueDate]:
    """`ก่อนวันนั้น …`: the day that was named last, where nothing counts from it."""
    starts = [due.start for due in known]
    for again in _THAT_DAY.finditer(text):
        n = bisect(starts, again.start()) - 1
        behind = n + 1 < len(known) and known[n + 1].start - again.end() <= BESIDE // 4
        if n >= 0 and not behind and again.start() - known[n].end <= 5 * BESIDE:
            yield replace(known[n], start=again.start(), end=again.end())


_BY_HOUR = re.compile(r"(?:ก่อน|ภายใน|ไม่เกิน)(?:เวลา)?[ ]?\Z")


def _hours(text: str, meeting: dt.date, known: Sequence[DueDate]) -> Iterator[DueDate]:
    """Hours that limit something on the meeting's own day: no date stands beside them."""
    places = [due.start for due in known]
    for time in find_times(text):
        n = bisect(places, time.start)
        beside = [text[due.end : time.start] for due in known[max(0, n - 1) : n]]
        beside += [text[time.end : due.start] for due in known[n : n + 1]]
        dated = any("\n" not in gap and len(gap) <= BESIDE // 2 for gap in beside)
        of_a_day = text.startswith(("ของ", " ของ"), time.end)
        by = _BY_HOUR.search(text[max(0, time.start - 12) : time.start])
        if by and not dated and not of_a_day:
            yield DueDate(time.start, time.end, meeting, meeting, "time")
