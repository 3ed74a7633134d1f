"""A page's text as stretches by baseline, and the bands of it between level rules."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.readers.pdf.values import Glyph, is_mark

# Ems: what separates two columns where cells are aligned below each other.
GAP = 0.5

Stretch = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Band:
    """What stands between two level rules: (x0, x1) stretches of text by baseline from the top."""

    top: float
    bottom: float
    lines: tuple[tuple[float, tuple[Stretch, ...]], ...]

    @property
    def stretches(self) -> list[Stretch]:
        """All of them, line by line."""
        return [stretch for _, stretches in self.lines for stretch in stretches]


class PageText:
    """A page's glyphs as stretches without a wide gap, by baseline."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        bases = [g for g in glyphs if g.text.strip() and not is_mark(g.text[0])]
        self.size = median(g.size for g in bases) if bases else 1.0
        lines: dict[int, list[Glyph]] = defaultdict(list)
        for glyph in bases:
            lines[round(glyph.y)].append(glyph)
        self._heights = sorted(lines)
        self._lines = {y: self._stretches(lines[y]) for y in self._heights}

    def _stretches(self, glyphs: list[Glyph]) -> list[Stretch]:
        return union([_ink(glyph) for glyph in glyphs], GAP * self.size)

    def band(self, x0: float, x1: float, top: float, bottom: float) -> Band:
        """What stands between two heights within a table's left and right end."""
        shift = 0.25 * self.size
        low = bisect_left(self._heights, bottom - shift)
        high = bisect_left(self._heights, top - shift)
        found = ((float(y), self._within(y, (x0, x1))) for y in reversed(self._heights[low:high]))
        return Band(top, bottom, tuple(line for line in found if line[1]))

    def _within(self, y: int, ends: Stretch) -> tuple[Stretch, ...]:
        return tuple(s for s in self._lines[y] if s[0] < ends[1] and s[1] > ends[0])

    def lines_from(
        self, ends: Stretch, start: float, *, up: bool
    ) -> Iterator[tuple[float, tuple[Stretch, ...]]]:
        """The lines above or below `start` within `ends`, the nearest first."""
        place = bisect_left(self._heights, start)
        heights = self._heights[place:] if up else reversed(self._heights[:place])
        for y in heights:
            if inside := self._within(y, ends):
                yield float(y), inside


def _ink(glyph: Glyph) -> Stretch:
    """Where a piece of text stands, without the spaces around it."""
    text, width = glyph.text, (glyph.x1 - glyph.x0) / len(glyph.text)
    before, after = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
    return glyph.x0 + before * width, glyph.x1 - after * width


def union(stretches: Sequence[Stretch], gap: float) -> list[Stretch]:
    """The stretches from left to right, those joined that stand less than `gap` points apart."""
    joined: list[Stretch] = []
    for x0, x1 in sorted(stretches):
        if joined and x0 < joined[-1][1] + gap:
            joined[-1] = (joined[-1][0], max(joined[-1][1], x1))
        else:
            joined.append((x0, x1))
    return joined
