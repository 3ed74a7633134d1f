"""One PDF page to glyphs in content-stream order, and the ruling lines painted on it.

Built on pdfminer.six's interpreter without its layout analysis: sorting glyphs by x displaces
Thai marks, which have no width of their own. `/ActualText` is honoured, because Chromium and
others write a mark stack as one unmapped glyph run with its text beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1, stream_value
from pdfminer.psparser import PSLiteral
from pdfminer.utils import mult_matrix

from pipeline.readers.pdf_operators import operations
from pipeline.readers.pdf_rules import rules_of
from pipeline.readers.pdf_sara_am import Rings
from pipeline.readers.pdf_values import UNKNOWN, Glyph, PageContent, Rule, is_mark

# A drawing, not a table: beyond this many ruling lines a page's paths are no longer collected.
MAX_RULES = 4000
# Forms inside forms can multiply without end; real pages use a few dozen.
MAX_FORMS = 20_000


class GlyphReader:
    """Reads the pages of one document; fonts are parsed once."""

    def __init__(self) -> None:
        resources = PDFResourceManager()
        self._device = _GlyphDevice(resources)
        self._interpreter = _Interpreter(resources, self._device)

    def read(self, page: PDFPage) -> PageContent:
        """The content of `page`, as far as it can be read (`PageContent.complete`)."""
        self._device.start_page()
        try:
            self._interpreter.process_page(page)
        except Exception:  # one odd stream must not cost the document its other pages
            self._device.complete = False
        glyphs = self._device.rings.resolve(self._device.glyphs)
        x0, y0, x1, y1 = page.mediabox
        height = abs(x1 - x0) if page.rotate in (90, 270) else abs(y1 - y0)
        return PageContent(glyphs, self._device.rules, height, self._device.complete)


class _Interpreter(PDFPageInterpreter):  # type: ignore[misc]
    def execute(self, streams: Sequence[Any]) -> None:
        self.stream_ids = {stream.objid for stream in map(stream_value, streams)}
        self.stream_ids -= {None}
        if self.stream_ids & self.parent_stream_ids:
            return  # a form that shows itself
        # Several streams are one: an operation may start in one and end in the next.
        data = b"\n".join(stream_value(stream).get_data() for stream in streams)
        for operator, operands in operations(data):
            known = _OPERATORS.get(operator)
            if known and len(operands) >= known[1]:
                method, count = known
                try:
                    getattr(self, method)(*operands[len(operands) - count :])
                except Exception:  # one odd operation must not cost the page its other text
                    self.device.complete = False

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
            self.device.set_ctm(self.ctm)


def _operators() -> dict[bytes, tuple[str, int]]:
    """The operators that place text or paint paths: method of the interpreter, operand count."""
    counts = {
        0: "q Q BT ET T* EMC h S s f F f* B B* b b* n",
        1: "Tc Tw Tz TL Tr Ts Tj TJ ' Do BMC",
        2: "Tf Td TD BDC m l",
        3: '"',
        4: "v y re",
        6: "cm Tm c",
    }
    renamed = {"'": "_q", '"': "_w", "F": "f"}
    return {
        name.encode(): ("do_" + renamed.get(name, name).replace("*", "_a"), count)
        for count, names in counts.items()
        for name in names.split()
    }


_OPERATORS = _operators()


class _GlyphDevice(PDFTextDevice):  # type: ignore[misc]
    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.rings = Rings()
        self._known: dict[Any, dict[int, tuple[str, float]]] = {}
        self.start_page()

    def start_page(self) -> None:
        self.glyphs: list[Glyph] = []
        self.rules: list[Rule] = []
        self.forms = 0
        self.complete = True
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
                        known[code] = self._glyph_of(font, code)
                    text, width = known[code]
                    advance = width * step
                    self._show(text, start + at, start + at + advance, base, size)
                    at += advance + charspace + (wordspace if code == 32 else 0)
            elif isinstance(item, (int, float)):
                at -= item * 0.001 * step
        textstate.linematrix = (at / stretch, y)

    def _glyph_of(self, font: Any, code: int) -> tuple[str, float]:
        text, width = _text_of(font, code), _width_of(font, code)
        if text in ("", UNKNOWN) and width < 0.01:
            text = self.rings.stand_in(font, code, text=text)
        return text, width

    def _show(self, text: str, x0: float, x1: float, y: float, size: float) -> None:
        if self._actual is None:
            if text == UNKNOWN and self._follows_bare_sara_am():
                self.glyphs[-1] = self.glyphs[-1]._replace(x1=x1)
            elif text:
                self.glyphs.append(Glyph(text, x0, x1, y, size))
        elif not self._span_started:
            self._span_started = True
            self.glyphs.append(Glyph(self._actual, x0, x1, y, size))
        elif x1 > (last := self.glyphs[-1]).x1:
            self.glyphs[-1] = last._replace(x1=x1)

    def _follows_bare_sara_am(self) -> bool:
        """Whether the last glyph is the ring of a ำ that maps to all of it; its า has no text."""
        last = self.glyphs[-1] if self.glyphs else None
        return last is not None and last.text[-1] == "ำ" and last.x1 - last.x0 < 0.01 * last.size

    def paint_path(
        self, _state: Any, stroke: bool, _fill: bool, _evenodd: bool, path: Sequence[Any]
    ) -> None:
        if len(self.rules) < MAX_RULES and len(path) <= 4 * MAX_RULES:
            self.rules.extend(rules_of(path, self.ctm, stroke=stroke))


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


def _text_of(font: Any, code: int) -> str:
    """The text of a glyph code; U+FFFD where the font tells none or a control character."""
    try:
        text = font.to_unichr(code)
    except (PDFUnicodeNotDefined, KeyError, ValueError, IndexError):
        return UNKNOWN
    odd = not isinstance(text, str) or any(c < " " or "\x7f" <= c < "\xa0" for c in text)
    return UNKNOWN if odd else text


def _width_of(font: Any, code: int) -> float:
    """The width of a glyph code, in ems."""
    try:
        return float(font.char_width(code))
    except (TypeError, ValueError, KeyError):
        return 0.0
