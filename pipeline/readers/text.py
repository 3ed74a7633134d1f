"""Plain text. A form feed starts a new page."""

from __future__ import annotations

from pipeline.readers.encodings import decode
from pipeline.readers.mojibake import unescape
from pipeline.readers.reading import MAX_PAGES, Reading


def read_text(data: bytes, *, declared: str | None = None) -> Reading:
    """Read plain text in any encoding of `encodings.decode`; `declared` is what a mail says."""
    decoded = decode(data, declared=declared)
    text, escaped = unescape(decoded.text)
    notes = (f"ตัวอักษรที่เขียนเป็นรหัสตัวเลข: กู้คืนแล้ว {escaped:,} ตัว",) if escaped else ()
    pages = text.removesuffix("\f").split("\f", MAX_PAGES - 1)
    return Reading.of(pages, "text", warnings=(*decoded.warnings, *notes))
