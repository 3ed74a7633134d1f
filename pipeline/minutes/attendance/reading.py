"""Who was there, by the attendance lists of minutes or, of a post, by the people it names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.documents import Attendee, Group, Person, Span
from pipeline.minutes.attendance.chair import find_chair
from pipeline.minutes.attendance.memberships import with_memberships
from pipeline.minutes.attendance.named import Named, find_named
from pipeline.minutes.attendance.roles import is_chair, is_secretary
from pipeline.minutes.attendance.roll import Roll, group_of, read_roll
from pipeline.minutes.attendance.roll_chair import OPENING, chair_above, chair_of_roll

_FORMAL = re.compile("(?:รายงาน|บันทึก)(?:การ)?ประชุม")


@dataclass(frozen=True, slots=True)
class Attendance:
    """The people of a meeting; `end` is where the attendance lists end in the text, 0 without.

    `secretary` is who a list names as เลขานุการ.
    """

    chair: Person | None = None
    chair_span: Span | None = None
    attendees: tuple[Attendee, ...] = ()
    end: int = 0
    secretary: Person | None = None


def read_attendance(text: str) -> Attendance:
    """Read chair and attendees of `text`."""
    roll = _members_of(text, read_roll(text))
    return _of_roll(text, roll) if roll.entries else _of_post(text)


def _members_of(text: str, roll: Roll) -> Roll:
    """`roll` with its only list, labelled ผู้เข้าร่วมประชุม, read as the members who came.

    That is so where the list has the chair and either members by role or formal minutes around it.
    """
    came = [(h, e) for h, e in roll.entries if h != "absent"]
    if any(heading != "participant" for heading, _ in came):
        return roll
    roles = [entry.role for _, entry in came if entry.role]
    formal = _FORMAL.search(text, 0, OPENING) is not None
    if not any(is_chair(role) for role in roles) or not (formal or len(roles) > 2):
        return roll
    entries = tuple(
        ("present" if heading == "participant" else heading, entry)
        for heading, entry in roll.entries
    )
    return replace(roll, entries=entries)


def _of_post(text: str) -> Attendance:
    people = with_memberships(text, find_named(text))
    chair = find_chair(text, people)
    attendees = tuple(
        Attendee(p.name, p.position, _group(p, chair), p.start, p.end) for p in people
    )
    return Attendance(
        chair=Person(chair.name, chair.position) if chair else None,
        chair_span=Span(chair.start, chair.end) if chair else None,
        attendees=attendees,
    )


def _group(person: Named, chair: Named | None) -> Group:
    if person.away:
        return "absent"
    return "present" if person is chair or person.member else "participant"


def _of_roll(text: str, roll: Roll) -> Attendance:
    attendees = [
        Attendee(entry.name, entry.position, group_of(heading), entry.start, entry.end)
        for heading, entry in roll.entries
    ]
    came = [(h, e) for h, e in roll.entries if h != "absent"]
    secretary = next((e for h, e in came if h == "secretary" or is_secretary(e.role)), None)
    chair, span = chair_of_roll(text, roll)
    if chair is None and (above := chair_above(text, roll)):
        chair, span = Person(above.name, above.position), Span(above.start, above.end)
        taken = Attendee(above.name, above.position, "present", above.start, above.end)
        attendees.insert(0, taken)
    return Attendance(
        chair=chair,
        chair_span=span,
        attendees=tuple(attendees),
        end=roll.end,
        secretary=Person(secretary.name, secretary.position) if secretary else None,
    )
