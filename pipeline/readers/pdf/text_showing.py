"""Text shown on the canvas, by the text state of a content stream."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from math import hypot

from pdfminer.utils import mult_matrix

from pipeline.readers.pdf.canvas import UNIT, Canvas, Matrix, way_of
from pipeline.readers.pdf.fonts import Font

# In thousandths of an em: a smaller step between letters is kerning.
_KERN = 50.0
# The strings and steps of an array that is one token (`tokens`).
_STEP = re.compile(rb"(<[^>]*+>)\s*+([-.0-9]*+)")
_ITEM = re.compile(rb"<[^>]*+>|[-.0-9]++")


class TextShowing:
    """The text state, and the operators that show text by it."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._ctm: Matrix = UNIT
        self._font: Font | None = None
        self._fontsize = self._charspace = self._wordspace = 0.0
        self._leading = self._rise = 0.0
        self._scale = 1.0
        self._matrix: Matrix = UNIT  # of the text line
        self._pen = 0.0  # along the line, in units of the text matrix
        # Whether size and direction, and whether the origin must be worked out anew.
        self._turned = self._moved = True
        self._size = self._height = 0.0  # of a letter, and of one of size 1, in points

    def _tj(self, operands: list[bytes]) -> None:
        font, token = self._font, operands[-1]
        shown = font.known.get(token) if font is not None else None
        if shown is None or self._turned or self._moved or self._charspace or shown.blanks:
            self._tj_array([token])
            return
        # The same in short: some producers place every letter by itself.
        start = self._start + self._pen * self._stretch
        self._pen += shown.width * self._fontsize * self._scale
        end = self._start + self._pen * self._stretch
        self._canvas.show(shown.text, start, end, self._base, self._size)

    def _tj_array(self, operands: list[bytes]) -> None:
        font = self._font
        if font is None or font.upright:
            return
        if self._turned or self._moved:
            self._turn()
        if len(operands) == 1 and operands[0][:2] == b"[<":
            if self._charspace or self._wordspace or not self._show_kerned(font, operands[0]):
                self._show_items(font, _ITEM.findall(operands[0]))
        else:
            whole = (_ITEM.findall(own) if own[:2] == b"[<" else [own] for own in operands)
            self._show_items(font, chain.from_iterable(whole))

    def _show_kerned(self, font: Font, array: bytes) -> bool:
        """Show an array that is one token; False where a string in it has to be shown apart."""
        steps = [(font.known.get(s) or font.shown(s), step) for s, step in _STEP.findall(array)]
        if any("  " in shown.text for shown, _ in steps):
            return False
        unit, origin, stretch = self._scale * self._fontsize, self._start, self._stretch
        texts: list[str] = []
        start = pen = self._pen
        for (text, width, _, _), step in steps:
            texts.append(text)
            pen += width * unit
            if step:
                gap = float(step)
                end = pen
                pen -= 0.001 * gap * unit
                if not -_KERN < gap < _KERN:
                    x0, x1 = origin + start * stretch, origin + end * stretch
                    self._canvas.show("".join(texts), x0, x1, self._base, self._size)
                    texts.clear()
                    start = pen
        if texts:
            x0, x1 = origin + start * stretch, origin + pen * stretch
            self._canvas.show("".join(texts), x0, x1, self._base, self._size)
        self._pen = pen
        return True

    def _show_items(self, font: Font, items: Iterable[bytes]) -> None:
        """Show strings and steps one after the other."""
        unit = self._scale * self._fontsize
        apart = abs(self._charspace) > 0.1 * abs(self._fontsize)
        parts: list[str] = []
        start = pen = self._pen
        for item in items:
            kind = item[0]
            if kind == 60 or kind == 40:  # < and ( open a string
                text, width, codes, blanks = font.shown(item)
                # Letters apart and columns parted by blanks are painted one by one.
                if apart or "  " in text:
                    self._paint(parts, start, pen)
                    start = pen = self._paint_apart(font.glyphs(item), pen)
                    continue
                parts.append(text)
                space = codes * self._charspace + blanks * self._wordspace
                pen += width * unit + space * self._scale
            elif kind != 91 and kind != 93:  # the array's brackets
                gap = float(item)
                if not -_KERN < gap < _KERN:
                    self._paint(parts, start, pen)
                    start = pen - 0.001 * gap * unit
                pen -= 0.001 * gap * unit
        self._paint(parts, start, pen)
        self._pen = pen

    def _paint_apart(self, glyphs: list[tuple[str, float, bool]], pen: float) -> float:
        for text, width, is_blank in glyphs:
            end = pen + width * self._fontsize * self._scale
            self._paint([text], pen, end)
            pen = end + (self._charspace + is_blank * self._wordspace) * self._scale
        return pen

    def _paint(self, parts: list[str], start: float, end: float) -> None:
        """Paint what stands from `start` to `end` on the text line, and empty `parts`."""
        if parts:
            x0 = self._start + start * self._stretch
            x1 = self._start + end * self._stretch
            self._canvas.show("".join(parts), x0, x1, self._base, self._size)
            parts.clear()

    def _turn(self) -> None:
        """Work out size, direction and origin of text from the matrices."""
        a, b, c, d, e, f = mult_matrix(self._matrix, self._ctm)
        if self._turned:
            self._height = hypot(c, d)
            self._size = abs(self._fontsize) * self._height
            # Unit vector of the baseline; text that runs upright has (1, 0).
            self._stretch = hypot(a, b) or 1.0
            ux, uy = self._direction = a / self._stretch, b / self._stretch
            self._canvas.turn(way_of(ux, uy))
            # What a step of one unit along the text line, and one up from it, adds to both.
            self._steps = (self._stretch, c * ux + d * uy, d * ux - c * uy)
        ux, uy = self._direction
        x, y = e + self._rise * c, f + self._rise * d
        self._start = x * ux + y * uy
        self._base = y * ux - x * uy
        self._turned = self._moved = False
