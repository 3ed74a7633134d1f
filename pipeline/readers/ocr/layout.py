"""Whether a page's text stands in one column, from its ink alone.

Tesseract's `--psm 4` reads single columns better than `--psm 3`, and merges the lines of two.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.readers.ocr.pixels import DPI, Grey, rules

AUTOMATIC, SINGLE_COLUMN = 3, 4

_CELL = DPI // 20  # pixels: an inch has twenty cells, so a gap between words is none
_GUTTER = 5  # cells: a quarter of an inch
_CLEAR, _WRITTEN = 0.04, 0.3  # shares of the rows of text: crossing a gutter, beside it
_FEW_ROWS = 5  # of cells: less text than this tells nothing
_RULE = 0.5  # of a page's side: longer strokes are rules


def segmentation_mode(clean: Grey) -> int:
    """The `--psm` for a cleaned page: `SINGLE_COLUMN`, or `AUTOMATIC` where in doubt."""
    field = _text_field(clean)
    tables = _table_rows(clean, len(field))
    rows = field.any(axis=1) & ~tables
    if tables.any() and rows.sum() < _FEW_ROWS:
        return SINGLE_COLUMN  # nothing but a table: its rows are to be read across
    columns = np.nonzero(field.any(axis=0))[0]
    if rows.sum() < _FEW_ROWS or len(columns) < 4 * _GUTTER:
        return AUTOMATIC
    field = field[rows, columns[0] : columns[-1] + 1]
    return AUTOMATIC if _has_gutter(field) else SINGLE_COLUMN


def _text_field(clean: Grey) -> NDArray[np.bool_]:
    """The page in cells, true where there is ink; rules and the frames of tables are left out."""
    dark = clean < 128
    dark &= ~_long_runs(dark, axis=1)
    dark &= ~_long_runs(dark, axis=0)
    image = Image.fromarray(dark.astype(np.uint8) * 255)
    size = (max(1, image.width // _CELL), max(1, image.height // _CELL))
    return np.asarray(image.resize(size, Image.Resampling.BOX)) > 8


def _table_rows(clean: Grey, count: int) -> NDArray[np.bool_]:
    """The rows of cells that two or more upright rules run through."""
    upright = rules(clean, axis=0)[: count * _CELL].reshape(count, _CELL, -1).any(axis=1)
    padded = np.pad(upright, ((0, 0), (1, 0)))
    return np.asarray((np.diff(padded.astype(np.int8), axis=1) == 1).sum(axis=1) >= 2)


def _long_runs(dark: NDArray[np.bool_], *, axis: int) -> NDArray[np.bool_]:
    share = dark.mean(axis=axis, keepdims=True)
    return np.broadcast_to(share > _RULE, dark.shape)


def _has_gutter(field: NDArray[np.bool_]) -> bool:
    """Whether a clear strip runs down between two written sides."""
    width = field.shape[1]
    clear = field.mean(axis=0) <= _CLEAR
    for start, end in _runs(clear):
        if end - start < _GUTTER or end < 0.15 * width or start > 0.85 * width:
            continue
        left, right = field[:, :start].any(axis=1), field[:, end:].any(axis=1)
        if min(left.mean(), right.mean()) >= _WRITTEN:
            return True
    return False


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
