"""Rows into files people and programs open: Excel, CSV, JSON lines, Parquet.

The suffix of the output chooses the writer. Every writer works beside the target and renames at
the end: there is the whole result or none.
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
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.documents import to_json
from pipeline.errors import OutputError, UsageError
from pipeline.records import COLUMNS, Record

if TYPE_CHECKING:
    import pyarrow as pa
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

# Column -> (Thai heading, width in Excel). The code stands beside it for formulas and scripts.
HEADINGS: dict[str, tuple[str, int]] = {
    "file": ("ไฟล์", 36),
    "sha256": ("ลายนิ้วมือไฟล์", 14),
    "kind": ("ประเภทเอกสาร", 12),
    "title": ("ชื่อเรื่อง", 48),
    "province": ("จังหวัด", 18),
    "document_date": ("วันที่เอกสาร", 16),
    "fiscal_year": ("ปีงบประมาณ", 12),
    "on_time": ("ทันกำหนด", 10),
    "agenda": ("ประเด็น", 14),
    "agenda_confidence": ("ความมั่นใจประเด็น", 12),
    "mode": ("รูปแบบการพัฒนา", 14),
    "mode_confidence": ("ความมั่นใจรูปแบบ", 12),
    "other_modes": ("รูปแบบอื่น", 16),
    "award_scaleup": ("ขยายผลจากรางวัล", 12),
    "needs_review": ("ต้องให้คนตรวจ", 12),
    "reasons": ("เหตุที่ต้องตรวจ", 44),
    "evidence": ("ข้อความหลักฐาน", 70),
    "networks": ("ภาคีเครือข่าย", 30),
    "budget_baht": ("งบประมาณ (บาท)", 16),
    "missing_sections": ("หัวข้อที่ขาด", 24),
    "warnings": ("ข้อสังเกตจากการอ่าน", 36),
    "error": ("ข้อผิดพลาด", 50),
    "model": ("โมเดล", 16),
}
LIST_SEPARATOR = " | "
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 32_767  # Excel's own limit, in characters
BUDDHIST_DATE = "[$-107041E]d mmm yyyy"  # Excel shows the Buddhist year of a true date
NUMBER_FORMATS = {"agenda_confidence": "0%", "mode_confidence": "0%", "budget_baht": "#,##0"}
UNWRAPPED = {"sha256", "model"}
LINE_HEIGHT, MOST_LINES = 16, 12  # points; a taller row hides the next ones
ROWS_PER_PART = 10_000


def check_output(path: Path) -> None:
    """Raise UsageError or OutputError now, before hours of work, if `path` cannot be written."""
    if _key(path) not in WRITERS:
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


def write(records: Sequence[Record], path: Path) -> None:
    """Write the rows in the form that the suffix of `path` names. Raises OutputError."""
    check_output(path)
    try:
        with _beside(path) as temporary:
            WRITERS[_key(path)](records, temporary)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"เขียน {path} ไม่ได้ ({error.strerror or error}) ให้ปิดไฟล์ที่เปิดค้างใน Excel หรือเลือกที่อื่นด้วย -o",
        "the output cannot be written: close it in Excel, or choose another place with -o",
    )


def plain(record: Record) -> dict[str, Any]:
    """A row as JSON takes it: lists stay lists, dates are ISO."""
    row: dict[str, Any] = to_json(record)
    return row


def flat(value: Any) -> Any:
    """A value as one cell takes it: lists joined by ` | `, blanks and line ends in them folded."""
    if isinstance(value, (tuple, list)):
        return LIST_SEPARATOR.join(" ".join(str(item).split()) for item in value)
    return value


def write_jsonl(records: Sequence[Record], path: Path) -> None:
    """One JSON object a line, UTF-8, lists as lists."""
    with path.open("w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(plain(record), ensure_ascii=False) + "\n")


def write_csv(records: Sequence[Record], path: Path) -> None:
    """UTF-8 with BOM, so that Excel shows Thai; the columns' codes as header.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for record in records:
            writer.writerow(_csv_cell(getattr(record, column)) for column in COLUMNS)


