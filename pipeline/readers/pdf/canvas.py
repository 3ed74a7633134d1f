"""What a PDF page shows: its text by the way it runs, its ruling lines, its pictures."""

from __future__ import annotations

from enum import Enum
from typing import Any

from pipeline.readers.pdf.rules import add_rules, rules_of
from pipeline.readers.pdf.streams import TooMuchError
from pipeline.readers.pdf.values import UNKNOWN, Glyph, Rule, is_mark

# A drawing, not a table: beyond this many ruling lines a page's paths are no longer collected.
MAX_RULES = 4000
# A page of the smallest print has 20,000 letters.
MAX_PAGE_LETTERS = 200_000
_SLANT = 0.34  # the sine of 20 degrees

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Way(Enum):
    """The way in which text runs on a page."""

    RIGHT, UP, LEFT, DOWN, SLANTED = range(5)


def way_of(ux: float, uy: float) -> Way:
    """The way of a unit vector; one within 20 degrees of an axis is that of a page put askew."""
    if abs(uy) < _SLANT:
        return Way.RIGHT if ux > 0 else Way.LEFT
    if abs(ux) < _SLANT:
        return Way.UP if uy > 0 else Way.DOWN
    return Way.SLANTED


class Canvas:
    """What a page shows so far. Text that goes on where the last run ended joins that run."""

    def __init__(self) -> None:
        # The text by the way it runs, and that which runs as the last piece did.
        self.ways: dict[Way, list[Glyph]] = {Way.RIGHT: []}
        self.glyphs = self.ways[Way.RIGHT]
        self._way = Way.RIGHT
        self.rules: list[Rule] = []
        self.complete = True
        self.blank = True
        self.pictured = 0.0  # the area of the largest picture, in square points
        self.letters = self.invisible = 0
        self.hides = False  # whether text is shown without being painted
        self._parts: list[str] = []
        self._x0 = self._x1 = self._y = self._size = 0.0
        self._marks_only = False
        # The text of each open marked-content span, or None; the outermost text counts.
        self._spans: list[str | None] = []
        self._actual: str | None = None
        self._depth = 0
        self._span_place: list[float] = []

    def show(self, text: str, x0: float, x1: float, y: float, size: float) -> None:
        """Paint `text` from `x0` to `x1`, in points along the direction of the text."""
        if self._actual is not None:
            if not self._span_place:
                self._span_place = [x0, x1, y, size]
            elif x1 > self._span_place[1]:
                self._span_place[1] = x1
            return
        if not text:
            return
        self.letters += len(text)
        if self.hides:
            self.invisible += len(text)
        if self.letters > MAX_PAGE_LETTERS:
            raise TooMuchError
        gap, drop = x0 - self._x1, y - self._y
        mark = is_mark(text[0])
        # Letters a hair apart are one run, so that lines are made of few pieces.
        if self._parts and size == self._size and (mark or not self._marks_only):
            if -0.05 * size < gap < 0.05 * size and -0.01 * size < drop < 0.01 * size:
                self._parts.append(text)
                self._x1 = x1
                return
            # A mark is painted over its letter, a little off the pen.
            if mark and not self._marks_only and abs(gap) < size and abs(drop) < size:
                self._parts.append(text)
                self._x1 = max(self._x1, x1)
                return
        self.close()
        self._parts.append(text)
        self._x0, self._x1, self._y, self._size = x0, x1, y, size
        self._marks_only = mark or text[0] == UNKNOWN

    def turn(self, way: Way) -> None:
        """Text runs another way from here."""
        if way is not self._way:
            self.close()
            self._way = way
            self.glyphs = self.ways.setdefault(way, [])

    def take(self) -> list[list[Glyph]]:
        """The text shown since the last call: first that of the way most of it runs."""
        self.close()
        taken = [glyphs for glyphs in self.ways.values() if glyphs]
        self._spans, self._actual = [], None
        self.ways = {self._way: []}
        self.glyphs = self.ways[self._way]
        return sorted(taken, key=_letters, reverse=True) or [[]]

    def close(self) -> None:
        """End the run of text at hand."""
        if self._parts:
            text = "".join(self._parts)
            self.blank = self.blank and text.isspace()
            self.glyphs.append(Glyph(text, self._x0, self._x1, self._y, self._size))
            self._parts = []

    def begin_span(self, text: str | None) -> None:
        """Open a marked-content span; `text` is what its glyphs are to be read as."""
        self._spans.append(text)
        if text is not None and self._actual is None:
            self._actual, self._depth, self._span_place = text, len(self._spans), []

    def end_span(self) -> None:
        """Close the innermost span."""
        if self._actual is not None and len(self._spans) == self._depth:
            text, self._actual = self._actual, None
            if self._span_place and not _is_leftover(span := Glyph(text, *self._span_place)):
                self.show(*span)
        if self._spans:
            self._spans.pop()

    def paint_picture(self, ctm: Matrix) -> None:
        """Paint a picture: the unit square under `ctm`."""
        a, b, c, d, _, _ = ctm
        self.blank = False
        self.pictured = max(self.pictured, abs(a * d - b * c))

    def paint_path(self, path: list[tuple[Any, ...]], ctm: Matrix, *, stroke: bool) -> None:
        """Stroke or fill a path."""
        self.blank = False
        if len(self.rules) < MAX_RULES and len(path) <= 4 * MAX_RULES:
            add_rules(self.rules, rules_of(path, ctm, stroke=stroke))


def _letters(glyphs: list[Glyph]) -> int:
    return sum(len(glyph.text) for glyph in glyphs)


def _is_leftover(span: Glyph) -> bool:
    """Whether only the marks of a span were painted though its text has a letter.

    Chromium leaves these at the foot of a page for the clusters that begin the next one.
    """
    return span.x1 - span.x0 < 0.01 * span.size and not all(map(is_mark, span.text))
