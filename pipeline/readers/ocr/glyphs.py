"""From grey pixels to glyph cells: ink, connected components, and what the network sees of a cell.

Boxes are (left, top, right, bottom) in pixels, right and bottom exclusive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from pipeline.readers.ocr.pixels import Grey

Floats = NDArray[np.float32]
Box = tuple[int, int, int, int]

WIDTH, HEIGHT = 16, 20
BINS, ROWS, COLUMNS = 8, 5, 4
FEATURES = WIDTH * HEIGHT + BINS * ROWS * COLUMNS + 7

_INK = 0.4
# Of the narrower of two components, for them to be one cell: a mark above or below a letter, and
# parts beside each other, such as a comma under the tail of a digit.
_OVERLAP, _OVERLAP_BESIDE = 0.5, 0.85
_BELOW = 0.75  # units below the floor where a line ends: there lie the marks of the next


@dataclass(frozen=True, slots=True)
class Cell:
    """The components that stand above each other in a line: a letter with its marks, or a digit.

    `height` is that of the tallest component, `parts` the number of components.
    """

    box: Box
    labels: tuple[int, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Ink:
    """A cleaned page's ink: its darkness 0 to 1, and its connected components.

    `labels` holds 0 for paper and n for the n-th component, whose box is row n - 1 of `boxes`.
    """

    darkness: Floats
    labels: NDArray[np.int32]
    boxes: NDArray[np.int32]

    @classmethod
    def of(cls, clean: Grey) -> Ink:
        """Find the components of a page as `pixels.cleaned` leaves it."""
        darkness = (255 - clean).astype(np.float32) / np.float32(255)
        labels, _ = ndimage.label(darkness > _INK, structure=np.ones((3, 3)))
        found = ndimage.find_objects(labels)
        boxes = [(x.start, y.start, x.stop, y.stop) for y, x in found]
        return cls(darkness, labels, np.array(boxes, dtype=np.int32).reshape(-1, 4))


def line_cells(ink: Ink, line: Box) -> tuple[list[Cell], float]:
    """The cells of a line of text from left to right, and its unit: the height of a usual letter.

    Rules of tables, specks and the next line's marks are left out. No cells: the unit is 0.
    """
    left, top, right, bottom = line
    boxes = ink.boxes
    middle = (boxes[:, 1] + boxes[:, 3]) / 2
    centre = (boxes[:, 0] + boxes[:, 2]) / 2
    inside = (middle >= top) & (middle <= bottom) & (centre >= left - 2) & (centre <= right + 2)
    tall = (boxes[:, 3] - boxes[:, 1]) <= 1.25 * (bottom - top) + 2
    wide = (boxes[:, 2] - boxes[:, 0]) <= 4 * (bottom - top)
    chosen = np.nonzero(inside & tall & wide)[0]
    if not len(chosen):
        return [], 0.0
    heights = (boxes[:, 3] - boxes[:, 1])[chosen]
    letters = heights >= 0.4 * np.percentile(heights, 85)
    unit = float(np.median(heights[letters]))
    floor = float(np.median(boxes[chosen[letters], 3]))
    own = boxes[chosen, 1] <= floor + _BELOW * unit
    chosen, heights = chosen[own], heights[own]
    least = max(2.0, 0.1 * unit)
    sizes = np.maximum(heights, (boxes[:, 2] - boxes[:, 0])[chosen])
    return _grouped(boxes, chosen[sizes >= least]), unit


def _grouped(boxes: NDArray[np.int32], chosen: NDArray[np.intp]) -> list[Cell]:
    groups: list[tuple[list[int], int, int]] = []  # components, left, right
    for index in chosen[np.argsort(boxes[chosen, 0], kind="stable")]:
        left, right = int(boxes[index, 0]), int(boxes[index, 2])
        if groups:
            members, start, end = groups[-1]
            shared = min(right, end) - max(left, start)
            narrow = max(1, min(right - left, end - start))
            stacked = _OVERLAP if _apart(boxes, members, index) else _OVERLAP_BESIDE
            if shared >= stacked * narrow:
                members.append(int(index))
                groups[-1] = (members, min(start, left), max(end, right))
                continue
        groups.append(([int(index)], left, right))
    return [cell_of(boxes, members) for members, _, _ in groups]


def _apart(boxes: NDArray[np.int32], members: Sequence[int], index: np.intp) -> bool:
    """Whether the component lies wholly above or below the others, but for a pixel or two."""
    top, bottom = boxes[list(members), 1].min(), boxes[list(members), 3].max()
    return bool(boxes[index, 1] >= bottom - 2 or boxes[index, 3] <= top + 2)


def cell_of(boxes: NDArray[np.int32], members: Sequence[int]) -> Cell:
    """The cell of some components, by their rows in `boxes`."""
    own = boxes[list(members)]
    box = (
        int(own[:, 0].min()),
        int(own[:, 1].min()),
        int(own[:, 2].max()),
        int(own[:, 3].max()),
    )
    height = int((own[:, 3] - own[:, 1]).max())
    return Cell(box, tuple(index + 1 for index in members), height)


def floor_of(cells: Sequence[Cell]) -> float:
    """Where most cells of a line stand: the y of their foot."""
    return float(np.median([cell.box[3] for cell in cells])) if cells else 0.0


def features(ink: Ink, cells: Sequence[Cell], unit: float, floor: float) -> Floats:
    """One row of `FEATURES` numbers a cell: its picture, edge directions by field, its geometry."""
    if not cells:
        return np.zeros((0, FEATURES), dtype=np.float32)
    pictures = np.stack([_picture(ink, cell) for cell in cells])
    geometry = np.array([_geometry(cell, unit, floor) for cell in cells], dtype=np.float32)
    flat = pictures.reshape(len(cells), -1)
    return np.concatenate([flat, _directions(pictures), geometry], axis=1)


def _picture(ink: Ink, cell: Cell) -> Floats:
    left, top, right, bottom = cell.box
    labels = ink.labels[top:bottom, left:right]
    own = (labels == 0) | np.isin(labels, cell.labels)
    dark = np.where(own, ink.darkness[top:bottom, left:right], 0.0).astype(np.float32)
    dark /= max(0.2, float(dark.max(initial=0.0)))
    height, width = dark.shape
    scale = min((WIDTH - 2) / width, (HEIGHT - 2) / height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = np.asarray(Image.fromarray(dark).resize(size, Image.Resampling.BILINEAR))
    picture = np.zeros((HEIGHT, WIDTH), dtype=np.float32)
    x, y = (WIDTH - size[0]) // 2, (HEIGHT - size[1]) // 2
    picture[y : y + size[1], x : x + size[0]] = small
    return picture


def _directions(pictures: Floats) -> Floats:
    """Histograms of edge directions over ROWS x COLUMNS fields, each row of unit length."""
    down, across = np.gradient(pictures, axis=(1, 2))
    strength = np.hypot(down, across)
    angle = (np.arctan2(down, across) / (2 * np.pi)) % 1.0 * BINS
    low = np.floor(angle).astype(np.int64) % BINS
    share = angle - np.floor(angle)
    bins = np.arange(BINS)
    weight = np.where(low[..., None] == bins, (strength * (1 - share))[..., None], 0.0)
    weight += np.where(((low + 1) % BINS)[..., None] == bins, (strength * share)[..., None], 0.0)
    fields = weight.reshape(-1, ROWS, HEIGHT // ROWS, COLUMNS, WIDTH // COLUMNS, BINS)
    flat = fields.sum(axis=(2, 4)).reshape(len(pictures), -1)
    norm = np.linalg.norm(flat, axis=1, keepdims=True)
    return np.asarray(flat / np.maximum(norm, 1e-6), dtype=np.float32)


def _geometry(cell: Cell, unit: float, floor: float) -> tuple[float, ...]:
    left, top, right, bottom = cell.box
    width, height, size = right - left, bottom - top, max(unit, 1.0)
    return (
        min(height / size, 4.0),
        min(width / size, 4.0),
        min(width / max(1, height), 4.0),
        float(np.clip((floor - bottom) / size, -3, 3)),
        float(np.clip((floor - top) / size, -3, 3)),
        min(len(cell.labels), 4) / 2.0,
        min(cell.height / size, 3.0),
    )
