"""Labels as CSV and Excel: one row a text, headings are the columns' names, lists joined by ` | `.

An apostrophe before a text that a spreadsheet would take for a formula, and Excel's own form of
control characters (`_x000D_`), are taken off again in reading. A text longer than an Excel cell
goes on in further columns (`text:2`).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from corpora.interchange.rows import Row, write_bytes, write_text
from corpora.lines import Line, fault_at
from corpora.taxonomy import Taxonomy

SEPARATOR = " | "
NEEDED = ("id", "text", "agenda", "modes")
LISTS = ("modes", "networks", "agenda_ok", "mode_ok")
NULLABLE = ("province", "submitted_date_iso", "label_model")  # an empty cell is no value
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 32_000  # Excel takes 32,767 letters
LARGEST_SHEET = 500_000_000  # bytes of an unpacked workbook
_YES, _NO = ("true", "1", "yes", "ใช่"), ("false", "0", "no", "ไม่", "ไม่ใช่", "")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def write_csv(rows: list[Row], path: Path) -> None:
    """UTF-8 with the mark by which Excel knows it."""
    cells = [{name: _guarded(_cell(value)) for name, value in row.items()} for row in rows]
    text = pd.DataFrame(cells, dtype=object).to_csv(index=False, lineterminator="\r\n")
    write_text(path, text, encoding="utf-8-sig")


def read_csv(path: Path, taxonomy: Taxonomy) -> Iterator[Line]:
    """A comma, a semicolon or a tab between cells."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        first = text.partition("\n")[0]
        frame = pd.read_csv(
            io.StringIO(text, newline=""),
            sep=max(",;\t", key=first.count),
            dtype=str,
            keep_default_na=False,
            na_filter=False,
        )
    except (OSError, ValueError, pd.errors.ParserError) as error:
        raise _unreadable(path, error) from error
    cells = frame.itertuples(index=False, name=None)
    return _lines(
        path, list(frame.columns), ([_unguarded(c) for c in row] for row in cells), taxonomy
    )


def write_xlsx(rows: list[Row], path: Path) -> None:
    """One sheet; every cell is text, so that nothing is taken for a number or a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("labels")
    cells = [dict(_split(row)) for row in rows]
    names = list(dict.fromkeys(name for row in cells for name in row))
    for values in [{name: name for name in names}, *cells]:
        line = []
        for name in names:
            cell = WriteOnlyCell(sheet, _UNWRITABLE.sub(_escape, values.get(name, "")))
            cell.data_type = "s"
            line.append(cell)
        sheet.append(line)
    packed = io.BytesIO()
    book.save(packed)
    write_bytes(path, packed.getvalue())


def read_xlsx(path: Path, taxonomy: Taxonomy) -> Iterator[Line]:
    """The first sheet of a workbook."""
    from openpyxl import load_workbook

    try:
        data = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_SHEET:
                raise ValueError("too large")
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        sheet.reset_dimensions()  # a file may claim a million columns
        table = [
            ["" if value is None else str(value) for value in row]
            for row in sheet.iter_rows(values_only=True, max_col=256)
        ]
    except Exception as error:  # the edge: openpyxl raises whatever a broken file provokes
        raise _unreadable(path, error) from error
    unescaped = ([_ESCAPED.sub(_unescape, cell) for cell in row] for row in table[1:])
    return _lines(path, table[0] if table else [], unescaped, taxonomy)


def _lines(
    path: Path, names: Sequence[Any], table: Iterable[Sequence[str]], taxonomy: Taxonomy
) -> Iterator[Line]:
    present = {str(name).strip().partition(":")[0] for name in names if name}
    if absent := [name for name in NEEDED if name not in present]:
        raise fault_at(
            str(path),
            f"ไม่มีคอลัมน์ {', '.join(absent)} (มี {', '.join(sorted(present))}) เพิ่มคอลัมน์ หรือแก้ชื่อ",
            f"there is no column {', '.join(absent)}. Add it, or mend the name of another.",
        )
    for number, cells in enumerate(table, start=2):
        if not any(cells):
            continue
        row = {str(name).strip(): cell for name, cell in zip(names, cells, strict=False) if name}
        for name in [name for name in row if ":" in name]:  # in the order of the columns
            first = name.partition(":")[0]
            row[first] = row.get(first, "") + row.pop(name)
        place = f"{path}, row {number}"
        yield Line(place, dict(_values(Line(place, row), taxonomy)))


def _values(line: Line, taxonomy: Taxonomy) -> Iterator[tuple[str, Any]]:
    """What the cells mean, by their columns."""
    for name, cell in line.values.items():
        if name in LISTS:
            yield name, [part.strip() for part in cell.split("|") if part.strip()]
        elif name in taxonomy.flag_codes:
            yield name, _flag(line, name, cell)
        elif cell or name not in NULLABLE:
            yield name, cell


def _flag(line: Line, name: str, cell: str) -> bool:
    word = cell.strip().lower()
    if word not in (*_YES, *_NO):
        raise line.fault(
            name,
            f"{cell[:40]!r} ต้องเป็น true หรือ false แก้ช่องนี้",
            f"{cell[:40]!r} must be true or false. Correct it.",
        )
    return word in _YES


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return SEPARATOR.join(map(str, value))
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _split(row: Row) -> Iterator[tuple[str, str]]:
    for name, value in row.items():
        cell = _cell(value)
        yield name, cell[:LONGEST_CELL]
        for part, start in enumerate(range(LONGEST_CELL, len(cell), LONGEST_CELL), start=2):
            yield f"{name}:{part}", cell[start : start + LONGEST_CELL]


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell.lstrip("'").startswith(FORMULA) else cell


def _escape(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):04X}_"


def _unescape(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


def _unreadable(path: Path, error: Exception) -> Exception:
    return fault_at(
        str(path),
        f"อ่านตารางป้ายไม่ได้ ({error}) เปิดใน Excel แล้วบันทึกใหม่เป็น CSV UTF-8 หรือ .xlsx",
        f"this table of labels cannot be read ({error}). Open it in Excel and save it again as "
        "CSV UTF-8 or .xlsx.",
    )
