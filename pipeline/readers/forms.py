"""Forms: what stands beside which label, in tables of two or four columns and in plain lines.

    ชื่อโครงการ : ตลาดน้ำสะอาด        ข้อ ๑. จังหวัด: แพร่        ผู้ประสานงาน ........ นางสาวกัลยา

Two such lines or more below each other are a form, read as a table of two columns. Numbers in
front of a label ("ข้อ ๑.") and leader dots are left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.documents import Table
from pipeline.readers.labels import bare, looks_known
from pipeline.readers.plain_forms import CellLines, Line, plain_forms, squeezed
from pipeline.readers.separators import COLONS

# What may stand over the two columns of a form.
_HEADINGS = {"หัวข้อ", "รายการ", "รายละเอียด", "ข้อมูล", "ประเด็น", "คำตอบ"}


@dataclass(frozen=True, slots=True)
class Field:
    """A label of a form and what was filled in beside or below it, on `page` (1-based)."""

    label: str
    value: str
    page: int


def with_forms(texts: Sequence[str], tables: Sequence[Table]) -> tuple[Table, ...]:
    """`tables` and, as tables of two columns, the forms in plain lines, in document order.

    `texts` are the pages' repaired texts, `tables` the cleaned tables of the same document.
    """
    lines = [Line(line, page) for page, text in enumerate(texts, 1) for line in text.split("\n")]
    known = CellLines(tables)
    places = _places(lines, tables)
    found = list(plain_forms(lines, known))
    merged = [*zip(places, map(_without_colons, tables), strict=True), *found]
    return tuple(table for _, table in sorted(merged, key=lambda entry: entry[0]))


def _without_colons(table: Table) -> Table:
    """A table less the colons that part the columns of a form, in a column of their own or not."""
    if len({len(row) for row in table.rows}) != 1:
        return table
    columns = [column for column in zip(*table.rows, strict=True) if not _is_colons(column)]
    for place, column in enumerate(columns):
        if place and 2 * sum(cell.startswith(tuple(COLONS)) for cell in column) > len(column):
            columns[place] = tuple(cell.lstrip(f"{COLONS} ") for cell in column)
    return replace(table, rows=tuple(zip(*columns, strict=True)))


def _is_colons(column: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in column if cell.strip()]
    return len(filled) > 1 and all(cell in COLONS for cell in filled)


def fields(tables: Sequence[Table]) -> tuple[Field, ...]:
    """The label and value pairs of `tables`, as `with_forms` gives them, in document order.

    A row of a table of two columns is a pair; one of four is two where its first and third
    columns hold labels. In other tables, a cell whose first line is a label is a pair as well.
    """
    return tuple(field for table in tables for field in _fields_of(table))


def _fields_of(table: Table) -> Iterator[Field]:
    width = max(map(len, table.rows), default=0)
    if width == 2 and not _is_list(table):
        yield from _pairs(table, (0,))
    elif width == 4 and _has_label_columns(table):
        yield from _pairs(table, (0, 2))
    else:
        yield from _stacked(table)


def _is_list(table: Table) -> bool:
    """Whether the first column only numbers the rows."""
    firsts = [row[0] for row in table.rows[1:] if row[0]]
    return bool(firsts) and not any(char.isalpha() for first in firsts for char in first)


def _pairs(table: Table, columns: Sequence[int]) -> Iterator[Field]:
    last: dict[int, Field] = {}
    heading = set(table.rows[0]) <= _HEADINGS
    for row in table.rows[heading:]:
        for column in columns:
            label = bare(row[column]) if column < len(row) else ""
            value = row[column + 1] if column + 1 < len(row) else ""
            if label:
                if column in last:
                    yield last.pop(column)
                last[column] = Field(label, value, table.page)
            elif value and column in last:  # a value over several rows
                whole = "\n".join(filter(None, (last[column].value, value)))
                last[column] = replace(last[column], value=whole)
        if len(columns) > 1:
            yield from (last.pop(column) for column in columns if column in last)
    yield from last.values()


def _has_label_columns(table: Table) -> bool:
    """Whether the first and third of four columns hold labels, the others answers."""
    labels = [cell for row in table.rows for cell in row[0::2] if cell]
    answers = [cell for row in table.rows for cell in row[1::2] if cell]
    return sum(map(looks_known, labels)) >= 0.5 * max(1, len(labels)) and sum(
        map(looks_known, answers)
    ) <= 0.34 * max(1, len(answers))


def _stacked(table: Table) -> Iterator[Field]:
    """Cells that hold their label above the answer."""
    for row in table.rows:
        for cell in row:
            head, _, rest = cell.partition("\n")
            if rest and (looks_known(head) or head.rstrip().endswith(tuple(COLONS))):
                yield Field(bare(head), rest, table.page)


def _places(lines: Sequence[Line], tables: Sequence[Table]) -> list[float]:
    """The number of the line at which each table begins; that of the table before, if unknown."""
    starts: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        starts.setdefault(squeezed(line.text.split("\t", 1)[0]), []).append(number)
    places = []
    last = -1
    for table in tables:
        first = next((cell for row in table.rows for cell in row if cell.strip()), "")
        numbers = starts.get(squeezed(first.split("\n", 1)[0]), [])
        place = bisect_left(numbers, last)
        last = numbers[place] if place < len(numbers) else last
        places.append(last + 0.5)
    return places
