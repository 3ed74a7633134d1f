"""Hostile PDFs: cut ones, page trees, objects, tables of objects."""

from __future__ import annotations

import random
import struct

from tests.hostile.catalogue import hostile
from tests.hostile.packing import MB, zlib_flood
from tests.hostile.pdf_parts import (
    CATALOG,
    PAGE,
    PAGES,
    THAI,
    WORD,
    appended,
    one_page,
    ordinary,
    picture,
    raw_stream,
)
from tests.pipeline.readers.raw_pdf import pdf, stream, thai_pdf

# Cut off, padded, mere noise


@hostile("cut-at-half.pdf")
def _half() -> bytes:
    data = ordinary()
    return data[: len(data) // 2]


@hostile("cut-at-95-percent.pdf")
def _most() -> bytes:
    data = ordinary()
    return data[: len(data) * 95 // 100]


@hostile("noise.pdf", refused="")
def _noise() -> bytes:
    return random.Random(1).randbytes(20_000)


@hostile("noise-with-header.pdf", refused="เสียหาย")
def _noise_with_header() -> bytes:
    return b"%PDF-1.4\n" + random.Random(2).randbytes(20_000)


@hostile("header-only.pdf", refused="เสียหาย")
def _header_only() -> bytes:
    return b"%PDF-1.7\n%%EOF"


@hostile("junk-before.pdf", read="โครงการ")
def _junk_before() -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n" + ordinary()


@hostile("junk-behind.pdf")
def _junk_behind() -> bytes:
    return ordinary() + b"\0" * MB


@hostile("line-ends-replaced.pdf")
def _line_ends() -> bytes:
    return ordinary().replace(b"\n", b"\r\n")


# Page trees


def _kids(tree: bytes, *more: bytes) -> bytes:
    return pdf([CATALOG, tree, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>", *more])


@hostile("count-2-billion.pdf", refused="")
def _count() -> bytes:
    return _kids(b"<</Type/Pages/Count 2000000000/Kids[3 0 R]>>")


@hostile("count-negative.pdf", refused="")
def _count_negative() -> bytes:
    return _kids(b"<</Type/Pages/Count -7/Kids[3 0 R]>>")


@hostile("kids-200k.pdf", refused="", slow=True)
def _kids_200k() -> bytes:
    return _kids(b"<</Type/Pages/Count 200000/Kids[" + b"3 0 R " * 200_000 + b"]>>")


@hostile("tree-of-itself.pdf", refused="เสียหาย")
def _tree_loop() -> bytes:
    return _kids(b"<</Type/Pages/Count 1/Kids[2 0 R]>>")


@hostile("tree-ten-to-the-ninth.pdf", refused="")
def _tree_laughs() -> bytes:
    level = b"<</Type/Pages/Parent 2 0 R/Count 1000000000/Kids[%s]>>"
    nodes = [level % (b"%d 0 R " % number * 10) for number in range(3, 12)]
    return pdf([CATALOG, *nodes, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"])


@hostile("tree-5000-deep.pdf")
def _tree_deep() -> bytes:
    nodes = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % number for number in range(3, 5003)]
    return pdf([CATALOG, *nodes, b"<</Type/Page/MediaBox[0 0 99 99]>>"])


@hostile("parent-of-itself.pdf", refused="")
def _parent_loop() -> bytes:
    return pdf([CATALOG, PAGES, b"<</Type/Page/Parent 3 0 R>>"])


@hostile("page-is-a-number.pdf", refused="")
def _page_number() -> bytes:
    return pdf([CATALOG, PAGES, b"42"])


@hostile("2000-pages-of-one-content.pdf", slow=True)
def _shared_content() -> bytes:
    content = b"BT /F 12 Tf " + b"1 0 0 1 60 700 Tm (ABCD) Tj " * 20_000 + b"ET"
    fonts = thai_pdf(b"").split(b"endobj")
    bodies = [part.split(b"obj\n", 1)[1] for part in fonts[2:5]]
    pages = b"<</Type/Pages/Count 2000/MediaBox[0 0 595 842]/Kids[" + b"7 0 R " * 2000 + b"]>>"
    page = b"<</Type/Page/Parent 2 0 R/Contents 6 0 R/Resources<</Font<</F 3 0 R>>>>>>"
    return pdf([CATALOG, pages, *bodies, stream(content), page])


@hostile("1900-empty-scans.pdf", slow=True, ocr=True)
def _many_scans() -> bytes:
    pages = b"<</Type/Pages/Count 1900/MediaBox[0 0 595 842]/Kids[" + b"3 0 R " * 1900 + b"]>>"
    page = PAGE % b"/Resources<</XObject<</I 5 0 R>>>>"
    content = stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    return pdf(
        [CATALOG, pages, page, content, picture(1000, 1000, random.Random(3).randbytes(125_000))]
    )


# Objects and references


@hostile("arrays-200k-deep.pdf", slow=True)
def _nested_arrays() -> bytes:
    deep = b"[" * 200_000 + b"]" * 200_000
    return pdf([b"<</Type/Catalog/Pages 2 0 R/X %s>>" % deep, PAGES, PAGE % b"", stream(b"")])


@hostile("dictionaries-100k-deep.pdf", slow=True)
def _nested_dictionaries() -> bytes:
    deep = b"<</A" * 100_000 + b" 1" + b">>" * 100_000
    return pdf([b"<</Type/Catalog/X %s/Pages 2 0 R>>" % deep, PAGES, PAGE % b"", stream(b"")])


@hostile("reference-to-itself.pdf", refused="", slow=True)
def _reference_loop() -> bytes:
    return pdf([CATALOG, b"2 0 R", b"3 0 R", b"5 0 R", b"4 0 R"])


@hostile("length-of-itself.pdf")
def _length_loop() -> bytes:
    return one_page(b"<</Length 4 0 R>>stream\n" + WORD + b"\nendstream")


@hostile("length-2-billion.pdf")
def _length_lie() -> bytes:
    return one_page(b"<</Length 2000000000>>stream\n" + WORD + b"\nendstream")


@hostile("length-negative.pdf")
def _length_negative() -> bytes:
    return one_page(b"<</Length -5>>stream\n" + WORD + b"\nendstream")


@hostile("previous-table-is-itself.pdf")
def _prev_loop() -> bytes:
    data = thai_pdf(WORD)
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % data.index(b"xref\n0"))


@hostile("20k-previous-tables.pdf")
def _prev_chain() -> bytes:
    out, place = thai_pdf(WORD), 0
    place = out.rindex(b"xref\n0")
    parts, at = [out], len(out)
    for _ in range(20_000):
        part = b"\nxref\n0 0\ntrailer<</Size 9/Root 1 0 R/Prev %d>>" % place
        place = at + 1
        parts.append(part)
        at += len(part)
    return b"".join(parts) + b"\nstartxref\n%d\n%%%%EOF" % place


@hostile("table-claims-a-billion.pdf")
def _xref_claims() -> bytes:
    return thai_pdf(WORD).replace(b"xref\n0 ", b"xref\n0 99999999")


@hostile("table-points-outside.pdf")
def _xref_outside() -> bytes:
    return thai_pdf(WORD).replace(b" 00000 n", b" 00000 n".replace(b"0", b"9"))


@hostile("table-stream-bomb.pdf", slow=True)
def _xref_stream_bomb() -> bytes:
    packed = zlib_flood(b"\x01" + b"\0" * 1023, 256 * 1024)
    entries = b"/Type/XRef/Size 99999999/W[1 2 1]/Root 1 0 R/Filter/FlateDecode"
    head = b"%PDF-1.5\n1 0 obj\n" + CATALOG + b"\nendobj\n"
    body = b"9 0 obj\n" + raw_stream(packed, entries) + b"\nendobj\n"
    return head + body + b"startxref\n%d\n%%%%EOF" % len(head)


@hostile("table-stream-huge-fields.pdf", refused="เสียหาย", slow=True)
def _xref_stream_fields() -> bytes:
    entries = b"/Type/XRef/Size 9/W[999999999 999999999 -3]/Index[0 999999999]/Root 1 0 R"
    head = b"%PDF-1.5\n"
    body = b"9 0 obj\n" + raw_stream(b"x" * 99, entries) + b"\nendobj\n"
    return head + body + b"startxref\n%d\n%%%%EOF" % len(head)


def _object_stream(entries: bytes, packed: bytes) -> bytes:
    """A PDF whose catalog and page tree (objects 1 and 2) stand in object stream 3."""
    head = b"%PDF-1.5\n3 0 obj\n"
    body = raw_stream(packed, b"/Type/ObjStm/Filter/FlateDecode" + entries) + b"\nendobj\n"
    rows = [(0, 0, 0), (2, 3, 0), (2, 3, 1), (1, 9, 0), (1, len(head + body), 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    last = b"4 0 obj\n" + raw_stream(table, b"/Type/XRef/Size 5/W[1 4 2]/Root 1 0 R") + b"\nendobj"
    return head + body + last + b"\nstartxref\n%d\n%%%%EOF" % len(head + body)


@hostile("object-stream-bomb.pdf", slow=True)
def _object_stream_bomb() -> bytes:
    return _object_stream(b"/N 2000000000/First 20", zlib_flood(b"1 0 " * 262_144, 300))


@hostile("object-stream-of-itself.pdf", refused="")
def _object_stream_loop() -> bytes:
    return _object_stream(
        b"/N 2/First 8/Extends 3 0 R/Length 3 0 R", zlib_flood(b"1 0 2 9 3 0 R 3 0 R", 1)
    )


@hostile("outline-and-structure-loops.pdf", read=THAI)
def _outlines() -> bytes:
    catalog = b"<</Type/Catalog/Pages 2 0 R/Outlines 8 0 R/StructTreeRoot 8 0 R/Names 8 0 R>>"
    loop = b"<</First 8 0 R/Last 8 0 R/Next 8 0 R/Parent 8 0 R/K 8 0 R/Kids[8 0 R]/Count 9>>"
    return appended(thai_pdf(WORD, extra=loop).replace(CATALOG, catalog), 9, [])
