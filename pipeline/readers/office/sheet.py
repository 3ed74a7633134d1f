"""XLSX: each sheet a page, each row a line, on openpyxl.

Text form: a row is its filled cells joined by a TAB, values as Excel shows them
(`sheet_numbers`); the sheet's name heads the page where the workbook has several. Formulas give the
result that was saved with them. Hidden sheets are left out, hidden rows and columns are not.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from pipeline.documents import Table
from pipeline.errors import ReadError
from pipeline.readers.office.packages import look_over
from pipeline.readers.office.sheet_numbers import show
from pipeline.readers.reading import Reading

MAX_SHEETS = 200
MAX_ROWS = 50_000
MAX_COLUMNS = 500
MAX_CELLS = 1_000_000
"""Cells of one workbook, empty ones between filled ones included."""
MAX_CHARACTERS = 4_000_000
"""Characters of one sheet; a long text may be stored once and shown in any number of cells."""

# A formula that was never calculated: written by a program, not yet opened in Excel.
_UNCALCULATED = re.compile(rb"</f>(?:<v\s*/>|<v></v>)?</c>|<f/></c>")


class Sheet(NamedTuple):
    """The cell texts of one sheet, empty rows left out; `complete` is False where it was cut."""

    name: str
    rows: list[list[str]]
    complete: bool = True


def read_xlsx(data: bytes) -> Reading:
    """Read a workbook (also .xlsm: no macro runs). Raises `ReadError` for a zip bomb."""
    import warnings

    from openpyxl import load_workbook

    look_over(data, "Excel")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl on what it does not keep: pictures, validation
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        shown, hidden = _by_state(book)
        budget = MAX_CELLS
        sheets = []
        for sheet in shown[:MAX_SHEETS]:
            sheets.append(_read_sheet(sheet, budget))
            budget -= sum(map(len, sheets[-1].rows))
    return reading_of(sheets, hidden, "xlsx", uncalculated=_uncalculated(data))


def reading_of(
    sheets: list[Sheet], hidden: list[str], method: str, *, uncalculated: int = 0
) -> Reading:
    """Sheets as pages and tables; `hidden` are the names of those left out.

    Raises `ReadError` where no sheet holds any text.
    """
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise ReadError(
            "สมุดงานไม่มีข้อความในแผ่นงานที่แสดงอยู่ เปิดใน Excel แล้วตรวจว่ามีข้อมูลหรือถูกซ่อนไว้",
            "No visible sheet holds any text. Open the workbook and look for hidden sheets",
        )
    texts = [_text(sheet, named=len(filled) > 1) for sheet in filled]
    tables = [Table(number, _grid(sheet.rows)) for number, sheet in enumerate(filled, 1)]
    notes = _warnings(sheets, hidden, uncalculated)
    return Reading.of(texts, method, tables=tables, warnings=notes)


def _by_state(book: Any) -> tuple[list[Any], list[str]]:
    """The sheets with cells that a reader of the workbook sees, and the names of the others."""
    sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "iter_rows")]
    shown = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
    return shown, [sheet.title for sheet in sheets if sheet.sheet_state != "visible"]


def _read_sheet(sheet: Any, budget: int) -> Sheet:
    sheet.reset_dimensions()  # some programs write "A1" for any size
    values = ([show(cell.value, _format(cell)) for cell in row] for row in sheet.iter_rows())
    return collect(sheet.title, values, budget)


def collect(name: str, rows: Iterable[list[str]], budget: int) -> Sheet:
    """The filled rows among `rows`, no more than `MAX_ROWS`, `MAX_COLUMNS` and `budget` cells."""
    kept: list[list[str]] = []
    characters = 0
    for row in rows:
        budget -= len(row) + 1
        characters += sum(map(len, row))
        if budget < 0 or len(kept) >= MAX_ROWS or characters > MAX_CHARACTERS:
            return Sheet(name, kept, complete=False)
        if any(row):
            kept.append(row[:MAX_COLUMNS])
    return Sheet(name, kept)


def _format(cell: Any) -> str:
    return "General" if cell.value is None else str(cell.number_format or "General")


def _text(sheet: Sheet, *, named: bool) -> str:
    lines = ("\t".join(filter(None, row)) for row in sheet.rows)
    return "\n".join([*([sheet.name] if named else []), *lines])


def _grid(rows: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    """The rows without the columns that are empty in all of them, equally long."""
    width = max(map(len, rows))
    used = [any(len(row) > at and row[at] for row in rows) for at in range(width)]
    padded = (row + [""] * (width - len(row)) for row in rows)
    return tuple(tuple(v for v, kept in zip(row, used, strict=True) if kept) for row in padded)


def _uncalculated(data: bytes) -> int:
    """How many formulas were saved without a result."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        return sum(len(_UNCALCULATED.findall(archive.read(name))) for name in names[:MAX_SHEETS])


def _warnings(sheets: list[Sheet], hidden: list[str], uncalculated: int) -> Iterator[str]:
    if hidden:
        yield f"ไม่ได้อ่านแผ่นงานที่ซ่อนไว้ {len(hidden)} แผ่น: {', '.join(hidden[:5])}"
    if len(sheets) == MAX_SHEETS:
        yield f"อ่านเฉพาะ {MAX_SHEETS} แผ่นงานแรก แบ่งสมุดงานแล้วลองอีกครั้ง"
    if cut := [sheet.name for sheet in sheets if not sheet.complete]:
        yield f"แผ่นงานใหญ่เกินไป อ่านไม่ครบ: {', '.join(cut[:5])} แบ่งสมุดงานแล้วลองอีกครั้ง"
    if uncalculated:
        yield f"มีสูตร {uncalculated:,} ช่องที่ไม่มีผลคำนวณในไฟล์ เปิดใน Excel แล้วบันทึกใหม่"
