"""Legacy Excel (.xls), on xlrd; what xlrd does not know, and other old sheets, by LibreOffice."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

from pipeline.errors import ReadError
from pipeline.readers.office.libreoffice import convert
from pipeline.readers.office.sheet import MAX_CELLS, MAX_SHEETS, collect, read_xlsx, reading_of
from pipeline.readers.office.sheet_numbers import show
from pipeline.readers.reading import Reading

_COMPOUND = b"\xd0\xcf\x11\xe0"
_LOCKED = "encrypted"


def read_xls(data: bytes) -> Reading:
    """Read a legacy workbook. Raises `ReadError`, also for a locked one."""
    try:
        import xlrd
    except ImportError:
        xlrd = None
    if xlrd is None or not data.startswith(_COMPOUND):
        return read_xlsx(convert(data, "xls", "xlsx"))
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, logfile=io.StringIO()
        )
    except xlrd.XLRDError as error:
        if _LOCKED not in str(error).lower():
            raise
        raise ReadError(
            "ไฟล์ถูกล็อกด้วยรหัสผ่าน เปิดใน Excel แล้วบันทึกใหม่โดยไม่ใส่รหัสผ่าน",
            "The file is locked with a password. Open it in Excel and save it without one",
        ) from error
    sheets, hidden, budget = [], [], MAX_CELLS
    for number in range(min(book.nsheets, MAX_SHEETS)):
        sheet = book.sheet_by_index(number)
        if sheet.visibility:
            hidden.append(sheet.name)
            continue
        sheets.append(collect(sheet.name, _rows(sheet, book), budget))
        budget -= sum(map(len, sheets[-1].rows))
        book.unload_sheet(number)
    return reading_of(sheets, hidden, "xls")


def _rows(sheet: Any, book: Any) -> Iterator[list[str]]:
    for row in range(sheet.nrows):
        yield [_shown(cell, book) for cell in sheet.row(row)]


def _shown(cell: Any, book: Any) -> str:
    """One cell as Excel shows it; errors (#REF!) are left out."""
    from xlrd import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_NUMBER, XL_CELL_TEXT

    if cell.ctype == XL_CELL_DATE:
        return show(_date(cell.value, book.datemode), "")
    if cell.ctype == XL_CELL_NUMBER:
        form = book.format_map.get(book.xf_list[cell.xf_index].format_key)
        return show(cell.value, form.format_str if form else "General")
    if cell.ctype == XL_CELL_BOOLEAN:
        return show(bool(cell.value), "")
    return show(cell.value, "") if cell.ctype == XL_CELL_TEXT else ""


def _date(value: float, mode: int) -> dt.datetime | dt.time | None:
    from xlrd.xldate import XLDateError, xldate_as_datetime

    try:
        found: dt.datetime = xldate_as_datetime(value, mode)
    except (XLDateError, OverflowError, ValueError):
        return None
    return found.time() if 0 <= value < 1 else found
