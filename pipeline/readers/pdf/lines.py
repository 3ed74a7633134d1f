"""Glyphs to lines to paragraphs, in content order. No mark is ever moved.

A line ends where the baseline jumps or the pen goes back; a gap is a space, a wide gap or a
cell's border a TAB. A mark belongs to the letter before it, wherever it was painted. A line that
was only wrapped is joined to the next one, so that words broken over lines are whole again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from statistics import median

from pipeline.readers.labels import begins_field
from pipeline.readers.pdf.values import UNKNOWN, Glyph, is_mark

# In ems. Measured on Chromium, LibreOffice, WeasyPrint and reportlab pages at 10 to 24 points.
_BASELINE_JUMP = 0.5
_PEN_BACK = 1.2
_OVERLAP = 0.3
_SPACE = 0.22
_TAB = 2.5
_INDENT = 0.8
_LEADING = 2.6
# Nothing stands between the lines of a cell; Kinnari at 1.5 lines has 2.67.
_CELL_LEADING = 3.2
_THAI_WORD = 5.0
_FEW_LINES = 3
_LONGEST_AMOUNT = 20
_DIGITS = "0123456789๐๑๒๓๔๕๖๗๘๙,"
# Points.
_INCH = 72.0
_SAME_END = 12.0

_LIST_MARKER = re.compile(
    r"\(?(?:[0-9๐-๙]{1,3}(?:[./][0-9๐-๙]{1,3})*|[ก-ฮa-zA-Z])[.)]\s|[-–•●▪*]\s|ข้อ\s|\(?[0-9๐-๙]{1,2}\)"
)
# An address cut at the end of a line goes on without a space.
_OPEN_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[/?&=_-]\Z")
_THAI = re.compile("[ก-ฮะ-ฺเ-ๅ็-๎\uf700-\uf71f]")
# An amount, or what a cell too narrow for it holds of it: '๑๗' above '๕,๒๐๐'.
_AMOUNT = re.compile(r"[0-9๐-๙]{1,3}(?:,[0-9๐-๙]{3})*,[0-9๐-๙]{0,3}(?:\.[0-9๐-๙]*)?")
# A tone mark painted before the vowel that it stands on.
_MARK_ORDER = re.compile("([่-์\uf705-\uf70e\uf713-\uf717])([ัิ-ฺ็])")

# Sara am painted as its two halves, with or without a tone mark between.
_SARA_AM = re.compile("(?:ํ([่-๋]?)|([่-๋])ํ)า")

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
    """What stands between two wrapped lines: a space, but not in Thai, an amount, behind '/'."""
    if not before or not after or before[-1] in " /" or after[0] == " ":
        return ""
    if (
        before[-1] in _DIGITS
        and len(before) < _LONGEST_AMOUNT
        and _AMOUNT.fullmatch(before + after)
    ):
        return ""
    if (_THAI.match(before[-1]) and _THAI.match(after[0])) or _OPEN_ADDRESS.search(before[-300:]):
        return ""
    return " "


def lines_of(glyphs: list[Glyph], cell_of: CellOf) -> list[Line]:
    """Cut a page's glyphs into lines, in the order in which the lines were begun."""
    lines: list[Line] = []
    for row in _rows(glyphs):
        follows = False
        for run, cell in _stretches(row, cell_of):
            lines.append(_line(run, cell, follows))
            follows = True
    return lines


