"""PPTX: each slide a page, its shapes in the order of the file, straight from the package's XML.

Text form: a paragraph is a line, a table row its filled cells joined by a TAB. Hidden slides and
speaker's notes are left out.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from pipeline.documents import Table
from pipeline.errors import ReadError
from pipeline.readers.office.odf_package import parse
from pipeline.readers.office.packages import look_over
from pipeline.readers.reading import MAX_PAGES, Reading

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PRESENTATION = "ppt/presentation.xml"


def read_pptx(data: bytes) -> Reading:
    """Read slides (also .pptm, .ppsx: no macro runs). Raises `ReadError` for a zip bomb."""
    look_over(data, "PowerPoint")
    texts: list[str] = []
    tables: list[Table] = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in _slides(package)[:MAX_PAGES]:
            slide = parse(package.read(name))
            if slide.get("show") == "0":
                continue
            grids: list[tuple[tuple[str, ...], ...]] = []
            texts.append("\n".join(filter(str.strip, _lines(slide, grids))))
            tables += [Table(len(texts), grid) for grid in grids]
    if not any(map(str.strip, texts)):
        raise ReadError(
            "สไลด์ไม่มีข้อความ อาจเป็นภาพทั้งหมด บันทึกเป็น PDF แล้วลองอีกครั้ง",
            "The slides hold no text; they may be pictures. Save them as PDF and try again",
        )
    return Reading.of(texts, "pptx", tables=tables)


def _slides(package: zipfile.ZipFile) -> list[str]:
    """The slides' parts in the order of the show."""
    relations = parse(package.read("ppt/_rels/presentation.xml.rels"))
    targets = {rel.get("Id"): rel.get("Target", "") for rel in relations}
    listed = parse(package.read(_PRESENTATION)).iter(f"{_P}sldId")
    named = (targets.get(slide.get(f"{_R}id"), "") for slide in listed)
    names = [posixpath.normpath(posixpath.join("/ppt", name))[1:] for name in named if name]
    present = set(package.namelist())
    return [name for name in names if name in present]


def _lines(container: Any, grids: list[tuple[tuple[str, ...], ...]]) -> Iterator[str]:
    """The lines under a slide, group, shape or cell; `grids` collects the tables met."""
    for element in container:
        if element.tag == f"{_A}p":
            yield "".join(_inline(element))
        elif element.tag == f"{_A}tbl":
            rows = [
                [_cell(cell) for cell in row.iterfind(f"{_A}tc")]
                for row in element.iterfind(f"{_A}tr")
            ]
            grids.append(tuple(map(tuple, rows)))
            yield from ("\t".join(filter(None, row)) for row in rows)
        elif isinstance(element.tag, str) and element.tag != f"{_MC}Fallback":
            yield from _lines(element, grids)


def _inline(paragraph: Any) -> Iterator[str]:
    for element in paragraph.iter(f"{_A}t", f"{_A}br"):
        yield (element.text or "") if element.tag == f"{_A}t" else "\n"


def _cell(cell: Any) -> str:
    if cell.get("hMerge") or cell.get("vMerge"):
        return ""
    return "\n".join(_lines(cell, [])).strip()
