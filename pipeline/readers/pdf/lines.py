"""Glyphs to lines, in content order. No mark is ever moved.

A line ends where the baseline jumps or the pen goes back; a gap is a space, a wide gap or a
cell's border ends a stretch of it. A mark belongs to the letter before it, wherever it was painted.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.readers.pdf.values import UNKNOWN, Glyph, is_mark

# In ems. Measured on Chromium, LibreOffice, WeasyPrint and reportlab pages at 10 to 24 points.
_BASELINE_JUMP = 0.5
_PEN_BACK = 1.2
_OVERLAP = 0.3
_SPACE = 0.22
_TAB = 2.5
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
