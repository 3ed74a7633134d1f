"""One PDF page to glyph runs in content-stream order, and the ruling lines painted on it.

pdfminer.six gives the objects and the fonts; the content stream is interpreted here. Sorting
glyphs by x would displace Thai marks, which have no width of their own. `/ActualText` is
honoured, because Chromium and others write a mark stack as one unmapped glyph run with its text
beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from enum import Enum
from math import hypot
from typing import Any

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value, resolve1, stream_value
from pdfminer.utils import mult_matrix

from pipeline.readers.pdf_annotations import Annotation, annotations_of
from pipeline.readers.pdf_fonts import Font
from pipeline.readers.pdf_overlays import Overlay, with_overlays
from pipeline.readers.pdf_rules import add_rules, rules_of
from pipeline.readers.pdf_streams import TooMuchError
from pipeline.readers.pdf_tokens import name_of, string_of, text_of, tokens
from pipeline.readers.pdf_values import UNKNOWN, Glyph, PageContent, Rule, is_mark

# A drawing, not a table: beyond this many ruling lines a page's paths are no longer collected.
MAX_RULES = 4000
# Forms inside forms can multiply without end; real pages use a few dozen, nested two deep.
MAX_FORMS = 20_000
MAX_FORM_DEPTH = 30
# Bytes of content that a page runs through, forms each time they are shown; a large map has 20 MB.
MAX_CONTENT = 40_000_000
# A page of the smallest print has 20,000 letters.
MAX_PAGE_LETTERS = 200_000
# In thousandths of an em: a smaller step between letters is kerning.
_KERN = 50.0
_MAX_SAVED = 10_000
_MOSTLY = 0.5
_SLANT = 0.34  # the sine of 20 degrees

Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class GlyphReader:
    """Reads the pages of one document; fonts are parsed once."""

    def __init__(self) -> None:
        self._fonts: dict[int, Font] = {}

    def read(self, page: PDFPage) -> PageContent:
        """The content of `page`, as far as it can be read (`PageContent.complete`)."""
        canvas = _Canvas()
        interpreter = _Interpreter(canvas, self._fonts)
        excessive = False
        try:
            # Several streams are one: an operation may start in one and end in the next.
            data = b"\n".join(stream_value(stream).get_data() for stream in page.contents)
            interpreter.run(data, page.resources)
        except TooMuchError:
            canvas.complete, excessive = False, True
        except Exception:  # one odd stream must not cost the document its other pages
            canvas.complete = False
        glyphs, *asides = canvas.take()
        overlays = [] if excessive else self._overlays(page)
        x0, y0, x1, y1 = page.mediabox
        height = abs(x1 - x0) if page.rotate in (90, 270) else abs(y1 - y0)
        blank = canvas.blank and canvas.complete and not overlays
        return PageContent(
            with_overlays(glyphs, overlays),
            canvas.rules,
            height,
            canvas.complete,
            blank,
            excessive,
            pictured=min(1.0, canvas.pictured / (abs((x1 - x0) * (y1 - y0)) or 1.0)),
            invisible=canvas.invisible > _MOSTLY * max(1, canvas.letters),
            asides=asides,
        )

    def _overlays(self, page: PDFPage) -> list[Overlay]:
        """The text of form fields and notes. Their frames are no ruling lines of a table."""
        if not page.annots:
            return []
        canvas = _Canvas()
        interpreter = _Interpreter(canvas, self._fonts)
        overlays = []
        for annotation in annotations_of(page):
            painted = _painted(annotation, canvas, interpreter)
            x0, x1 = annotation.span(page.rotate)
            overlays.append(Overlay(annotation.glyphs(painted, page.rotate), x0, x1))
        return overlays


def _painted(annotation: Annotation, canvas: _Canvas, interpreter: _Interpreter) -> list[Glyph]:
    """What the appearance of an annotation shows."""
    if annotation.appearance is not None:
        with suppress(Exception):  # its value is still there to be written
            interpreter.form(annotation.appearance, annotation.placed)
    return [glyph for glyphs in canvas.take() for glyph in glyphs]


class Way(Enum):
    """The way in which text runs on a page."""

    RIGHT, UP, LEFT, DOWN, SLANTED = range(5)


def _way_of(ux: float, uy: float) -> Way:
    """The way of a unit vector; one within 20 degrees of an axis is that of a page put askew."""
    if abs(uy) < _SLANT:
        return Way.RIGHT if ux > 0 else Way.LEFT
    if abs(ux) < _SLANT:
        return Way.UP if uy > 0 else Way.DOWN
    return Way.SLANTED


class _Canvas:
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


class _Interpreter:
    """Runs content streams: the text and graphics state, and what is painted on the canvas."""

    def __init__(self, canvas: _Canvas, fonts: dict[int, Font]) -> None:
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
            self._canvas.turn(_way_of(self._ux, self._uy))
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
