"""Years and periods as somebody types them, BE or CE."""

from __future__ import annotations

import datetime as dt
import re

from pipeline.errors import UsageError
from pipeline.search.errors import QueryError
from pipeline.search.values import Filters
from pipeline.thai import arabic_digits, parse_user_date

BE = 543
_BE_FROM = 2400


def fiscal_year_of(name: str, value: str) -> int:
    """'2568', '๖๘' or '2025' -> 2568. Raises QueryError."""
    digits = arabic_digits(value).strip()
    if not re.fullmatch(r"[0-9]{2}|[0-9]{4}", digits):
        raise _bad_year(name, value)
    year = int(digits)
    if year < 100:
        return 2500 + year
    if year < 1900 or 2300 < year <= _BE_FROM or year > 2700:
        raise _bad_year(name, value)
    return year if year > _BE_FROM else year + BE


def _bad_year(name: str, value: str) -> QueryError:
    return QueryError(
        f"อ่านปีไม่ออก: {name}:{value} โปรดเขียนปี พ.ศ. หรือ ค.ศ. เช่น {name}:2568",
        f"cannot read the year {name}:{value}. Write a BE or CE year, as in {name}:2568",
    )


Period = tuple[dt.date | None, dt.date | None]


def period(name: str, value: str) -> Period:
    """'2565', '2565-03', '17/3/2565' or two of them with '..' between -> first and last day."""
    first, dots, last = value.partition("..")
    if not dots:
        return _stretch(name, value)
    start = _stretch(name, first)[0] if first.strip() else None
    end = _stretch(name, last)[1] if last.strip() else None
    return start, end


_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})|([0-9]{1,2})/([0-9]{4})")


def _stretch(name: str, value: str) -> tuple[dt.date, dt.date]:
    digits = arabic_digits(value).strip()
    try:
        if re.fullmatch("[0-9]{4}", digits):
            year = fiscal_year_of(name, digits) - BE
            return dt.date(year, 1, 1), dt.date(year, 12, 31)
        if month := _MONTH.fullmatch(digits):
            year = fiscal_year_of(name, month[1] or month[4]) - BE
            first = dt.date(year, int(month[2] or month[3]), 1)
            return first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        day = parse_user_date(digits)
    except (UsageError, ValueError, OverflowError) as error:
        raise QueryError(
            f"อ่านวันที่ไม่ออก: {name}:{value}"
            f" โปรดเขียน เช่น {name}:2565-03-17 {name}:17/3/2565 หรือ {name}:2565",
            f"cannot read the date {name}:{value}."
            f" Write {name}:2022-03-17, {name}:17/3/2565 or {name}:2565",
        ) from error
    return day, day


def checked(filters: Filters, *, typed: str = "") -> Filters:
    """The same filters. Raises QueryError where no date lies in the period.

    `typed` is how somebody wrote the period, which the error then repeats.
    """
    first, last = filters.since, filters.until
    if first and last and first > last:
        raise QueryError(
            f"ช่วงวันที่ว่าง: {typed or f'เริ่ม {_buddhist(first)} หลังสิ้นสุด {_buddhist(last)}'} โปรดสลับวันที่",
            f"the period is empty: {typed or f'{first} is after {last}'}. Swap the dates",
        )
    return filters


def _buddhist(day: dt.date) -> str:
    return f"{day.day}/{day.month}/{day.year + BE}"
