"""Dates told by their distance from another day: 7 วัน, วันศุกร์หน้า, สิ้นเดือนนี้, ไตรมาสที่ ๒.

Every mention is a period, first to last day, so that the caller chooses: by its end (ภายใน) or from
its start (เริ่ม). A month without a year is the coming one, or the last where that is far; a quarter
is the next one that has not ended. A week runs from Monday to Friday, as work does; a fiscal year
from October to September.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.thai import relative_patterns as patterns
from pipeline.thai import relative_periods as periods
from pipeline.thai.alternation import Begun
from pipeline.thai.date_patterns import WEEKDAYS
from pipeline.thai.spelled_dates import in_figures

Unit = Literal[
    "duration", "day", "day alone", "monthday", "weekday", "week", "month", "quarter", "year"
]
Resolve = Callable[[re.Match[str], dt.date], periods.Period | None]


@dataclass(frozen=True, slots=True)
class RelativeDate:
    """A day or a period, `date` to `end_date`; the span has no preposition.

    `unit` is how it was told: a `duration` ("7 วัน") gives the day on which it ends, a `day` is
    พรุ่งนี้, a `monthday` "วันที่ 10 เดือนหน้า", a `day alone` "วันที่ 10" of a month left unsaid.
    """

    start: int
    end: int
    date: dt.date
    end_date: dt.date
    unit: Unit


def find_relative_dates(text: str, reference: dt.date) -> list[RelativeDate]:
    """Days and periods counted from `reference`, in order, the longest of those that overlap."""
    plain, original = in_figures(text)
    found = [mention for reader in _READERS for mention in _matches(*reader, plain, reference)]
    kept: list[RelativeDate] = []
    for mention in sorted(found, key=lambda mention: (mention.start, -mention.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return [replace(m, start=original(m.start), end=original(m.end)) for m in kept]


def _matches(
    pattern: Begun,
    unit: Unit,
    resolve: Resolve,
    plain: str,
    reference: dt.date,
) -> Iterator[RelativeDate]:
    for match in pattern.finditer(plain):
        try:
            period = resolve(match, reference)
        except (IndexError, OverflowError, ValueError):  # no such day, a year past 9999
            period = None
        if period is not None:
            core = "core" if "core" in match.re.groupindex else 0
            yield RelativeDate(*match.span(core), *period, unit)


_ONE_OF_THE_WEEK = tuple(before + day for before in ("", "วัน") for day in WEEKDAYS)
_FIGURES = tuple("0123456789")


def _parts(*words: str, of: Iterable[str]) -> tuple[str, ...]:
    """How a period may begin: each of the words, alone or behind a part `of` it."""
    return tuple(part + word for part in ("", *of) for word in words)


# Each pattern with the words that it may begin with.
_FORMS: tuple[tuple[re.Pattern[str], tuple[str, ...], Unit, Resolve], ...] = (
    (patterns.DURATION, (*_FIGURES, *patterns.ONES, "สิบ", "ครึ่ง"), "duration", periods.duration),
    (patterns.WEEKDAY, _ONE_OF_THE_WEEK, "weekday", periods.weekday),
    (patterns.COMING_WEEKDAY, ("ภายใน", "ก่อน", "ไม่เกิน", "ถึง"), "weekday", periods.weekday),
    (
        patterns.NEAR_DAY,
        ("คืนนี้", "เย็นนี้", "บ่ายนี้", "ค่ำนี้", "เช้านี้", "วันนี้", *_parts("พรุ่งนี้", "มะรืน", of=["วัน"])),
        "day", periods.near_day,
    ),
    (patterns.DAY_OF_MONTH, (*_FIGURES, "วันที่"), "monthday", periods.day_of_month),
    (patterns.DAY_ALONE, (*_ONE_OF_THE_WEEK, "วันที่"), "day alone", periods.day_alone),
    (patterns.BARE_DAY, ("อย่า", "ไม่เกิน"), "day alone", periods.day_alone),
    (
        patterns.NTH_OF_MONTH, (*_ONE_OF_THE_WEEK, "วันทำการ", "สัปดาห์"),
        "monthday", periods.nth_of_month,
    ),
    (
        patterns.WEEK, _parts("สัปดาห์", "อาทิตย์", of=["ต้น", "กลาง", "ปลาย", "สิ้น", "สุด"]),
        "week", periods.week,
    ),
    (
        patterns.MONTH,
        (
            "ภายใน", "ก่อน", "ไม่เกิน", "ใน", "ตั้งแต่", "เริ่ม", "ถึง", "ประมาณ", "ต้น", "กลาง", "ปลาย",
            "สิ้น", "เดือน",
        ),
        "month", periods.month,
    ),
    (patterns.QUARTER, _parts("ไตรมาส", of=["ต้น", "สิ้น", "ปลาย"]), "quarter", periods.quarter),
    (
        patterns.FISCAL_YEAR, _parts("ปีงบ", of=["ต้น", "เริ่ม", "สิ้น", "ปลาย"]),
        "year", periods.fiscal_year,
    ),
    (patterns.CALENDAR_YEAR, _parts("ปี", of=["ต้น", "สิ้น", "ปลาย"]), "year", periods.calendar_year),
)  # fmt: skip
_READERS = tuple(
    (Begun.of(pattern, words), unit, resolve) for pattern, words, unit, resolve in _FORMS
)
