"""One person of an attendance list after the other: name, position, role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.minutes.attendance.names import first_name, has_people, people_on
from pipeline.minutes.attendance.positions import begins_position
from pipeline.minutes.attendance.roles import (
    is_role,
)
from pipeline.minutes.attendance.roll_cells import CELL, described
from pipeline.minutes.attendance.untitled import is_position_word, names_untitled, untitled_name
from pipeline.minutes.text.labels import marker_end
from pipeline.minutes.text.lines import Line
from pipeline.thai import PersonMention

_INSTEAD = re.compile(r"(?:แทน|มอบ|มอบหมาย|\(ผู้แทน)[ ]?\Z")
_BETWEEN = re.compile(
    r"[ \t\n,;|/(]*(?:(?:และ|กับ|พร้อมด้วย|พร้อม"
    r"|โดย)[ ]?)?(?:[(\[]?[0-9๐-๙]{1,3}[.)\]][ ]?)?[ \t\n,;|(]*\Z"
)
_SEPARATED = re.compile(r"[,;/|][ ]*(?:และ)?[ ]*\Z")
# What someone is called among friends: "• รองโอ = นาย…".
_ALIAS = re.compile(r"[^=\n]{1,40}=[ ]*")
_LETTERS = re.compile("[ก-๎]{1,16}")
_SURNAME_CELL = re.compile(r"[ ][ก-ฮเ-ไ][ก-๎]{1,24}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A person of a list; the span covers the name. `role` is what they are to the meeting.

    `until` is where the lines about this person end; `away` says that a column has them absent.
    """

    name: str
    position: str | None
    role: str
    start: int
    end: int
    until: int
    away: bool = False


def read_entries(text: str, block: Sequence[Line], *, absent: bool) -> Iterator[Entry]:
    """The people on the lines of one list."""
    group: list[Line] = []
    named = False
    for line in block:
        marker = marker_end(line.text)
        names = has_people(line.text) or names_untitled(line.text)
        if group and (marker or (names and named)):
            yield from _entries(text, group, absent=absent)
            group, named = [], False
        group.append(line)
        named = named or names
    if group:
        yield from _entries(text, group, absent=absent)


def _flatten(text: str, group: Sequence[Line]) -> tuple[str, list[int]]:
    pieces: list[str] = []
    places: list[int] = []
    for line in group:
        if pieces:
            pieces.append("\n")
            places.append(line.start)
        pieces.append(text[line.start : line.end])
        places += range(line.start, line.end)
    return "".join(pieces), places


def _entries(text: str, group: Sequence[Line], *, absent: bool) -> Iterator[Entry]:
    flat, places = _flatten(text, group)
    names = list(_names(flat))
    if not names:
        return
    alias = _ALIAS.match(flat)
    begin = alias.end() if alias and alias.end() <= names[0][0] else marker_end(flat)
    # "ผู้ว่าราชการจังหวัด (นาย…)", "รองผู้ว่าฯ   นาย…": the position stands first.
    lead = flat[begin : names[0][0]].strip(" \n|\t(")
    leads = bool(lead) and not _trails(lead, flat, names)
    for (start, end), following in zip(names, [*names[1:], None], strict=True):
        stop = following[0] if following else len(flat)
        after = flat[end:stop]
        if following:
            after = "" if leads else after[: _BETWEEN.search(after).start()]  # type: ignore[union-attr]
        before = flat[begin:start] if leads else ""
        position, role, away = described(before, after, absent=absent)
        begin = end
        name = " ".join(flat[start:end].split())
        position = _unsigned(position, name)
        span = places[start], places[end - 1] + 1
        yield Entry(name, position, role, *span, group[-1].end, away)


def _trails(lead: str, flat: str, names: Sequence[tuple[int, int]]) -> bool:
    """Whether positions follow the names, each up to a comma: "ฝ่ายหมู่บ้าน นาย… ครู, นาย…".

    After a lead with a colon they may have a comma before them too: "กรรมการ: นาย…, ครู / นาย…".
    """
    if len(names) < 2:
        return False
    between = flat[names[0][1] : names[1][0]]
    begin = between[:24].lstrip(" ,;:|/(" if lead.endswith((":", "：")) else " (")
    return begins_position(begin) and _SEPARATED.search(between) is not None


def _unsigned(position: str | None, name: str) -> str | None:
    """`position` without the signature behind it, the first name once more, and a loose bracket."""
    if position is None:
        return None
    if position.count(")") > position.count("("):
        position = position[: position.rfind(")")].rstrip()
    return position.removesuffix(f" {first_name(name)}") or None


def _names(flat: str) -> Iterator[tuple[int, int]]:
    """Where the names stand, those after แทน left out."""
    joined = flat.replace("\n", " ")
    people = [p for p in people_on(joined) if not _INSTEAD.search(joined[: p.start][-12:])]
    if people:
        for person in people:
            yield person.start, _whole_name(flat, person)
    elif untitled := untitled_name(flat):
        yield untitled


def _whole_name(flat: str, person: PersonMention) -> int:
    """The end of a name, past a syllable that reads like a verb where the cell ends behind it."""
    end = person.end
    rest = _LETTERS.match(flat, end)
    if rest and _ends_cell(flat, rest.end()):
        return rest.end()
    surname = _SURNAME_CELL.match(flat, end)
    if surname and " " not in person.name and _ends_cell(flat, surname.end()):
        more = flat[surname.end() :].strip(" |\t—–-,")
        if more and not is_position_word(surname[0].strip()) and not is_role(more):
            return surname.end()
    return end


def _ends_cell(flat: str, at: int) -> bool:
    return at >= len(flat) or flat[at] == "\n" or CELL.match(flat, at) is not None