def write_xlsx(records: Sequence[Record], path: Path) -> None:
    """One sheet with Thai headings (the code in brackets), the header frozen, filters on.

    Rows are as high as their text needs.
    """
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("wara")
    sheet.freeze_panes = "B2"
    for number, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = HEADINGS[column][1]
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(records) + 1}"
    cells = _Cells(sheet)
    sheet.row_dimensions[1].height = 2 * LINE_HEIGHT
    sheet.append([cells.heading(column) for column in COLUMNS])
    for number, record in enumerate(records, start=2):
        sheet.row_dimensions[number].height = LINE_HEIGHT * _lines(record)
        sheet.append([cells.value(column, getattr(record, column)) for column in COLUMNS])
    book.save(path)


def write_parquet(records: Sequence[Record], path: Path) -> None:
    """One Parquet file; lists as lists, dates as dates."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {name: [getattr(record, name) for record in records] for name in COLUMNS}
    pq.write_table(pa.table(columns, schema=_schema(pa)), path)


def write_parts(records: Sequence[Record], path: Path) -> None:
    """A folder of Parquet files of ten thousand rows each, `part-00000.parquet` and on."""
    path.mkdir()
    for number, first in enumerate(range(0, len(records), ROWS_PER_PART)):
        part = path / f"part-{number:05}.parquet"
        write_parquet(records[first : first + ROWS_PER_PART], part)


WRITERS: dict[str, Callable[[Sequence[Record], Path], None]] = {
    ".xlsx": write_xlsx,
    ".csv": write_csv,
    ".jsonl": write_jsonl,
    ".parquet": write_parquet,
    "": write_parts,
}


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


def _key(path: Path) -> str:
    return path.suffix.lower()


def _is_part(path: Path) -> bool:
    return path.name.startswith("part-") and path.suffix == ".parquet"


def _csv_cell(value: Any) -> Any:
    value = flat(to_json(value))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value


def _lines(record: Record) -> int:
    """How many lines the row needs: of its widest text, marks above and below not counted."""
    lines = 1
    for column in COLUMNS:
        text = str(flat(getattr(record, column)) or "")
        width = sum(unicodedata.category(char) != "Mn" for char in text)
        if column not in UNWRAPPED:
            lines = max(lines, math.ceil(1.1 * width / HEADINGS[column][1]))
    return min(lines, MOST_LINES)


class _Cells:
    """Makes the cells of one sheet; the styles are made once."""

    def __init__(self, sheet: WriteOnlyWorksheet) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill

        self._sheet = sheet
        self._wrapped = Alignment(wrap_text=True, vertical="top")
        self._plain = Alignment(vertical="top")
        self._bold, self._fill = Font(bold=True), PatternFill("solid", fgColor="DDEBF7")

    def heading(self, column: str) -> Cell:
        cell = self._cell(f"{HEADINGS[column][0]} ({column})")
        cell.font, cell.fill = self._bold, self._fill
        return cell

    def value(self, column: str, value: Any) -> Cell:
        cell = self._cell(flat(value))
        if column in UNWRAPPED:
            cell.alignment = self._plain
        if isinstance(value, dt.date):
            cell.number_format = BUDDHIST_DATE
        elif column in NUMBER_FORMATS:
            cell.number_format = NUMBER_FORMATS[column]
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


def _schema(pa: Any) -> pa.Schema:
    """The Arrow types of the columns; text where nothing else is said."""
    lists = ("other_modes", "reasons", "evidence", "networks", "missing_sections", "warnings")
    types = dict.fromkeys(COLUMNS, pa.string()) | dict.fromkeys(lists, pa.list_(pa.string()))
    types |= dict.fromkeys(("on_time", "award_scaleup", "needs_review"), pa.bool_())
    types |= dict.fromkeys(("agenda_confidence", "mode_confidence", "budget_baht"), pa.float64())
    types |= {"document_date": pa.date32(), "fiscal_year": pa.int32()}
    return pa.schema([(column, types[column]) for column in COLUMNS])