class _Row:
    """Glyphs on one baseline from left to right; a mark is part of the glyph it was painted after.

    A piece painted late goes into the gap that was left for it, as when a second font has the
    brackets. Only whole pieces are moved, never a mark.
    """

    def __init__(self, glyph: Glyph) -> None:
        self.glyphs = [glyph]
        self._last = 0

    def takes(self, glyph: Glyph) -> bool:
        """Add `glyph` if it stands on this row; False if it begins another."""
        last = self.glyphs[self._last]
        em = max(glyph.size, last.size)
        if _clings(glyph):
            x1 = max(last.x1, glyph.x1) if abs(glyph.x0 - last.x1) < glyph.size else last.x1
            self.glyphs[self._last] = last._replace(text=last.text + glyph.text, x1=x1)
            return True
        if abs(glyph.y - last.y) > _BASELINE_JUMP * em:
            return False
        if self._last == len(self.glyphs) - 1 and glyph.x0 > last.x1 - _OVERLAP * em:
            place = len(self.glyphs)
        elif self._is_double(glyph, em):
            return True
        else:
            found = self._gap_for(glyph, em)
            if found is None and glyph.x0 < last.x1 - _PEN_BACK * em:
                return False
            place = len(self.glyphs) if found is None else found
        self.glyphs.insert(place, glyph)
        self._last = place
        return True

    def _gap_for(self, glyph: Glyph, em: float) -> int | None:
        """Where the row has room for a glyph."""
        place = bisect_left(self.glyphs, glyph.x0 + _OVERLAP * em, key=lambda own: own.x1)
        fits = place == len(self.glyphs) or self.glyphs[place].x0 > glyph.x1 - _OVERLAP * em
        return place if fits else None

    def _is_double(self, glyph: Glyph, em: float) -> bool:
        """Whether the same text stands there already: a shadow, or bold by printing twice."""
        place = bisect_left(self.glyphs, glyph.x0 - 0.1 * em, key=lambda own: own.x0)
        near = self.glyphs[place : place + 2]
        return any(own.text == glyph.text and own.x0 < glyph.x0 + 0.1 * em for own in near)


def _rows(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    row: _Row | None = None
    for glyph in glyphs:
        if row is None or not row.takes(glyph):
            if row is not None:
                yield row.glyphs
            row = _Row(glyph)
    if row is not None:
        yield row.glyphs


def _stretches(row: list[Glyph], cell_of: CellOf) -> Iterator[tuple[list[Glyph], int | None]]:
    """A row cut at the borders of cells and at wide gaps."""
    run: list[Glyph] = []
    cell: int | None = None
    for glyph in row:
        own = cell_of(glyph) if not run or not glyph.text.isspace() else cell
        if run and (own != cell or glyph.x0 > run[-1].x1 + _TAB * max(glyph.size, run[-1].size)):
            yield run, cell
            run = []
        run.append(glyph)
        cell = own
    yield run, cell


def _clings(glyph: Glyph) -> bool:
    """Whether a glyph belongs to the one before it: a mark, or marks and what closes them ('้ำ')."""
    # A glyph without text and without width is a mark that its font leaves unmapped.
    if glyph.text[0] == UNKNOWN:
        return glyph.x1 - glyph.x0 < 0.1 * glyph.size
    return is_mark(glyph.text[0])


def _line(run: list[Glyph], cell: int | None, follows: bool) -> Line:
    main = max(run, key=lambda glyph: len(glyph.text))
    text = _MARK_ORDER.sub(r"\2\1", _spaced(run))
    if "ํ" in text:
        text = _SARA_AM.sub(r"\1\2ำ", text)
    return Line(text, run[0].x0, run[-1].x1, main.y, main.size, cell, follows)


def _spaced(run: list[Glyph]) -> str:
    """The glyphs' text with a space in each gap.

    Distributed text has a gap everywhere: only what exceeds the line's usual gap counts.
    """
    gaps = [(b.x0 - a.x1) / (b.size or 1.0) for a, b in pairwise(run)]
    wide = _SPACE + _usual_gap(run, gaps)
    parts = [run[0].text]
    for glyph, gap in zip(run[1:], gaps, strict=True):
        if gap > wide and not glyph.text[0].isspace() and not parts[-1][-1].isspace():
            parts.append(" ")
        parts.append(glyph.text)
    return "".join(parts)


def _usual_gap(run: list[Glyph], gaps: list[float]) -> float:
    """The gap between most letters, in ems: none where they stand together in longer pieces.

    The dots that lead to a page number are no letters.
    """
    if len(gaps) < 8:
        return 0.0
    between = [gap for (a, b), gap in zip(pairwise(run), gaps, strict=True) if not _leads(a, b)]
    letters = sum(1 for glyph in run for char in glyph.text if not is_mark(char) and char != ".")
    if len(between) < 8 or 2 * len(between) < letters:
        return 0.0
    return max(0.0, median(between + [0.0] * (letters - len(between))))


def _leads(a: Glyph, b: Glyph) -> bool:
    return not a.text.strip(". …_") or not b.text.strip(". …_")


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
    return min(width, _THAI_WORD * line.size) if _THAI.search(word) else width
