"""Cuts a document into passages, the units of search.

Of minutes every turn and resolution is a passage, of a proposal every section; what lies between
them is one too, so that each word of a document stands in exactly one passage. Long ones are cut
at sentences into pieces of about `WORDS` words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.documents import Document, Item, Minutes, Passage, Proposal, Span
from pipeline.thai import sentences, words
from pipeline.thai.normalize import MARKS

WORDS = 150
LONGEST = 1500  # characters; a stretch without a place to cut ends here
_BETWEEN_HEADINGS = " › "


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the text that no passage may cross, and what is known of it."""

    start: int
    end: int
    kind: str
    heading: str = ""
    speaker: str = ""
    position: str = ""
    item: str = ""


def passages(document: Document, parsed: Minutes | Proposal | None) -> list[Passage]:
    """The passages of `document` in the order of its text; `parsed` says what its parts are."""
    if isinstance(parsed, Minutes):
        parts, date, provinces = _minutes_parts(parsed), parsed.date, parsed.provinces
        meeting = parsed.meeting_no or ""
    elif isinstance(parsed, Proposal):
        parts, date = _proposal_parts(parsed), parsed.document_date
        provinces, meeting = (parsed.province,) if parsed.province else (), ""
    else:
        parts, date, provinces, meeting = [], None, (), ""
    title = (parsed.title if parsed else None) or ""
    whole = Passage("", "", title=title, document=document.sha256, document_kind=document.kind)
    whole = replace(whole, date=date, provinces=provinces, meeting=meeting)
    tiles = _tiles(parts, len(document.text))
    return [
        _passage(whole, document.text, span, tile)
        for tile in tiles
        for span in _pieces(document.text, tile)
    ]


def _passage(whole: Passage, text: str, span: Span, part: _Part) -> Passage:
    return replace(
        whole,
        id=f"{whole.document[:16]}:{span.start}-{span.end}",
        text=span.of(text),
        kind=part.kind,
        heading=part.heading,
        speaker=part.speaker,
        position=part.position,
        item=part.item,
        start=span.start,
        end=span.end,
    )


def _minutes_parts(minutes: Minutes) -> list[_Part]:
    """Items with the headings above them, and inside each its turns, resolution and orders."""
    parts = []
    for item, path in zip(minutes.items, _paths(minutes.items), strict=True):
        own = _Part(item.start, item.end, "item", path, item=item.no or "")
        inside = [
            replace(own, start=turn.start, end=turn.end, kind="turn",
                    speaker=turn.speaker or "", position=turn.position or "")
            for turn in item.turns
        ]  # fmt: skip
        if resolution := item.spans.get("resolution"):
            inside.append(
                replace(own, start=resolution.start, end=resolution.end, kind="resolution")
            )
        inside += [
            replace(
                own, start=order.start, end=order.end, kind="order", speaker=order.speaker or ""
            )
            for order in item.orders
        ]
        heading_end = max(item.start, item.spans["heading"].end if "heading" in item.spans else 0)
        parts += _filled(own, _with_lead_ins(minutes.text, heading_end, inside))
    return parts


def _with_lead_ins(text: str, position: int, parts: Iterable[_Part]) -> Iterator[_Part]:
    """Each part from the words that lead to it: "นายสมชายกล่าวว่า", "มติที่ประชุม"."""
    for part in sorted(parts, key=lambda part: part.start):
        if position < part.start:
            before = text[position : part.start].rstrip()
            part = replace(part, start=position + before.rfind("\n") + 1)
        yield part
        position = max(position, part.end)


def _paths(items: Sequence[Item]) -> Iterator[str]:
    """The heading of each item after those of the items it is numbered under."""
    headings: dict[str, str] = {}
    for item in items:
        number = item.no or ""
        above = [headings[parent] for parent in _parents(number) if parent in headings]
        name = " ".join(filter(None, (number, item.heading)))
        headings[number] = name
        yield _BETWEEN_HEADINGS.join([*above, name])


def _parents(number: str) -> Iterator[str]:
    """'4', then '4.2', of '4.2.1'."""
    steps = number.split(".")
    return (".".join(steps[:depth]) for depth in range(1, len(steps)))


def _proposal_parts(proposal: Proposal) -> list[_Part]:
    return [
        _Part(section.start, section.end, "section", section.heading)
        for section in proposal.sections.values()
    ]


def _tiles(parts: Iterable[_Part], length: int) -> list[_Part]:
    """`parts` in order without overlaps, and the stretches between them as plain text."""
    return _filled(_Part(0, length, "text"), parts)


def _filled(whole: _Part, parts: Iterable[_Part]) -> list[_Part]:
    """`whole` as the parts inside it and what they leave; a part begun inside another is cut."""
    tiles, position = [], whole.start
    for part in sorted(parts, key=lambda part: (part.start, -part.end)):
        start, end = max(part.start, position), min(part.end, whole.end)
        if start >= end:
            continue
        tiles += [replace(whole, start=position, end=start), replace(part, start=start, end=end)]
        position = end
    return [*tiles, replace(whole, start=position)]


def _pieces(text: str, part: _Part) -> Iterator[Span]:
    """The stretch of `part` cut at sentences, without blanks around each piece."""
    start, end, count = part.start, part.start, 0
    for sentence in _sentences(text, part):
        size = len(words(sentence.of(text)))
        if count and count + size > WORDS:
            yield from _stripped(text, start, end)
            start, count = sentence.start, 0
        end, count = sentence.end, count + size
    yield from _stripped(text, start, end if count else part.end)


def _sentences(text: str, part: _Part) -> Iterator[Span]:
    """The sentences of `part`, long ones cut after `LONGEST` characters, never before a mark."""
    for sentence in sentences(text[part.start : part.end]):
        start, stop = part.start + sentence.start, part.start + sentence.end
        while start < stop:
            end = min(start + LONGEST, stop)
            while end < stop and text[end] in MARKS:
                end += 1
            yield Span(start, end)
            start = end


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    surface = text[start:end]
    if inner := surface.strip():
        start += len(surface) - len(surface.lstrip())
        yield Span(start, start + len(inner))
