"""Scans: page images to text, with Tesseract and a reader of Thai digits of our own.

`read_image` reads image files, `reread` those pages of a PDF whose text layer is of no use.
Without Tesseract every page comes back unread, and `missing` says what to install.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from PIL import Image

from pipeline.documents import Table
from pipeline.readers.ocr.engine import EngineError, missing
from pipeline.readers.ocr.images import page_images
from pipeline.readers.ocr.legible import is_noise
from pipeline.readers.ocr.pages import PageText, read_page
from pipeline.readers.ocr.rendering import rendered
from pipeline.readers.ocr.unrolling import Rows
from pipeline.readers.reading import RawPage, Reading

__all__ = ["NoOcr", "Ocr", "OcrPage", "Tesseract", "at_hand", "missing", "read_image", "reread"]

READ, UNREAD = "ocr", "unread"


@dataclass(frozen=True, slots=True)
class OcrPage:
    """A page image's text; `method` is `ocr` or `unread`, `warnings` are Thai sentences.

    `tables` are the rows of its ruled tables, of raw cell texts.
    """

    text: str
    warnings: tuple[str, ...] = ()
    method: str = READ
    tables: tuple[Rows, ...] = ()


class Ocr(Protocol):
    """What reads a page image."""

    def read(self, image: Image.Image, dpi: float) -> OcrPage:
        """Read one page image at `dpi`; never raises for a page that cannot be read."""
        ...


class Tesseract:
    """Reads pages with the Tesseract that is installed. Safe to call from several threads."""

    def read(self, image: Image.Image, dpi: float) -> OcrPage:
        """Read one page image."""
        try:
            page = read_page(image, dpi)
        except EngineError as error:
            return OcrPage("", (f"อ่านภาพของหน้านี้ไม่ได้ ({error}) สแกนใหม่ให้ชัดขึ้น",), UNREAD)
        if is_noise(page.text):
            return OcrPage("")
        return OcrPage(page.text, _doubts(page), tables=page.tables)


class NoOcr:
    """Reads nothing: every page stays unread."""

    def read(self, image: Image.Image, dpi: float) -> OcrPage:  # noqa: ARG002
        """Leave the page unread."""
        return OcrPage("", (), UNREAD)


def at_hand() -> Ocr:
    """Tesseract where it is installed with Thai, else `NoOcr`."""
    return NoOcr() if missing() else Tesseract()


def read_image(data: bytes, *, report: Callable[[], None] = lambda: None) -> Reading:
    """Read an image file, a page a frame. Raises `ReadError` for a damaged or giant image.

    `report` is called after each page. Without Tesseract the pages are `unread` and the reading
    bears one warning.
    """
    numbered = ((number, *page) for number, page in enumerate(page_images(data), 1))
    pages = _read_all(numbered, at_hand(), report)
    return Reading(
        tuple(RawPage(page.text, page.method) for page in pages.values()),
        tuple(Table(number, rows) for number, page in pages.items() for rows in page.tables),
        warnings=_absence() + tuple(numbered_warnings(pages)),
    )


def reread(
    data: bytes, numbers: Sequence[int], *, report: Callable[[], None] = lambda: None
) -> dict[int, OcrPage]:
    """Read pages of a PDF (1-based) from their images. `report` is called after each page.

    Pages are rendered one by one and read side by side, as many as there are cores.
    """
    return _read_all(rendered(data, numbers), at_hand(), report)


def numbered_warnings(pages: dict[int, OcrPage]) -> Iterator[str]:
    """The pages' warnings, each naming its page."""
    for number, page in pages.items():
        for warning in page.warnings:
            yield f"หน้า {number}: {warning}"


def _absence() -> tuple[str, ...]:
    lack = missing()
    return (lack[0],) if lack else ()


def _read_all(
    images: Iterable[tuple[int, Image.Image | None, float]],
    ocr: Ocr,
    report: Callable[[], None],
) -> dict[int, OcrPage]:
    """Read images on all cores, no more of them in memory than two for a core."""
    workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2
    pages: dict[int, OcrPage] = {}
    running: dict[int, Future[OcrPage]] = {}

    def settle(most: int) -> None:
        while len(running) > most:
            number = next(iter(running))
            pages[number] = running.pop(number).result()
            report()

    with ThreadPoolExecutor(workers) as pool:
        for number, image, dpi in images:
            running[number] = pool.submit(_read_one, ocr, image, dpi)
            del image
            settle(2 * workers - 1)
        settle(0)
    return pages


def _read_one(ocr: Ocr, image: Image.Image | None, dpi: float) -> OcrPage:
    if image is None:
        warning = "วาดหน้านี้เป็นภาพไม่ได้ เปิดในโปรแกรมเดิมแล้วพิมพ์เป็น PDF ใหม่"
        return OcrPage("", (warning,), UNREAD)
    return ocr.read(image, dpi)


def _doubts(page: PageText) -> tuple[str, ...]:
    if not page.unsure:
        return ()
    return (f"ตัวเลขไทย {page.unsure} ตัวอ่านไม่แน่ใจ โปรดตรวจกับภาพ",)
