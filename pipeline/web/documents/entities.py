"""The entities of a document for its page: each name once, by kind, with the first place of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.documents import Document

NAMES = {
    "PERSON": ("บุคคล", "people"),
    "POSITION": ("ตำแหน่ง", "positions"),
    "AGENCY": ("หน่วยงาน", "agencies"),
    "PROVINCE": ("จังหวัด", "provinces"),
    "AWARD": ("รางวัล", "awards"),
    "DATE": ("วันที่", "dates"),
    "TIME": ("เวลา", "times"),
    "MONEY": ("จำนวนเงิน", "amounts"),
    "NETWORK": ("ภาคี", "networks"),
}
LONGEST = 200_000  # code points that are looked through
MOST = 40  # of each kind


@dataclass(frozen=True, slots=True)
class Named:
    """A name as it first stands in the text, at `start` to `end`, and how often it does."""

    surface: str
    value: str
    count: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Group:
    """The names of a kind, in the order of the text; `more` were left out."""

    thai: str
    english: str
    names: tuple[Named, ...]
    more: int


@lru_cache(32)
def entities_of(document: Document) -> tuple[Group, ...]:
    """The entities by kind; those of a document that was looked at before are at hand."""
    from pipeline.entities import find_entities  # spaCy takes a second to load

    found: dict[str, dict[str, list[Named]]] = {label: {} for label in NAMES}
    text = document.text[:LONGEST]
    for one in find_entities(text):
        named = Named(" ".join(one.text.split()), one.value, 1, one.start, one.end)
        found[one.label].setdefault(one.value, []).append(named)
    return tuple(_group(label, list(names.values())) for label, names in found.items() if names)


def _group(label: str, names: Sequence[Sequence[Named]]) -> Group:
    shown = tuple(
        Named(first.surface, first.value, len(places), first.start, first.end)
        for places in names[:MOST]
        for first in places[:1]
    )
    return Group(*NAMES[label], shown, len(names) - len(shown))
