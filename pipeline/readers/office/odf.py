"""OpenDocument sheets (ODS) and slides (ODP): each sheet or slide a page, straight from the XML.

The cells of a sheet hold their text as it is shown; dates alone are written out in Thai.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from pipeline.errors import ReadError
from pipeline.readers.office.odf_lines import Context, lines_of
from pipeline.readers.office.odf_package import DRAW, OFFICE, STYLE, TABLE, open_parts
from pipeline.readers.office.packages import look_over
from pipeline.readers.office.sheet import MAX_CELLS, MAX_COLUMNS, MAX_SHEETS, collect, reading_of
from pipeline.readers.office.sheet_numbers import show_time
from pipeline.readers.reading import MAX_PAGES, Reading

_ROW, _CELL, _COVERED = f"{TABLE}table-row", f"{TABLE}table-cell", f"{TABLE}covered-table-cell"
# Rows that are filled and all alike: any more are a mistake of the hand that filled them down.
_MAX_REPEATED = 200


def read_ods(data: bytes) -> Reading:
    """Read an OpenDocument sheet. Raises `ReadError` for a bomb and for a locked file."""
    look_over(data, "ODS")
    content, _ = open_parts(data)
    concealed = _concealed_styles(content)
    sheets, hidden, budget = [], [], MAX_CELLS
    for table in list(content.iterfind(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table"))[
        :MAX_SHEETS
    ]:
        name = table.get(f"{TABLE}name", "")
        if table.get(f"{TABLE}style-name") in concealed:
            hidden.append(name)
            continue
        sheets.append(collect(name, _rows(table), budget))
        budget -= sum(map(len, sheets[-1].rows))
    return reading_of(sheets, hidden, "ods")


def read_odp(data: bytes) -> Reading:
    """Read OpenDocument slides. Raises `ReadError` for a bomb and for a locked file."""
    look_over(data, "ODP")
    content, _ = open_parts(data)
    texts, context = [], Context()
    tables = []
    for slide in list(content.iterfind(f"{OFFICE}body/{OFFICE}presentation/{DRAW}page"))[
        :MAX_PAGES
    ]:
        lines = list(lines_of(slide, context))
        texts.append("\n".join(line for line in lines if line.strip()))
        tables += [type(table)(len(texts), table.rows) for table in context.tables]
        context.tables.clear()
    if not any(map(str.strip, texts)):
        raise ReadError(
            "สไลด์ไม่มีข้อความ อาจเป็นภาพทั้งหมด บันทึกเป็น PDF แล้วลองอีกครั้ง",
            "The slides hold no text; they may be pictures. Save them as PDF and try again",
        )
    return Reading.of(texts, "odp", tables=tables)


def _concealed_styles(content: Any) -> set[str]:
    return {
        style.get(f"{STYLE}name", "")
        for style in content.iter(f"{STYLE}style")
        for properties in style.iterfind(f"{STYLE}table-properties")
        if properties.get(f"{TABLE}display") == "false"
    }


def _rows(table: Any) -> Iterator[list[str]]:
    for row in table.iter(_ROW):
        values = _values(row)
        repeated = row.get(f"{TABLE}number-rows-repeated", "1") if values else "1"
        times = int(repeated) if repeated.isdecimal() else 1
        yield from (values for _ in range(min(_MAX_REPEATED, times)))


def _values(row: Any) -> list[str]:
    """The cells of a row, without the empty ones at its end."""
    values: list[str] = []
    for cell in row.iterchildren(_CELL, _COVERED):
        repeated = cell.get(f"{TABLE}number-columns-repeated", "1")
        times = int(repeated) if repeated.isdecimal() else 1
        values += [_shown(cell)] * min(times, MAX_COLUMNS - len(values))
    while values and not values[-1]:
        values.pop()
    return values


def _shown(cell: Any) -> str:
    if cell.tag == _COVERED:
        return ""
    if date := cell.get(f"{OFFICE}date-value"):
        try:
            return show_time(dt.datetime.fromisoformat(date[:19]))
        except ValueError:
            pass
    return "\n".join(lines_of(cell, Context())).strip()
