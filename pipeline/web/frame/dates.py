"""Dates for people: Thai months and Buddhist years, with ISO for machines and on hover."""

from __future__ import annotations

import datetime as dt

from markupsafe import Markup

from pipeline.store.rounds import THAILAND

MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip


def thai_date(date: dt.date) -> str:
    """`17 ธ.ค. 2564`; a moment is the day it is in Bangkok."""
    day = in_bangkok(date) if isinstance(date, dt.datetime) else date
    return f"{day.day} {MONTHS[day.month - 1]} {day.year + 543}"


def thai_moment(moment: dt.datetime) -> str:
    """`17 ธ.ค. 2564 09:30 น.`, by Bangkok's clock."""
    return f"{thai_date(moment)} {in_bangkok(moment):%H:%M} น."


def in_bangkok(moment: dt.datetime) -> dt.datetime:
    """The same moment by Bangkok's clock. Raises ValueError for one without a time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone")
    return moment.astimezone(THAILAND)


def today() -> dt.date:
    """The day that it is in Bangkok."""
    return dt.datetime.now(THAILAND).date()


def time_tag(date: dt.date | str | None) -> Markup:
    """`<time>` of a day, a moment or an ISO text of one; a dash for none.

    Raises ValueError for a text that is no ISO date.
    """
    if isinstance(date, str):
        date = dt.datetime.fromisoformat(date) if "T" in date else dt.date.fromisoformat(date)
    if date is None:
        return Markup('<span class="none" aria-label="ไม่มี">–</span>')
    if isinstance(date, dt.datetime):
        iso, shown = in_bangkok(date).isoformat(timespec="minutes"), thai_moment(date)
    else:
        iso, shown = date.isoformat(), thai_date(date)
    return Markup('<time datetime="{}" title="{}">{}</time>').format(iso, iso, shown)
