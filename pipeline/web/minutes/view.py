"""One set of minutes as its page shows it: what was found, each with its place in the text.

The text stands in the passages that search finds; `p` and the offset where one begins is the
anchor of it. What is marked inside a passage has an anchor of its own.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy.orm import Session

from pipeline.documents import Passage
from pipeline.store.documents import Stored, arrivals_of, get_document, get_parsed, passages_of
from pipeline.web.frame.dates import thai_date
from pipeline.web.frame.marking import Mark, marked, on_boundary

GROUPS = (
    ("present", "ผู้มาประชุม", "Present"),
    ("absent", "ผู้ไม่มาประชุม", "Absent"),
    ("participant", "ผู้เข้าร่วมประชุม", "Also attending"),
)
FIRST_WORDS = 160  # code points of a turn


@dataclass(frozen=True, slots=True)
class Block:
    """A passage of the text with its marks; `anchor` is its id on the page."""

    anchor: str
    kind: str
    text: Markup
    topics: tuple[str, ...]
    speaker: str


@dataclass(frozen=True, slots=True)
class People:
    """A group of those who attended."""

    thai: str
    english: str
    attendees: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class ItemShown:
    """An agenda item with the deadlines set in it; `depth` is 0 for one that is no part."""

    item: Mapping[str, Any]
    depth: int
    deadlines: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class MinutesShown:
    """The page of one set of minutes; `loose` are deadlines outside every item."""

    stored: Stored
    file: str
    minutes: Mapping[str, Any]
    people: tuple[People, ...]
    items: tuple[ItemShown, ...]
    loose: tuple[Mapping[str, Any], ...]
    blocks: tuple[Block, ...]
    anchors: Mapping[int, str]

    def place(self, start: int | None) -> str:
        """The link to a place in the text: to what is marked there, else to its passage."""
        if start is None or not self.blocks:
            return "#text"
        return "#" + anchor_at(start, self.anchors, [int(b.anchor[1:]) for b in self.blocks])


def minutes_shown(session: Session, sha256: str) -> MinutesShown | None:
    """The minutes of a document; None for one that is none. Raises StoreError if unknown."""
    stored = get_document(session, sha256)
    parsed = get_parsed(session, sha256)
    if stored.kind != "minutes" or parsed is None or "items" not in parsed:
        return None
    passages = passages_of(session, sha256)
    marks = list(marks_of(parsed, {passage.start for passage in passages}))
    file = arrivals_of(session, [sha256])[sha256][-1].file
    inside = [deadlines_in(item, parsed["deadlines"]) for item in parsed["items"]]
    placed = {deadline["start"] for found in inside for deadline in found}
    return MinutesShown(
        stored=stored,
        file=file.replace("\\", "/").rsplit("/", 1)[-1],
        minutes=parsed | {"date": _day(parsed["date"])},
        people=tuple(_people(parsed["attendees"])),
        items=tuple(
            ItemShown(item, (item["no"] or "").rstrip(".").count("."), found)
            for item, found in zip(parsed["items"], inside, strict=True)
        ),
        loose=tuple(d for d in parsed["deadlines"] if d["start"] not in placed),
        blocks=tuple(_block(passage, marks) for passage in passages),
        anchors={mark.start: mark.anchor for mark in marks if mark.anchor},
    )


def times_of(minutes: Mapping[str, Any]) -> str:
    """`09.30 – 11.00 น.`; a dash for a time that is not known."""
    shown = [str(minutes[name] or "–").replace(":", ".") for name in ("start_time", "end_time")]
    return " – ".join(shown) + " น." if minutes["start_time"] or minutes["end_time"] else "–"


def chair_of(minutes: Mapping[str, Any]) -> str:
    """Name and position of the chair, a dash for none."""
    chair = minutes["chair"] or {}
    return " ".join(filter(None, (chair.get("name"), chair.get("position")))) or "–"


def beginning(text: str) -> str:
    """The first words of a turn on one line; no letter is cut from its marks."""
    line = " ".join(text.split())
    if len(line) <= FIRST_WORDS:
        return line
    return line[: on_boundary(line, FIRST_WORDS, -1)] + "…"


def marks_of(parsed: Mapping[str, Any], taken: set[int]) -> Iterator[Mark]:
    """What is marked in the text; `taken` are starts of passages, whose anchors stand already."""
    seen = set(taken)
    for start, end, kind, label in sorted(_spans(parsed)):
        anchor = "" if start in seen else f"p{start}"
        seen.add(start)
        yield Mark(start, end, kind, label, anchor)


def anchor_at(start: int, anchors: Mapping[int, str], blocks: Sequence[int]) -> str:
    """The anchor of a place: its own, else that of the passage it stands in."""
    if start in anchors:
        return anchors[start]
    return f"p{blocks[max(0, bisect_right(blocks, start) - 1)]}"


def deadlines_in(
    item: Mapping[str, Any], deadlines: Sequence[Mapping[str, Any]]
) -> tuple[Mapping[str, Any], ...]:
    """The deadlines that stand in an item."""
    return tuple(d for d in deadlines if item["start"] <= d["start"] < item["end"])


def _spans(parsed: Mapping[str, Any]) -> Iterator[tuple[int, int, str, str]]:
    for span in (*parsed["spans"].values(), *parsed["attendees"]):
        yield span["start"], span["end"], "named", ""
    for item in parsed["items"]:
        for kind, label in (("heading", ""), ("resolution", "มติ")):
            if span := item["spans"].get(kind):
                yield span["start"], span["end"], kind, label
        for order in item["orders"]:
            yield order["start"], order["end"], "order", "ข้อสั่งการ"
    for deadline in parsed["deadlines"]:
        date = dt.date.fromisoformat(deadline["date"])
        yield deadline["start"], deadline["end"], "deadline", f"กำหนด {thai_date(date)}"


def _block(passage: Passage, marks: Sequence[Mark]) -> Block:
    near = [mark for mark in marks if mark.start < passage.end and mark.end > passage.start]
    own = [
        mark if mark.start >= passage.start else Mark(mark.start, mark.end, mark.kind, mark.label)
        for mark in near
    ]
    return Block(
        f"p{passage.start}",
        passage.kind,
        marked(passage.text, own, offset=passage.start),
        passage.topics,
        passage.speaker,
    )


def _people(attendees: Sequence[Mapping[str, Any]]) -> Iterator[People]:
    for group, thai, english in GROUPS:
        if found := tuple(a for a in attendees if a["group"] == group):
            yield People(thai, english, found)


def _day(iso: str | None) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso else None
