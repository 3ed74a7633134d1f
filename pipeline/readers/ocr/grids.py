"""The ruled tables of a page image: where they are, and their cells row by row.

Cells are what rules enclose, so merged cells and tables that are open at the sides need no rule of
their own. Boxes are (left, top, right, bottom) in pixels, right and bottom exclusive.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from pipeline.readers.ocr.glyphs import Box
from pipeline.readers.ocr.pixels import Grey, rules

_BRIDGE = 25  # pixels: a worn rule may be broken this long
_LEAST_WIDE, _LEAST_HIGH = 300, 50  # pixels of a table
_CELL = 20  # pixels of the narrower side of a cell
_MOST_CELLS = 1500
_LEAST_RULES = 4  # of a table that is open at the sides
_STRIP = 22  # pixels of paper between columns that no rule parts: more than between words
_BESIDE = 60  # inked pixels beside a table that are no text yet
_DARK = 128


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its box on the page and its pixels, white outside of what its rules enclose."""

    box: Box
    pixels: Grey


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its rows of cells, from the left; merged cells stand in their first row."""

    box: Box
    rows: tuple[tuple[Cell, ...], ...]


def find_grids(clean: Grey) -> list[Grid]:
    """The tables of a levelled page that have no text beside them, from the top.

    Of tables within tables the outer one is given; a frame about a single cell is no table.
    """
    ruled = _ruled(clean)
    ink = (clean < _DARK) & ~ruled
    found: list[Grid] = []
    for box in _extents(ruled):
        if found and box[1] < found[-1].box[3]:
            continue
        rows = _in_columns(_rows(_cells(clean, ruled, box)))
        if sum(map(len, rows)) > 1 and not _has_neighbours(ink, box):
            found.append(Grid(box, rows))
    return found


def _ruled(clean: Grey) -> NDArray[np.bool_]:
    """Where rules are, gaps in them closed, and the pale pixels at their edges."""
    both = np.zeros(clean.shape, dtype=bool)
    for axis in (0, 1):
        runs = rules(clean, axis=axis).astype(np.uint8)
        wide = ndimage.maximum_filter1d(runs, _BRIDGE, axis=axis)
        both |= ndimage.minimum_filter1d(wide, _BRIDGE, axis=axis) > 0
    return np.asarray(ndimage.maximum_filter(both.astype(np.uint8), 3) > 0)


def _extents(ruled: NDArray[np.bool_]) -> list[Box]:
    """The boxes of rules that hang together or lie under each other, from the top."""
    labels, _ = ndimage.label(ruled, structure=np.ones((3, 3)))
    boxes = [(x.start, y.start, x.stop, y.stop) for y, x in ndimage.find_objects(labels)]
    wide = sorted(box for box in boxes if box[2] - box[0] >= _LEAST_WIDE)
    large = [box for box in wide if box[3] - box[1] >= _LEAST_HIGH]
    single = [box for box in wide if box[3] - box[1] < _LEAST_HIGH]
    return sorted([*large, *_open_tables(single)], key=lambda box: (box[1], -box[3]))


def _open_tables(level: Sequence[Box]) -> Iterator[Box]:
    """The boxes of level rules as wide as each other, from `_LEAST_RULES` on."""
    alike: list[list[Box]] = []
    for box in sorted(level, key=lambda box: box[1]):
        for group in alike:
            if max(abs(group[-1][0] - box[0]), abs(group[-1][2] - box[2])) <= _CELL:
                group.append(box)
                break
        else:
            alike.append([box])
    for group in alike:
        if len(group) >= _LEAST_RULES:
            left, right = min(box[0] for box in group), max(box[2] for box in group)
            yield left, group[0][1], right, group[-1][3]


def _cells(clean: Grey, ruled: NDArray[np.bool_], box: Box) -> list[Cell]:
    left, top, right, bottom = box
    within = ruled[top:bottom, left:right].copy()
    within[:, :_CELL] |= within[:, _CELL : _CELL + 1]  # rules are not equally long
    within[:, -_CELL:] |= within[:, -_CELL - 1 : -_CELL]
    labels, count = ndimage.label(~within)
    if count > _MOST_CELLS:
        return []
    part = clean[top:bottom, left:right]
    return [
        Cell(
            (left + x.start, top + y.start, left + x.stop, top + y.stop),
            np.where(labels[y, x] == number, part[y, x], np.uint8(255)),
        )
        for number, (y, x) in enumerate(ndimage.find_objects(labels), 1)
        if min(y.stop - y.start, x.stop - x.start) >= _CELL
    ]


def _rows(cells: Sequence[Cell]) -> tuple[tuple[Cell, ...], ...]:
    """Cells that begin at the same height, but for the width of a rule and a little slope."""
    ordered = sorted(cells, key=lambda cell: cell.box[1])
    starts = [0] * bool(ordered)
    for before, cell in pairwise(ordered):
        starts.append(starts[-1] + (cell.box[1] - before.box[1] >= _CELL // 2))
    numbered = groupby(zip(starts, ordered, strict=True), key=lambda entry: entry[0])
    return tuple(
        tuple(sorted((cell for _, cell in row), key=lambda cell: cell.box[0]))
        for _, row in numbered
    )


def _in_columns(rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    """Rows of one cell each cut where a strip of paper runs down through all of them."""
    if len(rows) < _LEAST_RULES - 1 or any(len(row) != 1 for row in rows):
        return rows
    left, right = min(row[0].box[0] for row in rows), max(row[0].box[2] for row in rows)
    inked = np.zeros((len(rows), right - left), dtype=bool)
    for number, (cell,) in enumerate(rows):
        inked[number, cell.box[0] - left : cell.box[2] - left] = (cell.pixels < _DARK).any(axis=0)
    used = np.flatnonzero(inked.any(axis=0))
    gaps = np.flatnonzero(np.diff(used) > _STRIP)
    cuts = [left + int(used[gap] + used[gap + 1]) // 2 for gap in gaps]
    edges = [left, *cuts, right]
    filled = [inked[:, a - left : b - left].any(axis=1).sum() for a, b in pairwise(edges)]
    if min(filled, default=0) < 2:
        return rows
    return tuple(tuple(_sliced(row[0], edges)) for row in rows)


def _sliced(cell: Cell, edges: Sequence[int]) -> Iterator[Cell]:
    left, top, right, bottom = cell.box
    for start, stop in pairwise(edges):
        start, stop = max(start, left), min(stop, right)
        if start < stop:
            yield Cell((start, top, stop, bottom), cell.pixels[:, start - left : stop - left])


def _has_neighbours(ink: NDArray[np.bool_], box: Box) -> bool:
    left, top, right, bottom = box
    beside = ink[top:bottom, :left].sum() + ink[top:bottom, right:].sum()
    return bool(beside > _BESIDE)
