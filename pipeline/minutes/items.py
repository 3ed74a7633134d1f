"""The agenda items of minutes with what was said, resolved and ordered under each."""

from __future__ import annotations

from pipeline.documents import Item
from pipeline.minutes.attendance import Attendance


def read_items(text: str, attendance: Attendance) -> tuple[Item, ...]:
    """Read the items of `text` in their order; `attendance` says who the speakers may be."""
    del text, attendance
    return ()
