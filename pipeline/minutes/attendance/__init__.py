"""Who was there: the attendance lists of minutes, the people a post names, and the chair."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.documents import Attendee, Group, Person, Span
from pipeline.minutes.attendance.chair import find_chair
from pipeline.minutes.attendance.named import Named, find_named
from pipeline.minutes.attendance.names import people_in
from pipeline.minutes.attendance.roles import is_chair, is_secretary
from pipeline.minutes.attendance.roll import Roll, group_of, read_roll
from pipeline.minutes.attendance.roll_entries import Entry, first_name

_OPENING = 1200
_FORMAL = re.compile("(?:รายงาน|บันทึก)(?:การ)?ประชุม")
# Heads of the body that meets, where no list names a chair.
_HEADS_BODY = re.compile("ประธาน(?:สภา|กรรมการ|คณะ|อนุกรรมการ)")

_HEADS = re.compile("ประธาน([ก-๎]{5})")


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
    formal = _FORMAL.search(text, 0, _OPENING) is not None
    if not any(is_chair(role) for role in roles) or not (formal or len(roles) > 2):
        return roll
    entries = tuple(
        ("present" if heading == "participant" else heading, entry)
        for heading, entry in roll.entries
    )
    return replace(roll, entries=entries)


def _of_post(text: str) -> Attendance:
    people = find_named(text)
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
    chair, span = _chair_of_roll(text, roll)
    if chair is None and (above := _chair_above(text, roll)):
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


def _chair_of_roll(text: str, roll: Roll) -> tuple[Person | None, Span | None]:
    """Who took the chair by the opening of the text, else by the role in a list."""
    came = [(h, e) for h, e in roll.entries if h != "absent"]
    told = _told(text, roll, [entry for _, entry in came])
    listed = next((e for h, e in came if h == "chair" or is_chair(e.role)), None)
    heads = next((e for _, e in came if _HEADS_BODY.match(e.position or "")), None)
    heads = heads or _head_of_own(text, came)
    chair = told or listed or heads
    if chair is None:
        return None, None
    return Person(chair.name, chair.position), Span(chair.start, chair.end)


def _chair_above(text: str, roll: Roll) -> Named | None:
    """Whom the sentences above a list of others put in the chair."""
    opening = text[: min(entry.start for _, entry in roll.entries)][-_OPENING:]
    before = min(entry.start for _, entry in roll.entries) - len(opening)
    chair = find_chair(opening, find_named(opening))
    if chair is None or any(entry.name == chair.name for _, entry in roll.entries):
        return None
    return replace(chair, start=chair.start + before, end=chair.end + before)


def _head_of_own(text: str, came: Sequence[tuple[str, Entry]]) -> Entry | None:
    """The first in the list, if they head what the title says has met: ประธานกลุ่ม of a กลุ่ม."""
    if not came:
        return None
    first = came[0][1]
    body = _HEADS.match(first.position or "")
    return first if body and body[1] in text[: min(first.start, _OPENING)] else None


def _told(text: str, roll: Roll, came: list[Entry]) -> Entry | None:
    """The listed person whom the opening behind the lists puts in the chair."""
    by_first_name = {first_name(entry.name): entry for entry in came}
    opening = text[roll.end : roll.end + _OPENING]
    people = [
        Named(entry.name, entry.position, person.start, person.end)
        for person in people_in(opening)
        if (entry := by_first_name.get(person.name.split()[0]))
    ]
    chair = find_chair(opening, people)
    return by_first_name[first_name(chair.name)] if chair else None
