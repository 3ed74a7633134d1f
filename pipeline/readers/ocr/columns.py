"""Columns of running text on a page image, and the page with its columns under each other.

Tesseract's own layout joins the lines of two columns where a heading or a table lies across them:
of 21 such pages it read two words in three wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from pipeline.readers.ocr.glyphs import Box
from pipeline.readers.ocr.pixels import Grey, rules

_CELL = 5  # pixels: what follows is counted in cells
_INKED = 0.07  # of a cell: one pixel is a speck
_GUTTER = 4  # wide: 2.5 mm
_LEAST_HIGH, _LEAST_WIDE = 40, 70  # of columns: 2.5 cm and 4.5 cm
# Rows with ink in both columns: four lines beside a gutter in the middle of the text. Elsewhere it
# takes more, for the spaces of four or five lines may well lie under each other.
_LEAST_ROWS, _LEAST_ASIDE = 34, 90
_MIDDLE = 0.05  # of the width of the text
# Lines of running text end far out: 28 such pages had 0.48 and more on the mean of their columns,
# six lists of names and posts 0.44 and less.
_EVEN = 0.46
_DARK = 128

Field = NDArray[np.bool_]


def in_one_column(level: Grey, tables: Sequence[Box]) -> Grey | None:
    """The levelled page with its columns under each other in order of reading; None without any.

    `tables` are boxes in which there are no columns of text.
    """
    field = _field(level, tables)
    boxes = list(_divided(field, (0, 0, field.shape[1], field.shape[0])))
    if len(boxes) == 1:
        return None
    margin = _extent(field, 1)[0] * _CELL
    return np.concatenate([_moved(level, box, margin) for box in boxes])


def _field(level: Grey, tables: Sequence[Box]) -> Field:
    """The page in cells, true where there is ink; without rules, and tables are all ink."""
    ruled = (rules(level, axis=0) | rules(level, axis=1)).astype(np.uint8)
    ink = (level < _DARK) & (ndimage.maximum_filter(ruled, 3) == 0)
    for left, top, right, bottom in tables:
        ink[top:bottom, left:right] = True
    height, width = ink.shape
    padded = np.pad(ink, ((0, -height % _CELL), (0, -width % _CELL)))
    cells = padded.reshape(-(-height // _CELL), _CELL, -(-width // _CELL), _CELL)
    return np.asarray(cells.mean(axis=(1, 3)) >= _INKED)


def _divided(field: Field, box: Box) -> Iterator[Box]:
    """A box of cells in parts: what is above its columns, the left, the right, what is below."""
    gutter = _gutter(field, box)
    if gutter is None:
        yield box
        return
    left, top, right, bottom = box
    x, start, end = gutter
    if start > top:
        yield from _divided(field, (left, top, right, start))
    yield from _divided(field, (left, start, x, end))
    yield from _divided(field, (x, start, right, end))
    if end < bottom:
        yield from _divided(field, (left, end, right, bottom))


def _gutter(field: Field, box: Box) -> tuple[int, int, int] | None:
    """The x, the top and the bottom of the highest clear strip between two columns."""
    left, top, right, bottom = box
    part = field[top:bottom, left:right]
    if part.shape[0] < _LEAST_HIGH or part.shape[1] < 2 * _LEAST_WIDE:
        return None
    clear = ndimage.maximum_filter1d(part.astype(np.uint8), _GUTTER, axis=1) == 0
    runs = [_longest(strip) for strip in clear.T]
    first, last = _extent(part, 1)
    for x in sorted(range(len(runs)), key=lambda x: runs[x][0] - runs[x][1]):
        start, end = runs[x]
        if end - start < _LEAST_HIGH:
            return None
        aside = abs(x - (first + last) / 2) > _MIDDLE * (last - first)
        rows = _LEAST_ASIDE if aside else _LEAST_ROWS
        sides = part[start:end, :x], part[start:end, x:]
        if _are_beside(*sides, rows):
            wide = runs[x : x + _LEAST_WIDE].count((start, end))
            found = left + x + wide // 2, top + start, top + end
            return found if sum(map(_evenness, sides)) / 2 >= _EVEN else None
    return None


def _longest(flags: Field) -> tuple[int, int]:
    """Where the longest run of true flags begins and ends."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    if not len(edges):
        return 0, 0
    longest = int(np.argmax(edges[1::2] - edges[::2]))
    return int(edges[2 * longest]), int(edges[2 * longest + 1])


def _are_beside(left: Field, right: Field, least: int) -> bool:
    """Whether two parts as wide as columns have ink beside each other in `least` rows and more."""
    if min(end - start for start, end in (_extent(left, 1), _extent(right, 1))) < _LEAST_WIDE:
        return False
    (top, bottom), (upper, lower) = _extent(left, 0), _extent(right, 0)
    beside = slice(max(top, upper), max(top, upper, min(bottom, lower)))
    return bool(min(left[beside].any(axis=1).sum(), right[beside].any(axis=1).sum()) >= least)


def _evenness(part: Field) -> float:
    """The ink of the last sixth of a part to that before it."""
    start, end = _extent(part, 1)
    density = part[part.any(axis=1), start:end].mean(axis=0)
    last = len(density) // 6
    return float(density[-last:].mean() / density[:-last].mean())


def _extent(field: Field, axis: int) -> tuple[int, int]:
    """The first row (axis 0) or column (1) with ink, and the one behind the last."""
    found = np.flatnonzero(field.any(axis=1 - axis))
    return (int(found[0]), int(found[-1]) + 1) if len(found) else (0, 0)


def _moved(level: Grey, box: Box, margin: int) -> Grey:
    """A part of the page, no farther right than `margin`, on paper of the page's width."""
    left, top, right, bottom = (side * _CELL for side in box)
    piece = level[top:bottom, left:right]
    strip: Grey = np.full((len(piece), level.shape[1]), 255, dtype=np.uint8)
    start = min(left, margin)
    strip[:, start : start + piece.shape[1]] = piece
    return strip
