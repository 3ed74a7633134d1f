"""Hand-made PDFs: the smallest file that shows one thing."""

from __future__ import annotations

import zlib

# One simple font whose codes 65 to 68 are กาน้ and whose map has a hole at 69.
_CMAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <00> <FF> endcodespacerange
4 beginbfchar <41> <0E01> <42> <0E32> <43> <0E19> <44> <0E49> endbfchar
1 beginbfchar <20> <0020> endbfchar
endcmap end end"""


def pdf(objects: list[bytes]) -> bytes:
    """A PDF of `objects`, numbered from 1; the first is the catalog."""
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + (
        b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A compressed stream object."""
    packed = zlib.compress(data)
    head = b"<<%s/Length %d/Filter/FlateDecode>>stream\n" % (entries, len(packed))
    return head + packed + b"\nendstream"


def thai_pdf(
    *contents: bytes,
    resources: bytes = b"",
    extra: bytes = b"null",
    page: bytes = b"",
    catalog: bytes = b"",
) -> bytes:
    """One page for each content stream; in font /F the codes ABCD are กาน้, each base 500 wide.

    `extra` is the object after the last page's content: number 6 + 2 * pages. `page` and `catalog`
    are further entries of every page and of the catalog.
    """
    kids = b" ".join(b"%d 0 R" % (6 + 2 * i) for i in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 595 842]>>" % (len(contents), kids),
        b"<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar 32/Widths[250%s 500 500 500 0 0 500]"
        b"/ToUnicode 4 0 R/Encoding/WinAnsiEncoding/FontDescriptor 5 0 R>>" % (b" 500" * 32),
        stream(_CMAP),
        b"<</Type/FontDescriptor/FontName/X/Flags 4>>",
    ]
    for i, content in enumerate(contents):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</Font<</F 3 0 R>>%s>>%s>>"
            % (7 + 2 * i, resources, page)
        )
        objects.append(stream(content))
    return pdf([*objects, extra])
