"""Pages and objects of damaged PDFs: found where the file still has them, and never for ever."""

from __future__ import annotations

import re

import pytest

from pipeline.errors import ReadError
from pipeline.readers.pdf import read_pdf
from pipeline.readers.pdf.document import Document
from pipeline.readers.pdf.streams import TooMuchError
from tests.hostile.packing import lzw_flood
from tests.pipeline.readers.raw_pdf import pdf, stream, thai_pdf

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
GOOD = thai_pdf(b"BT /F 15 Tf 60 700 Td (ACA) Tj ET", b"BT /F 15 Tf 60 700 Td (BB) Tj ET")
# The same with a page tree that lists itself in place of the pages.
LOST = re.sub(rb"/Kids\[[^]]*\]", lambda kids: b"/Kids[2 0 R]".ljust(len(kids[0])), GOOD)


def test_pages_that_the_tree_lost_are_found_and_told() -> None:
    reading = read_pdf(LOST)
    assert [page.text for page in reading.pages] == [page.text for page in read_pdf(GOOD).pages]
    assert any("สารบัญหน้า" in warning for warning in reading.warnings)
    assert not read_pdf(GOOD).warnings


def test_blank_pages_that_the_tree_lost_are_damage() -> None:
    tree = b"<</Type/Pages/Count 1/Kids[2 0 R]>>"
    with pytest.raises(ReadError, match="เสียหาย"):
        read_pdf(pdf([CATALOG, tree, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"]))


def test_pages_are_in_order_at_every_depth_and_inherit() -> None:
    branch = b"<</Type/Pages/Kids[%s]/Rotate %d>>"
    page = b"<</Type/Page/MediaBox[0 0 %d 9]>>"
    objects = [
        CATALOG,
        branch % (b"3 0 R 4 0 R 8 0 R 3 0 R", 90),
        branch % (b"5 0 R 6 0 R", 180),
        page % 3,
        page % 1,
        branch % (b"7 0 R 2 0 R", 180),
        page % 2,
        page % 4,
    ]
    pages = list(Document(pdf(objects)).pages())
    assert [page.mediabox[2] for page in pages] == [1, 2, 3, 4]
    assert [page.rotate for page in pages] == [180, 180, 90, 90]


@pytest.mark.parametrize("tree", [b"2 0 R", b"3 0 R"])
def test_references_in_a_ring_end(tree: bytes) -> None:
    with pytest.raises(ReadError, match="เสียหาย"):
        read_pdf(pdf([CATALOG, tree, b"2 0 R"]))


def test_reference_to_a_reference_is_followed() -> None:
    page = b"<</Type/Page/MediaBox[0 0 7 9]>>"
    tree = b"<</Type/Pages/Kids[5 0 R]>>"
    (found,) = Document(pdf([CATALOG, b"3 0 R", b"4 0 R", tree, page])).pages()
    assert found.mediabox == (0, 0, 7, 9)


def test_table_that_claims_a_billion_objects_ends() -> None:
    entries = b"/Type/XRef/Size 9/W[1 2 -3]/Index[0 999999999]/Root 1 0 R"
    head = b"%PDF-1.5\n"
    data = head + b"9 0 obj\n" + stream(b"x" * 99, entries) + b"\nendobj\n"
    with pytest.raises(ReadError, match="เสียหาย"):
        read_pdf(data + b"startxref\n%d\n%%%%EOF" % len(head))


# The example of ISO 32000-1, 7.4.4.2.
PACKED = bytes.fromhex("800B6050220C0C8501")
PLAIN = b"-----A---B"


def unpacked(packed: bytes, entries: bytes) -> bytes:
    """What an LZW stream with further entries unpacks to."""
    head = b"<</Filter/LZWDecode%s/Length %d>>stream\n" % (entries, len(packed))
    content = Document(pdf([CATALOG, head + packed + b"\nendstream"])).getobj(2)
    return content.get_data()  # type: ignore[attr-defined, no-any-return]


def test_lzw_is_unpacked() -> None:
    assert unpacked(PACKED, b"") == PLAIN


def test_lzw_with_a_predictor_is_unpacked() -> None:
    rows = b"\x02abc\x02\x01\x01\x01"  # each a type, 2 for "as above", and three differences
    bits = "".join(f"{code:09b}" for code in (256, *rows, 257, *[0] * 5))
    packed = int(bits[:96], 2).to_bytes(12, "big")
    assert unpacked(packed, b"/DecodeParms<</Predictor 12/Columns 3>>") == b"abcbcd"


def test_lzw_bomb_is_not_unpacked_whole() -> None:
    with pytest.raises(TooMuchError):
        unpacked(lzw_flood(32, 2), b"")


def test_lzw_is_unpacked_as_far_as_it_is_whole() -> None:
    assert PLAIN.startswith(unpacked(PACKED[:5], b""))
    assert unpacked(PACKED[:5], b"")
