"""Dates that a user typed."""

from __future__ import annotations

import datetime as dt
import re

from pipeline.errors import UsageError
from pipeline.thai.date_parts import christian_year, date_or_none
from pipeline.thai.dates import find_dates
from pipeline.thai.numbers import arabic_digits

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
        date = date_or_none(christian_year(match["year"]), int(match["month"]), match["day"])
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
