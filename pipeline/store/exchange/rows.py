"""One edited row, read into the fields that a decision may set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.errors import UsageError
from pipeline.store.exchange.names import Names, key, listed, yes_or_no
from pipeline.thai.names import province_of


class RowError(UsageError):
    """A row that cannot be applied: why, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What a row says: values of the fields for which it has columns, the note, and `reviewed`."""

    values: Mapping[str, Any]
    note: str | None
    reviewed: bool


def edited(cells: Mapping[str, str], names: Names, was: Mapping[str, Any]) -> Edited:
    """Read the cells of a row; `was` are the values before it was edited. Raises RowError.

    An empty cell keeps a label that was empty. Clearing one is refused, since no document is
    without; a title or province may be cleared. Text that only lost blanks or control characters
    on its way through Excel is what it was.
    """
    values = dict(_values(cells, names, was))
    note = _as_it_was(cells.get("note", ""), was["note"]) or None
    reviewed = cells.get("reviewed", "")
    return Edited(values, note, bool(reviewed) and _flag("reviewed", reviewed))


def _as_it_was(text: str, was: str | None) -> str | None:
    return was if _squeezed(text) == _squeezed(was or "") else text


def _squeezed(text: str) -> str:
    return "".join(char for char in text if not char.isspace() and char.isprintable())


def _values(
    cells: Mapping[str, str], names: Names, was: Mapping[str, Any]
) -> Iterator[tuple[str, Any]]:
    if "agenda" in cells and (cells["agenda"] or was["agenda"]):
        yield "agenda", _code("agenda", cells["agenda"], names.agendas)
    if _says_modes(cells, was):
        yield "modes", _modes(cells, names, was["modes"])
    if "award_scaleup" in cells and (cells["award_scaleup"] or was["award_scaleup"] is not None):
        yield "award_scaleup", _flag("award_scaleup", cells["award_scaleup"])
    if "kind" in cells:
        yield "kind", _code("kind", cells["kind"], names.kinds)
    if "title" in cells:
        yield "title", _as_it_was(cells["title"], was["title"]) or None
    if "province" in cells:
        yield "province", _province(cells["province"], was["province"])


def _says_modes(cells: Mapping[str, str], was: Mapping[str, Any]) -> bool:
    columns = {"mode", "other_modes"} & set(cells)
    return any(cells[column] for column in columns) or bool(columns and was["modes"])


def _modes(cells: Mapping[str, str], names: Names, now: tuple[str, ...]) -> tuple[str, ...]:
    kept = "mode" not in cells and now
    first = now[0] if kept else _code("mode", cells.get("mode", ""), names.modes)
    if "other_modes" in cells:
        others = [_code("other_modes", name, names.modes) for name in listed(cells["other_modes"])]
    else:
        others = list(now[1:])
    return tuple(dict.fromkeys([first, *others]))


def _code(column: str, text: str, names: Mapping[str, str]) -> str:
    if not text:
        raise RowError(
            f"ช่อง {column} ว่าง ให้เลือกป้าย หรือใส่ค่าเดิมคืน",
            f"{column} is empty: choose a label, or put the old one back",
        )
    found = names.get(key(text))
    if found is None:
        choices = ", ".join(dict.fromkeys(names.values()))
        raise RowError(
            f"ไม่รู้จัก {column} “{text[:40]}” เลือกจาก {choices}",
            f"unknown {column} “{text[:40]}”: choose one of {choices}",
        )
    return found


def _flag(column: str, text: str) -> bool:
    found = yes_or_no(text)
    if found is None:
        raise RowError(
            f"ช่อง {column} ต้องเป็น ใช่ (yes, true, 1, ✓) หรือ ไม่ (no, false, 0, -) แก้ “{text[:40]}”",
            f"{column} must be yes (ใช่, true, 1, ✓) or no (ไม่, false, 0, -): correct “{text[:40]}”",
        )
    return found


def _province(text: str, was: str | None) -> str | None:
    """A province; the several of minutes stay as they stand."""
    if not text or _as_it_was(text, was) == was:
        return was if text else None
    found = province_of(text)
    if found is None:
        raise RowError(
            f"ไม่รู้จักจังหวัด “{text[:40]}” เขียนชื่อเต็ม หรือใส่ค่าเดิมคืน",
            f"unknown province “{text[:40]}”: write its full name, or put the old one back",
        )
    return found
