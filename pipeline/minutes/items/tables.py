"""Minutes kept as a table: a row an item, columns for the matter, the talk and the resolution."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.documents import Span
from pipeline.minutes.items import outline
from pipeline.minutes.items.drafts import Draft, trimmed
from pipeline.minutes.text.paragraphs import Paragraph
from pipeline.minutes.text.wording import DIGIT, wording

_T = wording()["table"]
_COLUMNS = {kind: re.compile(_T[kind]) for kind in ("number", "matter", "talk", "resolution")}
_BAR, _TAB = re.compile(r"[|]"), re.compile(r"\t")
_RULE = re.compile(r"[-:| \t]+")
_NUMBER = re.compile(
    rf"[(]?(?P<number>{DIGIT}{{1,2}}(?:\.{DIGIT}{{1,2}}){{0,3}})[.)]?(?:[ \t]+|\Z)"
)
_EMPTY = re.compile(r"[-–—\s]*")


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of the columns of a table, 0-based, None if there is none."""

    mark: re.Pattern[str]
    number: int | None
    matter: int
    talk: int | None
    resolution: int | None


def table_drafts(text: str, found: Sequence[Paragraph]) -> list[Draft]:
    """The rows of the first table whose head names a matter beside talk or a resolution."""
    columns: Columns | None = None
    drafts: list[Draft] = []
    for paragraph in found:
        if columns is None:
            columns = _columns(text, paragraph)
            continue
        if not columns.mark.search(text, paragraph.start, paragraph.end):
            break
        if not _RULE.fullmatch(text, paragraph.start, paragraph.end):
            drafts.append(_row(text, paragraph, columns))
    return drafts


def _columns(text: str, paragraph: Paragraph) -> Columns | None:
    for mark in (_BAR, _TAB):
        if not mark.search(text, paragraph.start, paragraph.end):
            continue
        names = [span.of(text) for span in _cells(text, paragraph, mark)]
        number, matter, talk, resolution = (
            _place(names, kind) for kind in ("number", "matter", "talk", "resolution")
        )
        if matter is not None and (talk is not None or resolution is not None):
            return Columns(mark, number, matter, talk, resolution)
    return None


def _place(names: Sequence[str], kind: str) -> int | None:
    fits = _COLUMNS[kind].fullmatch
    return next((place for place, name in enumerate(names) if fits(name)), None)


def _cells(text: str, paragraph: Paragraph, mark: re.Pattern[str]) -> Iterator[Span]:
    """The cells of a row; a mark before the first or behind the last opens none."""
    start, end = paragraph.start, paragraph.end
    if mark is _BAR:
        start += text.startswith("|", start)
        end -= text.startswith("|", end - 1) and end - 1 > start
    for bound in mark.finditer(text, start, end):
        yield trimmed(text, start, bound.start())
        start = bound.end()
    yield trimmed(text, start, end)


def _row(text: str, paragraph: Paragraph, columns: Columns) -> Draft:
    cells = list(_cells(text, paragraph, columns.mark))
    matter = _cell(text, cells, columns.matter)
    number = _cell(text, cells, columns.number)
    talk = _cell(text, cells, columns.talk)
    said = number or matter
    found = _NUMBER.match(text, said.start, said.end) if said else None
    if matter and found and not number:
        matter = trimmed(text, found.end(), matter.end)
    return Draft(
        paragraph.start,
        paragraph.end,
        outline.number_of(found["number"]) if found else None,
        matter,
        (Paragraph(talk.start, talk.end, talk.start, 0),) if talk else (),
        _cell(text, cells, columns.resolution),
    )


def _cell(text: str, cells: Sequence[Span], place: int | None) -> Span | None:
    """A cell, None if there is nothing in it."""
    cell = cells[place] if place is not None and place < len(cells) else None
    return None if cell is None or _EMPTY.fullmatch(cell.of(text)) else cell
