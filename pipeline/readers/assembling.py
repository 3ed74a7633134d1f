"""A file's bytes to a `Document`: sniff, read, repair, read scans, leave running lines out.

`read_here` works in this process and without limits; `readers.read` calls it in a sandbox.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence

from pipeline.documents import Document, Page, Table
from pipeline.errors import ReadError
from pipeline.kinds import detect_kind
from pipeline.readers import remarks, sniff
from pipeline.readers.formats import read_raw
from pipeline.readers.forms import with_forms
from pipeline.readers.mojibake import recover
from pipeline.readers.ocr import READ as SCANNED
from pipeline.readers.ocr import missing
from pipeline.readers.reading import RawPage, Reading
from pipeline.readers.refusals import REFUSALS
from pipeline.readers.running import without_running_lines
from pipeline.readers.sandbox.process import TOO_MUCH_MEMORY, OnPage
from pipeline.thai import Study, normalize, study

MAX_CHARACTERS = 3_000_000
"""Code points of one document: some thousand pages. Every later step takes its time by them."""


def read_here(
    data: bytes, *, file: str, ocr: bool = True, on_page: OnPage = lambda *_: None
) -> Document:
    """Read a file's bytes in this process; `file` is the name that the `Document` bears.

    `on_page` hears how many of the pages that need OCR are done, and how many there are. Raises
    `ReadError`, and nothing else.
    """
    try:
        return _document(data, file=file, ocr=ocr, on_page=on_page)
    except ReadError as error:
        raise ReadError(f"{file}: {error.thai}", f"{file}: {error.english}") from error
    except MemoryError as error:
        thai, english = TOO_MUCH_MEMORY
        raise ReadError(f"{file}: {thai}", f"{file}: {english}") from error
    except Exception as error:  # whatever a library throws at a hostile file is one failed read
        raise _unexpected(file, error) from error


def _document(data: bytes, *, file: str, ocr: bool, on_page: OnPage) -> Document:
    media_type = sniff.media_type(data)
    reading = read_raw(data, media_type, ocr=ocr, on_page=on_page)
    _check(reading)
    recovered = [recover(raw.text) for raw in reading.pages]
    sources = [
        RawPage(own.text, raw.method) for own, raw in zip(recovered, reading.pages, strict=True)
    ]
    studied = _studied(sources)
    found = {
        number: studied[source.method == SCANNED].repair(source.text)
        for number, source in enumerate(sources, 1)
    }
    texts = [normalize(diagnosis.text) for diagnosis in found.values()]
    if not any(text.strip() for text in texts):
        raise _no_text(reading)
    texts = without_running_lines(texts)
    tables = _clean(reading, studied)
    return Document(
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        kind=detect_kind("\n".join(texts)),
        pages=tuple(
            Page(number, text, raw.text, raw.method, found[number].damage)
            for number, (text, raw) in enumerate(zip(texts, reading.pages, strict=True), 1)
        ),
        tables=with_forms(texts, tables),
        warnings=(
            *remarks.on_suffix(file, media_type),
            *reading.warnings,
            *dict.fromkeys(warning for own in recovered for warning in own.warnings()),
            *remarks.on_damage(found),
        ),
    )


def _studied(pages: Sequence[RawPage]) -> dict[bool, Study]:
    """What is known of the damage, by whether a page was read by OCR, which errs in its own way."""
    own = [raw.text for raw in pages if raw.method != SCANNED]
    return {False: study(own), True: study([], scanned=True)}


def _clean(reading: Reading, studied: dict[bool, Study]) -> tuple[Table, ...]:
    """The tables with their cells repaired as the pages that they stand on."""
    cells = {scanned: _Cells(own) for scanned, own in studied.items()}
    scanned = {number for number, raw in enumerate(reading.pages, 1) if raw.method == SCANNED}
    return tuple(
        Table(
            table.page,
            tuple(tuple(map(cells[table.page in scanned].__getitem__, row)) for row in table.rows),
        )
        for table in reading.tables
    )


class _Cells(dict[str, str]):
    """Raw cell texts to repaired ones; in large tables the same ones come again and again."""

    def __init__(self, studied: Study) -> None:
        super().__init__({"": ""})
        self._studied = studied

    def __missing__(self, cell: str) -> str:
        self[cell] = normalize(self._studied.repair(cell).text).strip()
        return self[cell]


def _check(reading: Reading) -> None:
    """Raise `ReadError` for more text than any document has."""
    cells = sum(len(cell) for table in reading.tables for row in table.rows for cell in row)
    if max(cells, sum(len(raw.text) for raw in reading.pages)) > MAX_CHARACTERS:
        raise ReadError(
            f"ยาวเกิน {MAX_CHARACTERS:,} ตัวอักษร แบ่งเป็นหลายไฟล์แล้วลองอีกครั้ง",
            f"Longer than {MAX_CHARACTERS:,} characters. Split it into several files and try again",
        )


def _no_text(reading: Reading) -> ReadError:
    """Why there is no text: pages left unread, or an empty document."""
    methods = {raw.method for raw in reading.pages}
    if "unread" in methods:
        lack = missing()
        return ReadError(
            f"เป็นภาพสแกน ต้องอ่านด้วย OCR {lack[0] if lack else 'อ่านอีกครั้งโดยไม่ใส่ --no-ocr'}",
            "The pages are scans, which only OCR can read."
            f" {lack[1] if lack else 'Read it without --no-ocr'}",
        )
    if "ocr" in methods:
        return ReadError(
            "ภาพสแกนไม่มีตัวอักษรที่อ่านได้ สแกนใหม่ให้ชัด อย่างน้อย 200 dpi",
            "No text could be read in the scanned pages. Scan it again at 200 dpi or more",
        )
    return ReadError(*REFUSALS[sniff.EMPTY])


def _unexpected(file: str, error: Exception) -> ReadError:
    # The library's own words name its insides and no remedy: they are for the log.
    logging.getLogger(__name__).debug("%s: %r", file, error)
    return ReadError(
        f"{file}: อ่านไฟล์ไม่ได้ ไฟล์อาจเสียหาย เปิดในโปรแกรมเดิมแล้วบันทึกใหม่ หรือขอไฟล์ใหม่จากผู้ส่ง",
        f"{file}: cannot be read and may be damaged. Open it in the program that made it and save"
        " it again, or ask the sender for another",
    )
