"""One person of an attendance list after the other: name, position, role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.minutes.attendance.names import people_in
from pipeline.minutes.attendance.positions import begins_position, is_verb, position_after
from pipeline.minutes.attendance.roles import (
    is_absence,
    is_committee_role,
    is_note,
    is_presence,
    is_reason,
    is_role,
    split_role,
    without_reason,
)
from pipeline.minutes.text.labels import marker_end
from pipeline.minutes.text.lines import Line
from pipeline.thai import PersonMention

_CELL = re.compile(r"[ ]*(?:[|\t]+|[ ]{2,}|[ ][—–-][ ]|[—–]|[,;][ ]|[ ][,;/])[ ]*")
# "นาย… : ตำแหน่ง : กรรมการ": where it stands behind the name, the colon parts columns.
_COLON = re.compile(r"[ ]*[:：][ ]*")
_INSTEAD = re.compile(r"(?:แทน|มอบ|มอบหมาย|\(ผู้แทน)[ ]?\Z")
_BETWEEN = re.compile(
    r"[ \t\n,;|/(]*(?:(?:และ|กับ|พร้อมด้วย|พร้อม"
    r"|โดย)[ ]?)?(?:[(\[]?[0-9๐-๙]{1,3}[.)\]][ ]?)?[ \t\n,;|(]*\Z"
)
_UNTITLED = re.compile(
    r"(?P<name>[ก-ฮเ-ไ][ก-๎]{1,20}[ ][ก-ฮเ-ไ][ก-๎]{2,24})(?=[ ]{2}|[ ]*[|\t\n,(—–:]|[ ]-"
    r"|\Z)"
)
_NAME_AHEAD = re.compile(r"(?P<name>[ก-ฮเ-ไ][ก-๎]{2,24}[ ][ก-ฮเ-ไ][ก-๎]{2,24})[ ]")
# What a heading is about, as against someone: "การติดตาม ตรวจสอบ โครงการ…".
_THING = re.compile(
    "การ|ความ|เรื่อง|แนว|ระบบ|ผล|แผน|สรุป|ราย|ข้อ|ที่|มติ|มาตร|ปัญหา|ค่า|ยอด|จำนวน|งาน|โครงการ|ภาพ"
)
_REMARK = 40
_SEPARATED = re.compile(r"[,;/|][ ]*(?:และ)?[ ]*\Z")
_GROUPS = re.compile(r"[(\[](?P<inside>[^()\[\]\n]{1,90})[)\]]")
# What someone is called among friends: "• รองโอ = นาย…".
_ALIAS = re.compile(r"[^=\n]{1,40}=[ ]*")
_DOTS = re.compile(r"\.{2,}|…")
# Roles that say nothing beyond who is in the chair.
BARE_ROLES = ("ประธาน", "เป็นประธาน", "ปธ.", "ประธานที่ประชุม", "ประธานในที่ประชุม", "ประธานการประชุม")
_LETTERS = re.compile("[ก-๎]{1,16}")
_SURNAME_CELL = re.compile(r"[ ][ก-ฮเ-ไ][ก-๎]{1,24}")
_POSITION_LIKE = re.compile(
    r"(?:ผู้|รอง|นายก|ปลัด|หัวหน้า|ประธาน|กรรมการ|เลขา|นัก|เจ้าหน้าที่|เจ้าพนักงาน|สำนัก"
    r"|กลุ่ม|ฝ่าย|ศูนย์|กอง|จังหวัด|อำเภอ|ผอ|หน\.|พนักงาน"
    r"|อธิบดี|คณะ|สมาชิก|กำนัน|ครู|อาจารย์|ที่ปรึกษา|พัฒนา|วิศวกร|นิติกร|สารวัตร|โรง|มหา"
    r"|วิทยา|ไม่|ตำแหน่ง|ชื่อ|สังกัด|หน่วย|ภาค|ส่วน|องค์|เทศบาล)"
)


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


def has_people(line: str) -> bool:
    """Whether a line of a list names someone with a title."""
    return bool(people_in(line))


def first_name(name: str) -> str:
    """The first name of a name with its title."""
    people = people_in(name)
    return (people[0].name if people else name).split()[0]


def looks_untitled(words: str) -> bool:
    """Whether the words of a numbered line begin like a name without a title."""
    words = words.lstrip(" |\t")
    match = _UNTITLED.match(words)
    return _untitled_officer(words) or (
        match is not None and not any(_POSITION_LIKE.match(w) for w in match["name"].split())
    )


def _untitled_officer(words: str) -> bool:
    """Whether two words that read like a name stand right before a position."""
    match = _NAME_AHEAD.match(words)
    if match is None or _THING.match(words):
        return False
    position = position_after(words, match.end("name"), len(words))
    if position is None or len(words.rstrip()) - position.end > _REMARK:
        return False
    return not any(
        _POSITION_LIKE.match(w) or begins_position(w) or is_verb(w) for w in match["name"].split()
    )


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


def names_untitled(line: str) -> bool:
    """Whether a line of a list, numbered or not, begins with a name without a title."""
    marker = marker_end(line)
    return looks_untitled(line[marker:]) if marker else _untitled_officer(line)


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
        position, role, away = _described(before, after, absent=absent)
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
    people = [p for p in people_in(joined) if not _INSTEAD.search(joined[: p.start][-12:])]
    if people:
        for person in people:
            yield person.start, _whole_name(flat, person)
    else:
        begin = marker_end(flat)
        match = _NAME_AHEAD.match(flat, begin) if _untitled_officer(flat[begin:]) else None
        match = match or _UNTITLED.search(flat, begin, begin + 120)
        if match and looks_untitled(flat[match.start() :]):
            yield match.span("name")


def _whole_name(flat: str, person: PersonMention) -> int:
    """The end of a name, past a syllable that reads like a verb where the cell ends behind it."""
    end = person.end
    rest = _LETTERS.match(flat, end)
    if rest and _ends_cell(flat, rest.end()):
        return rest.end()
    surname = _SURNAME_CELL.match(flat, end)
    if surname and " " not in person.name and _ends_cell(flat, surname.end()):
        more = flat[surname.end() :].strip(" |\t—–-,")
        if more and not _POSITION_LIKE.match(surname[0].strip()) and not is_role(more):
            return surname.end()
    return end


def _ends_cell(flat: str, at: int) -> bool:
    return at >= len(flat) or flat[at] == "\n" or _CELL.match(flat, at) is not None


def _described(before: str, after: str, *, absent: bool) -> tuple[str | None, str, bool]:
    """Position, role and absence by what stands before and after a name."""
    after = _COLON.sub(" | ", after) if _COLON.match(after) else after
    cells = _cells(after, absent=absent)
    lead = _cells(before.strip(" \n|\t,;()"), absent=False)
    earlier = [cell for cell, kind in lead if kind == "position"]
    later = [cell for cell, kind in cells if kind == "position"]
    roles = [cell for cell, kind in (*cells, *lead) if kind == "role"]
    # "สาธารณสุข : นายแพทย์… รองนายแพทย์สาธารณสุขจังหวัด": the office, then what they are in it.
    # So with a nickname: "พี่ตุ้ย (นาย… หัวหน้ากลุ่มงาน…)".
    office = before.rstrip().endswith((":", "：", "(")) and not after.lstrip().startswith(")")
    first, other = (later[:1], earlier[-1:]) if office else (earlier[-1:], later[:1])
    chosen = next(iter((*first, *other)), None)
    if chosen is None and roles and roles[0] not in BARE_ROLES:
        chosen = roles[0]
    return chosen, " ".join(roles), any(kind == "away" for _, kind in cells)


def _cells(text: str, *, absent: bool) -> list[tuple[str, str]]:
    """Cells of a line with their kinds: `position`, `role` or `away`."""
    found: list[tuple[str, str]] = []
    text, inside = _without_groups(text, absent=absent)
    for cell in _CELL.split(text):
        parts = [
            _DOTS.sub("", part).strip(" :;,-–—|").removeprefix("ฯ").strip()
            for part in cell.split("\n")
        ]
        found += [(part, "role") for part in parts if is_role(part)]
        # What a narrow column broke over lines is one cell again.
        kept = [part for part in parts if part and not is_role(part)]
        content = " ".join(part for part in kept if not (absent and is_reason(part)))
        if not content or is_note(content) or is_presence(content):
            continue
        if not absent and is_absence(content):
            found.append((content, "away"))
            continue
        if absent and (is_reason(content) or any(kind == "position" for _, kind in found)):
            continue
        if found and is_committee_role(content):
            found.append((content, "role"))
            continue
        content = without_reason(content) if absent else content
        position, role = split_role(content)
        found += [(position.strip(" ,/:"), "position")] if position.strip(" ,/:") else []
        found += [(role, "role")] if role else []
    return [*found, *((role, "role") for role in inside)]


def _without_groups(text: str, *, absent: bool) -> tuple[str, list[str]]:
    """`text` without brackets that hold roles, notes or reasons; a leading one loses its marks."""
    roles: list[str] = []

    def keep(match: re.Match[str]) -> str:
        inside = match["inside"].strip()
        if is_role(inside):
            roles.append(inside)
            return " "
        if is_note(inside) or is_reason(inside) or inside.startswith(("จด", "ไม่มี", "ผู้จด", "แทน")):
            return " "
        first = not text[: match.start()].strip(" |\t\n")
        if absent and not first:
            return " "
        return f"  {inside}  " if first else match[0]

    return _GROUPS.sub(keep, text), roles
