"""Marks that Tesseract took for a line of their own, brought back to the line that they are of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.readers.ocr.engine import Line
from pipeline.readers.ocr.glyphs import Box
from pipeline.readers.ocr.legible import share_known

# Of the usual height of lines: so low is a line of nothing but the marks of the next, which it lies
# above or, a little higher, in part upon.
_FLAT, _LOW = 0.65, 0.85
_UPON = 0.15
_DEEP = 0.4  # of its own height: what reaches so far into the next line is its marks
_STRANGE, _POOR = 0.3, 0.5  # of the characters in words: no text, and hardly any
_BETTER = 0.3  # by which the share in words of the line below is greater
_ABOVE = 0.7  # of its width


def with_marks(lines: Sequence[Line]) -> tuple[list[Line], set[int]]:
    """The lines without those that are but marks; the ids of those to which such marks belong."""
    known = [share_known(line.text) for line in lines]
    heights = [line.box[3] - line.box[1] for line in lines]
    sound = [height for height, share in zip(heights, known, strict=True) if share > _STRANGE]
    usual = float(np.median(sound or heights or [0]))
    owners = {index: _owner(index, lines, known, usual) for index in range(len(lines))}
    grown = {
        owner: replace(lines[owner], box=_union(lines[index].box, lines[owner].box))
        for index, owner in owners.items()
        if owner is not None
    }
    whole = [grown.get(index, line) for index, line in enumerate(lines) if owners[index] is None]
    return whole, {id(line) for line in grown.values()}


def _owner(index: int, lines: Sequence[Line], known: Sequence[float], usual: float) -> int | None:
    """The index of the line that this one lies upon as its marks; None for a real line."""
    if known[index] > _POOR:
        return None
    least = max(_STRANGE, known[index] + _BETTER)
    for other, line in enumerate(lines):
        if known[other] > least and _is_above(lines[index].box, line.box):
            into = lines[index].box[3] - line.box[1]
            if _lies_upon(lines[index].box, into, known[index], usual):
                return other
    return None


def _is_above(marks: Box, line: Box) -> bool:
    shared = min(marks[2], line[2]) - max(marks[0], line[0])
    higher = marks[1] < line[1] and marks[3] < line[3]
    return higher and shared >= _ABOVE * (marks[2] - marks[0])


def _lies_upon(marks: Box, into: int, known: float, usual: float) -> bool:
    """Whether marks that reach `into` a line by so many pixels are its own."""
    height = marks[3] - marks[1]
    if into >= _DEEP * height:
        return True
    near = -_UPON if height <= _FLAT * usual else _UPON
    return known <= _STRANGE and height <= _LOW * usual and into > near * usual


def _union(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )
