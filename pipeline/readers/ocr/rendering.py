"""PDF pages to images, by PDFium, under a cap on pixels that holds before a pixel is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pypdfium2
from PIL import Image

from pipeline.readers.ocr import pixels

POINTS = 72


Rendered = tuple[int, Image.Image | None, float]


def rendered(data: bytes, numbers: Iterable[int]) -> Iterator[Rendered]:
    """Pages of a PDF (1-based) as grey images with their dpi; None for one that PDFium refuses."""
    with pypdfium2.PdfDocument(data) as document:
        for number in numbers:
            image, dpi = _page(document, number)
            yield number, image, dpi


def _page(document: pypdfium2.PdfDocument, number: int) -> tuple[Image.Image | None, float]:
    try:
        page = document[number - 1]
    except (pypdfium2.PdfiumError, IndexError):
        return None, pixels.DPI
    try:
        width, height = page.get_size()
        scale = pixels.scale_within(width, height, pixels.DPI / POINTS)
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=True)
        return bitmap.to_pil().convert("L"), scale * POINTS
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        return None, pixels.DPI
    finally:
        page.close()
