"""The tables of a PDF page as boxes, and which box a piece of text stands in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pipeline.readers.pdf.paragraphs import Cells
from pipeline.readers.pdf.values import Glyph

Box = tuple[float, float, float, float]

# Points: the height of the strips of a page by which boxes are looked up.
_STRIP = 12.0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's boxes: rows from the top of indices into `PageGrids.boxes`, None where merged.

    `inside` is the box of another grid that holds this one; `is_form` tells of labels and values
    in two columns without rules.
    """

    rows: tuple[tuple[int | None, ...], ...]
    columns: tuple[float, ...]
    top: float
    bottom: float
    inside: int | None = None
    is_form: bool = False


@dataclass(frozen=True, slots=True)
class PageGrids:
    """All tables of a page; a box is (x0, y0, x1, y1) in points, origin bottom left."""

    boxes: tuple[Box, ...] = ()
    grids: tuple[Grid, ...] = ()

    def cells(self) -> Cells:
        """The boxes as the lines see them; rows are numbered through the page.

        The first row of a table inside a cell counts as part of that cell's row.
        """
        rows: dict[int, int] = {}
        number = 0
        for grid in self.grids:
            for place, row in enumerate(grid.rows):
                outer = rows.get(grid.inside) if grid.inside is not None and not place else None
                rows |= {box: number if outer is None else outer for box in row if box is not None}
                number += 1
        return Cells(rows=rows, rights={index: box[2] for index, box in enumerate(self.boxes)})


class CellFinder:
    """Which box a glyph stands in; neighbours mostly share one, so the last is tried first."""

    def __init__(self, grids: PageGrids) -> None:
        self._boxes = grids.boxes
        self._outer = {grid.inside for grid in grids.grids}
        self._last = -1
        self._strips: dict[int, list[int]] = defaultdict(list)
        # The smallest box first: a table inside a cell comes before the cell.
        for index in sorted(range(len(self._boxes)), key=lambda i: _area(self._boxes[i])):
            box = self._boxes[index]
            for strip in range(int(box[1] // _STRIP), int(box[3] // _STRIP) + 1):
                self._strips[strip].append(index)

    def __call__(self, glyph: Glyph) -> int | None:
        """The index of the smallest box that holds the middle of `glyph`, or None."""
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.y + 0.25 * glyph.size
        if self._last >= 0 and holds(self._boxes[self._last], x, y):
            return self._last
        for index in self._strips.get(int(y // _STRIP), ()):
            if holds(self._boxes[index], x, y):
                self._last = -1 if index in self._outer else index
                return index
        return None


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def holds(box: Box, x: float, y: float) -> bool:
    """Whether the point lies in `box`."""
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
