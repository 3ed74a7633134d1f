"""The values of a header put together; each is found by a module of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.documents import Span
from pipeline.minutes.header.dates import find_date
from pipeline.minutes.header.head import find_head
from pipeline.minutes.header.numbers import find_number
from pipeline.minutes.header.place import find_place
from pipeline.minutes.header.provinces import provinces_of
from pipeline.minutes.header.times import find_hours
from pipeline.minutes.header.titles import find_title


@dataclass(frozen=True, slots=True)
class Header:
    """What stands at the head of minutes; `spans` has the place of every value found.

    A title over several lines has one space for each break.
    """

    title: str | None = None
    meeting_no: str | None = None
    date: dt.date | None = None
    start_time: dt.time | None = None
    end_time: dt.time | None = None
    place_or_medium: str | None = None
    provinces: tuple[str, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=dict)


def read_header(text: str) -> Header:
    """Read title, number, date, times, place and provinces."""
    head = find_head(text)
    title = find_title(text, head)
    number = find_number(text, head)
    date = find_date(text, head, number[0] if number else None)
    hours = find_hours(text, head, date[1] if date else None)
    place = find_place(text, head, title, date[0] if date else None)
    found = {
        "title": title,
        "meeting_no": number and number[1],
        "date": date and date[1],
        "start_time": hours.start and hours.start[1],
        "end_time": hours.end and hours.end[1],
        "place_or_medium": place,
    }
    return Header(
        title=" ".join(title.of(text).split()) if title else None,
        meeting_no=number[0] if number else None,
        date=date[0] if date else None,
        start_time=hours.start[0] if hours.start else None,
        end_time=hours.end[0] if hours.end else None,
        place_or_medium=" ".join(place.of(text).split()) if place else None,
        provinces=provinces_of(text, head, place),
        spans={name: span for name, span in found.items() if span},
    )
