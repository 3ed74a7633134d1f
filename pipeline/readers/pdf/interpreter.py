"""A page's content stream run: the text and graphics state, and what is painted on the canvas."""

from __future__ import annotations

from collections.abc import Mapping
from math import hypot
from typing import Any

from pdfminer.pdftypes import PDFStream, dict_value, resolve1
from pdfminer.utils import mult_matrix

from pipeline.readers.pdf.canvas import Canvas, Matrix, way_of
from pipeline.readers.pdf.fonts import Font
from pipeline.readers.pdf.streams import TooMuchError
from pipeline.readers.pdf.tokens import name_of, string_of, text_of, tokens

# Forms inside forms can multiply without end; real pages use a few dozen, nested two deep.
MAX_FORMS = 20_000
MAX_FORM_DEPTH = 30
# Bytes of content that a page runs through, forms each time they are shown; a large map has 20 MB.
MAX_CONTENT = 40_000_000
# In thousandths of an em: a smaller step between letters is kerning.
_KERN = 50.0
_MAX_SAVED = 10_000

_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Interpreter:
    """Runs content streams: the text and graphics state, and what is painted on the canvas."""

    def __init__(self, canvas: Canvas, fonts: dict[int, Font]) -> None:
        self._canvas = canvas
        self._known_fonts = fonts
        self._resources: Mapping[str, Any] = {}
        self._saved: list[tuple[Any, ...]] = []
        self._ctm: Matrix = _UNIT
        self._font: Font | None = None
        self._fontsize = self._charspace = self._wordspace = 0.0
        self._leading = self._rise = 0.0
        self._scale = 1.0
        self._matrix: Matrix = _UNIT  # of the text line
        self._pen = 0.0  # along the line, in units of the text matrix
        # Whether size and direction, and whether the origin must be worked out anew.
        self._turned = self._moved = True
        self._fonts_here: dict[bytes, Font | None] = {}
        self._texts: dict[bytes, str] = {}
        self._path: list[tuple[Any, ...]] = []
        self._content_left = MAX_CONTENT
        self._forms: list[int] = []
        self._forms_left = MAX_FORMS
        self._methods = {name: getattr(self, method) for name, method in _METHODS.items()}

    def run(self, data: bytes, resources: Any) -> None:
        """Execute a content stream. Raises `TooMuchError` beyond the limits of a page."""
        self._content_left -= len(data)
        if self._content_left < 0:
            raise TooMuchError
        outer, self._resources = self._resources, dict_value(resources or {})
        self._fonts_here = {}
        operands: list[bytes] = []
        push, find = operands.append, self._methods.get
        for token in tokens(data):
            method = find(token)
            if method is not None:
                try:
                    method(operands)
                except (ValueError, IndexError):
                    pass  # operands that are missing or no numbers: viewers pass over it, too
                except TooMuchError:
                    raise
                except Exception:  # one odd operation must not cost the page its other text
                    self._canvas.complete = False
                operands.clear()
            elif token[0] > 57 and token.isalpha():
                operands.clear()
            else:
                push(token)
        self._resources, self._fonts_here = outer, {}

    # Graphics state

    def _q(self, _: list[bytes]) -> None:
        if len(self._saved) < _MAX_SAVED:
            self._saved.append(
                (self._ctm, self._font, self._fontsize, self._charspace, self._wordspace,
                 self._leading, self._rise, self._scale, self._canvas.hides)
            )  # fmt: skip

    def _restore(self, _: list[bytes]) -> None:
        if self._saved:
            (self._ctm, self._font, self._fontsize, self._charspace, self._wordspace,
             self._leading, self._rise, self._scale,
             self._canvas.hides) = self._saved.pop()  # fmt: skip
            self._turned = True

    def _cm(self, operands: list[bytes]) -> None:
        self._ctm = mult_matrix(_matrix(operands), self._ctm)
        self._turned = True

    # Text state

    def _begin_text(self, _: list[bytes]) -> None:
        self._matrix, self._pen, self._turned = _UNIT, 0.0, True

    def _tf(self, operands: list[bytes]) -> None:
        size, name = float(operands[-1]), operands[-2]
        self._turned = self._turned or size != self._fontsize
        self._fontsize = size
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
        matrix = _matrix(operands)
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

    # Text

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
        font, size = self._font, self._fontsize
        if font is None or font.upright:
            return
        if self._turned or self._moved:
            self._turn()
        unit, apart = self._scale * size, abs(self._charspace) > 0.1 * abs(size)
        parts: list[str] = []
        start = pen = self._pen
        for item in operands:
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
            self._size = abs(self._fontsize) * hypot(c, d)
            # Unit vector of the baseline; text that runs upright has (1, 0).
            self._stretch = hypot(a, b) or 1.0
            self._ux, self._uy = a / self._stretch, b / self._stretch
            self._canvas.turn(way_of(self._ux, self._uy))
        x, y = e + self._rise * c, f + self._rise * d
        self._start = x * self._ux + y * self._uy
        self._base = y * self._ux - x * self._uy
        # What a step of one unit along the text line, and one up from it, adds to both.
        self._steps = (self._stretch, c * self._ux + d * self._uy, d * self._ux - c * self._uy)
        self._turned = self._moved = False

    # Marked content

    def _bdc(self, operands: list[bytes]) -> None:
        self._canvas.begin_span(self._actual_text(operands))

    def _bmc(self, _: list[bytes]) -> None:
        self._canvas.begin_span(None)

    def _emc(self, _: list[bytes]) -> None:
        self._canvas.end_span()

    def _actual_text(self, operands: list[bytes]) -> str | None:
        if b"/ActualText" in operands[:-1]:
            value = operands[operands.index(b"/ActualText") + 1]
            if value not in self._texts:
                self._texts[value] = text_of(string_of(value))
            return self._texts[value]
        # The properties may be a name to look up in the resources of the stream being read.
        if operands[-1][:1] != b"/" or "Properties" not in self._resources:
            return None
        properties = dict_value(self._resources["Properties"]).get(name_of(operands[-1]))
        value = resolve1((resolve1(properties) or {}).get("ActualText"))
        return text_of(value) if isinstance(value, bytes) else None

    # Paths

    def _move(self, operands: list[bytes]) -> None:
        self._path.append(("m", float(operands[-2]), float(operands[-1])))

    def _line(self, operands: list[bytes]) -> None:
        self._path.append(("l", float(operands[-2]), float(operands[-1])))

    def _curve(self, _: list[bytes]) -> None:
        self._path.append(("c",))

    def _close_path(self, _: list[bytes]) -> None:
        self._path.append(("h",))

    def _rectangle(self, operands: list[bytes]) -> None:
        x, y, width, height = map(float, operands[-4:])
        self._path += [("m", x, y), ("l", x + width, y), ("l", x + width, y + height),
                       ("l", x, y + height), ("h",)]  # fmt: skip

    def _stroke(self, _: list[bytes]) -> None:
        self._canvas.paint_path(self._path, self._ctm, stroke=True)
        self._path = []

    def _close_stroke(self, operands: list[bytes]) -> None:
        self._close_path(operands)
        self._stroke(operands)

    def _fill(self, _: list[bytes]) -> None:
        self._canvas.paint_path(self._path, self._ctm, stroke=False)
        self._path = []

    def _end_path(self, _: list[bytes]) -> None:
        self._path = []

    def _picture(self, _: list[bytes]) -> None:
        self._canvas.paint_picture(self._ctm)

    def _shade(self, _: list[bytes]) -> None:
        self._canvas.blank = False

    # Forms

    def _do(self, operands: list[bytes]) -> None:
        known = dict_value(self._resources.get("XObject", {}))
        stream = resolve1(known.get(name_of(operands[-1])))
        if not isinstance(stream, PDFStream):
            return
        if getattr(resolve1(stream.get("Subtype")), "name", "") == "Form":
            self.form(stream)
        else:
            self._picture(operands)

    def form(self, stream: PDFStream, placed: Matrix = _UNIT) -> None:
        """Show a form; `placed` is what moves it to its place on the page."""
        self._forms_left -= 1
        if self._forms_left < 0:
            raise TooMuchError
        key = id(stream)
        if key in self._forms or len(self._forms) >= MAX_FORM_DEPTH:
            return  # a form that shows itself
        matrix = tuple(map(float, resolve1(stream.get("Matrix")) or _UNIT))
        if len(matrix) != 6:
            raise TypeError("a form's matrix has six numbers")
        self._q([])
        depth, text = len(self._saved), (self._matrix, self._pen)
        self._ctm = mult_matrix(mult_matrix(matrix, placed), self._ctm)
        self._turned = True
        self._forms.append(key)
        try:
            self.run(stream.get_data(), resolve1(stream.get("Resources")) or self._resources)
        finally:
            self._forms.pop()
            del self._saved[depth:]
            self._restore([])
            self._matrix, self._pen = text


