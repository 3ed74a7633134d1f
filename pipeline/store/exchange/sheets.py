"""Rows of a sheet that people edited, whatever program saved it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import ReadError, UsageError
from pipeline.readers.encodings import decode
from pipeline.readers.loading import load
from pipeline.readers.office.packages import damaged, look_over
from pipeline.tables import FORMULA_STARTS, LIST_SEPARATOR

MAX_ROWS = 1_048_576  # of Excel
LONGEST_FIELD = 1_000_000
_CODE_IN_BRACKETS = re.compile(r"\(([a-z][a-z0-9_]*)\)\s*\Z")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row by its number in the file (the header is row 1): texts by the columns' codes.

    A column that the file lacks is no key; an empty cell is an empty text.
    """

    number: int
    cells: dict[str, str]


def read_sheet(path: Path, columns: dict[str, str]) -> list[SheetRow]:
    """The rows that are not empty; `columns` maps each code to its Thai heading.

    Raises UsageError for a suffix that is unknown, ReadError for a file that cannot be read or
    has no column `sha256` or `file`.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UsageError(
            f"อ่านป้ายจากไฟล์ {path.name} ไม่ได้ ใช้ไฟล์ {', '.join(_READERS)}",
            f"labels cannot be read from this kind of file: use {', '.join(_READERS)}",
        )
    rows = list(reader(load(str(path)), columns))
    if not any({"sha256", "file"} & set(row.cells) for row in rows):
        raise ReadError(
            f"{path.name}: ไม่พบคอลัมน์ sha256 หรือ file ใช้ไฟล์จาก wara export แล้วแก้ป้ายในไฟล์นั้น",
            f"{path.name}: no column sha256 or file. Edit a file that wara export wrote",
        )
    return rows


def _xlsx(data: bytes, columns: dict[str, str]) -> Iterator[SheetRow]:
    look_over(data, "XLSX")
    try:
        yield from _table(_sheet_values(data), columns)
    except ReadError:
        raise
    except Exception as error:  # the edge: openpyxl raises whatever a broken file provokes
        raise damaged("XLSX") from error


def _sheet_values(data: bytes) -> Iterator[Sequence[Any]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # a file may claim a million columns
    yield from sheet.iter_rows(values_only=True, max_col=256, max_row=MAX_ROWS)


def _csv(data: bytes, columns: dict[str, str]) -> Iterator[SheetRow]:
    text = decode(data).text
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(LONGEST_FIELD)
    try:
        yield from _table(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), columns)
    except csv.Error as error:
        raise ReadError(
            "ไฟล์ CSV เสียหาย เปิดใน Excel แล้วบันทึกใหม่เป็น CSV UTF-8",
            "the CSV file is damaged: open it in Excel and save it again as CSV UTF-8",
        ) from error


def _jsonl(data: bytes, _columns: dict[str, str]) -> Iterator[SheetRow]:
    for number, line in enumerate(decode(data).text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except (ValueError, RecursionError):
            values = None
        if not isinstance(values, dict):
            raise ReadError(
                f"บรรทัด {number} ไม่ใช่ JSON หนึ่งวัตถุ แก้บรรทัดนั้น หรือส่งออกใหม่ด้วย wara export",
                f"line {number} is no JSON object: correct it, or export anew with wara export",
            )
        yield SheetRow(number, {name: _text(value) for name, value in values.items()})


_READERS: dict[str, Callable[[bytes, dict[str, str]], Iterator[SheetRow]]] = {
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".jsonl": _jsonl,
}


def _table(rows: Iterable[Sequence[Any]], columns: dict[str, str]) -> Iterator[SheetRow]:
    header: list[str | None] = []
    for number, row in enumerate(rows, start=1):
        cells = [_text(value) for value in row]
        if not any(cells):
            continue
        if not header:
            header = [_code(cell, columns) for cell in cells]
            continue
        yield SheetRow(
            number,
            {name: cell for name, cell in zip(header, cells, strict=False) if name is not None},
        )


def _code(heading: str, columns: dict[str, str]) -> str | None:
    """The column that a heading names: its code, its Thai heading, or both."""
    heading = " ".join(heading.split())
    bracketed = _CODE_IN_BRACKETS.search(heading)
    if bracketed and bracketed[1] in columns:
        return bracketed[1]
    if heading.casefold() in columns:
        return heading.casefold()
    return next((code for code, thai in columns.items() if thai == heading), None)


def _text(value: Any) -> str:
    """A cell as text; an apostrophe that kept a formula from running is taken off."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return LIST_SEPARATOR.join(map(str, value))
    text = str(value).strip()
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULA_STARTS else text
