"""Tables of any columns into files people and programs open: Excel, CSV, JSON lines, Parquet.

A `Layout` says what the columns are; rows are objects with an attribute for each. The suffix of
the output chooses the writer. Every writer works beside the target and renames at the end: there
is the whole result or none.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import math
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from pipeline.documents import to_json
from pipeline.errors import OutputError, UsageError

if TYPE_CHECKING:
    import pyarrow as pa
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Type = Literal["text", "list", "flag", "whole", "number", "money", "share", "date", "moment"]

LIST_SEPARATOR = " | "
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 32_767  # Excel's own limit, in characters
BUDDHIST_DATE = "[$-107041E]d mmm yyyy"  # Excel shows the Buddhist year of a true date
NUMBER_FORMATS: dict[Type, str] = {
    "share": "0%",
    "money": "#,##0",
    "date": BUDDHIST_DATE,
    "moment": f"{BUDDHIST_DATE} hh:mm",
}
LINE_HEIGHT, MOST_LINES = 16, 12  # points; a taller row hides the next ones
ROWS_PER_PART = 10_000
CHOICES_SHEET = "ตัวเลือก"
THAILAND = ZoneInfo("Asia/Bangkok")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its code, Thai heading and width in Excel, and what its cells hold.

    `list` is a tuple of texts, `share` a number from 0 to 1, `moment` an aware time. Excel offers
    `choices`, pairs of a code and its meaning, from a list, and does not show `hidden` columns.
    """

    code: str
    heading: str
    width: int
    type: Type = "text"
    wrapped: bool = True
    hidden: bool = False
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table, in order, and the name of its sheet."""

    columns: tuple[Column, ...]
    sheet: str = "wara"


def check_output(path: Path) -> None:
    """Raise UsageError or OutputError now, before hours of work, if `path` cannot be written."""
    if path.suffix.lower() not in WRITERS:
        known = ", ".join(suffix or "โฟลเดอร์/" for suffix in WRITERS)
        raise UsageError(
            f"ไม่รู้จักชนิดไฟล์ผลลัพธ์ {path.name} เลือกได้: {known}",
            f"unknown output type: choose one of {', '.join(s or 'FOLDER/' for s in WRITERS)}",
        )
    if not path.suffix and path.is_dir() and any(not _is_part(p) for p in path.iterdir()):
        raise OutputError(
            f"โฟลเดอร์ {path} มีไฟล์อื่นอยู่แล้ว ให้เลือกโฟลเดอร์ว่างหรือชื่อใหม่",
            "the output folder holds other files: choose an empty folder or a new name",
        )
    if path.suffix and path.is_dir():
        raise OutputError(
            f"{path} เป็นโฟลเดอร์ ให้ตั้งชื่อไฟล์ผลลัพธ์ใหม่",
            "the output is a folder: choose another file name",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise _unwritable(path, error) from error


def write_table(rows: Sequence[Any], layout: Layout, path: Path) -> None:
    """Write the rows in the form that the suffix of `path` names. Raises OutputError."""
    check_output(path)
    try:
        with _beside(path) as temporary:
            WRITERS[path.suffix.lower()](rows, layout, temporary)
    except OSError as error:
        raise _unwritable(path, error) from error


def arrow_table(rows: Sequence[Any], layout: Layout) -> pa.Table:
    """The rows as a table of Arrow; lists as lists, dates as dates."""
    import pyarrow as pa

    columns = {c.code: [getattr(row, c.code) for row in rows] for c in layout.columns}
    return pa.table(columns, schema=_schema(pa, layout))


def flat(value: Any) -> Any:
    """A value as one cell takes it: lists joined by ` | `, blanks and line ends in them folded."""
    if isinstance(value, (tuple, list)):
        return LIST_SEPARATOR.join(" ".join(str(item).split()) for item in value)
    return value


def _jsonl(rows: Sequence[Any], layout: Layout, path: Path) -> None:
    """One JSON object a line, UTF-8, lists as lists."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            values = {c.code: to_json(getattr(row, c.code)) for c in layout.columns}
            file.write(json.dumps(values, ensure_ascii=False) + "\n")


