"""Outlines of glyphs, and how far apart two of them are."""

from __future__ import annotations

from itertools import pairwise
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.readers.pdf.truetype_tables import Contour

Shape = list[Contour]
_MAX_PAIRS_COMPARED = 40_000


def steps_of(shape: Shape) -> tuple[Contour, ...]:
    """The steps from point to point, which moving does not change."""
    return tuple(
        tuple((x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(contour)) for contour in shape
    )


class Outline(NamedTuple):
    """The points of an outline drawn to a box of 1 by 1, and how it differs from others at once."""

    points: NDArray[np.float64]
    contours: int
    is_low: bool

    @classmethod
    def of(cls, shape: Shape) -> Outline:
        """Draw a shape to a box of its own."""
        return cls(_boxed(shape), len(shape), _is_low(shape))

    def distance(self, other: Outline) -> float:
        """How far two outlines are apart; 0 for a moved copy."""
        if self.contours != other.contours or self.is_low != other.is_low:
            return inf
        if not 0 < len(self.points) * len(other.points) <= _MAX_PAIRS_COMPARED:
            return inf
        apart = np.abs(self.points[:, None, :] - other.points[None, :, :]).sum(axis=2)
        return float(max(apart.min(axis=0).mean(), apart.min(axis=1).mean()))


def _is_low(shape: Shape) -> bool:
    """Whether an outline hangs below the baseline."""
    return sum(y for contour in shape for _, y in contour) < 0


def _boxed(shape: Shape) -> NDArray[np.float64]:
    points = np.array([point for contour in shape for point in contour], dtype=float)
    if len(points):
        points -= points.min(axis=0)
        points /= np.maximum(points.max(axis=0), 1.0)
    return points
