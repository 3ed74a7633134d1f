"""One PDF page to glyph runs in content-stream order, and the ruling lines painted on it.

pdfminer.six gives the objects and the fonts; `pdf_interpreter` runs the content stream. Sorting
glyphs by x would displace Thai marks, which have no width of their own. `/ActualText` is
honoured, because Chromium and others write a mark stack as one unmapped glyph run with its text
beside it.
"""

from __future__ import annotations

from contextlib import suppress

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import stream_value

from pipeline.readers.pdf.annotations import Annotation, annotations_of
from pipeline.readers.pdf.canvas import Canvas
from pipeline.readers.pdf.fonts import Font
from pipeline.readers.pdf.interpreter import Interpreter
from pipeline.readers.pdf.overlays import Overlay, with_overlays
from pipeline.readers.pdf.streams import TooMuchError
from pipeline.readers.pdf.values import Glyph, PageContent

_MOSTLY = 0.5


class GlyphReader:
    """Reads the pages of one document; fonts are parsed once."""

    def __init__(self) -> None:
        self._fonts: dict[int, Font] = {}

    def read(self, page: PDFPage) -> PageContent:
        """The content of `page`, as far as it can be read (`PageContent.complete`)."""
        canvas = Canvas()
        interpreter = Interpreter(canvas, self._fonts)
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
        canvas = Canvas()
        interpreter = Interpreter(canvas, self._fonts)
        overlays = []
        for annotation in annotations_of(page):
            painted = _painted(annotation, canvas, interpreter)
            x0, x1 = annotation.span(page.rotate)
            overlays.append(Overlay(annotation.glyphs(painted, page.rotate), x0, x1))
        return overlays


def _painted(annotation: Annotation, canvas: Canvas, interpreter: Interpreter) -> list[Glyph]:
    """What the appearance of an annotation shows."""
    if annotation.appearance is not None:
        with suppress(Exception):  # its value is still there to be written
            interpreter.form(annotation.appearance, annotation.placed)
    return [glyph for glyphs in canvas.take() for glyph in glyphs]
