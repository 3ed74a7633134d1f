"""DOCX: paragraphs and tables in reading order, on python-docx.

Text form: a paragraph is a line; a table row is its filled cells joined by a TAB, each cell
keeping its own lines, so that a label in the first cell still starts a line and prose in a cell
stays prose. Headers come before the body and footers after it, each distinct one once; footnotes
follow the body; a text box follows its paragraph. Automatic list numbers are not in the file's
text and are not made up. Pages are those of the last layout that Word saved, where it saved one.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from pipeline.documents import Table
from pipeline.errors import ReadError
from pipeline.readers.reading import MAX_PAGES, Reading

MAX_UNPACKED = 200_000_000
MAX_XML = 40_000_000
MAX_RATIO = 100

# Word itself allows no more columns.
_MAX_COLUMNS = 63

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_CHARACTERS = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}
# Properties, deleted or moved-away text, field codes, and the twin of a drawing for old readers.
_SILENT = {
    *(f"{_W}{name}" for name in ("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr")),
    *(f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "sdtPr", "rt")),
    f"{_MC}Fallback",
}
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TICKED, _OPEN = "☑", "☐"
# Glyphs of tick boxes by symbol font and code; Word adds F000 to the code in most files.
_SYMBOLS = {
    "wingdings": {0xFE: _TICKED, 0xFD: _TICKED, 0x52: _TICKED, 0xFC: _TICKED}
    | {0xA8: _OPEN, 0x6F: _OPEN, 0xA3: _OPEN},
    "wingdings 2": {0x52: _TICKED, 0x53: _TICKED, 0xA3: _OPEN, 0x2A: _OPEN},
}
_RENDERED = f"{_W}lastRenderedPageBreak"
_PAGE = "\f"


def read_docx(data: bytes) -> Reading:
    """Read a DOCX (also .docm and .dotx: no macro runs). Raises `ReadError` for a zip bomb."""
    _refuse_bomb(data)
    from docx.package import Package

    part = Package.open(io.BytesIO(data)).main_document_part
    related: dict[str, list[str]] = {"header": [], "footer": [], "footnotes": [], "endnotes": []}
    for rel in part.rels.values():
        kind = rel.reltype.rsplit("/", 1)[-1]
        if kind in related and not rel.is_external:
            related[kind].extend(_lines(_root(rel.target_part), []))
    tables: list[Table] = []
    body = list(_lines(_root(part), tables))
    lines = [
        *_worded(related["header"]),
        *body,
        *_worded(related["footnotes"] + related["endnotes"]),
        *_worded(related["footer"]),
    ]
    pages = [page.strip("\n") for page in "\n".join(lines).split(_PAGE)]
    filled = [page for page in pages if page.strip()] or [""]
    kept = filled[: MAX_PAGES - 1] + ["\n".join(filled[MAX_PAGES - 1 :])] * (
        len(filled) >= MAX_PAGES
    )
    return Reading.of(kept, "docx", tables=tables)


def _refuse_bomb(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
    markup = [m for m in members if m.filename.endswith((".xml", ".rels"))]
    # Written documents pack to a tenth or less; a blank picture may pack to nearly nothing.
    bomb = any(m.file_size > max(5_000_000, MAX_RATIO * m.compress_size) for m in markup)
    unpacked = sum(member.file_size for member in members)
    if bomb or unpacked > MAX_UNPACKED or any(m.file_size > MAX_XML for m in markup):
        raise ReadError(
            "ไฟล์ DOCX ขยายแล้วใหญ่ผิดปกติ อาจเป็นไฟล์อันตราย ขอไฟล์ใหม่จากผู้ส่งเป็น PDF",
            "The DOCX unpacks to an abnormal size and may be malicious. Ask the sender for a PDF",
        )


def _root(part: Any) -> Any:
    from docx.oxml import parse_xml

    element = getattr(part, "element", None)
    root = parse_xml(part.blob) if element is None else element
    for control in root.iter(f"{_W}sdt"):
        _show_tick(control)
    return root


def _show_tick(control: Any) -> None:
    """Let a tick box among the content controls show ☑ or ☐ instead of its own glyph."""
    box = control.find(f"{_W}sdtPr/{_W14}checkbox")
    content = control.find(f"{_W}sdtContent")
    if box is None or content is None:
        return
    shown = list(content.iter(f"{_W}t", f"{_W}sym"))
    for glyph in shown:
        glyph.tag = f"{_W}t"
        glyph.text = ""
    for glyph in shown[:1]:
        glyph.text = _TICKED if _is_on(box.find(f"{_W14}checked"), _W14) else _OPEN


def _is_on(flag: Any, namespace: str = _W) -> bool:
    """The value of a switch; one that is there without a value is on."""
    return flag is not None and flag.get(f"{namespace}val", "1") not in ("0", "false", "off")


def _symbol(symbol: Any) -> str:
    """A character that Word took from a symbol font; empty where it is no tick box."""
    font = str(symbol.get(f"{_W}font", "")).lower()
    try:
        code = int(str(symbol.get(f"{_W}char", "")), 16)
    except ValueError:
        return ""
    if font in _SYMBOLS:
        return _SYMBOLS[font].get(code & 0xFF, "")
    return chr(code) if 0x2000 <= code < 0xD800 else ""


def _worded(lines: list[str]) -> list[str]:
    """Lines of headers, footers and notes worth keeping: with a letter, each once."""
    texts = (line.replace(_PAGE, "") for line in lines)
    return list(dict.fromkeys(t for t in texts if any(char.isalpha() for char in t)))


def _lines(container: Any, tables: list[Table]) -> Iterator[str]:
    """The lines under a body, cell, header, note or text box; `tables` collects tables met."""
    for element in container:
        if element.tag == f"{_W}p":
            yield from _paragraph(element, tables)
        elif element.tag == f"{_W}tbl":
            yield from _table(element, tables)
        elif element.tag not in _SILENT:
            yield from _lines(element, tables)


def _paragraph(paragraph: Any, tables: list[Table]) -> Iterator[str]:
    boxes: list[Any] = []
    text = "".join(_inline(paragraph, boxes))
    # Word's own page break may fall inside a word: the paragraph stays whole on its first page.
    starts = text.startswith(_RENDERED) or _breaks_before(paragraph)
    inside = not starts and _RENDERED in text
    yield (_PAGE if starts else "") + text.replace(_RENDERED, "") + (_PAGE if inside else "")
    for box in boxes:
        yield from _lines(box, tables)


def _breaks_before(paragraph: Any) -> bool:
    return _is_on(paragraph.find(f"{_W}pPr/{_W}pageBreakBefore"))


def _inline(element: Any, boxes: list[Any]) -> Iterator[str]:
    """The characters of a paragraph in order; `boxes` collects the text boxes anchored in it."""
    for child in element:
        tag = child.tag
        if tag == f"{_W}t":
            yield child.text or ""
        elif tag == f"{_W}sym":
            yield _symbol(child)
        elif tag in _CHARACTERS:
            yield _CHARACTERS[tag]
        elif tag == f"{_W}br":
            yield _PAGE if child.get(f"{_W}type") == "page" else "\n"
        elif tag == _RENDERED:
            yield _RENDERED
        elif tag == f"{_W}txbxContent":
            boxes.append(child)
        elif tag not in _SILENT:
            yield from _inline(child, boxes)


def _table(table: Any, tables: list[Table]) -> Iterator[str]:
    place = len(tables)
    nested: list[Table] = []
    grid: list[tuple[str, ...]] = []
    for row in _unwrapped(table, f"{_W}tr"):
        cells = [_cell(cell, nested) for cell in _unwrapped(row, f"{_W}tc")]
        breaks = any(_PAGE in text for text, _ in cells)
        filled = [(text.replace(_PAGE, "").strip("\n"), span) for text, span in cells]
        grid.append(tuple(value for text, span in filled for value in (text, *[""] * (span - 1))))
        yield (_PAGE if breaks else "") + "\t".join(text for text, _ in filled if text.strip())
    # The page of a table is not stored in the file; 1 is the document as a whole.
    tables[place:] = [Table(1, tuple(grid)), *nested] if grid else nested


def _unwrapped(container: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, those inside content controls and insertions too."""
    for child in container:
        if child.tag == tag:
            yield child
        elif child.tag not in _SILENT:
            yield from _unwrapped(child, tag)


def _cell(cell: Any, nested: list[Table]) -> tuple[str, int]:
    """A cell's text and the number of grid columns it covers; a merged-away cell is empty."""
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    columns = str(span.get(f"{_W}val", "1")) if span is not None else "1"
    width = min(_MAX_COLUMNS, max(1, int(columns))) if columns.isdecimal() else 1
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    if merge is not None and merge.get(f"{_W}val", "continue") == "continue":
        return "", width
    return "\n".join(_lines(cell, nested)), width
