"""One PDF page to glyphs in content-stream order, and the ruling lines painted on it.

Built on pdfminer.six's interpreter without its layout analysis: sorting glyphs by x displaces
Thai marks, which have no width of their own. `/ActualText` is honoured, because Chromium and
others write a mark stack as one unmapped glyph run with its text beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot
from typing import Any, NamedTuple

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import mult_matrix

UNKNOWN = "\ufffd"

# A drawing, not a table: beyond this many ruling lines a page's paths are no longer collected.
MAX_RULES = 4000
# Forms inside forms can multiply without end; real pages use a few dozen.
MAX_FORMS = 20_000
_THIN = 3.0


_MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎") | {
    chr(code) for code in (*range(0xF701, 0xF70F), *range(0xF710, 0xF71B), 0xF71E, 0xF71F)
}


def is_mark(char: str) -> bool:
    """Whether `char` is a Thai mark, also as a glyph code of the private use area."""
    return char in _MARKS


class Glyph(NamedTuple):
    """A piece of text at a place: points, origin bottom left, `y` the baseline.

    `text` is mostly one character; an `/ActualText` span is one glyph. `size` is the font's
    height. Text that does not run from left to right has coordinates along its own direction.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float


class Rule(NamedTuple):
    """A horizontal (`y0 == y1`) or vertical (`x0 == x1`) ruling line, in points."""

    x0: float
    y0: float
    x1: float
    y1: float


class PageContent(NamedTuple):
    """What one page shows, in the order in which it is painted; sizes in points."""

    glyphs: list[Glyph]
    rules: list[Rule]
    height: float


class GlyphReader:
    """Reads the pages of one document; fonts are parsed once."""

    def __init__(self) -> None:
        resources = PDFResourceManager()
        self._device = _GlyphDevice(resources)
        self._interpreter = _Interpreter(resources, self._device)

    def read(self, page: PDFPage) -> PageContent:
        """The content of `page`."""
        self._device.start_page()
        self._interpreter.process_page(page)
        x0, y0, x1, y1 = page.mediabox
        height = abs(x1 - x0) if page.rotate in (90, 270) else abs(y1 - y0)
        return PageContent(self._device.glyphs, self._device.rules, height)


class _Interpreter(PDFPageInterpreter):  # type: ignore[misc]
    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802
        # The properties may be a name to look up in the resources of the stream being read.
        if isinstance(props, PSLiteral):
            named = resolve1(self.resources.get("Properties")) if self.resources else None
            props = named.get(props.name) if isinstance(named, dict) else None
        self.device.begin_tag(tag, resolve1(props))

    def do_BMC(self, tag: Any) -> None:  # noqa: N802
        self.device.begin_tag(tag)

    def do_TJ(self, seq: Any) -> None:  # noqa: N802
        if self.textstate.font is not None:
            self.device.render_string(self.textstate, seq, None, None)

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        self.device.forms += 1
        if self.device.forms <= MAX_FORMS:
            super().do_Do(xobjid_arg)


class _GlyphDevice(PDFTextDevice):  # type: ignore[misc]
    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self._known: dict[Any, dict[int, tuple[str, float]]] = {}
        self.start_page()

    def start_page(self) -> None:
        self.glyphs: list[Glyph] = []
        self.rules: list[Rule] = []
        self.forms = 0
        # The text of each open marked-content span, or None; the outermost text counts.
        self._spans: list[str | None] = []
        self._actual: str | None = None
        self._depth = 0
        self._span_started = False

    def begin_tag(self, _tag: Any, props: Any = None) -> None:
        text = _actual_text(props) if isinstance(props, dict) else None
        self._spans.append(text)
        if text is not None and self._actual is None:
            self._actual, self._depth, self._span_started = text, len(self._spans), False

    def end_tag(self) -> None:
        if not self._spans:
            return
        if self._actual is not None and len(self._spans) == self._depth:
            self._actual = None
            if self._span_started and _is_leftover(self.glyphs[-1]):
                self.glyphs.pop()
        self._spans.pop()

    def render_string(self, textstate: Any, seq: Any, _ncs: Any, _graphicstate: Any) -> None:
        a, b, c, d, e, f = mult_matrix(textstate.matrix, self.ctm)
        font, fontsize = textstate.font, textstate.fontsize
        scaling = textstate.scaling * 0.01
        x, y = textstate.linematrix
        if font.is_vertical():
            return
        size = abs(fontsize) * hypot(c, d)
        # Unit vector of the baseline; text that runs upright has (1, 0).
        stretch = hypot(a, b) or 1.0
        ux, uy = a / stretch, b / stretch
        lift = y + textstate.rise
        ox, oy = c * lift + e, d * lift + f
        start, base = ox * ux + oy * uy, oy * ux - ox * uy
        step = stretch * fontsize * scaling
        charspace = textstate.charspace * scaling * stretch
        wordspace = 0 if font.is_multibyte() else textstate.wordspace * scaling * stretch
        known = self._known.setdefault(font, {})
        at = x * stretch
        for item in seq if isinstance(seq, (list, tuple)) else ():
            if isinstance(item, bytes):
                for code in font.decode(item):
                    if code not in known:
                        known[code] = _glyph_of(font, code)
                    text, width = known[code]
                    advance = width * step
                    self._show(text, start + at, start + at + advance, base, size)
                    at += advance + charspace + (wordspace if code == 32 else 0)
            elif isinstance(item, (int, float)):
                at -= item * 0.001 * step
        textstate.linematrix = (at / stretch, y)

    def _show(self, text: str, x0: float, x1: float, y: float, size: float) -> None:
        if self._actual is None:
            if text:
                self.glyphs.append(Glyph(text, x0, x1, y, size))
        elif not self._span_started:
            self._span_started = True
            self.glyphs.append(Glyph(self._actual, x0, x1, y, size))
        elif x1 > (last := self.glyphs[-1]).x1:
            self.glyphs[-1] = last._replace(x1=x1)

    def paint_path(
        self, _state: Any, stroke: bool, _fill: bool, _evenodd: bool, path: Sequence[Any]
    ) -> None:
        if len(self.rules) < MAX_RULES and len(path) <= 4 * MAX_RULES:
            self.rules.extend(_rules_of(path, self.ctm, stroke=stroke))


