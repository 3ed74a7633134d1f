"""The operators of a content stream that set the text state and place text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pdfminer.pdftypes import dict_value

from pipeline.readers.pdf.canvas import UNIT, Canvas, Matrix
from pipeline.readers.pdf.fonts import Font
from pipeline.readers.pdf.text_showing import TextShowing
from pipeline.readers.pdf.tokens import name_of


class TextOperators(TextShowing):
    """The fonts, and where text goes."""

    def __init__(self, canvas: Canvas, fonts: dict[int, Font]) -> None:
        super().__init__(canvas)
        self._known_fonts = fonts
        self._resources: Mapping[str, Any] = {}
        self._fonts_here: dict[bytes, Font | None] = {}

    def _begin_text(self, _: list[bytes]) -> None:
        self._turned = self._turned or self._matrix[:4] != UNIT[:4]
        self._matrix, self._pen, self._moved = UNIT, 0.0, True

    def _tf(self, operands: list[bytes]) -> None:
        size, name = float(operands[-1]), operands[-2]
        if size != self._fontsize:
            self._fontsize, self._size = size, abs(size) * self._height
        if name not in self._fonts_here:
            self._fonts_here[name] = self._font_named(name_of(name))
        self._font = self._fonts_here[name]

    def _font_named(self, name: str) -> Font | None:
        fonts = dict_value(self._resources.get("Font", {}))
        if name not in fonts:
            return None
        key = getattr(fonts[name], "objid", None) or id(fonts[name])
        if key not in self._known_fonts:
            self._known_fonts[key] = Font(dict_value(fonts[name]))
        return self._known_fonts[key]

    def _tc(self, operands: list[bytes]) -> None:
        self._charspace = float(operands[-1])

    def _tw(self, operands: list[bytes]) -> None:
        self._wordspace = float(operands[-1])

    def _tz(self, operands: list[bytes]) -> None:
        self._scale = float(operands[-1]) / 100

    def _tl(self, operands: list[bytes]) -> None:
        self._leading = float(operands[-1])

    def _ts(self, operands: list[bytes]) -> None:
        self._rise, self._moved = float(operands[-1]), True

    def _tr(self, operands: list[bytes]) -> None:
        self._canvas.hides = operands[-1] == b"3"

    # Text lines

    def _td(self, operands: list[bytes]) -> None:
        a, b, c, d, e, f = self._matrix
        x, y = float(operands[-2]), float(operands[-1])
        self._matrix = (a, b, c, d, e + x * a + y * c, f + x * b + y * d)
        self._pen = 0.0
        if not self._turned and not self._moved:
            along, across, up = self._steps
            self._start += x * along + y * across
            self._base += y * up

    def _td_leading(self, operands: list[bytes]) -> None:
        self._leading = -float(operands[-1])
        self._td(operands)

    def _tm(self, operands: list[bytes]) -> None:
        matrix = matrix_of(operands)
        self._turned = self._turned or matrix[:4] != self._matrix[:4]
        self._matrix, self._pen, self._moved = matrix, 0.0, True

    def _next_line(self, _: list[bytes]) -> None:
        self._td([b"0", b"%f" % -self._leading])

    def _quote(self, operands: list[bytes]) -> None:
        self._next_line(operands)
        self._tj(operands)

    def _double_quote(self, operands: list[bytes]) -> None:
        self._wordspace, self._charspace = float(operands[-3]), float(operands[-2])
        self._quote(operands)


def matrix_of(operands: list[bytes]) -> Matrix:
    """The matrix that the last six operands are. Raises `ValueError`."""
    a, b, c, d, e, f = map(float, operands[-6:])
    return (a, b, c, d, e, f)
