"""Parsed minutes compared with a gold structure, field by field.

Values are compared without white space and with Arabic digits. Fields of the header count one
each: for them precision, recall and F1 are the accuracy.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from pipeline.documents import Document, Minutes, Page
from pipeline.minutes import parse_minutes
from pipeline.minutes.scoring.counts import Count, Miss, Row, Scores, pairs, row
from pipeline.thai import arabic_digits, normalize

SAME_TEXT = 0.8
"""The least overlap, 0 to 1, of two turns that are the same."""


def score(parsed: Minutes, gold: Mapping[str, Any]) -> Scores:
    """Compare `parsed` with the gold structure of the same text."""
    counts: dict[str, Count] = {}
    misses: list[Miss] = []
    for part in (_header, _attendees, _items, _turns, _deadlines):
        for field, count, missed in part(parsed, gold):
            counts[field] = count
            misses += (Miss(field, wanted, got) for wanted, got in missed)
    return Scores(counts, tuple(misses))


def score_text(text: str, gold: Mapping[str, Any]) -> Scores:
    """Parse `text`, normalized as `read` would, and score it."""
    clean = normalize(text)
    page = Page(1, clean, text, "text")
    return score(parse_minutes(Document("", "", "text/plain", "minutes", (page,))), gold)


def _key(value: Any) -> str:
    """What of a value is compared."""
    return "".join(arabic_digits(normalize(str(value))).split()) if value is not None else ""


def _header(parsed: Minutes, gold: Mapping[str, Any]) -> Iterable[Row]:
    chair = gold.get("chair") or {}
    values = {
        "title": (gold.get("title"), parsed.title),
        "meeting_no": (gold.get("meeting_no"), parsed.meeting_no),
        "date": (gold.get("date"), parsed.date),
        "start_time": (gold.get("start_time"), _clock(parsed.start_time)),
        "end_time": (gold.get("end_time"), _clock(parsed.end_time)),
        "place_or_medium": (gold.get("place_or_medium"), parsed.place_or_medium),
        "chair_name": (chair.get("name"), parsed.chair and parsed.chair.name),
        "chair_position": (chair.get("position"), parsed.chair and parsed.chair.position),
        "provinces": (
            " ".join(sorted(set(gold.get("provinces") or ()))),
            " ".join(sorted(set(parsed.provinces))),
        ),
    }
    for field, (wanted, got) in values.items():
        right = _key(wanted) == _key(got)
        yield field, Count(int(right), 1, 1), [] if right else [(_shown(wanted), _shown(got))]


def _clock(time: dt.time | None) -> str | None:
    return time.strftime("%H:%M") if time else None


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def _attendees(parsed: Minutes, gold: Mapping[str, Any]) -> Iterable[Row]:
    wanted = [(a["name"], a["group"], a.get("position")) for a in gold.get("attendees") or ()]
    got = [(a.name, a.group, a.position) for a in parsed.attendees]
    met = pairs(wanted, got, lambda w, g: _keys(w[:2]) == _keys(g[:2]))
    yield row("attendees", wanted, got, met)
    missed = [
        (f"{wanted[i][0]}: {wanted[i][2]}", str(got[j][2]))
        for i, j in met
        if _key(wanted[i][2]) != _key(got[j][2])
    ]
    yield "attendee_positions", Count(len(met) - len(missed), len(met), len(met)), missed


def _items(parsed: Minutes, gold: Mapping[str, Any]) -> Iterable[Row]:
    items = gold.get("items") or ()
    wanted = [(item["no"], item.get("heading")) for item in items]
    got = [(item.no, item.heading) for item in parsed.items]
    same = pairs(wanted, got, lambda w, g: _keys(w) == _keys(g))
    yield row("items", wanted, got, same)
    wanted = [(item["no"], item["resolution"]) for item in items if item.get("resolution")]
    got = [(item.no, item.resolution) for item in parsed.items if item.resolution]
    same = pairs(wanted, got, lambda w, g: _keys(w) == _keys(g))
    yield row("resolutions", wanted, got, same)
    alike = pairs(
        wanted, got, lambda w, g: _keys(w)[0] == _keys(g)[0] and _alike(str(w[1]), str(g[1]))
    )
    yield row("resolutions_lenient", wanted, got, alike)


def _turns(parsed: Minutes, gold: Mapping[str, Any]) -> Iterable[Row]:
    turns = [turn for item in gold.get("items") or () for turn in item.get("turns") or ()]
    wanted = [(turn.get("speaker"), turn["text"]) for turn in turns]
    got = [(turn.speaker, turn.text) for item in parsed.items for turn in item.turns]
    alike = pairs(wanted, got, lambda w, g: _alike(str(w[1]), str(g[1])))
    said = pairs(
        wanted, got, lambda w, g: _key(w[0]) == _key(g[0]) and _alike(str(w[1]), str(g[1]))
    )
    yield row("turns", wanted, got, said)
    yield row("turns_without_speaker", wanted, got, alike)


def _deadlines(parsed: Minutes, gold: Mapping[str, Any]) -> Iterable[Row]:
    wanted = [(line["date"], line["quote"]) for line in gold.get("deadlines") or ()]
    got = [(line.date.isoformat(), line.quote) for line in parsed.deadlines]
    places = {quote: _places(normalize(quote), parsed.text) for _, quote in wanted}
    spans = [(line.start, line.end) for line in parsed.deadlines]
    by_date = pairs(wanted, got, lambda w, g: w[0] == g[0])
    read = [(*line, span) for line, span in zip(got, spans, strict=True)]
    both = pairs(wanted, read, lambda w, g: w[0] == g[0] and _touches(places[w[1]], g[2]))
    yield row("deadlines", wanted, got, both)
    yield row("deadlines_by_date", wanted, got, by_date)


def _places(quote: str, text: str) -> list[tuple[int, int]]:
    """Where `quote` stands in `text`; more than one place if it is repeated."""
    found, start = [], text.find(quote)
    while start >= 0 and quote:
        found.append((start, start + len(quote)))
        start = text.find(quote, start + 1)
    return found


def _touches(places: Sequence[tuple[int, int]], span: tuple[int, int]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in places)


def _keys(values: Iterable[Any]) -> list[str]:
    return [_key(value) for value in values]


def _alike(wanted: str, got: str) -> bool:
    """Whether two texts share `SAME_TEXT` of their characters, in order."""
    matcher = SequenceMatcher(None, _key(wanted), _key(got), autojunk=False)
    return matcher.real_quick_ratio() >= SAME_TEXT and matcher.ratio() >= SAME_TEXT
