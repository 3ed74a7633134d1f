"""Tables that a page break has cut: their parts joined, and the row that it split made whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.documents import Table
from pipeline.readers.pdf.joints import joint
from pipeline.readers.pdf.split_rows import Row, SplitRow
from pipeline.readers.pdf.values import Glyph

Rows = tuple[Row, ...]
Around = tuple[tuple[float, str], ...]

_SNAP = 3.0
# Shares of the page's height: the margins that hold running lines only, and where a cut table
# must end and begin when nothing is known of the text around it.
_MARGIN = 0.06
_LOW, _HIGH = 0.3, 0.7

_NUMBER = re.compile(r"[0-9๐-๙][0-9๐-๙,.]*")
_DIGITS = re.compile(r"[0-9๐-๙\s]+")
_ITEM = re.compile(r"\(?[0-9๐-๙]{1,3}(?:\.[0-9๐-๙]{1,3})*[.)]|[-–•●▪*☐☑☒]|[ก-ฮ][.)]")
# What begins a row of its own, however full the line above is.
_NEW_LABEL = re.compile(
    rf"{_ITEM.pattern}|ชื่อ|วัตถุ|เป้า|ตัวชี้|หลักการ|ผู้|หน่วย|งบ|ระยะ|พื้นที่|วิธี|ภาคี|ผล|โทร|วัน|จังหวัด|กลุ่ม|แผน"
)
_CONTINUED = re.compile(r"\((?:ต่อ|cont)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table with its place: column borders in points, top and bottom as shares of the page.

    `nested` tells that it stands in a cell of another. `around` are the lines outside any table
    on its page, without digits and spaces, with their heights as shares of the page. By column,
    in points: `room` is what the last row's last line leaves free, `lead` the width of the first
    word of the first row. `begins` is the page on which the last row begins, 0 for the table's.
    """

    table: Table
    columns: tuple[float, ...]
    top: float
    bottom: float
    nested: bool = False
    around: Around | None = None
    room: tuple[float, ...] = ()
    lead: tuple[float, ...] = ()
    begins: int = 0


def lines_around(
    glyphs: Sequence[Glyph], tables: Sequence[tuple[float, float]], height: float
) -> Around | None:
    """The lines of a page that stand above, between and below `tables`, their (bottom, top)."""
    if not glyphs:
        return None
    lines: dict[int, list[str]] = defaultdict(list)
    for glyph in glyphs:
        if not any(bottom <= glyph.y <= top for bottom, top in tables):
            lines[round(glyph.y)].append(glyph.text)
    found = ((y / height, _DIGITS.sub("", "".join(texts))) for y, texts in lines.items())
    return tuple((y, text) for y, text in found if any(map(str.isalpha, text)))


@dataclass(frozen=True, slots=True)
class Merged:
    """The tables of a document, and their rows that were split by a page break, in page order."""

    tables: tuple[Table, ...]
    splits: tuple[SplitRow, ...]


def merge_over_pages(placed: Sequence[PlacedTable]) -> Merged:
    """Join a table that ends a page with its rest at the head of the next page.

    A row split by the page break becomes one row again.
    """
    merged: list[PlacedTable] = []
    splits: list[SplitRow] = []
    ends: dict[int, int] = {}  # the page on which a table of `merged` ends
    for item in placed:
        page = item.table.page
        open_ones = (n for n, end in ends.items() if end == page - 1)
        number = next((n for n in open_ones if _continues(merged[n], item)), None)
        if number is None:
            number = len(merged)
            merged.append(item)
        else:
            merged[number], split = _joined(merged[number], item)
            splits += split
        ends[number] = page
    return Merged(tuple(item.table for item in merged), tuple(splits))


def _joined(before: PlacedTable, after: PlacedTable) -> tuple[PlacedTable, list[SplitRow]]:
    """The table of both parts, and its row if the page break has split one."""
    columns = max(before.columns, after.columns, key=len)
    wraps: tuple[bool, ...] = ()
    if len(before.room) == len(after.lead) == len(columns) - 1:
        wraps = tuple(lead > room for lead, room in zip(after.lead, before.room, strict=True))
    above, below = _spread(before, columns), _spread(after, columns)
    rows = joined_rows(above, below, wraps)
    page, begins = after.table.page, before.begins or before.table.page
    splits = []
    if (whole := rows[len(above) - 1]) != above[-1]:
        kept = len(rows) - len(above)  # rows below the break that are new
        splits = [SplitRow(begins, page, above[-1], below[len(below) - kept - 1], whole)]
    begins = begins if len(rows) == len(above) and splits else page
    table = replace(before.table, rows=rows)
    return replace(after, table=table, columns=columns, begins=begins), splits


