"""The names that are known beforehand, as patterns of a spaCy SpanRuler.

A pattern's label is the kind and, after a colon, what completes the name ('AGENCY:province'); its
id is the full name. Names are matched as tokens, so one never begins or ends inside a word.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from spacy.language import Language

SPANS_KEY = "gazetteer"
# The tokenizer's dictionary has these with รางวัล as words: "ได้รับรางวัล" is ได้|รับรางวัล.
GLUED = ("รับ", "คว้า", "ให้", "ของ", "ออก", "ถ้วย")

_OF_MINISTRIES = {
    "ปลัด": "ปลัด",
    "รองปลัด": "รองปลัด",
    "รัฐมนตรีว่าการ": "รัฐมนตรีว่าการ",
    "รมว.": "รัฐมนตรีว่าการ",
    "รัฐมนตรีช่วยว่าการ": "รัฐมนตรีช่วยว่าการ",
    "รมช.": "รัฐมนตรีช่วยว่าการ",
    "ผู้ตรวจราชการ": "ผู้ตรวจราชการ",
}
_HEADS = {
    "กระทรวง": _OF_MINISTRIES,
    "สำนักนายก": _OF_MINISTRIES,
    "กรม": {"อธิบดี": "อธิบดี", "รองอธิบดี": "รองอธิบดี"},
}
_AGENCY_ROLES = {
    "national": "AGENCY",
    "public_organisations": "AGENCY",
    "universities": "AGENCY",
    "provincial": "AGENCY:province",
    "local": "AGENCY:place",
}
_SECTORS = {
    "ราชการ": ("ภาคราชการ", "ภาครัฐ", "ภาคส่วนราชการ"),
    "วิชาการ": ("ภาควิชาการ", "ภาคการศึกษา"),
    "ศาสนา": ("ภาคศาสนา", "ภาคส่วนศาสนา", "องค์กรศาสนา"),
    "เอกชน": ("ภาคเอกชน", "ภาคธุรกิจ", "ภาคธุรกิจเอกชน"),
    "ประชาชน": ("ภาคประชาชน",),
    "ประชาสังคม": ("ภาคประชาสังคม", "องค์กรภาคประชาสังคม"),
    "สื่อมวลชน": ("ภาคสื่อมวลชน", "ภาคสื่อ"),
}
_OFFICE = "สำนักงาน"
_STATE_IN_A_LIST = "รัฐ"


@cache
def table(name: str) -> dict[str, Any]:
    """A table of `pipeline/data`, by its file name without suffix."""
    source = files("pipeline").joinpath("data", f"{name}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


def add_gazetteer(nlp: Language) -> None:
    """Add the ruler that writes every match of every known name to `doc.spans[SPANS_KEY]`."""
    config = {"spans_key": SPANS_KEY, "annotate_ents": False}
    ruler = nlp.add_pipe("span_ruler", name=SPANS_KEY, config=config)
    ruler.add_patterns(
        [
            {"label": label, "pattern": surface, "id": full}
            for label, surface, full in dict.fromkeys(_names())
        ]
    )


def _names() -> Iterator[tuple[str, str, str]]:
    """Label, surface and full name of everything known."""
    yield from _agencies()
    yield from _positions()
    yield from _ministers()
    for full, forms in table("awards")["award"].items():
        for surface in (full, *forms):
            yield "AWARD", surface, full
            for verb in GLUED:
                yield "AWARD", f"{verb}{surface}", full
    for sector, forms in _SECTORS.items():
        yield "NETWORK:listed", sector, sector
        for surface in forms:
            yield "NETWORK", surface, sector
    yield "NETWORK:listed", _STATE_IN_A_LIST, "ราชการ"


def _agencies() -> Iterator[tuple[str, str, str]]:
    for group, label in _AGENCY_ROLES.items():
        for full, short in table("agencies")[group].items():
            for surface in (full, *short):
                yield label, surface, full
            if full.startswith(_OFFICE):
                yield label, full.replace(_OFFICE, "สนง.", 1), full
                yield label, full.replace(_OFFICE, "สนง. ", 1), full


def _positions() -> Iterator[tuple[str, str, str]]:
    data = table("positions")
    for role in ("province", "place", "agency", "agency_needed", "unit", "complete"):
        label = "POSITION" if role == "complete" else f"POSITION:{role}"
        for full, short in data[role].items():
            for surface in (full, *short):
                yield label, surface, full
                for prefix in data["prefixes"]:
                    yield label, f"{prefix}{surface}", f"{prefix}{full}"
                    yield label, f"{prefix} {surface}", f"{prefix}{full}"


def _ministers() -> Iterator[tuple[str, str, str]]:
    """The heads of ministries and departments, whose titles fuse with the agency's name."""
    for full, short in table("agencies")["national"].items():
        heads = next((heads for kind, heads in _HEADS.items() if full.startswith(kind)), {})
        for surface in (full, *short):
            for written, head in heads.items():
                yield "POSITION", f"{written}{surface}", f"{head}{full}"
                yield "POSITION", f"{written} {surface}", f"{head}{full}"
