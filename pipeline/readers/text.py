"""Plain text. A form feed starts a new page."""

from __future__ import annotations

from pipeline.errors import ReadError
from pipeline.readers.encodings import decode
from pipeline.readers.mojibake import unescape
from pipeline.readers.reading import MAX_PAGES, Reading

MAX_BYTES = 30_000_000
"""Above the three million characters of the longest document, however they are written."""


def read_text(data: bytes, *, declared: str | None = None) -> Reading:
    """Read plain text in any encoding of `encodings.decode`; `declared` is what a mail says.

    Raises `ReadError` for more than `MAX_BYTES`, and for bytes that are no text.
    """
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1_000_000
        raise ReadError(
            f"ข้อความยาวเกิน {limit} MB แบ่งเป็นหลายไฟล์แล้วลองอีกครั้ง",
            f"The text is longer than {limit} MB. Split it into several files and try again",
        )
    decoded = decode(data, declared=declared)
    text, escaped = unescape(decoded.text)
    notes = (f"ตัวอักษรที่เขียนเป็นรหัสตัวเลข: กู้คืนแล้ว {escaped:,} ตัว",) if escaped else ()
    pages = text.removesuffix("\f").split("\f", MAX_PAGES - 1)
    return Reading.of(pages, "text", warnings=(*decoded.warnings, *notes))