_METHODS: dict[bytes, str] = {
    b"q": "_q", b"Q": "_restore", b"cm": "_cm",
    b"BT": "_begin_text", b"Tf": "_tf", b"Tc": "_tc", b"Tw": "_tw", b"Tz": "_tz", b"TL": "_tl",
    b"Ts": "_ts", b"Tr": "_tr", b"Td": "_td", b"TD": "_td_leading", b"Tm": "_tm",
    b"T*": "_next_line",
    b"Tj": "_tj", b"TJ": "_tj_array", b"'": "_quote", b'"': "_double_quote",
    b"BDC": "_bdc", b"BMC": "_bmc", b"EMC": "_emc",
    b"m": "_move", b"l": "_line", b"c": "_curve", b"v": "_curve", b"y": "_curve",
    b"h": "_close_path", b"re": "_rectangle", b"S": "_stroke", b"s": "_close_stroke",
    b"f": "_fill", b"F": "_fill", b"f*": "_fill", b"B": "_stroke", b"B*": "_stroke",
    b"b": "_close_stroke", b"b*": "_close_stroke", b"n": "_end_path",
    b"sh": "_shade", b"BI": "_picture", b"Do": "_do",
}  # fmt: skip


def _matrix(operands: list[bytes]) -> Matrix:
    a, b, c, d, e, f = map(float, operands[-6:])
    return (a, b, c, d, e, f)
