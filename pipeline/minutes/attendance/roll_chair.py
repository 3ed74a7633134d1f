"""Who took the chair where lists say who came: by the opening, a list, or the text above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.documents import Person, Span
from pipeline.minutes.attendance.chair import find_chair
from pipeline.minutes.attendance.named import Named, find_named
from pipeline.minutes.attendance.names import first_name, people_in
from pipeline.minutes.attendance.roles import is_chair
from pipeline.minutes.attendance.roll import Roll
from pipeline.minutes.attendance.roll_entries import Entry

OPENING = 1200
# Heads of the body that meets, where no list names a chair.
_HEADS_BODY = re.compile("ประธาน(?:สภา|กรรมการ|คณะ|อนุกรรมการ)")
_HEADS = re.compile("ประธาน([ก-๎]{5})")


def chair_of_roll(text: str, roll: Roll) -> tuple[Person | None, Span | None]:
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


def chair_above(text: str, roll: Roll) -> Named | None:
    """Whom the sentences above a list of others put in the chair."""
    opening = text[: min(entry.start for _, entry in roll.entries)][-OPENING:]
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
    return first if body and body[1] in text[: min(first.start, OPENING)] else None


def _told(text: str, roll: Roll, came: list[Entry]) -> Entry | None:
    """The listed person whom the opening behind the lists puts in the chair."""
    by_first_name = {first_name(entry.name): entry for entry in came}
    opening = text[roll.end : roll.end + OPENING]
    people = [
        Named(entry.name, entry.position, person.start, person.end)
        for person in people_in(opening)
        if (entry := by_first_name.get(person.name.split()[0]))
    ]
    chair = find_chair(opening, people)
    return by_first_name[first_name(chair.name)] if chair else None
