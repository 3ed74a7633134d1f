"""The cells of a line with what both readers say of them: the image, and Tesseract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from pipeline.readers.ocr.digits import THAI_DIGITS
from pipeline.readers.ocr.engine import Char, Line
from pipeline.readers.ocr.glyphs import Cell, Floats, Ink, floor_of, line_cells
from pipeline.readers.ocr.pieces import freed, joined
from pipeline.readers.ocr.touching import scored
from pipeline.thai.normalize import MARKS

ONE_DIGIT = frozenset(THAI_DIGITS)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A cell with what both readers say: `scores` are log probabilities over `CLASSES`."""

    cell: Cell
    scores: Floats
    chars: tuple[Char, ...]
    gap: bool
    low: bool = False  # wholly below the floor of the line, as the marks of the next

    @property
    def read(self) -> str:
        """Tesseract's characters for the cell."""
        return "".join(char.text for char in self.chars)


def glyphs_of(line: Line, ink: Ink) -> list[Glyph]:
    """The cells of a line from left to right, each with the characters that Tesseract has there."""
    cells, unit = line_cells(ink, line.box)
    if not cells:
        return []
    cells, scores = scored(ink, cells, unit)
    gaps = [True] + [right.box[0] - left.box[2] > 0.45 * unit for left, right in pairwise(cells)]
    owners = _owned(line.chars, cells, gaps)
    glyphs = [
        Glyph(cell, score, tuple(own), gap)
        for cell, score, own, gap in zip(cells, scores, owners, gaps, strict=True)
    ]
    return list(_mended(glyphs, ink, unit, floor_of(cells)))


def _mended(glyphs: Sequence[Glyph], ink: Ink, unit: float, floor: float) -> Iterator[Glyph]:
    """The glyphs, digits in pieces joined and digits freed of other lines' marks."""
    index = 0
    while index < len(glyphs):
        glyph, count = glyphs[index], 1
        for length in (3, 2):
            whole = _joined(glyphs[index : index + length], ink, unit, floor)
            if whole:
                glyph, count = whole, length
                break
        if count == 1 and not any(char.text[0] in MARKS for char in glyph.chars):
            alone = freed(ink, glyph.cell, glyph.scores, unit, floor)
            glyph = replace(glyph, cell=alone[0], scores=alone[1]) if alone else glyph
        yield replace(glyph, low=glyph.cell.box[1] >= floor)
        index += count


def _joined(pieces: Sequence[Glyph], ink: Ink, unit: float, floor: float) -> Glyph | None:
    """The pieces as one glyph, where Tesseract read a single Thai digit in them."""
    chars = tuple(char for piece in pieces for char in piece.chars)
    if len(chars) != 1 or chars[0].text not in ONE_DIGIT or any(p.gap for p in pieces[1:]):
        return None
    whole = joined(ink, [piece.cell for piece in pieces], unit, floor)
    return Glyph(whole[0], whole[1], chars, pieces[0].gap) if whole else None


def _owned(chars: Sequence[Char], cells: Sequence[Cell], gaps: Sequence[bool]) -> list[list[Char]]:
    """The characters of each cell.

    Boxes are rough: marks go with their letter, a character behind a space does not share the cell
    before a gap, and a cell without any takes a neighbour's second.
    """
    owners: list[list[Char]] = [[] for _ in cells]
    place = 0
    for char in chars:
        if char.text[0] not in MARKS:
            place = _nearest(cells, (char.box[0] + char.box[2]) / 2)
            behind_gap = char.space and place + 1 < len(cells) and gaps[place + 1]
            place += bool(behind_gap and owners[place])
        owners[place].append(char)
    for index, own in enumerate(owners):
        letters = [i for i, char in enumerate(own) if char.text[0] not in MARKS]
        if len(letters) < 2:
            continue
        if index + 1 < len(owners) and not owners[index + 1]:
            owners[index + 1] = own[letters[-1] :]
            del own[letters[-1] :]
        elif index and not owners[index - 1]:
            owners[index - 1] = own[: letters[1]]
            del own[: letters[1]]
    return owners


def _nearest(cells: Sequence[Cell], x: float) -> int:
    away = [max(cell.box[0] - x, x - cell.box[2], 0.0) for cell in cells]
    return int(np.argmin(away))