def _continues(before: PlacedTable, after: PlacedTable) -> bool:
    if before.nested or after.nested or not _same_columns(before.columns, after.columns):
        return False
    if before.around is None or after.around is None:
        return before.bottom < _LOW and after.top > _HIGH
    below = [line for line in before.around if line[0] < before.bottom]
    above = [line for line in after.around if line[0] > after.top]
    return _running(below, after.around) and _running(above, before.around)


def _running(lines: Sequence[tuple[float, str]], others: Around) -> bool:
    """Whether `lines` are all headers or footers: in the margin, or also on the other page."""
    known = {text for _, text in others}
    return all(
        text in known or not _MARGIN < y < 1 - _MARGIN or _CONTINUED.search(text)
        for y, text in lines
    )


def _same_columns(before: Sequence[float], after: Sequence[float]) -> bool:
    """Whether the borders are the same, or one table has only some of the other's."""
    few, many = sorted((before, after), key=len)
    ends = abs(few[0] - many[0]) <= _SNAP and abs(few[-1] - many[-1]) <= _SNAP
    return ends and all(any(abs(a - b) <= _SNAP for b in many) for a in few)


def _spread(item: PlacedTable, columns: Sequence[float]) -> Rows:
    """The rows of a table over `columns`, of which it has only some."""
    if len(item.columns) == len(columns):
        return item.table.rows
    places = [min(range(len(columns)), key=lambda n: abs(columns[n] - x)) for x in item.columns]
    rows = []
    for row in item.table.rows:
        cells = [""] * (len(columns) - 1)
        for place, text in zip(places, row, strict=False):
            cells[place] = text
        rows.append(tuple(cells))
    return tuple(rows)


def joined_rows(before: Rows, after: Rows, wraps: Sequence[bool] = ()) -> Rows:
    """The rows of a table's two parts, without a heading repeated over the second.

    `wraps` tells by column whether the last line above had no room for the first word below.
    """
    repeated = _repeated(before, after)
    if repeated:
        after, wraps = after[repeated:], ()
    if not after or not before or not _is_rest_of_row(before, after[0], wraps):
        return before + after
    known = wraps or [True] * len(after[0])
    row = tuple(map(_joined_cells, before[-1], after[0], known))
    return (*before[:-1], row, *after[1:])


def _repeated(before: Rows, after: Rows) -> int:
    """How many rows at the head of `after` repeat the table's heading."""
    count = 0
    for a, b in zip(before[:-1], after, strict=False):
        if list(map(_squeezed, a)) != list(map(_squeezed, b)) or not any(map(_squeezed, a)):
            break
        count += 1
    return count


def _squeezed(cell: str) -> str:
    return "".join(cell.split())


def _joined_cells(above: str, below: str, wraps: bool) -> str:
    above, below = above.rstrip(), below.lstrip()
    if above and below and (not wraps or _ITEM.match(below)):
        return f"{above}\n{below}"
    return above + joint(above, below) + below


def _is_rest_of_row(before: Rows, rest: Row, wraps: Sequence[bool]) -> bool:
    """Whether `rest` continues the last row: it has no label, and no second figure for a cell."""
    row = before[-1]
    if len(row) != len(rest) or not any(cell.strip() for cell in rest):
        return False
    if rest[0].strip():
        return _is_rest_of_label(row, rest, wraps)
    if wraps and not any(wraps) and any(not r[0].strip() and any(r) for r in before[1:]):
        return False  # rows without a label are usual here, and no line goes on
    return all(_fits(before, column, rest[column].strip()) for column in range(len(rest)))


def _is_rest_of_label(row: Row, rest: Row, wraps: Sequence[bool]) -> bool:
    """Whether the page break has split even the label: every line goes on, none begins anew."""
    filled = [n for n, cell in enumerate(rest) if cell.strip()]
    new = _NEW_LABEL.match(rest[0].strip()) or not any(map(str.isalpha, row[0]))
    return bool(wraps) and not new and all(row[n].strip() and wraps[n] for n in filled)


def _fits(before: Rows, column: int, rest: str) -> bool:
    cell = before[-1][column].strip()
    if not rest:
        return True
    if cell:
        return not (_NUMBER.fullmatch(cell) and _NUMBER.fullmatch(rest))
    # The page break may push all of a cell's text over: then the column is seldom empty.
    others = [bool(row[column].strip()) for row in before[:-1]]
    return len(others) >= 3 and sum(others) >= 0.8 * len(others)
