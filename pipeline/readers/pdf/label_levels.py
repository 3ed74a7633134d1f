"""The lines of a page by baseline, each parted at the gutter between labels and values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.readers.pdf.lines import Line
from pipeline.readers.pdf.values import Glyph, is_mark

# Points.
SNAP = 1.5
# Ems: a gap that is a TAB in any case, the least one between two columns, the step to a next line.
TAB = 2.5
_GAP = 0.3
_STEP = 3.2
# Lines of one baseline: a form has few.
_MOST_BESIDE = 20

Levels = Mapping[int, Sequence[tuple[int, Line]]]
"""The lines of each baseline, rounded to points, with their place in the order of painting."""


@dataclass(frozen=True, slots=True)
class Level:
    """What stands on one baseline left and right of where values begin, and when it was painted."""

    label: Line | None
    value: Line | None
    labelled: int
    valued: int

    @property
    def line(self) -> Line:
        """The label, or the value where there is none."""
        found = self.label or self.value
        assert found is not None
        return found


def levels_of(lines: Sequence[Line]) -> Levels:
    """The lines outside tables by baseline, with their order; a second font may stand a bit off."""
    levels: dict[int, list[tuple[int, Line]]] = defaultdict(list)
    for order, line in enumerate(lines):
        if line.cell is None and line.text.strip():
            y = round(line.y)
            own = next((near for near in (y, y - 1, y + 1) if near in levels), y)
            levels[own].append((order, line))
    return levels


def by_baseline(glyphs: Sequence[Glyph]) -> Mapping[int, list[Glyph]]:
    """The glyphs that are no space by baseline, as `runs_of` takes them."""
    own: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        if glyph.text.strip():
            own[round(glyph.y)].append(glyph)
    return own


def runs_of(levels: Levels, x: float, glyphs: Mapping[int, list[Glyph]]) -> Iterator[list[Level]]:
    """Levels below each other that leave the gutter before `x` free, from a label with a value."""
    run: list[Level] = []
    for y in sorted(levels, reverse=True):
        level = _level(levels[y], x, glyphs.get(y, []))
        far = bool(run) and run[-1].line.y - y > _STEP * run[-1].line.size
        if run and (level is None or far):
            yield run
            run = []
        if level is not None and (run or (level.label and level.value)):
            run.append(level)
    if run:
        yield run


def _level(lines: Sequence[tuple[int, Line]], x: float, glyphs: Sequence[Glyph]) -> Level | None:
    """The lines of one baseline; None where one stands across the gutter."""
    if len(lines) > _MOST_BESIDE:
        return None
    left: list[tuple[int, Line]] = []
    right: list[tuple[int, Line]] = []
    for order, line in sorted(lines, key=lambda own: own[1].x0):
        if line.x0 >= x - SNAP:
            right.append((order, line))
        elif line.x1 <= x - _GAP * line.size:
            left.append((order, line))
        elif halves := _halves(line, x, glyphs):
            left.append((order, halves[0]))
            right.append((order, halves[1]))
        else:
            return None
    columns = sum(b.x0 - a.x1 > TAB * b.size for (_, a), (_, b) in pairwise(right))
    if right and (columns or abs(right[0][1].x0 - x) > SNAP):
        return None
    return Level(_joined(left), _joined(right), _painted(left), _painted(right))


def _painted(lines: Sequence[tuple[int, Line]]) -> int:
    return min((order for order, _ in lines), default=-1)


def _joined(lines: Sequence[tuple[int, Line]]) -> Line | None:
    if not lines:
        return None
    text = " ".join(line.text for _, line in lines)
    return replace(lines[0][1], text=text, x1=lines[-1][1].x1)


def _halves(line: Line, x: float, glyphs: Sequence[Glyph]) -> tuple[Line, Line] | None:
    """A line cut at `x`, if a glyph begins there behind a gap."""
    own = [glyph for glyph in glyphs if line.x0 - 1 <= glyph.x0 <= line.x1]
    left = [glyph for glyph in own if glyph.x0 < x - SNAP]
    right = [glyph for glyph in own if glyph.x0 >= x - SNAP]
    bases = [glyph for glyph in right if not is_mark(glyph.text[0])]
    if not left or not bases:
        return None
    end, start = max(glyph.x1 for glyph in left), min(glyph.x0 for glyph in bases)
    if abs(start - x) > SNAP or start - end < _GAP * line.size:
        return None
    texts = ("".join(glyph.text for glyph in part) for part in (left, right))
    label, value = (replace(line, text=text) for text in texts)
    return replace(label, x1=end), replace(value, x0=start)
