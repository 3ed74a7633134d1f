"""The fields that a decision may set, their values, and how they look in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.documents import KINDS
from pipeline.errors import UsageError

LABELS = ("agenda", "modes", "award_scaleup")
"""What models learn from; `modes` has the primary one first."""

FIELDS = (*LABELS, "kind", "title", "province")
SHOWN = frozenset({"title", "province", "kind"})
"""Those that a document's passages show in a search."""
KIND_NAMES = {"proposal": "ข้อเสนอ", "minutes": "รายงานการประชุม", "other": "อื่น ๆ"}
"""The kinds of documents, as people know them."""


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a decision, `modes` as a tuple. Raises UsageError for what is none."""
    for name, value in values.items():
        if name not in FIELDS:
            raise UsageError(
                f"ไม่มีช่อง {name!r} ให้ตัดสิน ใช้ได้: {', '.join(FIELDS)}",
                f"there is no field {name!r} to decide on: use {', '.join(FIELDS)}",
            )
        if not _fits(name, value):
            raise UsageError(
                f"ค่า {value!r} ใช้กับช่อง {name} ไม่ได้ ให้แก้ค่าแล้วลองใหม่",
                f"{value!r} does not fit the field {name}: correct it and try again",
            )
    return {name: tuple(v) if name == "modes" else v for name, v in values.items()}


def _fits(name: str, value: Any) -> bool:
    if name == "modes":
        listed = isinstance(value, (list, tuple)) and bool(value)
        return listed and all(isinstance(code, str) and code for code in value)
    if name == "award_scaleup":
        return isinstance(value, bool)
    if name == "kind":
        return value in KINDS
    if name == "agenda":
        return isinstance(value, str) and bool(value)
    return value is None or isinstance(value, str)


def machine_values(record: Mapping[str, Any], read: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as the machine has them, from a row of `wara classify` and what was read."""
    mode = record.get("mode")
    return {
        "agenda": record.get("agenda"),
        "modes": (mode, *record.get("other_modes", ())) if mode else (),
        "award_scaleup": record.get("award_scaleup"),
        **{name: record.get(name, read.get(name)) for name in ("kind", "title", "province")},
    }


def plain_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same as JSON holds it."""
    return {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}
