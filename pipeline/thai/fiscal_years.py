"""Fiscal years in Thai text, October to September, in the Buddhist Era (BE)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from pipeline.thai.date_parts import BE_OFFSET, christian_year
from pipeline.thai.numbers import arabic_digits


@dataclass(frozen=True, slots=True)
class FiscalYearMention:
    """A fiscal year (October to September), `year` in BE; the span is the year's figure."""

    start: int
    end: int
    year: int


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
            year = christian_year(match[group], short_is_ce=True) if match[group] else None
            if year is not None:
                found.append(FiscalYearMention(*match.span(group), year + BE_OFFSET))
    return found
