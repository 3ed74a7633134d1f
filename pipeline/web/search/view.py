"""What the search page shows: facets with their links, excerpts around the first word found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.documents import Passage
from pipeline.search.values import FACETS
from pipeline.store.labels.fields import KIND_NAMES
from pipeline.web.frame.marking import on_boundary
from pipeline.web.search.form import Asked

_BLANK_LINE = re.compile(r"\n(?=[ \t]*\n)")
EXCERPT = 420  # code points
BEFORE = 120  # of them before the first word found
FACET_NAMES = {
    "topic": ("หัวข้อ", "Topic"),
    "fiscal_year": ("ปีงบประมาณ", "Fiscal year (BE)"),
    "province": ("จังหวัด", "Province"),
    "speaker": ("ผู้พูด", "Speaker"),
    "meeting": ("การประชุมครั้งที่", "Meeting"),
    "kind": ("ส่วนของเอกสาร", "Part"),
    "document_kind": ("ประเภทเอกสาร", "Document"),
}
PART_NAMES = {
    "resolution": ("มติ", "resolution"),
    "turn": ("คำพูด", "speech"),
    "order": ("ข้อสั่งการ", "order"),
    "item": ("วาระ", "agenda item"),
    "section": ("หัวข้อในแบบ", "section"),
    "text": ("ข้อความ", "text"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: how many passages have it, and the address that sets or clears it."""

    value: str
    name: str
    count: int | None
    active: bool
    address: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its values, the most frequent first."""

    field: str
    thai: str
    english: str
    choices: tuple[Choice, ...]


def facets_shown(
    asked: Asked, counts: Mapping[str, Mapping[str, int]], topics: Mapping[str, str]
) -> list[Facet]:
    """Every facet that has a value to choose, in the order of `FACETS`."""
    shown = []
    for name in FACETS:
        found = {value: count for value, count in counts.get(name, {}).items() if value}
        choices = tuple(_choice(asked, name, v, count, topics) for v, count in found.items())
        if choices:
            shown.append(Facet(name, *FACET_NAMES[name], choices))
    return shown


def filters_set(asked: Asked, topics: Mapping[str, str]) -> list[Choice]:
    """The filters that are set, each with the address that clears it."""
    chosen = [
        _choice(asked, name, value, None, topics)
        for name in FACETS
        for value in asked.filters.get(name, ())
    ]
    if asked.since or asked.until:
        days = f"{asked.since or '…'} – {asked.until or '…'}"
        chosen.append(Choice("", f"วันที่ {days}", None, True, asked.without_dates().address))
    return chosen


def value_name(name: str, value: str, topics: Mapping[str, str]) -> str:
    """A facet's value as people know it."""
    if name == "topic":
        return topics.get(value, value)
    if name == "kind":
        return PART_NAMES[value][0] if value in PART_NAMES else value
    return KIND_NAMES.get(value, value) if name == "document_kind" else value


def _choice(
    asked: Asked, name: str, value: str, count: int | None, topics: Mapping[str, str]
) -> Choice:
    return Choice(
        value,
        value_name(name, value, topics),
        count,
        asked.has(name, value),
        asked.toggled(name, value).address,
    )


def excerpt(text: str, highlights: Sequence[Sequence[int]]) -> tuple[int, int]:
    """The stretch of a passage that is shown, around the first word found; cut at blanks if it can.

    No letter is cut from its marks.
    """
    if len(text) <= EXCERPT:
        return 0, len(text)
    first = highlights[0][0] if highlights else 0
    start = max(0, min(first - BEFORE, len(text) - EXCERPT))
    if start:
        blank = text.find(" ", start, max(start, first - BEFORE // 2))
        start = on_boundary(text, start, 1) if blank < 0 else blank + 1
    end = min(len(text), start + EXCERPT)
    if end < len(text):
        blank = text.rfind(" ", end - BEFORE // 2, end)
        end = on_boundary(text, end, -1) if blank < 0 else blank
    return start, end


def without_blank_lines(text: str) -> str:
    """The text with blank lines closed up for show; every letter keeps its place."""
    return _BLANK_LINE.sub(" ", text)


def place_of(passage: Passage) -> str:
    """The address of a passage, which stays: minutes in their page, all else in the document's."""
    if passage.document_kind == "minutes":
        return f"/minutes/{passage.document}#p{passage.start}"
    return f"/documents/{passage.document}?at={passage.start}-{passage.end}#place"
