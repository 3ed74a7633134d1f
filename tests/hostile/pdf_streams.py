"""Hostile PDFs: streams that unpack, forms and patterns that call themselves."""

from __future__ import annotations

from tests.hostile.catalogue import hostile
from tests.hostile.packing import MB, lzw_flood, zlib_flood
from tests.hostile.pdf_parts import CATALOG, PAGES, WORD, appended, one_page, raw_stream
from tests.pipeline.readers.raw_pdf import pdf, stream, thai_pdf

# Streams that unpack


@hostile("flate-1-gb.pdf")
def _flate_bomb() -> bytes:
    return one_page(raw_stream(zlib_flood(b" " * MB, 1024), b"/Filter/FlateDecode"))


@hostile("flate-1-gb-of-text.pdf", slow=True)
def _flate_text() -> bytes:
    return one_page(raw_stream(zlib_flood(b"(A) Tj\n" * 149_797, 1024), b"/Filter/FlateDecode"))


@hostile("flate-in-flate.pdf", slow=True)
def _flate_twice() -> bytes:
    twice = zlib_flood(zlib_flood(b" " * MB, 2048), 1)
    return one_page(raw_stream(twice, b"/Filter[/FlateDecode/FlateDecode]"))


@hostile("500-filters.pdf", slow=True)
def _many_filters() -> bytes:
    filters = b"/FlateDecode" * 500
    return one_page(raw_stream(zlib_flood(b" " * MB, 64), b"/Filter[%s]" % filters))


@hostile("lzw-1-gb.pdf", slow=True)
def _lzw_bomb() -> bytes:
    return one_page(raw_stream(lzw_flood(32, 20), b"/Filter/LZWDecode"))


@hostile("run-lengths-in-flate.pdf", slow=True)
def _run_lengths() -> bytes:
    packed = zlib_flood(b"\x81 " * (MB // 2), 64)
    return one_page(raw_stream(packed, b"/Filter[/FlateDecode/RunLengthDecode]"))


@hostile("ascii85-in-flate.pdf", slow=True)
def _ascii85() -> bytes:
    packed = zlib_flood(b"z" * MB, 256)
    return one_page(raw_stream(packed, b"/Filter[/FlateDecode/ASCII85Decode]"))


@hostile("hex-in-flate.pdf", slow=True)
def _hex() -> bytes:
    packed = zlib_flood(b"20" * (MB // 2), 256)
    return one_page(raw_stream(packed, b"/Filter[/FlateDecode/ASCIIHexDecode]"))


@hostile("predictor-bomb.pdf", slow=True)
def _predictor() -> bytes:
    packed = zlib_flood(b"\x02" * MB, 64)
    parms = b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2/Colors 1>>"
    return one_page(raw_stream(packed, parms))


@hostile("predictor-columns-lie.pdf")
def _predictor_lie() -> bytes:
    parms = b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2000000000/Colors 99>>"
    return one_page(raw_stream(zlib_flood(b"abc", 9), parms))


@hostile("100k-contents.pdf", slow=True)
def _contents_list() -> bytes:
    content = stream(WORD * 100)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents[" + b"4 0 R " * 100_000 + b"]>>"
    return pdf([CATALOG, PAGES, page, content])


# Forms, patterns and fonts that call themselves

_FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>"


def _form(content: bytes, following: int) -> bytes:
    return raw_stream(content, _FORM % following)


@hostile("forms-ten-to-the-twelfth.pdf", slow=True)
def _laughs() -> bytes:
    forms = [_form(b"/F Do " * 10, 6 + i) for i in range(12)]
    resources = b"/Resources<</XObject<</F 5 0 R>>>>"
    return one_page(stream(b"/F Do"), resources, *forms, _form(b"q Q", 99))


@hostile("forms-ten-to-the-twelfth-behind-text.pdf", slow=True)
def _laughs_with_text() -> bytes:
    forms = [_form(b"/F Do " * 10, 10 + i) for i in range(12)]
    page = thai_pdf(WORD + b"/F Do", resources=b"/XObject<</F 9 0 R>>", extra=b"null")
    return appended(page, 9, [*forms, _form(b"q Q", 99)])


@hostile("form-of-itself.pdf")
def _self_form() -> bytes:
    return one_page(stream(b"/F Do"), b"/Resources<</XObject<</F 5 0 R>>>>", _form(b"/F Do", 5))


@hostile("forms-3000-deep.pdf")
def _deep_forms() -> bytes:
    forms = [_form(b"/F Do", 6 + i) for i in range(3000)]
    return one_page(stream(b"/F Do"), b"/Resources<</XObject<</F 5 0 R>>>>", *forms)


@hostile("type3-font-of-itself.pdf")
def _type3() -> bytes:
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/FirstChar 65"
        b"/LastChar 65/Widths[1]/Encoding<</Differences[65/a]>>/CharProcs<</a 6 0 R>>"
        b"/Resources<</Font<</F 5 0 R>>>>>>"
    )
    glyph = stream(b"1 0 d0 BT /F 9 Tf (AAAAAAAAAA) Tj ET")
    return one_page(
        stream(b"BT /F 9 Tf (AAAAAAAAAA) Tj ET"), b"/Resources<</Font<</F 5 0 R>>>>", font, glyph
    )


@hostile("pattern-of-itself.pdf", slow=True, ocr=True)
def _pattern() -> bytes:
    entries = (
        b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep .001/YStep .001"
        b"/Resources<</Pattern<</P 5 0 R>>>>"
    )
    paint = b"/Pattern cs /P scn 0 0 595 842 re f"
    resources = b"/Resources<</Pattern<</P 5 0 R>>>>"
    return one_page(stream(paint), resources, raw_stream(paint, entries))


@hostile("soft-mask-of-itself.pdf", ocr=True)
def _soft_mask() -> bytes:
    state = b"<</Type/ExtGState/SMask<</S/Luminosity/G 6 0 R>>>>"
    group = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Group<</S/Transparency>>"
    group += b"/Resources<</ExtGState<</G 5 0 R>>>>"
    paint = b"/G gs 0 0 9 9 re f"
    resources = b"/Resources<</ExtGState<</G 5 0 R>>>>"
    return one_page(stream(paint), resources, state, raw_stream(paint, group))
