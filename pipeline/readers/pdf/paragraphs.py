"""Lines to paragraphs: which lines were only wrapped, and what stands between them when joined."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from statistics import median

from pipeline.readers.labels import begins_field
from pipeline.readers.pdf.joints import THAI, join_lines
from pipeline.readers.pdf.lines import Line

# In ems; measured as those of `lines`.
_INDENT = 0.8
_LEADING = 2.6
# Nothing stands between the lines of a cell; Kinnari at 1.5 lines has 2.67.
_CELL_LEADING = 3.2
_THAI_WORD = 5.0
_FEW_LINES = 3
# Points.
_INCH = 72.0
_SAME_END = 12.0

_LIST_MARKER = re.compile(
    r"\(?(?:[0-9๐-๙]{1,3}(?:[./][0-9๐-๙]{1,3})*|[ก-ฮa-zA-Z])[.)]\s|[-–•●▪*]\s|ข้อ\s|\(?[0-9๐-๙]{1,2}\)"
)


@dataclass(frozen=True, slots=True)
class Cells:
    """What the lines need to know of a page's tables.

    By cell: `rows` the number of its table row, `rights` its right border in points.
    """

    rows: Mapping[int, int] = field(default_factory=dict)
    rights: Mapping[int, float] = field(default_factory=dict)


def page_text(lines: list[Line], cells: Cells) -> str:
    """The text of a page: paragraphs and table rows as lines, stretches of a row joined by TAB."""
    parts: list[str] = []
    before: Line | None = None
    for run in paragraphs(lines, cells):
        line = run[0]
        if before is not None:
            parts.append("\t" if line.follows or _same_row(before, line, cells) else "\n")
        parts.append(join_lines(run))
        before = line
    return "".join(parts)


def cell_texts(lines: list[Line], cells: Cells) -> dict[int, str]:
    """The text of each table cell, paragraphs on lines of their own."""
    texts: dict[int, str] = {}
    for run in paragraphs([line for line in lines if line.cell is not None], cells):
        cell = run[0].cell
        if cell is not None:
            known = texts.get(cell)
            texts[cell] = join_lines(run) if known is None else f"{known}\n{join_lines(run)}"
    return texts


def _same_row(before: Line, line: Line, cells: Cells) -> bool:
    if before.cell is None or line.cell is None or before.cell == line.cell:
        return False
    return cells.rows.get(before.cell) == cells.rows.get(line.cell)


def paragraphs(lines: list[Line], cells: Cells) -> list[list[Line]]:
    """Runs of lines, in the order given, that are one wrapped paragraph each."""
    right = max((line.x1 for line in lines if line.cell is None), default=0.0)
    wrapped = list(_wrapped(lines, cells))
    runs: list[list[Line]] = []
    for run, after in zip_longest(wrapped, wrapped[1:]):
        is_label = after is not None and after[0].follows
        if runs and not is_label and _is_rest_of_answer(runs[-1][-1], run, right=right):
            runs[-1] += run
        else:
            runs.append(run)
    return runs


def _is_rest_of_answer(before: Line, run: list[Line], *, right: float) -> bool:
    """Whether a lone line goes on with an answer (': ๔๒ คน') that had no room beside its label."""
    line = run[0]
    return (
        before.follows
        and before.text.lstrip().startswith((":", "："))
        and len(run) == 1
        and line.cell is None
        and not line.follows
        and 0 < before.y - line.y < _LEADING * before.size
        and line.x0 < before.x0
        and _wraps(before, line, right=right)
    )


def _wrapped(lines: list[Line], cells: Cells) -> Iterator[list[Line]]:
    margins = _margins(lines)
    for column in _columns(lines):
        right = _right_of(column, margins, cells)
        drops = [a.y - b.y for a, b in pairwise(column)]
        usual = median(drops) if drops else 0.0
        run = column[:1]
        for before, line in pairwise(column):
            if before.y - line.y < 1.3 * usual and _wraps(before, line, right=right):
                run.append(line)
            else:
                yield run
                run = [line]
        yield run


def _margins(lines: list[Line]) -> dict[int, float]:
    """By left end in inches: where lines outside tables mostly end, two of them at least."""
    ends: dict[int, list[float]] = defaultdict(list)
    for line in lines:
        if line.cell is None:
            ends[round(line.x0 / _INCH)].append(line.x1)
    margins = {}
    for left, own in ends.items():
        own.sort()
        margins[left] = max((b for a, b in pairwise(own) if b - a < _SAME_END), default=0.0)
    return margins


def _right_of(column: list[Line], margins: Mapping[int, float], cells: Cells) -> float:
    """How far to the right the lines of a column may go, in points."""
    right = max(line.x1 for line in column)
    if (cell := column[0].cell) is not None:
        # A cell's right padding is at least its left one; the border itself is not known here.
        return max(right, cells.rights.get(cell, right) - 0.5 * column[0].size)
    if len(column) > _FEW_LINES:
        return right
    # A heading above its text: the page's other lines from the same margin tell.
    return max(right, margins[round(min(line.x0 for line in column) / _INCH)])


def _columns(lines: list[Line]) -> Iterator[list[Line]]:
    """Stretches of lines that run down the page one below the other."""
    column: list[Line] = []
    for line, after in zip_longest(lines, lines[1:]):
        # A label with its answer beside it is a row of its own.
        labels = after is not None and after.follows and line.cell is None
        if column and (labels or not _below(column[-1], line)):
            yield column
            column = []
        column.append(line)
    if column:
        yield column


def _below(before: Line, line: Line) -> bool:
    leading = _LEADING if line.cell is None else _CELL_LEADING
    return (
        line.cell == before.cell
        and not line.follows
        and 0 < before.y - line.y < leading * max(before.size, line.size)
        and line.x0 < before.x1
        and line.x1 > before.x0
    )


def _wraps(before: Line, line: Line, *, right: float) -> bool:
    """Whether `line` goes on where `before` had no room for its first word."""
    em = before.size or 1.0
    indented = line.x0 > before.x0 + _INDENT * em and not _LIST_MARKER.match(before.text)
    return (
        not begins_field(line.text)
        and before.x1 + first_word(line) + 0.1 * em > right
        and not indented
        and abs(before.size - line.size) < 0.15 * em
        and not _LIST_MARKER.match(line.text)
    )


def first_word(line: Line) -> float:
    """The width of a line's first word, in points; Thai, written without spaces, breaks sooner."""
    word = line.text.lstrip().split(" ", 1)[0]
    width = (line.x1 - line.x0) * len(word) / max(1, len(line.text))
    return min(width, _THAI_WORD * line.size) if THAI.search(word) else width
