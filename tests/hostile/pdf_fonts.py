"""Hostile PDFs: fonts and their maps."""

from __future__ import annotations

import random

from tests.hostile.catalogue import hostile
from tests.hostile.packing import MB, zlib_flood
from tests.hostile.pdf_parts import THAI, raw_stream, with_font
from tests.pipeline.readers.raw_pdf import stream

_DESCRIPTOR = b"/FontName/X"


@hostile("truetype-font-broken.pdf", read=THAI)
def _broken_truetype() -> bytes:
    junk = b"\0\1\0\0\xff\xff" + random.Random(4).randbytes(4000)
    return with_font(_DESCRIPTOR, b"/FontName/X/FontFile2 9 0 R", stream(junk))


@hostile("cff-font-broken.pdf", read=THAI)
def _broken_cff() -> bytes:
    junk = b"\1\0\4\4\xff\xff" + b"\xff" * 4000
    return with_font(_DESCRIPTOR, b"/FontName/X/FontFile3 9 0 R", stream(junk, b"/Subtype/Type1C"))


@hostile("type1-font-broken.pdf", read=THAI)
def _broken_type1() -> bytes:
    junk = b"%!PS-AdobeFont\n/Encoding 256 array\n" + b"dup 65 /A put\n" * 20_000 + b"("
    lengths = b"/Length1 99999999/Length2 -1/Length3 0"
    return with_font(_DESCRIPTOR, b"/FontName/X/FontFile 9 0 R", stream(junk, lengths))


@hostile("font-file-1-gb.pdf", slow=True)
def _font_bomb() -> bytes:
    packed = raw_stream(zlib_flood(b"\0" * MB, 1024), b"/Filter/FlateDecode")
    return with_font(_DESCRIPTOR, b"/FontName/X/FontFile2 9 0 R", packed)


def _with_map(map_: bytes) -> bytes:
    return with_font(b"/ToUnicode 4 0 R", b"/ToUnicode 9 0 R", stream(map_))


@hostile("map-of-4-billion-codes.pdf", slow=True)
def _map_range() -> bytes:
    return _with_map(b"begincmap 1 beginbfrange <00000000> <FFFFFFFF> <0E01> endbfrange endcmap")


@hostile("map-of-many-ranges.pdf", slow=True)
def _map_ranges() -> bytes:
    return _with_map(b"1 beginbfrange " + b"<0000> <FFFF> <0E01> " * 1000 + b"endbfrange")


@hostile("map-of-one-code-to-1-mb.pdf", slow=True)
def _map_long() -> bytes:
    return _with_map(b"1 beginbfchar <41> <" + b"0E01" * 262_144 + b"> endbfchar")


@hostile("map-uses-itself.pdf")
def _map_use() -> bytes:
    return with_font(
        b"/ToUnicode 4 0 R",
        b"/ToUnicode 9 0 R",
        stream(b"/M usecmap begincmap endcmap", b"/CMapName/M/UseCMap 9 0 R"),
    )


@hostile("map-named-as-a-path.pdf")
def _map_path() -> bytes:
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/#2e#2e#2f#2e#2e#2fetc#2fpasswd"
        b"/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/X/FontDescriptor<<>>"
        b"/CIDSystemInfo<</Registry(../../../../etc)/Ordering(passwd)/Supplement 0>>>>]>>"
    )
    return with_font(b"/F 3 0 R", b"/F 9 0 R", font)


@hostile("widths-of-2-billion-codes.pdf")
def _widths() -> bytes:
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[10 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/W[0 2000000000 500 9 [1 2 3]]/DW 1e999"
        b"/FontDescriptor<</FontName/X>>/CIDSystemInfo<</Registry(A)/Ordering(B)/Supplement 0>>>>",
    )
    return with_font(b"/F 3 0 R", b"/F 9 0 R", *font)


@hostile("glyph-names-beyond-unicode.pdf")
def _glyph_names() -> bytes:
    names = b"/uniFFFFFFFF/u110000/uniD800/uni/u0E01.left." + b"a" * 99_999
    return with_font(
        b"/ToUnicode 4 0 R/Encoding/WinAnsiEncoding", b"/Encoding<</Differences[65 %s]>>" % names
    )


@hostile("fonts-100k.pdf", slow=True)
def _many_fonts() -> bytes:
    fonts = b"".join(b"/F%d 3 0 R" % i for i in range(100_000))
    return with_font(b"/Font<</F 3 0 R>>", b"/Font<</F 3 0 R%s>>" % fonts)


@hostile("font-of-itself.pdf", slow=True)
def _font_loop() -> bytes:
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[9 0 R]>>"
    return with_font(b"/F 3 0 R", b"/F 9 0 R", font)
