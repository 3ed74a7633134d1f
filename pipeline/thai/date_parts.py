"""Months, years and eras as they are written: from what a pattern found to a date."""

from __future__ import annotations

import datetime as dt
import re

from pipeline.thai.date_patterns import MONTH_NUMBER, MONTHS

BE_OFFSET = 543
_BE = range(2400, 2701)
_CE = range(1900, 2158)


def month_of(surface: str) -> int | None:
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


def year_of(parts: dict[str, str | None]) -> int | None:
    """The year in CE of a match's `year`, `era` and `month`; None when its era cannot be told."""
    year, era = parts["year"] or "", re.sub(r"[. ]", "", parts.get("era") or "").lower()
    english = (parts["month"] or "")[:1].isascii() and (parts["month"] or "")[:1].isalpha()
    if era in {"พศ", "พุทธศักราช", "be"}:
        return christian_year(year) if len(year) == 2 or int(year) in _BE else None
    if era:
        return int(year) if int(year.strip("'")) in _CE else None
    return christian_year(year, short_is_ce=english)


def christian_year(year: str, *, short_is_ce: bool = False) -> int | None:
    """The year in CE, None when its era cannot be told."""
    value = int(year.strip("'"))
    if value >= 100:
        return value - BE_OFFSET if value in _BE else value if value in _CE else None
    if value >= 40:
        return 2500 + value - BE_OFFSET
    return 2000 + value if short_is_ce else None


def date_or_none(year: int | None, month: int | None, day: str) -> dt.date | None:
    """The date of these parts; None where one is not known or there is no such day."""
    if year is None or month is None:
        return None
    try:
        return dt.date(year, month, int(day))
    except ValueError:
        return None