def _is_leftover(span: Glyph) -> bool:
    """Whether only the marks of a span were painted though its text has a letter.

    Chromium leaves these at the foot of a page for the clusters that begin the next one.
    """
    return span.x1 - span.x0 < 0.01 * span.size and not all(map(is_mark, span.text))


def _actual_text(props: dict[str, Any]) -> str | None:
    value = resolve1(props.get("ActualText"))
    if not isinstance(value, bytes):
        return None
    if value[:2] == b"\xfe\xff":
        return value[2:].decode("utf-16-be", "replace")
    if value[:3] == b"\xef\xbb\xbf":
        return value[3:].decode("utf-8", "replace")
    return value.decode("latin-1")


def _glyph_of(font: Any, code: int) -> tuple[str, float]:
    """The text of a glyph code and its width in text space; U+FFFD where the font tells none."""
    try:
        text = font.to_unichr(code)
    except (PDFUnicodeNotDefined, KeyError, ValueError, IndexError):
        text = UNKNOWN
    if not isinstance(text, str) or any(char < " " or "\x7f" <= char < "\xa0" for char in text):
        text = UNKNOWN
    try:
        width = float(font.char_width(code))
    except (TypeError, ValueError, KeyError):
        width = 0.0
    return text, width


def _rules_of(path: Sequence[Any], ctm: Any, *, stroke: bool) -> list[Rule]:
    """The upright straight lines of a path; a thin filled bar is one line along its middle."""
    rules: list[Rule] = []
    for points in _subpaths(path, ctm):
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        if x1 - x0 <= _THIN or y1 - y0 <= _THIN:
            rules.append(_bar(x0, y0, x1, y1))
        elif stroke or _is_box(points):
            pairs = zip(points, points[1:], strict=False)
            rules.extend(Rule(*_ordered(p, q)) for p, q in pairs if p[0] == q[0] or p[1] == q[1])
    return [rule for rule in rules if rule.x1 - rule.x0 + rule.y1 - rule.y0 >= _THIN]


def _bar(x0: float, y0: float, x1: float, y1: float) -> Rule:
    if x1 - x0 >= y1 - y0:
        middle = (y0 + y1) / 2
        return Rule(x0, middle, x1, middle)
    middle = (x0 + x1) / 2
    return Rule(middle, y0, middle, y1)


def _ordered(p: tuple[float, float], q: tuple[float, float]) -> tuple[float, float, float, float]:
    return min(p[0], q[0]), min(p[1], q[1]), max(p[0], q[0]), max(p[1], q[1])


def _is_box(points: list[tuple[float, float]]) -> bool:
    return len(points) in (4, 5) and all(
        p[0] == q[0] or p[1] == q[1] for p, q in zip(points, points[1:], strict=False)
    )


def _subpaths(path: Sequence[Any], ctm: Any) -> list[list[tuple[float, float]]]:
    a, b, c, d, e, f = ctm
    found: list[list[tuple[float, float]]] = []
    for segment in path:
        if segment[0] == "m":
            found.append([])
        if not found:
            continue
        if segment[0] == "h":
            found[-1].append(found[-1][0])
        elif segment[0] in "ml":
            x, y = segment[1], segment[2]
            found[-1].append((round(a * x + c * y + e, 2), round(b * x + d * y + f, 2)))
        else:
            found[-1] = []  # a curve: no box, no rule
    return [points for points in found if len(points) > 1]
