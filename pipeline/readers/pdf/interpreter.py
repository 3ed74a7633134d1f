"""A page's content stream run: the graphics state, and what is painted on the canvas."""

from __future__ import annotations

from typing import Any

from pdfminer.pdftypes import PDFStream, dict_value, resolve1
from pdfminer.utils import mult_matrix

from pipeline.readers.pdf.canvas import UNIT, Canvas, Matrix
from pipeline.readers.pdf.fonts import Font
from pipeline.readers.pdf.streams import TooMuchError
from pipeline.readers.pdf.text_operators import TextOperators, matrix_of
from pipeline.readers.pdf.tokens import name_of, string_of, text_of, tokens

# Forms inside forms can multiply without end; real pages use a few dozen, nested two deep.
MAX_FORMS = 20_000
MAX_FORM_DEPTH = 30
# Bytes of content that a page runs through, forms each time they are shown; a large map has 20 MB.
MAX_CONTENT = 40_000_000
_MAX_SAVED = 10_000


class Interpreter(TextOperators):
    """Runs content streams: the text and graphics state, and what is painted on the canvas."""

    def __init__(self, canvas: Canvas, fonts: dict[int, Font]) -> None:
        super().__init__(canvas, fonts)
        self._saved: list[tuple[Any, ...]] = []
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
            ctm = self._ctm
            (self._ctm, self._font, self._fontsize, self._charspace, self._wordspace,
             self._leading, self._rise, self._scale,
             self._canvas.hides) = self._saved.pop()  # fmt: skip
            self._turned = self._turned or ctm is not self._ctm
            self._size = abs(self._fontsize) * self._height
            self._moved = True

    def _cm(self, operands: list[bytes]) -> None:
        self._ctm = mult_matrix(matrix_of(operands), self._ctm)
        self._turned = True

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

    def form(self, stream: PDFStream, placed: Matrix = UNIT) -> None:
        """Show a form; `placed` is what moves it to its place on the page."""
        self._forms_left -= 1
        if self._forms_left < 0:
            raise TooMuchError
        key = id(stream)
        if key in self._forms or len(self._forms) >= MAX_FORM_DEPTH:
            return  # a form that shows itself
        matrix = tuple(map(float, resolve1(stream.get("Matrix")) or UNIT))
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
            self._turned = True


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