def _csv(rows: Sequence[Any], layout: Layout, path: Path) -> None:
    """UTF-8 with BOM, so that Excel shows Thai; the columns' codes as header.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.code for column in layout.columns)
        for row in rows:
            writer.writerow(_csv_cell(getattr(row, column.code)) for column in layout.columns)


def _csv_cell(value: Any) -> Any:
    value = flat(to_json(value))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value


def _xlsx(rows: Sequence[Any], layout: Layout, path: Path) -> None:
    """One sheet with Thai headings (the code in brackets), the header frozen, filters on.

    Rows are as high as their text needs; choices are offered from a second sheet.
    """
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(layout.sheet)
    sheet.freeze_panes = "B2"
    for number, column in enumerate(layout.columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width, dimension.hidden = column.width, column.hidden
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(layout.columns))}{len(rows) + 1}"
    cells = _Cells(sheet)
    sheet.row_dimensions[1].height = 2 * LINE_HEIGHT
    sheet.append([cells.heading(column) for column in layout.columns])
    for number, row in enumerate(rows, start=2):
        sheet.row_dimensions[number].height = LINE_HEIGHT * _lines(row, layout)
        sheet.append([cells.value(column, getattr(row, column.code)) for column in layout.columns])
    _offer(book, sheet, layout, len(rows))
    book.save(path)


def _offer(book: Workbook, sheet: WriteOnlyWorksheet, layout: Layout, rows: int) -> None:
    """Give each column with choices its list, with a second sheet that says what they mean."""
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
        sheet.data_validations.append(offer)  # type: ignore[attr-defined] # its stubs forget it
        listed.column_dimensions[get_column_letter(2 * place + 2)].width = 60
        listed.column_dimensions[letter].width = 16
    for line in range(max(len(column.choices) for _, column in offering) + 1):
        listed.append([cell for _, column in offering for cell in _choice_cells(column, line)])


def _choice_cells(column: Column, line: int) -> tuple[str, str]:
    if line == 0:
        return column.heading, ""
    return column.choices[line - 1] if line <= len(column.choices) else ("", "")


def _parquet(rows: Sequence[Any], layout: Layout, path: Path) -> None:
    """One Parquet file; lists as lists, dates as dates."""
    import pyarrow.parquet as pq

    pq.write_table(arrow_table(rows, layout), path)


def _parts(rows: Sequence[Any], layout: Layout, path: Path) -> None:
    """A folder of Parquet files of ten thousand rows each, `part-00000.parquet` and on."""
    path.mkdir()
    for number, first in enumerate(range(0, len(rows), ROWS_PER_PART)):
        part = path / f"part-{number:05}.parquet"
        _parquet(rows[first : first + ROWS_PER_PART], layout, part)


WRITERS: dict[str, Callable[[Sequence[Any], Layout, Path], None]] = {
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".jsonl": _jsonl,
    ".parquet": _parquet,
    "": _parts,
}


def _schema(pa: Any, layout: Layout) -> pa.Schema:
    types = {
        "text": pa.string(),
        "list": pa.list_(pa.string()),
        "flag": pa.bool_(),
        "whole": pa.int64(),
        "number": pa.float64(),
        "money": pa.float64(),
        "share": pa.float64(),
        "date": pa.date32(),
        "moment": pa.timestamp("us", tz="UTC"),
    }
    return pa.schema([(column.code, types[column.type]) for column in layout.columns])


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A path to write to, put in the place of `path` when all went well, else removed."""
    temporary = path.with_name(f".{path.name}.part")
    _remove(temporary)
    try:
        yield temporary
        if path.is_dir():
            shutil.rmtree(path)
        temporary.replace(path)
    finally:
        _remove(temporary)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _is_part(path: Path) -> bool:
    return path.name.startswith("part-") and path.suffix == ".parquet"


def _lines(row: Any, layout: Layout) -> int:
    """How many lines the row needs: of its widest text, marks above and below not counted."""
    lines = 1
    for column in layout.columns:
        if column.wrapped and not column.hidden:
            text = str(flat(getattr(row, column.code)) or "")
            width = sum(unicodedata.category(char) != "Mn" for char in text)
            lines = max(lines, math.ceil(1.1 * width / column.width))
    return min(lines, MOST_LINES)


class _Cells:
    """Makes the cells of one sheet; the styles are made once."""

    def __init__(self, sheet: WriteOnlyWorksheet) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill

        self._sheet = sheet
        self._wrapped = Alignment(wrap_text=True, vertical="top")
        self._plain = Alignment(vertical="top")
        self._bold, self._fill = Font(bold=True), PatternFill("solid", fgColor="DDEBF7")

    def heading(self, column: Column) -> Cell:
        cell = self._cell(f"{column.heading} ({column.code})")
        cell.font, cell.fill = self._bold, self._fill
        return cell

    def value(self, column: Column, value: Any) -> Cell:
        if isinstance(value, dt.datetime):  # Excel knows no time zones
            value = value.astimezone(THAILAND).replace(tzinfo=None)
        cell = self._cell(flat(value))
        if not column.wrapped:
            cell.alignment = self._plain
        if column.type in NUMBER_FORMATS:
            cell.number_format = NUMBER_FORMATS[column.type]
        return cell

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


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"เขียน {path} ไม่ได้ ({error.strerror or error}) ให้ปิดไฟล์ที่เปิดค้างใน Excel หรือเลือกที่อื่นด้วย -o",
        "the output cannot be written: close it in Excel, or choose another place with -o",
    )
