"""Digits that touch, cut apart: ๔๖ in bold print or in a worn scan is one stroke of ink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.readers.ocr.digits import CLASSES, OTHER, TOUCHING, network
from pipeline.readers.ocr.glyphs import Cell, Floats, Ink, features, floor_of

_TOUCHING = CLASSES.index(TOUCHING)
_LESS = np.array([5.0 if c in (OTHER, TOUCHING) else 0.0 for c in CLASSES], dtype=np.float32)
_CUTS = 8  # columns that are tried for each cell: those with the least ink, and as many spread out
_EDGE = 0.2  # of a cell's width, on either side, where no cut is tried
_ROUNDS = 2  # four digits in one stroke at most


def scored(ink: Ink, cells: Sequence[Cell], unit: float) -> tuple[list[Cell], Floats]:
    """The cells of a line, cut where digits touch, with their log probabilities over `CLASSES`."""
    floor = floor_of(cells)
    whole = list(cells)
    scores = _scores(ink, whole, unit, floor)
    for _ in range(_ROUNDS):
        together = np.flatnonzero(scores.argmax(axis=1) == _TOUCHING).tolist()
        parts = {index: _cut(ink, whole[index], unit, floor) for index in together}
        if not any(parts.values()):
            break
        whole = [part for i, cell in enumerate(whole) for part in parts.get(i) or (cell,)]
        scores = _scores(ink, whole, unit, floor)
    return whole, scores


def _scores(ink: Ink, cells: Sequence[Cell], unit: float, floor: float) -> Floats:
    return network().log_probabilities(features(ink, cells, unit, floor))


def _cut(ink: Ink, cell: Cell, unit: float, floor: float) -> tuple[Cell, ...]:
    """The two parts of a cell that look most like characters; none where no cut is to be had."""
    left, top, right, bottom = cell.box
    dark = ink.darkness[top:bottom, left:right].sum(axis=0)
    edge = max(2, round(_EDGE * (right - left)))
    inner = np.arange(edge, right - left - edge)
    if not len(inner):
        return ()
    palest = inner[np.argsort(dark[inner], kind="stable")[:_CUTS]]
    columns = np.union1d(palest, inner[:: max(1, len(inner) // _CUTS)])
    pairs = [
        (_part(ink, cell, left, left + int(x)), _part(ink, cell, left + int(x), right))
        for x in columns
    ]
    scores = _scores(ink, [part for pair in pairs for part in pair], unit, floor)
    scores = scores - _LESS  # a cut through a digit leaves two good shapes of nothing
    likely = scores.max(axis=1).reshape(-1, 2).sum(axis=1)
    return pairs[int(likely.argmax())]


def _part(ink: Ink, cell: Cell, left: int, right: int) -> Cell:
    """The cell between two columns, its box drawn in to its ink."""
    _, top, _, bottom = cell.box
    own = np.isin(ink.labels[top:bottom, left:right], cell.labels)
    rows, columns = np.flatnonzero(own.any(axis=1)), np.flatnonzero(own.any(axis=0))
    if not len(rows):
        return replace(cell, box=(left, top, right, bottom))
    box = (
        left + int(columns[0]),
        top + int(rows[0]),
        left + int(columns[-1]) + 1,
        top + int(rows[-1]) + 1,
    )
    return Cell(box, cell.labels, box[3] - box[1])
