"""Cells of an Excel sheet: safe to open, and shown as their type asks for."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pipeline.tables.cells import FORMULA_STARTS, flat
from pipeline.tables.layout import Column, Type

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

LONGEST_CELL = 32_767  # Excel's own limit, in characters
BUDDHIST_DATE = "[$-107041E]d mmm yyyy"  # Excel shows the Buddhist year of a true date
NUMBER_FORMATS: dict[Type, str] = {
    "share": "0.0%",
    "money": "#,##0",
    "date": BUDDHIST_DATE,
    "moment": f"{BUDDHIST_DATE} hh:mm",
}
THAILAND = ZoneInfo("Asia/Bangkok")


class Cells:
    """Makes the cells of one sheet; the styles are made once."""

    def __init__(self, sheet: WriteOnlyWorksheet) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill

        self._sheet = sheet
        self._wrapped = Alignment(wrap_text=True, vertical="top")
        self._plain = Alignment(vertical="top")
        self._bold = Font(name="Calibri", size=11, bold=True)  # without a name Excel takes a serif
        self._fill = PatternFill("solid", fgColor="DDEBF7")

    def heading(self, column: Column) -> Cell:
        """The head of a column: its Thai heading, the code in brackets."""
        cell = self._cell(f"{column.heading} ({column.code})")
        cell.font, cell.fill = self._bold, self._fill
        return cell

    def value(self, column: Column, value: Any) -> Cell:
        """A value of a column."""
        if isinstance(value, dt.datetime):  # Excel knows no time zones
            value = value.astimezone(THAILAND).replace(tzinfo=None)
        cell = self._cell(flat(value))
        if not column.wrapped:
            cell.alignment = self._plain
        if column.type in NUMBER_FORMATS:
            cell.number_format = NUMBER_FORMATS[column.type]
        return cell

    def strong(self, text: str) -> Cell:
        """A text that others stand below."""
        cell = self._cell(text)
        cell.font = self._bold
        return cell

    def text(self, text: str) -> Cell:
        """A text as it is."""
        return self._cell(text)

    def _cell(self, value: Any) -> Cell:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

        if isinstance(value, str):
            value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]
        cell = WriteOnlyCell(self._sheet, value)
        cell.alignment = self._wrapped
        if isinstance(value, str):
            cell.data_type = "s"  # openpyxl would store a leading "=" as a formula
            cell.quotePrefix = value.startswith(FORMULA_STARTS)
        return cell
