"""Minutes from a document: header, attendance, items and deadlines in turn."""

from __future__ import annotations

from pipeline.documents import Document, Minutes
from pipeline.minutes.attendance import read_attendance
from pipeline.minutes.deadlines import read_deadlines
from pipeline.minutes.header import read_header
from pipeline.minutes.items import read_items


def parse_minutes(document: Document) -> Minutes:
    """Read the structure of `document`; what its text does not say is None or empty."""
    text = document.text
    header = read_header(text)
    attendance = read_attendance(text)
    items = read_items(text, attendance)
    chair_span = {} if attendance.chair_span is None else {"chair": attendance.chair_span}
    return Minutes(
        text=text,
        title=header.title,
        meeting_no=header.meeting_no,
        date=header.date,
        start_time=header.start_time,
        end_time=header.end_time,
        place_or_medium=header.place_or_medium,
        chair=attendance.chair,
        attendees=attendance.attendees,
        provinces=header.provinces,
        items=items,
        deadlines=read_deadlines(text, header.date, items, attendance),
        spans={**header.spans, **chair_span},
    )
