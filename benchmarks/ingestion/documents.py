"""A layout as HTML (for Chromium and WeasyPrint) and as DOCX (for LibreOffice)."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

from benchmarks.ingestion.texts import Grid, TextSet

LABEL_WIDTH = 5.5  # cm, of the borderless form


def html_of(texts: TextSet, layout: str, font: Path) -> str:
    """A page with its style sheet; the font comes from its file, so none need be installed."""
    measures = texts.measures
    body = {
        "columns": f"columns:2;column-gap:{measures.gap}cm",
        "page-columns": f"columns:2;column-gap:{measures.gap}cm",
        "justified": "text-align:justify",
    }.get(layout, "")
    css = (
        f"@font-face{{font-family:T;src:url('file://{font}')}}"
        f"@page{{size:A4;margin:{measures.margins[0]}cm {measures.margins[1]}cm;"
        f"font:{measures.size - 4}pt T;{_margin_boxes(texts) if layout == 'flow' else ''}}}"
        f"body{{font:{measures.size}pt/{measures.leading} T;{body}}}"
        "table{border-collapse:collapse;width:100%}"
        "td{border:1px solid #000;padding:3px 5px;vertical-align:top}"
        f"span{{display:inline-block;width:{LABEL_WIDTH}cm}}"
    )
    blocks = "".join(_html_block(block) for block in texts.blocks(layout))
    return (
        f"<!doctype html><html lang=th><meta charset=utf-8><style>{css}</style>"
        f"<body>{blocks}</body></html>"
    )


def _margin_boxes(texts: TextSet) -> str:
    header, footer = texts.running
    before, after = texts.measures.page.split("{}")
    number = f'"{before}" counter(page,thai) "{after}"'
    if before.strip() == "-":
        return (
            f'@top-center{{content:{number} "\\A {header}";white-space:pre}}'
            f'@bottom-center{{content:"{footer}"}}'
        )
    return f'@top-center{{content:"{header}"}}@bottom-center{{content:"{footer} " {number}}}'


def _html_block(block: str | Grid) -> str:
    if isinstance(block, str):
        return f"<p>{html.escape(block)}</p>"
    if not block.ruled:
        return "".join(
            f"<div><span>{html.escape(label)}</span>: {html.escape(value)}</div>"
            for label, value in block.rows
        )
    rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in block.rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def docx_of(texts: TextSet, layout: str, font: str, path: Path) -> None:
    """Save a layout as a Word file in the font of this name."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    document = Document()
    _set_font(document.styles["Normal"], texts, font)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(texts.measures.margins[0])
    section.left_margin = section.right_margin = Cm(texts.measures.margins[1])
    if layout == "flow":
        _set_running_lines(section, texts)
    if layout in {"columns", "page-columns"}:
        _set_columns(section, texts)
    width = 21 - 2 * texts.measures.margins[1]
    for block in texts.blocks(layout):
        if isinstance(block, Grid):
            _add_grid(document, block, width)
            continue
        paragraph = document.add_paragraph(block)
        if layout == "justified":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    document.save(str(path))


def _set_font(style: Any, texts: TextSet, font: str) -> None:
    from docx.shared import Pt

    style.font.name, style.font.size = font, Pt(texts.measures.size)
    style.paragraph_format.line_spacing = texts.measures.leading
    properties = style.element.get_or_add_rPr()
    for attribute in ("w:ascii", "w:hAnsi", "w:cs"):
        properties.find(_name("w:rFonts")).set(_name(attribute), font)
    properties.append(_element("w:szCs", {"w:val": str(round(2 * texts.measures.size))}))
    properties.append(_element("w:lang", {"w:bidi": "th-TH"}))


def _set_running_lines(section: Any, texts: TextSet) -> None:
    from docx.shared import Pt

    header, footer = texts.running
    before, after = texts.measures.page.split("{}")
    lines = [section.header.paragraphs[0], section.footer.paragraphs[0]]
    lines[0].text, lines[1].text = header, footer
    for line in lines:
        line.style.font.size = Pt(texts.measures.size - 4)
    if before.strip() == "-":
        number = lines[0].insert_paragraph_before(before)
    else:
        number = lines[1]
        number.add_run(f" {before}")
    run = number.add_run()._r
    run.append(_element("w:fldChar", {"w:fldCharType": "begin"}))
    code = _element("w:instrText", {})
    code.text = "PAGE \\* THAIARABIC"
    run.append(code)
    run.append(_element("w:fldChar", {"w:fldCharType": "end"}))
    number.add_run(after)


def _set_columns(section: Any, texts: TextSet) -> None:
    for old in section._sectPr.xpath("./w:cols"):
        section._sectPr.remove(old)
    space = str(round(texts.measures.gap * 567))  # twentieths of a point
    section._sectPr.append(_element("w:cols", {"w:num": "2", "w:space": space}))


def _add_grid(document: Any, grid: Grid, width: float) -> None:
    from docx.shared import Cm, Pt

    if not grid.ruled:
        for label, value in grid.rows:
            paragraph = document.add_paragraph(f"{label}\t: {value}")
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(LABEL_WIDTH))
        return
    table = document.add_table(rows=0, cols=len(grid.rows[0]))
    table.style = "Table Grid"
    table.autofit = False
    for column, share in zip(table.columns, _shares(grid), strict=True):
        column.width = Cm(width * share)
    size = document.styles["Normal"].font.size.pt - (3 if len(grid.rows[0]) > 2 else 0)
    for row in grid.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            run = cell.paragraphs[0].add_run(text)
            _set_run_size(run, Pt(size))


def _shares(grid: Grid) -> list[float]:
    """Each column's share of the width: by its longest text, 16 letters at the most."""
    needs = [min(16, max(map(len, column))) + 5 for column in zip(*grid.rows, strict=True)]
    return [need / sum(needs) for need in needs]


def _set_run_size(run: Any, size: Any) -> None:
    run.font.size = size
    properties = run._r.get_or_add_rPr()
    properties.append(_element("w:szCs", {"w:val": str(round(2 * size.pt))}))


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(tag))


def _element(tag: str, attributes: dict[str, str]) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(_name(name), value)
    return element
