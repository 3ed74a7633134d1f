"""Dates in Thai text, Buddhist Era (BE) or Common Era (CE).

Four digits say the era themselves: 2400-2700 is BE, 1900-2157 CE. Two digits from 40 are BE 25xx
("64" is 2564); below 40 they are read only after an English month ("17 Dec 21"): after a Thai
month they are as often a count or a slip, and none is better than wrong. A date that does not
exist ("31 กุมภาพันธ์") gives no mention. Times of day are in `times`, fiscal years in `fiscal_years`.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.thai.date_parts import christian_year, date_or_none, month_of, year_of
from pipeline.thai.date_patterns import (
    BETWEEN,
    CODE_BEFORE,
    DATES,
    DAYS_BEFORE,
    FIRST_DAY_BEFORE,
    NO_DAY_BEFORE,
    ORDINAL_BEFORE,
    WEEKDAY_BEFORE,
    WEEKDAYS,
    YEARLESS,
)
from pipeline.thai.spelled_dates import in_figures

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
            found += _matches(pattern, plain, year=christian_year(str(default_year)))
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
    return date_or_none(
        year if year is not None else year_of(parts), month_of(parts["month"]), parts["day"]
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
    month = month_of(match["month"]) if match["month"] else date.month
    first = date_or_none(
        date.year - (month is not None and month > date.month), month, match["day"]
    )
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
