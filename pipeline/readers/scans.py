"""Pages of a PDF whose text layer is of no use, read from their images."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.documents import Table
from pipeline.readers.mojibake import recover
from pipeline.readers.ocr import OcrPage, missing, numbered_warnings, reread
from pipeline.readers.reading import RawPage, Reading
from pipeline.readers.sandbox.process import OnPage
from pipeline.readers.usable import needs_ocr
from pipeline.thai.repair import Study, study
from pipeline.thai.repair.characters import repair_characters

_LISTED = 20
_STAMP = 100  # letters


def with_scans(data: bytes, reading: Reading, *, ocr: bool, on_page: OnPage) -> Reading:
    """`reading` of the PDF `data` with its scanned or illegible pages read by OCR.

    Where OCR is not wanted or not installed those pages are empty, their method is `unread`, and
    a warning says so; text that another OCR program laid under a scan is kept then. `on_page`
    hears how many of the pages are done, and how many there are.
    """
    lack = missing()
    layered = _layered(reading.pages)
    numbers = _illegible(reading.pages, but=layered)
    if ocr and not lack:
        numbers = sorted([*numbers, *layered])
    elif layered:
        remark = _second_hand(layered, lack[0] if lack else None)
        reading = replace(reading, warnings=(*reading.warnings, remark))
    if not numbers:
        return reading
    if lack or not ocr:
        found = {number: OcrPage("", method="unread") for number in numbers}
        warnings = [_unread(numbers, lack[0] if lack else None)]
    else:
        found = _reread(data, numbers, on_page)
        warnings = list(_remarks(reading.pages, found))
    pages = list(reading.pages)
    for number, page in found.items():
        if not _is_background(page, pages[number - 1]):
            pages[number - 1] = RawPage(page.text, page.method)
    tables = [Table(number, rows) for number, page in found.items() for rows in page.tables]
    return Reading(tuple(pages), (*reading.tables, *tables), (*reading.warnings, *warnings))


def _is_background(image: OcrPage, layer: RawPage) -> bool:
    """Whether a page's text is not to be had from its picture: it says hardly more, or nothing."""
    if layer.invisible:
        return not image.text.strip()
    said = bool(layer.text.strip()) and _is_stamped(layer)
    return said and _letters(image.text) < 3 * _letters(layer.text)


def _layered(pages: Sequence[RawPage]) -> list[int]:
    """The numbers of the pages that are a scan with another OCR program's text under it.

    Such text has wrong Thai digits, and most often a space after every cluster, which repair
    takes out; it is better than nothing where it is words then.
    """
    return [
        number
        for number, page in enumerate(pages, 1)
        if page.invisible and not needs_ocr(study([page.text]).repair(page.text).text)
    ]


def _illegible(pages: Sequence[RawPage], *, but: Sequence[int]) -> list[int]:
    """The numbers of the pages whose text layer says nothing, even when repaired."""
    texts = {number: recover(page.text).text for number, page in enumerate(pages, 1)}
    doubtful = [
        number
        for number, page in enumerate(pages, 1)
        if number not in but
        and page.method == "text-layer"
        and needs_ocr(repair_characters(texts[number]), page.text)
    ]
    studied = study(list(texts.values())) if doubtful else None
    return [
        number
        for number, page in enumerate(pages, 1)
        if (_is_stamped(page) and number not in but)
        or (studied and number in doubtful and _stays_illegible(texts[number], studied))
    ]


def _is_stamped(page: RawPage) -> bool:
    """Whether a picture fills the page and its text is a stamp at most: a number, a date."""
    return page.pictured and _letters(page.text) < _STAMP


def _stays_illegible(text: str, studied: Study) -> bool:
    return needs_ocr(studied.repair(text).text, text)


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _reread(data: bytes, numbers: Sequence[int], on_page: OnPage) -> dict[int, OcrPage]:
    done = 0

    def report() -> None:
        nonlocal done
        done += 1
        on_page(done, len(numbers))

    return reread(data, numbers, report=report)


def _remarks(pages: Sequence[RawPage], found: dict[int, OcrPage]) -> Iterator[str]:
    """What a person should know about the pages read by OCR."""
    filled = [number for number in found if pages[number - 1].text.strip()]
    garbled = [number for number in filled if not pages[number - 1].invisible]
    if garbled:
        yield f"ข้อความในไฟล์ของหน้า {listed(garbled)} อ่านไม่เป็นคำ จึงอ่านจากภาพของหน้าแทน"
    if scanned := [number for number in found if number not in garbled]:
        yield f"หน้า {listed(scanned)} เป็นภาพ อ่านด้วย OCR โปรดตรวจตัวเลขและชื่อกับต้นฉบับ"
    yield from numbered_warnings(found)


def _second_hand(numbers: Sequence[int], lack: str | None) -> str:
    why = lack or "อ่านอีกครั้งโดยไม่ใส่ --no-ocr"
    return (
        f"หน้า {listed(numbers)} เป็นภาพสแกนที่โปรแกรมอื่นใส่ข้อความ OCR ไว้ เลขไทยอาจผิด"
        f" โปรดตรวจกับต้นฉบับ หรือให้อ่านจากภาพใหม่: {why}"
    )


def _unread(numbers: Sequence[int], lack: str | None) -> str:
    why = lack or "อ่านอีกครั้งโดยไม่ใส่ --no-ocr"
    return f"หน้า {listed(numbers)} ไม่มีข้อความที่ใช้ได้ จึงไม่ได้อ่าน: {why}"


def listed(numbers: Sequence[int]) -> str:
    """Page numbers for a message, the first twenty of them."""
    return ", ".join(map(str, numbers[:_LISTED])) + (" ..." if len(numbers) > _LISTED else "")
