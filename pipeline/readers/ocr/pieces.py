"""Digits in pieces put together, and digits freed of the marks of the lines above and below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from pipeline.readers.ocr.digits import CLASSES, THAI_DIGITS, network
from pipeline.readers.ocr.glyphs import Cell, Floats, Ink, cell_of, features

_DIGITS = [CLASSES.index(char) for char in THAI_DIGITS]
_LIKELY = -0.3  # log probability from which a shape is taken for a digit
_NEXT = 0.15  # units between the pieces of one digit, and
_WIDEST = 1.4  # units from the first to the last
_MOST = 3


def freed(
    ink: Ink, cell: Cell, scores: Floats, unit: float, floor: float
) -> tuple[Cell, Floats] | None:
    """The component of a cell that is a digit by itself; None where the cell is one, or none is.

    In tight lines the ุ above or the tone mark below a digit lies in its own line's box.
    """
    if len(cell.labels) < 2 or _likelihood(scores) > _LIKELY:
        return None
    singles = [cell_of(ink.boxes, [label - 1]) for label in cell.labels]
    standing = [one for one in singles if stands(one, unit, floor)]
    if len(standing) != 1 or not all(_away(one, standing[0]) for one in singles):
        return None
    return _digit(ink, standing[0], unit, floor)


def joined(
    ink: Ink, cells: Sequence[Cell], unit: float, floor: float
) -> tuple[Cell, Floats] | None:
    """Neighbouring cells as the one digit that they are the pieces of; None where they are not."""
    if not 1 < len(cells) <= _MOST or cells[-1].box[2] - cells[0].box[0] > _WIDEST * unit:
        return None
    if any(b.box[0] - a.box[2] > _NEXT * unit for a, b in pairwise(cells)):
        return None
    labels = sorted({label for cell in cells for label in cell.labels})
    return _digit(ink, cell_of(ink.boxes, [label - 1 for label in labels]), unit, floor)


def stands(cell: Cell, unit: float, floor: float) -> bool:
    """Whether a cell stands on the floor of its line, as digits do, and not above or below."""
    _, top, _, bottom = cell.box
    return top < floor - 0.3 * unit and bottom > floor - 0.5 * unit


def _away(one: Cell, other: Cell) -> bool:
    above, below = one.box[3] - 1 <= other.box[1], one.box[1] + 1 >= other.box[3]
    return one == other or above or below


def _digit(ink: Ink, cell: Cell, unit: float, floor: float) -> tuple[Cell, Floats] | None:
    scores = network().log_probabilities(features(ink, [cell], unit, floor))[0]
    return (cell, scores) if _likelihood(scores) > _LIKELY else None


def _likelihood(scores: Floats) -> float:
    return float(np.max(scores[_DIGITS]))
