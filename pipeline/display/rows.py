"""Values as rows of a table: what `display.to_frame` makes of each kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipeline.documents import Document, Item, Minutes, Passage, Tagging
from pipeline.search import Hit, Results

Row = dict[str, Any]
_PASSAGE = (
    *("id", "kind", "title", "heading", "speaker", "date", "provinces", "topics", "text"),
    *("document", "start", "end"),
)
_ITEM = ("no", "heading", "resolution", "speakers", "turns", "orders", "start", "end")
# What a table without a row still has: minutes may have no item, a search no hit.
COLUMNS: dict[type, tuple[str, ...]] = {
    Minutes: ("title", "meeting_no", "date", *_ITEM),
    Results: ("score", "highlights", *_PASSAGE),
}


def _tagging(value: Tagging) -> list[Row]:
    row: Row = {
        "agenda": value.agenda,
        "agenda_confidence": value.agenda_probs[value.agenda],
        "mode": value.mode,
        "mode_confidence": value.mode_probs[value.mode],
        "other_modes": value.modes[1:],
        "award_scaleup": value.award_scaleup,
        "award_confidence": value.award_prob,
        "needs_review": value.needs_review,
        "reasons": value.reasons,
        "evidence": tuple(quote.text for quote in value.evidence),
    }
    probabilities = {"agenda": value.agenda_probs, "mode": value.mode_probs}
    return [
        row
        | {
            f"{axis}:{code}": p
            for axis, probs in probabilities.items()
            for code, p in probs.items()
        }
    ]


def _document(value: Document) -> list[Row]:
    return [
        {
            "file": value.file,
            "kind": value.kind,
            "media_type": value.media_type,
            "pages": len(value.pages),
            "letters": len(value.text),
            "tables": len(value.tables),
            "methods": tuple(dict.fromkeys(page.method for page in value.pages)),
            "damage": max((page.damage for page in value.pages), default=0.0),
            "warnings": value.warnings,
            "sha256": value.sha256,
            "text": value.text,
        }
    ]


def _minutes(value: Minutes) -> list[Row]:
    return [
        {"title": value.title, "meeting_no": value.meeting_no, "date": value.date} | _item(item)
        for item in value.items
    ]


def _item(item: Item) -> Row:
    speakers = tuple(dict.fromkeys(turn.speaker for turn in item.turns if turn.speaker))
    orders = tuple(order.text for order in item.orders)
    said = (item.no, item.heading, item.resolution, speakers, len(item.turns), orders)
    return dict(zip(_ITEM, (*said, item.start, item.end), strict=True))


def _passage(value: Passage) -> list[Row]:
    return [{name: getattr(value, name) for name in _PASSAGE}]


def _hit(value: Hit) -> list[Row]:
    quotes = tuple(span.of(value.passage.text) for span in value.highlights)
    return [{"score": value.score, "highlights": quotes} | row for row in _passage(value.passage)]


def _results(value: Results) -> list[Row]:
    return [row for hit in value.hits for row in _hit(hit)]


ROWS: dict[type, Callable[[Any], list[Row]]] = {
    Tagging: _tagging,
    Document: _document,
    Minutes: _minutes,
    Passage: _passage,
    Hit: _hit,
    Results: _results,
}
