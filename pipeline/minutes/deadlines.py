"""The dates by or on which something is to be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pipeline.documents import Deadline, Item
from pipeline.minutes.attendance import Attendance


def read_deadlines(
    text: str, meeting: dt.date | None, items: Sequence[Item], attendance: Attendance
) -> tuple[Deadline, ...]:
    """Read the deadlines of `text`; relative ones count from `meeting`, the meeting's date."""
    del text, meeting, items, attendance
    return ()
