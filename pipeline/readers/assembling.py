"""A file's bytes to a `Document`: sniff, read, repair, read scans, leave running lines out.

`read_here` works in this process and without limits; `readers.read` calls it in a sandbox.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from itertools import pairwise
from pathlib import PurePosixPath

from pipeline.documents import Document, Page, Table
from pipeline.errors import ReadError
from pipeline.kinds import detect_kind
from pipeline.readers import sniff
from pipeline.readers.docx import read_docx
from pipeline.readers.html import read_html
from pipeline.readers.pdf import read_pdf
from pipeline.readers.process import OnPage
from pipeline.readers.reading import RawPage, Reader, Reading
from pipeline.readers.refusals import REFUSALS
from pipeline.readers.text import read_text
from pipeline.thai import normalize, repair

MAX_CHARACTERS = 3_000_000
"""Code points of one document: some thousand pages. Every later step takes its time by them."""

READERS: dict[str, Reader] = {
    sniff.TEXT: read_text,
    sniff.HTML: read_html,
    sniff.PDF: read_pdf,
    sniff.DOCX: read_docx,
}

_SUFFIXES = {
    ".pdf": ("PDF", sniff.PDF),
    ".docx": ("DOCX", sniff.DOCX),
    ".doc": ("DOC", sniff.DOC),
    ".html": ("HTML", sniff.HTML),
    ".htm": ("HTML", sniff.HTML),
    ".txt": ("ข้อความ", sniff.TEXT),
}
_NAMES = {media_type: name for name, media_type in _SUFFIXES.values()}


def read_here(
    data: bytes, *, file: str, ocr: bool = True, on_page: OnPage = lambda *_: None
) -> Document:
    """Read a file's bytes in this process; `file` is the name that the `Document` bears.

    `on_page` hears how many of the pages that need OCR are done, and how many there are. Raises
    `ReadError`, and nothing else.
    """
    media_type = sniff.media_type(data)
    try:
        if media_type not in READERS:
            raise ReadError(*REFUSALS[media_type])
        reading = READERS[media_type](data)
        return _document(data, reading, file=file, media_type=media_type)
    except ReadError as error:
        raise ReadError(f"{file}: {error.thai}", f"{file}: {error.english}") from error
    except MemoryError as error:
        raise _too_much(file) from error
    except Exception as error:  # whatever a library throws at a hostile file is one failed read
        raise _unexpected(file, error) from error


def _document(data: bytes, reading: Reading, *, file: str, media_type: str) -> Document:
    pages = tuple(_page(number, raw) for number, raw in enumerate(reading.pages, 1))
    text = "\n".join(page.text for page in pages)
    if not text.strip():
        thai, english = REFUSALS[sniff.EMPTY]
        raise ReadError(thai, english)
    return Document(
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        kind=detect_kind(text),
        pages=pages,
        tables=tuple(_clean_table(table) for table in reading.tables),
        warnings=_suffix_warning(file, media_type) + reading.warnings,
    )


def _page(number: int, raw: RawPage) -> Page:
    repaired = repair(raw.text)
    return Page(number, normalize(repaired), raw.text, raw.method, _damage(raw.text, repaired))


def _clean_table(table: Table) -> Table:
    rows = tuple(tuple(normalize(repair(cell)).strip() for cell in row) for row in table.rows)
    return Table(table.page, rows)


def _damage(raw_text: str, repaired: str) -> float:
    """The share of letters, 0 to 1, that were repaired or stayed unreadable (U+FFFD).

    One changed letter breaks two neighbouring pairs: pairs are counted, not aligned, so that
    the cost is linear.
    """
    unreadable = raw_text.count("\ufffd")
    if raw_text == repaired and not unreadable:
        return 0.0
    letters = sum(1 for char in raw_text if not char.isspace())
    before = Counter(pairwise(raw_text))
    lost = before - Counter(pairwise(repaired))
    return min(1.0, (lost.total() / 2 + unreadable) / max(1, letters))


def _suffix_warning(file: str, media_type: str) -> tuple[str, ...]:
    suffix = PurePosixPath(file).suffix.lower()
    expected = _SUFFIXES.get(suffix)
    if expected is None or expected[1] == media_type:
        return ()
    return (f"นามสกุลไฟล์เป็น {suffix} แต่เนื้อไฟล์เป็น {_NAMES[media_type]} อ่านตามเนื้อไฟล์",)


def _too_much(file: str) -> ReadError:
    return ReadError(
        f"{file}: ต้องใช้หน่วยความจำเกินกำหนด ไฟล์อาจเสียหายหรือใหญ่เกินไป แบ่งไฟล์หรือพิมพ์เป็น PDF ใหม่",
        f"{file}: needs more memory than it may have; it may be damaged or too large. Split it, or"
        " print it to a new PDF",
    )


def _unexpected(file: str, error: Exception) -> ReadError:
    return ReadError(
        f"{file}: อ่านไฟล์ไม่ได้ ไฟล์อาจเสียหาย ({_cause(error)}) เปิดในโปรแกรมเดิมแล้วบันทึกใหม่",
        f"{file}: cannot be read and may be damaged ({_cause(error)}). Open it in the program"
        " that made it and save it again",
    )


def _cause(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200].rstrip(": ")
