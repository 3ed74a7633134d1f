"""What a program may set labels to: the codes of the taxonomy, the provinces there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.errors import UsageError
from pipeline.thai import PROVINCES
from pipeline.web.frame.labels import taxonomy

NEEDS_VALUES = ("label", "second", "adjudicate")


def checked_after(kind: str, after: Mapping[str, Any], note: str | None) -> dict[str, Any]:
    """The fields to set. Raises UsageError for a code that is none, or where nothing is said."""
    for name, value in after.items():
        for code in value if isinstance(value, list) else [value]:
            _check(name, code, _choices(name))
    if kind in NEEDS_VALUES and not after:
        raise UsageError(
            f"การตัดสินแบบ {kind} ต้องบอกค่าใน after",
            f"a decision of the kind {kind} needs values in after",
        )
    if kind in ("ask", "note") and after:
        raise UsageError(
            f"การตัดสินแบบ {kind} ไม่ตั้งค่า ให้ละ after", f"{kind} sets nothing: leave out after"
        )
    if kind == "note" and not (note or "").strip():
        raise UsageError("หมายเหตุว่าง ให้เขียนใน note", "an empty note: write it in note")
    return dict(after)


def _choices(name: str) -> Sequence[str]:
    if name == "agenda":
        return taxonomy().agenda_codes
    if name == "modes":
        return taxonomy().mode_codes
    return PROVINCES if name == "province" else ()


def _check(name: str, code: Any, choices: Sequence[str]) -> None:
    if choices and code is not None and code not in choices:
        shown = ", ".join(choices) if name != "province" else "ชื่อเต็มภาษาไทย · full Thai names"
        raise UsageError(
            f"ไม่รู้จัก {name} {str(code)[:40]!r} เลือกจาก {shown}",
            f"unknown {name} {str(code)[:40]!r}: choose from {shown}",
        )
