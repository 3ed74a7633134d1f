"""Tables unrolled: their cells under each other, so that Tesseract reads each as lines of text.

Read across, a wrapped label falls between the lines of its value. A row whose cells are one line
high is left as it is: short lines alone are read less well.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from pipeline.readers.ocr.engine import Char, Line
from pipeline.readers.ocr.grids import Cell, Grid
from pipeline.readers.ocr.pixels import DPI, Grey

Rows = tuple[tuple[str, ...], ...]

_DARK = 128
_GAP = DPI // 12  # pixels of paper around what is put under each other
_ONE_LINE = 2.8  # letters high: with marks above and below a line has 2.3, two lines have 3.5
_LETTERS = (10, 50)  # pixels
_USUAL = 20.0
_SPECKS = 2  # inked pixels of a row of paper
_LEADING = 0.6  # letters of paper that stay between two lines


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell's place: `table`, `row` and `column` count from 0, `left` and `right` are pixels."""

    table: int
    row: int
    column: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands on the unrolled page from `top` down: cells, or text where there are none."""

    top: int
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Unrolled:
    """A page image with its tables unrolled; `widths` are the cells of each table's rows."""

    image: Grey
    pieces: tuple[Piece, ...]
    widths: tuple[tuple[int, ...], ...] = ()


def unrolled(clean: Grey, grids: Sequence[Grid]) -> Unrolled:
    """The page with the cells of its tables under each other, in the order of reading."""
    if not grids:
        return Unrolled(clean, (Piece(0),))
    letter = _letter(clean)
    pieces, parts, height = [], [], 0
    for spots, part in _parts(clean, grids, letter):
        pieces.append(Piece(height, spots))
        parts.append(part)
        height += len(part)
    widths = tuple(tuple(len(row) for row in grid.rows) for grid in grids)
    return Unrolled(np.concatenate(parts), tuple(pieces), widths)


def squeezed(page: Unrolled) -> Unrolled:
    """The page with the paper between its lines cut down to `_LEADING` letters.

    In widely set text Tesseract takes the marks above letters for lines of their own.
    """
    paper = (page.image < _DARK).sum(axis=1) <= _SPECKS
    starts = np.maximum.accumulate(np.where(paper, 0, np.arange(len(paper)) + 1))
    kept = np.arange(len(paper)) + 1 - starts <= _LEADING * _letter(page.image)
    tops = np.concatenate(([0], np.cumsum(kept)))
    pieces = tuple(replace(piece, top=int(tops[piece.top])) for piece in page.pieces)
    return replace(page, image=np.ascontiguousarray(page.image[kept]), pieces=pieces)


def page_text(lines: Sequence[Line], page: Unrolled) -> tuple[str, tuple[Rows, ...]]:
    """The text, a tab between the cells of a row, and the tables of an unrolled page's lines."""
    tables = [[[""] * width for width in widths] for widths in page.widths]
    texts: list[str | tuple[int, int]] = []
    for line in lines:
        spots = page.pieces[_piece(line, page.pieces)].spots
        if not spots:
            texts.append("\n" * line.opens + line.text)
        for spot, text in _by_spot(line, spots):
            cell = tables[spot.table][spot.row]
            cell[spot.column] = f"{cell[spot.column]}\n{text}".strip()
            if texts[-1:] != [(spot.table, spot.row)]:
                texts.append((spot.table, spot.row))
    rows = [t if isinstance(t, str) else "\t".join(tables[t[0]][t[1]]) for t in texts]
    return "\n".join(rows).strip(), tuple(tuple(map(tuple, table)) for table in tables)


def _parts(
    clean: Grey, grids: Sequence[Grid], letter: float
) -> Iterator[tuple[tuple[Spot, ...], Grey]]:
    """The page from top to bottom in parts of its width, with the cells that are in them."""
    end = 0
    for table, grid in enumerate(grids):
        yield (), clean[end : grid.box[1]]
        end = grid.box[3]
        for number, row in enumerate(grid.rows):
            spots = [
                Spot(table, number, column, cell.box[0], cell.box[2])
                for column, cell in enumerate(row)
            ]
            groups = (
                [range(len(row))] if _is_one_line(row, letter) else [[i] for i in range(len(row))]
            )
            for group in groups:
                part = _drawn([row[i] for i in group], clean.shape[1])
                if part is not None:
                    yield tuple(spots[i] for i in group), part
    yield (), clean[end:]


def _is_one_line(row: Sequence[Cell], letter: float) -> bool:
    """Whether the text of all cells of a row stands on one line."""
    extents = [extent for extent in map(_extent, row) if extent]
    if len(extents) < 2:
        return False
    return max(e[1] for e in extents) - min(e[0] for e in extents) <= _ONE_LINE * letter


def _extent(cell: Cell) -> tuple[int, int] | None:
    """The first and the last row of the page with ink of the cell."""
    inked = np.flatnonzero((cell.pixels < _DARK).sum(axis=1) > 1)
    if not len(inked):
        return None
    return cell.box[1] + int(inked[0]), cell.box[1] + int(inked[-1]) + 1


def _drawn(cells: Sequence[Cell], width: int) -> Grey | None:
    """Cells at their places on a strip of paper, no higher than their ink; None without ink."""
    extents = [extent for extent in map(_extent, cells) if extent]
    if not extents:
        return None
    top, bottom = min(e[0] for e in extents), max(e[1] for e in extents)
    strip: Grey = np.full((bottom - top + 2 * _GAP, width), 255, dtype=np.uint8)
    for cell in cells:
        left, upper, right, lower = cell.box
        start, stop = max(top, upper), min(bottom, lower)
        if start < stop:
            place = strip[_GAP + start - top : _GAP + stop - top, left:right]
            np.minimum(place, cell.pixels[start - upper : stop - upper], out=place)
    return strip


def _letter(clean: Grey) -> float:
    """The height in pixels of the usual letter of a page."""
    labels, _ = ndimage.label(clean < _DARK, structure=np.ones((3, 3)))
    heights: NDArray[np.int64] = np.array(
        [y.stop - y.start for y, _ in ndimage.find_objects(labels)], dtype=np.int64
    )
    letters = heights[(heights >= _LETTERS[0]) & (heights <= _LETTERS[1])]
    if len(letters) < 20:
        return _USUAL
    counts = ndimage.gaussian_filter1d(np.bincount(letters).astype(float), 1.5)
    return float(np.argmax(counts * np.arange(len(counts))))


def _piece(line: Line, pieces: Sequence[Piece]) -> int:
    middle = (line.box[1] + line.box[3]) / 2
    return max(0, bisect_right(pieces, middle, key=lambda piece: piece.top) - 1)


def _by_spot(line: Line, spots: Sequence[Spot]) -> Iterator[tuple[Spot, str]]:
    """The line's text cell by cell."""
    for number, spot in enumerate(spots):
        own = [char for char in line.chars if _nearest(char, spots) == number]
        if own:
            yield spot, "".join(" " * char.space + char.text for char in own).strip()


def _nearest(char: Char, spots: Sequence[Spot]) -> int:
    x = (char.box[0] + char.box[2]) / 2
    away = [max(spot.left - x, x - spot.right, 0.0) for spot in spots]
    return away.index(min(away))
