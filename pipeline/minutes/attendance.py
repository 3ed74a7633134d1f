"""Who was there: the attendance lists of minutes, the people a post names, and the chair."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.documents import Attendee, Person, Span


@dataclass(frozen=True, slots=True)
class Attendance:
    """The people of a meeting; `end` is where the attendance lists end in the text."""

    chair: Person | None = None
    chair_span: Span | None = None
    attendees: tuple[Attendee, ...] = ()
    end: int = 0


def read_attendance(text: str) -> Attendance:
    """Read chair and attendees of `text`."""
    del text
    return Attendance()
