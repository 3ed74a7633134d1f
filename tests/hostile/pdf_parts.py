"""What the hostile PDFs are made of."""

from __future__ import annotations

from pathlib import Path

from tests.pipeline.readers.raw_pdf import pdf, thai_pdf

DATA = Path(__file__).parent.parent / "data"
# In the font of `thai_pdf`: กาน้.
WORD = b"BT /F 15 Tf 60 700 Td (ABCD) Tj ET "
THAI = "กาน้"
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%s>>"


def one_page(content: bytes, entries: bytes = b"", *more: bytes) -> bytes:
    """A page without a font; `content` is its content object, `more` are objects from 5 on."""
    return pdf([CATALOG, PAGES, PAGE % entries, content, *more])


def raw_stream(data: bytes, entries: bytes) -> bytes:
    """A stream object whose bytes are packed already."""
    return b"<<%s/Length %d>>stream\n" % (entries, len(data)) + data + b"\nendstream"


def ordinary() -> bytes:
    """A sound PDF of several pages."""
    return (DATA / "libreoffice-flow.pdf").read_bytes()


def appended(data: bytes, first: int, objects: list[bytes]) -> bytes:
    """`data` with more objects, numbered from `first`, and no table: readers look for them."""
    body = data[: data.rindex(b"xref\n0")]
    body += b"".join(b"%d 0 obj\n%s\nendobj\n" % (first + i, o) for i, o in enumerate(objects))
    return body + b"trailer<</Size %d/Root 1 0 R>>\n%%%%EOF" % (first + len(objects))


def with_font(old: bytes, new: bytes, *objects: bytes) -> bytes:
    """The one-page PDF of `WORD` with a change in its font; `objects` are numbered from 9."""
    return appended(thai_pdf(WORD).replace(old, new), 9, list(objects))


def picture(width: int, height: int, data: bytes, entries: bytes = b"") -> bytes:
    """An image object of one bit a pixel; `data` is packed as `entries` say."""
    head = (
        b"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 1/Width %d/Height %d%s"
    )
    return raw_stream(data, head % (width, height, entries))
