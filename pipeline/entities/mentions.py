"""Every mention of an entity in a Doc, and the choice among those that overlap."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span

from pipeline.entities.awards import awards
from pipeline.entities.completion import landmarks
from pipeline.entities.gazetteers import SPANS_KEY
from pipeline.entities.names import agencies, positions
from pipeline.entities.values import LABELS, Entity
from pipeline.thai import find_baht, find_dates, find_people, find_provinces, find_times

_AND = re.compile(r"[ \t]?(?:[,/·]|และ|หรือ|กับ|รวมถึง|ตลอดจน)?[ \t]?(?:ภาค)?")
_NOT_A_PARTNER = ("จัดการ", "บริการ", "ภาพ", "ดิจิทัล", "ข้อมูล", "เปิด", "นวัตกรรม")
_A_LIST = 3
_RANK = {label: rank for rank, label in enumerate(LABELS)}


def mentions(doc: Doc, text: str) -> list[Entity]:
    """All mentions in order of text, overlapping ones too.

    `doc` holds the gazetteer's matches; `text` is what it was made from.
    """
    heads = _heads(doc)
    provinces, people = list(_provinces(text)), list(_people(text))
    known = landmarks(doc, text, provinces, people)
    offices = list(agencies(heads["AGENCY"], known))
    longest = {office.start: office for office in sorted(offices, key=lambda o: o.end)}
    found = [
        *provinces,
        *people,
        *offices,
        *positions(heads["POSITION"], known, longest),
        *awards(text, heads["AWARD"]),
        *_networks(text, heads["NETWORK"]),
        *_figures(text),
    ]
    unique = {(entity.start, entity.end, entity.label): entity for entity in reversed(found)}
    return sorted(unique.values(), key=_in_text)


def apart(found: Iterable[Entity], length: int) -> list[Entity]:
    """The longest first, then by the order of `LABELS`, without overlaps; sorted by start.

    `length` is the length of the text.
    """
    taken = bytearray(length)
    chosen = []
    for entity in sorted(found, key=_preferred):
        if not any(taken[entity.start : entity.end]):
            taken[entity.start : entity.end] = b"\1" * (entity.end - entity.start)
            chosen.append(entity)
    return sorted(chosen, key=_in_text)


def _in_text(entity: Entity) -> tuple[int, int, int]:
    return entity.start, -entity.end, _RANK[entity.label]


def _preferred(entity: Entity) -> tuple[int, int, int]:
    return entity.start - entity.end, _RANK[entity.label], entity.start


def _heads(doc: Doc) -> dict[str, list[Span]]:
    """The gazetteer's matches by label, without those inside another match of the label."""
    heads: defaultdict[str, list[Span]] = defaultdict(list)
    for span in sorted(doc.spans[SPANS_KEY], key=lambda span: (span.start, -span.end)):
        same = heads[span.label_.partition(":")[0]]
        if not same or span.end > same[-1].end:
            same.append(span)
    return heads


def _provinces(text: str) -> Iterator[Entity]:
    for found in find_provinces(text):
        if found.kind != "inside":
            surface = text[found.start : found.end]
            yield Entity(found.start, found.end, surface, "PROVINCE", found.province)


def _people(text: str) -> Iterator[Entity]:
    for found in find_people(text):
        yield Entity(
            found.start, found.end, text[found.start : found.end], "PERSON", found.name.strip()
        )


def _figures(text: str) -> Iterator[Entity]:
    """Dates, times and sums of money."""
    for date in find_dates(text):
        value = _span_of(date.date, date.end_date)
        yield Entity(date.start, date.end, text[date.start : date.end], "DATE", value)
    for time in find_times(text):
        value = _span_of(time.time, time.end_time)
        yield Entity(time.start, time.end, text[time.start : time.end], "TIME", value)
    for money in find_baht(text):
        value = f"{money.baht:.2f}".rstrip("0").rstrip(".")
        yield Entity(money.start, money.end, text[money.start : money.end], "MONEY", value)


def _span_of(first: dt.date | dt.time, last: dt.date | dt.time | None) -> str:
    """ISO form of one value or, with '/', of a range; times without seconds."""
    values = [value for value in (first, last) if value is not None]
    return "/".join(
        value.isoformat("minutes") if isinstance(value, dt.time) else value.isoformat()
        for value in values
    )


def _networks(text: str, heads: list[Span]) -> Iterator[Entity]:
    """Partner sectors: named with ภาค, or in a list with one such, or in a list of three."""
    for chain in _chains(text, heads):
        named = any(head.label_ == "NETWORK" for head in chain)
        if named or len({head.id_ for head in chain}) >= _A_LIST:
            for head in chain:
                yield Entity(head.start_char, head.end_char, head.text, "NETWORK", head.id_)


def _chains(text: str, heads: list[Span]) -> Iterator[list[Span]]:
    chain: list[Span] = []
    for head in heads:
        before = text[max(0, head.start_char - 12) : head.start_char]
        if before.endswith(_NOT_A_PARTNER):
            continue
        if chain and not _AND.fullmatch(text, chain[-1].end_char, head.start_char):
            yield chain
            chain = []
        chain.append(head)
    if chain:
        yield chain
