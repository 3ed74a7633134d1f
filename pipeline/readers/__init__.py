"""Files in, `Document` out: `read` for a path or URL, `read_bytes` for bytes at hand.

The bytes decide which reader runs (`sniff.media_type`), never the file's name. Each page keeps
the reader's `raw_text`; its `text` is repaired and normalized once, here.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from itertools import pairwise
from pathlib import Path, PurePosixPath

from pipeline.documents import Document, Page, Table
from pipeline.errors import ReadError
from pipeline.kinds import detect_kind
from pipeline.readers import sniff
from pipeline.readers.docx import read_docx
from pipeline.readers.html import read_html
from pipeline.readers.pdf import read_pdf
from pipeline.readers.reading import Reader, Reading
from pipeline.readers.refusals import REFUSALS
from pipeline.readers.text import read_text
from pipeline.thai import normalize, repair

__all__ = ["MAX_BYTES", "READERS", "Reader", "Reading", "read", "read_bytes"]

MAX_BYTES = 200_000_000

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


def read(path: str | os.PathLike[str]) -> Document:
    """Read one file: PDF with a text layer, DOCX, HTML or plain text.

    `path` is a path, or an fsspec URL such as `s3://bucket/file.pdf`. Raises `ReadError`, and
    nothing else, for whatever cannot be read; the message says why and what to do.
    """
    file = os.fspath(path)
    return read_bytes(_load(file), file=file)


def read_bytes(data: bytes, *, file: str) -> Document:
    """Read a file's bytes; `file` is the name that the `Document` bears. Raises `ReadError`."""
    if len(data) > MAX_BYTES:
        raise _too_large(file)
    media_type = sniff.media_type(data)
    if media_type not in READERS:
        thai, english = REFUSALS[media_type]
        raise ReadError(f"{file}: {thai}", f"{file}: {english}")
    try:
        reading = READERS[media_type](data)
        return _document(data, reading, file=file, media_type=media_type)
    except ReadError as error:
        raise ReadError(f"{file}: {error.thai}", f"{file}: {error.english}") from error
    except Exception as error:  # whatever a library throws at a hostile file is one failed read
        raise _unexpected(file, error) from error


def _document(data: bytes, reading: Reading, *, file: str, media_type: str) -> Document:
    pages = tuple(
        _page(number, raw_text, reading.method) for number, raw_text in enumerate(reading.pages, 1)
    )
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


def _page(number: int, raw_text: str, method: str) -> Page:
    repaired = repair(raw_text)
    damage = _damage(raw_text, repaired)
    return Page(number, normalize(repaired), raw_text, method, damage)


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


def _load(file: str) -> bytes:
    try:
        return _fetch(file)
    except FileNotFoundError as error:
        raise ReadError(
            f"{file}: ไม่พบไฟล์ ตรวจชื่อและโฟลเดอร์", f"{file}: not found. Check the name and folder"
        ) from error
    except IsADirectoryError as error:
        raise ReadError(
            f"{file}: เป็นโฟลเดอร์ ไม่ใช่ไฟล์ ระบุไฟล์ข้างใน", f"{file}: is a folder. Name a file in it"
        ) from error
    except PermissionError as error:
        raise ReadError(
            f"{file}: ไม่มีสิทธิ์เปิดไฟล์ ขอสิทธิ์หรือคัดลอกไฟล์มาไว้ในโฟลเดอร์ของตน",
            f"{file}: permission denied. Ask for access or copy the file",
        ) from error
    except Exception as error:  # fsspec's back ends raise their own kinds: network, credentials
        raise ReadError(
            f"{file}: เปิดไฟล์ไม่ได้ ({_cause(error)}) ตรวจที่อยู่และการเชื่อมต่อ",
            f"{file}: cannot be opened. Check the address and the connection",
        ) from error


def _fetch(file: str) -> bytes:
    if "://" in file:
        import fsspec

        with fsspec.open(file, "rb") as stream:
            return bytes(stream.read(MAX_BYTES + 1))
    path = Path(file)
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError("not a regular file")  # a pipe would keep the batch waiting for ever
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _too_large(file: str) -> ReadError:
    limit = MAX_BYTES // 1_000_000
    return ReadError(
        f"{file}: ไฟล์ใหญ่เกิน {limit} MB แบ่งไฟล์หรือลดขนาดภาพแล้วลองอีกครั้ง",
        f"{file}: larger than {limit} MB. Split it or reduce its images and try again",
    )


def _unexpected(file: str, error: Exception) -> ReadError:
    return ReadError(
        f"{file}: อ่านไฟล์ไม่ได้ ไฟล์อาจเสียหาย ({_cause(error)}) เปิดในโปรแกรมเดิมแล้วบันทึกใหม่",
        f"{file}: cannot be read and may be damaged ({_cause(error)}). Open it in the program"
        " that made it and save it again",
    )


def _cause(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200].rstrip(": ")
