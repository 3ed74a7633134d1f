"""Plain text. A form feed starts a new page."""

from __future__ import annotations

from pipeline.readers.encodings import decode
from pipeline.readers.reading import MAX_PAGES, Reading


def read_text(data: bytes) -> Reading:
    """Read plain text in any encoding of `encodings.decode`."""
    decoded = decode(data)
    pages = decoded.text.removesuffix("\f").split("\f", MAX_PAGES - 1)
    return Reading.of(pages, "text", warnings=decoded.warnings)
