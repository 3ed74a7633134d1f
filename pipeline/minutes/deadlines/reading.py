"""The way from the days that a text names to its deadlines."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from pipeline.documents import Deadline, Item, Person
from pipeline.minutes.attendance import Attendance
from pipeline.minutes.deadlines.clauses import action, clause_start, responsible
from pipeline.minutes.deadlines.cues import DEADLINE, weight
from pipeline.minutes.deadlines.dates import DueDate, find_due_dates

NEXT = 9
"""How many deadlines further on a resolution is looked for that says one of them again."""

_NEAR = 6
_BY_THE_END = re.compile(r"(?:ภายใน|ไม่เกิน|ไม่ช้ากว่า|อย่างช้า|ถึง|เสร็จ(?:ใน)?|สิ้น|ทัน)[ ]?(?:ช่วง)?[ ]?\Z")


def read_deadlines(
    text: str, meeting: dt.date | None, items: Sequence[Item], attendance: Attendance
) -> tuple[Deadline, ...]:
    """Read the deadlines of `text`; relative ones count from `meeting`, the meeting's date."""
    found: list[Deadline] = []
    reached = 0
    for due in find_due_dates(text, meeting):
        start = clause_start(text, due.start, reached)
        is_deadline = weight(text, due, start, meeting) >= DEADLINE
        if is_deadline or due.unit == "date":
            reached = due.end
        if is_deadline:
            found.append(_deadline(text, due, start, found[-1:], attendance.chair, meeting))
    return tuple(_once(found, items, meeting))


def _deadline(
    text: str,
    due: DueDate,
    start: int,
    last: Sequence[Deadline],
    chair: Person | None,
    meeting: dt.date | None,
) -> Deadline:
    """The deadline of a clause; where that is "ถึง" alone, it goes on with the `last` one."""
    by_the_end = _BY_THE_END.search(text, max(0, due.start - 40), due.start)
    begun = meeting is not None and due.date < meeting
    clause, quote = text[start : due.start], text[start : due.end]
    what, who = action(clause), responsible(clause)
    if not what and last and start - last[0].end <= _NEAR:
        what, who = last[0].what, last[0].who
    return Deadline(
        date=due.end_date if by_the_end or begun else due.date,
        what=what or quote,
        who=chair.name if chair and who == "ประธาน" else who,
        quote=quote,
        start=start,
        end=due.end,
    )


def _once(
    found: Sequence[Deadline], items: Sequence[Item], meeting: dt.date | None
) -> Iterator[Deadline]:
    """Without what a resolution of the same item says again; hours of the meeting's day stay."""
    resolved = [_resolving(items, deadline) for deadline in found]
    for n, deadline in enumerate(found):
        later = zip(found[n + 1 : n + NEXT], resolved[n + 1 : n + NEXT], strict=True)
        again = deadline.date != meeting and any(
            item is not None
            and item.start <= deadline.start < item.spans["resolution"].start
            and other.date == deadline.date
            for other, item in later
        )
        if not again:
            yield deadline


def _resolving(items: Sequence[Item], deadline: Deadline) -> Item | None:
    """The item whose resolution sets `deadline`."""
    n = bisect_right(items, deadline.start, key=lambda item: item.start) - 1
    item = items[n] if n >= 0 else None
    span = item.spans.get("resolution") if item else None
    return item if span and span.start <= deadline.start < span.end else None
