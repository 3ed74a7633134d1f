"""Files in, `Document` out: `read` for a path or URL, `read_bytes` for bytes at hand.

The bytes decide which reader runs (`sniff.media_type`), never the file's name. Each page keeps
the reader's `raw_text`; its `text` is repaired and normalized once, here. Every file is read in a
child process under limits (`sandbox`), so that none costs more than itself.
"""

from __future__ import annotations

import os

from pipeline.documents import Document
from pipeline.readers.loading import MAX_BYTES, load, too_large
from pipeline.readers.reading import RawPage, Reader, Reading
from pipeline.readers.sandbox import sandbox
from pipeline.readers.sandbox.process import OnPage

__all__ = ["MAX_BYTES", "RawPage", "Reader", "Reading", "read", "read_bytes"]


def read(
    path: str | os.PathLike[str], *, ocr: bool = True, on_page: OnPage = lambda *_: None
) -> Document:
    """Read one file of any format that `wara` knows (README, "What is read").

    `path` is a path, or an fsspec URL such as `s3://bucket/file.pdf`. Pages without a usable text
    layer are read by OCR where Tesseract is installed, unless `ocr` is False; `on_page` hears how
    many of them are done, and how many there are. Raises `ReadError`, and nothing else, for
    whatever cannot be read; the message says why and what to do.
    """
    file = os.fspath(path)
    return read_bytes(load(file), file=file, ocr=ocr, on_page=on_page)


def read_bytes(
    data: bytes, *, file: str, ocr: bool = True, on_page: OnPage = lambda *_: None
) -> Document:
    """Read a file's bytes; `file` is the name that the `Document` bears. Raises `ReadError`."""
    if len(data) > MAX_BYTES:
        raise too_large(file)
    return sandbox().read(data, file=file, ocr=ocr, on_page=on_page)
