"""DOCX: paragraphs and tables in reading order.

Text form: a paragraph is a line; a table row is its filled cells joined by a TAB, each cell
keeping its own lines, so that a label in the first cell still starts a line and prose in a cell
stays prose. Headers come before the body and footers after it, each distinct one once; footnotes
follow the body; a text box follows its paragraph. Automatic list numbers are not in the file's
text and are not made up. Pages are those of the last layout that Word saved, where it saved one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.documents import Table
from pipeline.readers.office.docx_package import Package, W
from pipeline.readers.office.docx_text import (
    PAGE,
    RENDERED,
    SILENT,
    child_of,
    is_on,
    paragraph_text,
    show_ticks,
    shows_placeholder,
)
from pipeline.readers.reading import MAX_PAGES, Reading

# Word itself allows no more columns.
_MAX_COLUMNS = 63
# A table's text is part of every cell around it: deeper ones are lines of their cell only.
_MAX_NESTING = 6

_PARAGRAPH, _TABLE, _ROW, _CELL, _CONTROL = (f"{W}{n}" for n in ("p", "tbl", "tr", "tc", "sdt"))
_MERGES = (f"{W}vMerge", f"{W}hMerge")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell's text, the number of grid columns that it covers, and whether it has own text."""

    text: str
    width: int
    holds_tables_only: bool


def read_docx(data: bytes) -> Reading:
    """Read a DOCX (also .docm and .dotx: no macro runs).

    Raises `ReadError` for a damaged file, for a zip bomb, and for one of abnormal length or depth.
    """
    package = Package(data)
    tables: list[Table] = []
    body = _lines_of(package.document(), tables)
    header, footer = _related(package, "header"), _related(package, "footer")
    notes = _related(package, "footnotes", "endnotes")
    pages = [page.strip("\n") for page in "\n".join([*header, *body, *notes, *footer]).split(PAGE)]
    filled = [page for page in pages if page.strip()] or [""]
    kept = filled[: MAX_PAGES - 1] + ["\n".join(filled[MAX_PAGES - 1 :])] * (
        len(filled) >= MAX_PAGES
    )
    return Reading.of(kept, "docx", tables=tables)


def _related(package: Package, *kinds: str) -> list[str]:
    """Lines of headers, footers or notes worth keeping: with a letter, each once."""
    roots = (root for kind in kinds for root in package.related(kind))
    texts = (line.replace(PAGE, "") for root in roots for line in _lines_of(root, []))
    return list(dict.fromkeys(t for t in texts if any(char.isalpha() for char in t)))


def _lines_of(root: Any, tables: list[Table]) -> list[str]:
    show_ticks(root)
    lines: list[str] = []
    _collect(root, lines, tables, 0)
    return lines


def _collect(container: Any, lines: list[str], tables: list[Table], depth: int) -> None:
    """Add the lines under a body, cell, header, note or text box, and the tables met."""
    for element in container:
        tag = element.tag
        if tag == _PARAGRAPH:
            _paragraph(element, lines, tables, depth)
        elif tag == _TABLE:
            _table(element, lines, tables, depth)
        elif tag not in SILENT and not (tag == _CONTROL and shows_placeholder(element)):
            _collect(element, lines, tables, depth)


def _paragraph(paragraph: Any, lines: list[str], tables: list[Table], depth: int) -> None:
    boxes: list[Any] = []
    text = paragraph_text(paragraph, boxes)
    properties = child_of(paragraph, f"{W}pPr")
    starts = properties is not None and is_on(child_of(properties, f"{W}pageBreakBefore"))
    if RENDERED in text:
        # Word's own page break may fall inside a word: the paragraph stays whole on its first page.
        starts = starts or text.startswith(RENDERED)
        text = text.replace(RENDERED, "") + ("" if starts else PAGE)
    lines.append(PAGE + text if starts else text)
    for box in boxes:
        _collect(box, lines, tables, depth)


def _table(table: Any, lines: list[str], tables: list[Table], depth: int) -> None:
    nested: list[Table] = []
    grid: list[list[str]] = []
    is_layout = True
    for row in _unwrapped(table, _ROW):
        properties = child_of(row, f"{W}trPr")
        if properties is not None and child_of(properties, f"{W}del") is not None:
            continue  # a tracked deletion
        cells = [_cell(cell, nested, depth + 1) for cell in _unwrapped(row, _CELL)]
        is_layout = is_layout and all(cell.holds_tables_only for cell in cells)
        starts = PAGE if any(PAGE in cell.text for cell in cells) else ""
        shown = [cell.text.replace(PAGE, "").strip("\n") for cell in cells]
        lines.append(starts + "\t".join(text for text in shown if text.strip()))
        own = [""] * _count(properties, "gridBefore")
        for text, cell in zip(shown, cells, strict=True):
            own += [text, *[""] * (cell.width - 1)]
        grid.append(own)
    if grid and depth < _MAX_NESTING and not (nested and is_layout):
        tables.append(_rectangular(grid))
    tables.extend(nested)


def _rectangular(grid: list[list[str]]) -> Table:
    width = max(map(len, grid))
    # The page of a table is not stored in the file; 1 is the document as a whole.
    return Table(1, tuple(tuple(row + [""] * (width - len(row))) for row in grid))


def _unwrapped(container: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, those inside content controls and insertions too."""
    for child in container:
        if child.tag == tag:
            yield child
        elif child.tag not in SILENT:
            yield from _unwrapped(child, tag)


def _cell(cell: Any, nested: list[Table], depth: int) -> _Cell:
    """Read a cell; one that is merged away is empty."""
    properties = child_of(cell, f"{W}tcPr")
    width = max(1, _count(properties, "gridSpan"))
    if properties is not None and any(map(_continues, properties.iterchildren(*_MERGES))):
        return _Cell("", width, holds_tables_only=True)
    lines: list[str] = []
    before = len(nested)
    _collect(cell, lines, nested, depth)
    text = "\n".join(lines)
    if len(nested) == before:
        return _Cell(text, width, holds_tables_only=not text.strip())
    own = (paragraph_text(paragraph, []) for paragraph in cell.iterchildren(_PARAGRAPH))
    return _Cell(text, width, holds_tables_only=not any(map(str.strip, own)))


def _continues(merge: Any) -> bool:
    return bool(merge.get(f"{W}val", "continue") == "continue")


def _count(properties: Any, name: str) -> int:
    """The number of grid columns that a property gives, within what Word allows."""
    element = child_of(properties, f"{W}{name}") if properties is not None else None
    value = str(element.get(f"{W}val", ""))[:9] if element is not None else ""
    return min(_MAX_COLUMNS, int(value)) if value.isdecimal() else 0
