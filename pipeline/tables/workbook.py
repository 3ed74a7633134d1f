"""An Excel workbook: the rows, what columns and codes mean, and what may be chosen."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.tables.cells import flat
from pipeline.tables.layout import Column, Layout, Term
from pipeline.tables.styled import Cells

if TYPE_CHECKING:
    from openpyxl import Workbook

EXPLANATIONS_SHEET = "คำอธิบาย"
CHOICES_SHEET = "ตัวเลือก"
LINE_HEIGHT, MOST_LINES = 16, 12  # points; a taller row hides the next ones
EXPLANATIONS = (
    Column("column", "คอลัมน์", 34),
    Column("value", "ค่าในช่อง", 26),
    Column("thai", "ความหมาย", 72),
    Column("english", "ความหมายภาษาอังกฤษ", 72),
)


def write_xlsx(rows: Sequence[Any], layout: Layout, path: Path) -> None:
    """The rows on the first sheet, with Thai headings (the code in brackets); see `layout.Layout`.

    Headers are frozen and have filters; rows are as high as their text needs.
    """
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = _begun(book, layout.sheet, layout.columns, frozen="B2")
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(layout.columns))}{len(rows) + 1}"
    cells = Cells(sheet)
    sheet.append([cells.heading(column) for column in layout.columns])
    for number, row in enumerate(rows, start=2):
        values = [getattr(row, column.code) for column in layout.columns]
        sheet.row_dimensions[number].height = _height(values, layout.columns)
        sheet.append(
            [cells.value(c, value) for c, value in zip(layout.columns, values, strict=True)]
        )
    _explain(book, layout)
    _offer(book, sheet, layout, len(rows))
    book.save(path)


def _begun(book: Workbook, title: str, columns: Iterable[Column], *, frozen: str) -> Any:
    """A sheet with the widths of its columns; printed across the page, the header on each.

    A `WriteOnlyWorksheet`, of which the stubs know less than half.
    """
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    sheet.freeze_panes = frozen
    sheet.row_dimensions[1].height = 2 * LINE_HEIGHT
    sheet.page_setup.orientation = "landscape"
    sheet.print_title_rows = "1:1"
    for number, column in enumerate(columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width, dimension.hidden = column.width, column.hidden
    return sheet


def _height(values: Sequence[Any], columns: Sequence[Column]) -> int:
    """Points for the lines of the widest text, marks above and below not counted."""
    lines = 1
    for column, value in zip(columns, values, strict=True):
        if column.wrapped and not column.hidden:
            width = sum(unicodedata.category(char) != "Mn" for char in str(flat(value) or ""))
            lines = max(lines, math.ceil(1.1 * width / column.width))
    return LINE_HEIGHT * min(lines, MOST_LINES)


def _explain(book: Workbook, layout: Layout) -> None:
    """A sheet that says what each column holds and, below it, what its codes mean."""
    if not any(column.meaning[0] for column in layout.columns):
        return
    sheet = _begun(book, EXPLANATIONS_SHEET, EXPLANATIONS, frozen="A2")
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    cells = Cells(sheet)
    sheet.append([cells.heading(column) for column in EXPLANATIONS])
    number = 1
    for column in layout.columns:
        if column.hidden:
            continue
        own = [term for term in layout.terms if term.column == column.code]
        lines = [(f"{column.heading} ({column.code})", "", *column.meaning), *map(_line, own)]
        for line in lines:
            number += 1
            sheet.row_dimensions[number].height = _height(line, EXPLANATIONS)
            sheet.append([cells.strong(line[0]), *map(cells.text, line[1:])])


def _line(term: Term) -> tuple[str, str, str, str]:
    return "", term.value, term.thai, term.english


def _offer(book: Workbook, sheet: Any, layout: Layout, rows: int) -> None:
    """Give each column with choices its list, with a sheet that says what they mean."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    offering = [(n, c) for n, c in enumerate(layout.columns, start=1) if c.choices]
    if not offering:
        return
    listed = book.create_sheet(CHOICES_SHEET)
    for place, (number, column) in enumerate(offering):
        letter = get_column_letter(2 * place + 1)
        source = f"'{CHOICES_SHEET}'!${letter}$2:${letter}${len(column.choices) + 1}"
        # What is no choice is not refused: names are read back as well as codes.
        offer = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=False)
        own = get_column_letter(number)
        offer.add(f"{own}2:{own}{max(rows, 1) + 1}")
        sheet.data_validations.append(offer)
        listed.column_dimensions[get_column_letter(2 * place + 2)].width = 60
        listed.column_dimensions[letter].width = 16
    for line in range(max(len(column.choices) for _, column in offering) + 1):
        listed.append([cell for _, column in offering for cell in _choice_cells(column, line)])


def _choice_cells(column: Column, line: int) -> tuple[str, str]:
    if line == 0:
        return column.heading, ""
    return column.choices[line - 1] if line <= len(column.choices) else ("", "")
