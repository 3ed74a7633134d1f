"""Glyphs to lines to paragraphs, in content order. No glyph is ever moved.

A line ends where the baseline jumps or the pen goes back; a gap is a space, a wide gap or a
cell's border a TAB. A mark belongs to the letter before it, wherever it was painted. A line that
was only wrapped is joined to the next one, so that words broken over lines are whole again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from pipeline.readers.pdf_values import UNKNOWN, Glyph, is_mark

# In ems. Measured on Chromium, LibreOffice, WeasyPrint and reportlab pages at 10 to 24 points.
_BASELINE_JUMP = 0.5
_PEN_BACK = 1.2
_SPACE = 0.22
_TAB = 2.5
_INDENT = 0.8
_LEADING = 2.6
_THAI_WORD = 5.0

_LIST_MARKER = re.compile(
    r"\(?(?:[0-9๐-๙]{1,3}(?:[./][0-9๐-๙]{1,3})*|[ก-ฮa-zA-Z])[.)]\s|[-–•●▪*]\s|ข้อ\s|\(?[0-9๐-๙]{1,2}\)"
)
_THAI = re.compile("[ก-ฮะ-ฺเ-ๅ็-๎]")

CellOf = Callable[[Glyph], int | None]


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text on one baseline, within one table cell or outside any (`cell` None).

    `follows` tells that it stands to the right of the stretch before it, on its baseline.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    cell: int | None
    follows: bool


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


def join_lines(run: list[Line]) -> str:
    """A wrapped paragraph as one line: Thai joins Thai directly, anything else with a space."""
    text = run[0].text
    for line in run[1:]:
        text += joint(text, line.text) + line.text
    return text.strip(" ")


def joint(before: str, after: str) -> str:
    """What stands between two wrapped lines: nothing inside Thai, a space elsewhere."""
    if not before or not after or before[-1] == " " or after[0] == " ":
        return ""
    return "" if _THAI.match(before[-1]) and _THAI.match(after[0]) else " "


def lines_of(glyphs: list[Glyph], cell_of: CellOf) -> list[Line]:
    """Cut a page's glyphs into lines, keeping their order."""
    return [_line(run, cell, follows) for run, cell, follows in _runs(glyphs, cell_of)]


def _runs(glyphs: list[Glyph], cell_of: CellOf) -> Iterator[tuple[list[Glyph], int | None, bool]]:
    run: list[Glyph] = []
    cell: int | None = None
    follows = False
    pen, base, size = 0.0, 0.0, 1.0
    for glyph in glyphs:
        if run and _clings(glyph):
            run.append(glyph)
            pen = _after_mark(pen, glyph)
            continue
        own = cell_of(glyph) if glyph.text != " " else cell
        em = max(glyph.size, size)
        breaks = abs(glyph.y - base) > _BASELINE_JUMP * em or glyph.x0 < pen - _PEN_BACK * em
        if run and (breaks or own != cell or glyph.x0 > pen + _TAB * em):
            yield run, cell, follows
            run, follows = [], not breaks
        run.append(glyph)
        pen, base, size, cell = glyph.x1, glyph.y, glyph.size or 1.0, own
    if run:
        yield run, cell, follows


def _clings(glyph: Glyph) -> bool:
    """Whether a glyph belongs to the one before it: a mark, or marks and what closes them ('้ำ')."""
    # A glyph without text and without width is a mark that its font leaves unmapped.
    if glyph.text == UNKNOWN:
        return glyph.x1 - glyph.x0 < 0.1 * glyph.size
    return is_mark(glyph.text[0])


def _after_mark(pen: float, mark: Glyph) -> float:
    """The pen after a glyph that clings; a mark painted elsewhere does not move it."""
    return max(pen, mark.x1) if abs(mark.x0 - pen) < mark.size else pen


def _line(run: list[Glyph], cell: int | None, follows: bool) -> Line:
    bases = [glyph for glyph in run if not _clings(glyph)] or run[:1]
    size = median(glyph.size for glyph in bases)
    x1 = max(glyph.x1 for glyph in bases)
    return Line(_spaced(run), bases[0].x0, x1, bases[0].y, size, cell, follows)


def _spaced(run: list[Glyph]) -> str:
    """The glyphs' text with a space in each gap.

    Distributed text has a gap everywhere: only what exceeds the line's usual gap counts.
    """
    gaps: list[float] = []
    pen = run[0].x0
    for glyph in run:
        gaps.append(0.0 if _clings(glyph) else (glyph.x0 - pen) / (glyph.size or 1.0))
        pen = _after_mark(pen, glyph) if _clings(glyph) else glyph.x1
    usual = max(0.0, median(gaps)) if len(gaps) > 8 else 0.0
    parts: list[str] = []
    for glyph, gap in zip(run, gaps, strict=True):
        if gap > _SPACE + usual and glyph.text != " " and parts[-1:] != [" "]:
            parts.append(" ")
        parts.append(glyph.text)
    return "".join(parts)


def paragraphs(lines: list[Line], cells: Cells) -> Iterator[list[Line]]:
    """Runs of lines, in the order given, that are one wrapped paragraph each."""
    for column in _columns(lines):
        right = max(line.x1 for line in column)
        if (cell := column[0].cell) is not None:
            # A cell's right padding is at least its left one; the border itself is not known here.
            right = max(right, cells.rights.get(cell, right) - 0.5 * column[0].size)
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


def _columns(lines: list[Line]) -> Iterator[list[Line]]:
    """Stretches of lines that run down the page one below the other."""
    column: list[Line] = []
    for line in lines:
        if column and not _below(column[-1], line):
            yield column
            column = []
        column.append(line)
    if column:
        yield column


def _below(before: Line, line: Line) -> bool:
    return (
        line.cell == before.cell
        and not line.follows
        and 0 < before.y - line.y < _LEADING * max(before.size, line.size)
        and line.x0 < before.x1
        and line.x1 > before.x0
    )


def _wraps(before: Line, line: Line, *, right: float) -> bool:
    """Whether `line` goes on where `before` had no room for its first word."""
    em = before.size or 1.0
    indented = line.x0 > before.x0 + _INDENT * em and not _LIST_MARKER.match(before.text)
    return (
        before.x1 + _first_word(line) + 0.1 * em > right
        and not indented
        and abs(before.size - line.size) < 0.15 * em
        and not _LIST_MARKER.match(line.text)
    )


def _first_word(line: Line) -> float:
    """The width of a line's first word, in points; Thai, written without spaces, breaks sooner."""
    word = line.text.lstrip().split(" ", 1)[0]
    width = (line.x1 - line.x0) * len(word) / max(1, len(line.text))
    return min(width, _THAI_WORD * line.size) if _THAI.search(word) else width
