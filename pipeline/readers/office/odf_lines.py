"""The text of OpenDocument files as lines: paragraphs, tables, notes, text boxes, tick boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.documents import Table
from pipeline.readers.office.odf_package import DRAW, LOEXT, OFFICE, SVG, TABLE, TEXT

_MAX_COLUMNS = 63
_MAX_REPEATED_SPACES = 200

_LINES = (f"{TEXT}p", f"{TEXT}h")
_CHARACTERS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_SILENT = {
    *(f"{TEXT}{name}" for name in ("tracked-changes", "note-citation", "ruby-text")),
    *(f"{TEXT}{name}" for name in ("sequence-decls", "variable-decls", "user-field-decls")),
    *(f"{TEXT}{name}" for name in ("hidden-text", "script", "table-of-content-source")),
    *(f"{OFFICE}{name}" for name in ("annotation", "annotation-end", "forms", "binary-data")),
    *(f"{DRAW}{name}" for name in ("object", "object-ole", "plugin", "applet")),
    f"{TABLE}shapes",
}
TICKED, OPEN = "☑", "☐"
# Symbol fonts keep their codes in F000-F0FF; these are the tick boxes of Wingdings.
_SYMBOLS = str.maketrans(
    dict.fromkeys("\uf0fe\uf0fd\uf052\uf0fc", TICKED) | dict.fromkeys("\uf0a8\uf06f\uf0a3", OPEN)
)
PAGE = "\f"


@dataclass(slots=True)
class Context:
    """What one walk needs and collects: tables, notes, styles that break pages, tick boxes."""

    breaking: frozenset[str] = frozenset()
    controls: dict[str, str] = field(default_factory=dict)
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def lines_of(container: Any, context: Context) -> Iterator[str]:
    """The lines under a body, cell, header, note or text box."""
    for element in container:
        if element.tag in _LINES:
            yield from _paragraph(element, context)
        elif element.tag == f"{TABLE}table":
            yield from _table(element, context)
        elif _is_open(element) and element.get(f"{TEXT}display") != "none":  # no hidden section
            yield from lines_of(element, context)


def _paragraph(paragraph: Any, context: Context) -> Iterator[str]:
    boxes: list[Any] = []
    text = "".join(_inline(paragraph, context, boxes)).translate(_SYMBOLS)
    starts = paragraph.get(f"{TEXT}style-name", "") in context.breaking or text.startswith(PAGE)
    # A page break inside a paragraph leaves the paragraph whole on its first page.
    inside = not starts and PAGE in text
    yield (PAGE if starts else "") + text.replace(PAGE, "") + (PAGE if inside else "")
    for box in boxes:
        yield from lines_of(box, context)


def _inline(element: Any, context: Context, boxes: list[Any]) -> Iterator[str]:
    """The characters of a paragraph in order; `boxes` collects the text boxes anchored in it."""
    yield _collapsed(element.text)
    for child in element:
        tag = child.tag
        if tag in _CHARACTERS:
            yield _CHARACTERS[tag]
        elif tag == f"{TEXT}s":
            count = child.get(f"{TEXT}c", "1")
            yield " " * min(_MAX_REPEATED_SPACES, int(count) if count.isdecimal() else 1)
        elif tag == f"{TEXT}soft-page-break":
            yield PAGE
        elif tag == f"{TEXT}note":
            context.notes += [line for body in child[1:] for line in lines_of(body, context)]
        elif tag == f"{DRAW}text-box":
            boxes.append(child)
        elif tag == f"{DRAW}control":
            yield context.controls.get(child.get(f"{DRAW}control", ""), "")
        elif tag == f"{LOEXT}content-control" and child.get(f"{LOEXT}checkbox") == "true":
            yield TICKED if child.get(f"{LOEXT}checked") == "true" else OPEN
        elif tag in _LINES or tag == f"{TABLE}table":
            boxes.append([child])  # text in a shape
        elif _is_open(child):
            yield from _inline(child, context, boxes)
        yield _collapsed(child.tail)


def _is_open(element: Any) -> bool:
    """Whether there is text of the document below `element`."""
    tag = element.tag
    return isinstance(tag, str) and tag not in _SILENT and not tag.startswith(SVG)


def _collapsed(text: str | None) -> str:
    """White space in the XML is one space; more of it stands in elements of its own."""
    return text.replace("\n", " ").replace("\t", " ") if text else ""


def _table(table: Any, context: Context) -> Iterator[str]:
    outer, context.tables = context.tables, []
    grid: list[tuple[str, ...]] = []
    starts = table.get(f"{TABLE}style-name", "") in context.breaking
    for row in _unwrapped(table, (f"{TABLE}table-row",)):
        cells = list(_cells(row, context))
        breaks = starts or any(PAGE in text for text in cells)
        starts = False
        filled = tuple(text.replace(PAGE, "").strip("\n") for text in cells)
        grid.append(filled)
        line = "\t".join(text for text in filled if text.strip())
        yield (PAGE if breaks else "") + line
    nested, context.tables = context.tables, outer
    # The page of a table is not stored in the file; 1 is the document as a whole.
    context.tables += [Table(1, tuple(grid)), *nested] if grid else nested


def _cells(row: Any, context: Context) -> Iterator[str]:
    """The cells of a row by grid column; those that others cover are empty."""
    places = 0
    for cell in _unwrapped(row, (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")):
        text = "\n".join(lines_of(cell, context)) if cell.tag == f"{TABLE}table-cell" else ""
        repeated = cell.get(f"{TABLE}number-columns-repeated", "1")
        times = min(_MAX_COLUMNS - places, int(repeated) if repeated.isdecimal() else 1)
        places += times
        yield from (text for _ in range(times))


def _unwrapped(container: Any, tags: tuple[str, ...]) -> Iterator[Any]:
    """Rows of a table or cells of a row, those inside groups and heading rows too."""
    for child in container:
        if child.tag in tags:
            yield child
        elif child.tag not in _SILENT and child.tag != f"{TABLE}table":
            yield from _unwrapped(child, tags)
