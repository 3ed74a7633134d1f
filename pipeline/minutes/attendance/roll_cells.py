"""What the cells beside a name of a list say: position, role, or that someone is away."""

from __future__ import annotations

import re

from pipeline.minutes.attendance.roles import (
    BARE_ROLES,
    is_absence,
    is_committee_role,
    is_note,
    is_presence,
    is_reason,
    is_role,
    split_role,
    without_reason,
)

CELL = re.compile(r"[ ]*(?:[|\t]+|[ ]{2,}|[ ][—–-][ ]|[—–]|[,;][ ]|[ ][,;/])[ ]*")
# "นาย… : ตำแหน่ง : กรรมการ": where it stands behind the name, the colon parts columns.
_COLON = re.compile(r"[ ]*[:：][ ]*")
_GROUPS = re.compile(r"[(\[](?P<inside>[^()\[\]\n]{1,90})[)\]]")
_DOTS = re.compile(r"\.{2,}|…")


def described(before: str, after: str, *, absent: bool) -> tuple[str | None, str, bool]:
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
    for cell in CELL.split(text):
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
