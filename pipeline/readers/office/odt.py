"""ODT: paragraphs and tables in reading order, straight from the package's XML.

The text form is that of DOCX: a paragraph is a line, a table row its filled cells joined by a TAB,
tick boxes are ☑ and ☐, headers come before the body and footers after it, notes follow the body,
a text box follows its paragraph; what change tracking deleted and comments are left out.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.documents import Table
from pipeline.errors import ReadError
from pipeline.readers.office.packages import look_over
from pipeline.readers.reading import MAX_PAGES, Reading

_MAX_COLUMNS = 63
_MAX_REPEATED_SPACES = 200

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, OFFICE, DRAW, STYLE, _FORM, _MANIFEST = (
    f"{{{_NAMES}{name}:1.0}}"
    for name in ("text", "table", "office", "drawing", "style", "form", "manifest")
)
_SVG = f"{{{_NAMES}svg"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"

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
_TICKED, _OPEN = "☑", "☐"
# Symbol fonts keep their codes in F000-F0FF; these are the tick boxes of Wingdings.
_SYMBOLS = str.maketrans(
    dict.fromkeys("\uf0fe\uf0fd\uf052\uf0fc", _TICKED) | dict.fromkeys("\uf0a8\uf06f\uf0a3", _OPEN)
)
_PAGE = "\f"


@dataclass(slots=True)
class Context:
    """What one walk needs and collects: tables, notes, styles that break pages, tick boxes."""

    breaking: frozenset[str] = frozenset()
    controls: dict[str, str] = field(default_factory=dict)
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_odt(data: bytes) -> Reading:
    """Read an ODT or OTT. Raises `ReadError` for a zip bomb and for a locked file."""
    look_over(data, "ODT")
    content, styles = open_parts(data)
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise ReadError(
            "ไฟล์ ODT ไม่มีเนื้อเอกสาร เปิดใน LibreOffice แล้วบันทึกใหม่",
            "The ODT has no document in it. Open it in LibreOffice and save it again",
        )
    context = Context(_breaking_styles(content), _controls(content))
    lines = "\n".join(lines_of(body, context)).lstrip(f"{_PAGE}\n").split("\n")
    text = "\n".join(
        [*_margins(styles, "header"), *lines, *context.notes, *_margins(styles, "footer")]
    )
    pages = [page.strip("\n") for page in text.split(_PAGE, MAX_PAGES - 1)]
    filled = [page.replace(_PAGE, "\n") for page in pages if page.strip()] or [""]
    return Reading.of(filled, "odt", tables=context.tables)


def open_parts(data: bytes) -> tuple[Any, Any]:
    """The parsed content and styles (None where there are none) of an OpenDocument package.

    Raises `ReadError` for a locked file.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())
        if "META-INF/manifest.xml" in names:
            manifest = parse(package.read("META-INF/manifest.xml"))
            if next(manifest.iter(f"{_MANIFEST}encryption-data"), None) is not None:
                raise ReadError(
                    "ไฟล์ถูกล็อกด้วยรหัสผ่าน เปิดใน LibreOffice แล้วบันทึกใหม่โดยไม่ใส่รหัสผ่าน",
                    "The file is locked with a password. Open it in LibreOffice and save it without"
                    " one",
                )
        styles = parse(package.read("styles.xml")) if "styles.xml" in names else None
        return parse(package.read("content.xml")), styles


def parse(xml: bytes) -> Any:
    """The root of an XML part; entities are not followed and nothing is fetched."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    return etree.fromstring(xml, parser)


def _breaking_styles(content: Any) -> frozenset[str]:
    """The names of the paragraph and table styles that start a new page."""
    found = []
    for style in content.iter(f"{STYLE}style"):
        properties = (child for child in style if child.tag.endswith("-properties"))
        master = style.get(f"{STYLE}master-page-name")
        if master or any(p.get(f"{_FO}break-before") == "page" for p in properties):
            found.append(style.get(f"{STYLE}name", ""))
    return frozenset(found)


def _controls(content: Any) -> dict[str, str]:
    """Tick boxes of forms by their id, as a sign with the label beside it."""
    found = {}
    for box in content.iter(f"{_FORM}checkbox", f"{_FORM}radio"):
        state = box.get(f"{_FORM}current-state", box.get(f"{_FORM}current-selected", ""))
        sign = _TICKED if state in ("checked", "true") else _OPEN
        label = box.get(f"{_FORM}label", "")
        for name in (box.get(f"{_FORM}id"), box.get(_XML_ID)):
            if name:
                found[name] = f"{sign} {label}".strip()
    return found


def _margins(styles: Any, kind: str) -> list[str]:
    """The lines of all headers or footers worth keeping: with a letter, each once."""
    if styles is None:
        return []
    tags = (f"{STYLE}{kind}", f"{STYLE}{kind}-first", f"{STYLE}{kind}-left")
    texts = (
        line.replace(_PAGE, "")
        for element in styles.iter(*tags)
        if element.get(f"{STYLE}display", "true") != "false"
        for line in lines_of(element, Context())
    )
    return list(dict.fromkeys(t for t in texts if any(char.isalpha() for char in t)))


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
    starts = paragraph.get(f"{TEXT}style-name", "") in context.breaking or text.startswith(_PAGE)
    # A page break inside a paragraph leaves the paragraph whole on its first page.
    inside = not starts and _PAGE in text
    yield (_PAGE if starts else "") + text.replace(_PAGE, "") + (_PAGE if inside else "")
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
            yield _PAGE
        elif tag == f"{TEXT}note":
            context.notes += [line for body in child[1:] for line in lines_of(body, context)]
        elif tag == f"{DRAW}text-box":
            boxes.append(child)
        elif tag == f"{DRAW}control":
            yield context.controls.get(child.get(f"{DRAW}control", ""), "")
        elif tag == f"{_LOEXT}content-control" and child.get(f"{_LOEXT}checkbox") == "true":
            yield _TICKED if child.get(f"{_LOEXT}checked") == "true" else _OPEN
        elif tag in _LINES or tag == f"{TABLE}table":
            boxes.append([child])  # text in a shape
        elif _is_open(child):
            yield from _inline(child, context, boxes)
        yield _collapsed(child.tail)


def _is_open(element: Any) -> bool:
    """Whether there is text of the document below `element`."""
    tag = element.tag
    return isinstance(tag, str) and tag not in _SILENT and not tag.startswith(_SVG)


def _collapsed(text: str | None) -> str:
    """White space in the XML is one space; more of it stands in elements of its own."""
    return text.replace("\n", " ").replace("\t", " ") if text else ""


def _table(table: Any, context: Context) -> Iterator[str]:
    outer, context.tables = context.tables, []
    grid: list[tuple[str, ...]] = []
    starts = table.get(f"{TABLE}style-name", "") in context.breaking
    for row in _unwrapped(table, (f"{TABLE}table-row",)):
        cells = list(_cells(row, context))
        breaks = starts or any(_PAGE in text for text in cells)
        starts = False
        filled = tuple(text.replace(_PAGE, "").strip("\n") for text in cells)
        grid.append(filled)
        line = "\t".join(text for text in filled if text.strip())
        yield (_PAGE if breaks else "") + line
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
