"""Hostile PDFs: contents of pages, and what acts."""

from __future__ import annotations

import random

from tests.hostile.catalogue import hostile
from tests.hostile.packing import MB, zlib_flood
from tests.hostile.pdf_parts import CATALOG, PAGES, THAI, WORD, appended, one_page, raw_stream
from tests.pipeline.readers.raw_pdf import pdf, stream, thai_pdf

# Contents


@hostile("actual-text-of-100-mb.pdf", slow=True)
def _actual_text() -> bytes:
    head = b"/Span <</ActualText ("
    tail = b")>> BDC " + WORD + b"EMC"
    return thai_pdf(head + b"A" * (100 * MB) + tail)


@hostile("actual-text-unclosed-50k.pdf")
def _unclosed_spans() -> bytes:
    return thai_pdf(b"/S <</ActualText (x)>> BDC " * 50_000 + WORD)


@hostile("actual-text-on-every-mark.pdf")
def _spans_of_text() -> bytes:
    return thai_pdf((b"/Span <</ActualText (" + b"ab" * 5000 + b")>> BDC EMC ") * 2000 + WORD)


@hostile("a-million-glyphs.pdf", slow=True)
def _glyphs() -> bytes:
    return thai_pdf(b"BT /F 12 Tf (" + b"ABCD" * 250_000 + b") Tj ET")


@hostile("200k-glyphs-each-placed.pdf", slow=True)
def _placed_glyphs() -> bytes:
    places = (
        b"1 0 0 1 %d %d Tm (A) Tj " % (i * 7919 % 595, i * 104_729 % 842) for i in range(200_000)
    )
    return thai_pdf(b"BT /F 12 Tf " + b"".join(places) + b"ET")


@hostile("glyphs-all-in-one-place.pdf", slow=True)
def _stacked_glyphs() -> bytes:
    return thai_pdf(b"BT /F 12 Tf " + b"1 0 0 1 60 700 Tm (D) Tj " * 50_000 + b"ET")


@hostile("a-million-rules.pdf", slow=True)
def _rules() -> bytes:
    rules = (b"%d %d 99 .5 re f " % (i % 595, i * 7 % 842) for i in range(1_000_000))
    return thai_pdf(b"".join(rules) + WORD)


@hostile("grid-of-a-million-cells.pdf", slow=True)
def _grid() -> bytes:
    lines = (b"%.2f 0 .1 842 re 0 %.2f 595 .1 re f " % (i * 0.59, i * 0.84) for i in range(1001))
    return thai_pdf(b"".join(lines) + WORD)


@hostile("random-rules-20k.pdf", slow=True)
def _random_rules() -> bytes:
    dice = random.Random(5)
    lines = (
        b"%d %d m %d %d l S " % (x := dice.randrange(595), y := dice.randrange(842), x, y + 99)
        + b"%d %d m %d %d l S " % (x, y, x + 99, y)
        for _ in range(10_000)
    )
    return thai_pdf(b"".join(lines) + WORD)


@hostile("path-of-a-million-points.pdf", slow=True)
def _path() -> bytes:
    return thai_pdf(b"0 0 m " + b"5 5 l " * 1_000_000 + b"S " + WORD)


@hostile("states-500k-deep.pdf", slow=True)
def _states() -> bytes:
    return thai_pdf(b"q " * 500_000 + WORD)


@hostile("brackets-300k.pdf")
def _brackets() -> bytes:
    return thai_pdf(b"[" * 300_000 + WORD + b"(" * 300_000)


@hostile("stray-bytes.pdf", slow=True)
def _stray() -> bytes:
    return thai_pdf(WORD + b"<" * 300_000 + b"<12" * 99_999 + b"%" * 300_000 + b"+" * 300_000)


@hostile("operands-a-million.pdf", slow=True)
def _operands() -> bytes:
    return thai_pdf(b"1 " * 1_000_000 + WORD + b"[" + b"(A) 1 " * 300_000 + b"] TJ")


@hostile("inline-image-without-end.pdf", read=THAI)
def _inline_image() -> bytes:
    return thai_pdf(WORD + b"BI /W 99999 /H 99999 /BPC 8 /CS /G ID " + b"x" * 300_000)


@hostile("inline-images-50k.pdf")
def _inline_images() -> bytes:
    return thai_pdf(WORD + b"BI ID x " * 50_000)


@hostile("numbers-beyond-reason.pdf")
def _numbers() -> bytes:
    digits = b"9" * 5000
    content = b"BT /F 1e999 Tf %s.%s -%s Td (A) Tj /F %s Tf (B) Tj ET " % ((digits,) * 4)
    return thai_pdf(
        content + b"NaN Infinity - -- +.- 0 0 cm " + WORD + b"-1e38 Tz 1e38 TL T* (A) '"
    )


@hostile("matrix-of-zeros.pdf")
def _matrix() -> bytes:
    return thai_pdf(b"0 0 0 0 0 0 cm " + WORD + b"BT /F 0 Tf (ABCD) Tj ET")


@hostile("operands-of-wrong-types.pdf")
def _wrong_types() -> bytes:
    operators = b"Tf Td TD Tm Tc Tw Tz TL Ts Tj TJ ' \" cm re m l c v y gs Do BDC BMC EMC Q q d w"
    operands = (b"", b"/N", b"(s)", b"[[]]", b"<</A 1>>", b"null", b"1", b"/N /N /N /N /N /N")
    calls = [operand + b" " + op for op in operators.split() for operand in operands]
    return thai_pdf(b"BT " + b"\n".join(calls) + b" ET " + WORD)


@hostile("page-of-a-million-points.pdf", refused="", ocr=True)
def _huge_page() -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1000000 1000000]/UserUnit 75000>>"
    return pdf([CATALOG, PAGES, page])


@hostile("page-boxes-without-sense.pdf")
def _odd_boxes() -> bytes:
    boxes = (b"[]", b"[NaN 0 1 1]", b"[9 9 -9 -9]", b"[0 0 0 0]", b"[1e39 -1e39 1e39 9]", b"(x)")
    kids = b" ".join(b"%d 0 R" % (3 + i) for i in range(len(boxes)))
    pages = [
        b"<</Type/Page/Parent 2 0 R/Rotate 45.5/MediaBox %s/CropBox %s>>" % (b, b) for b in boxes
    ]
    return pdf([CATALOG, b"<</Type/Pages/Count 6/Kids[%s]>>" % kids, *pages])


# What acts


@hostile("scripts-and-launches.pdf", read=THAI)
def _actions() -> bytes:
    act = (
        b"<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9/x'\\))/Next"
        b"<</S/Launch/F(/bin/sh)/Next<</S/URI/URI(http://127.0.0.1:9/)/Next"
        b"<</S/SubmitForm/F(http://127.0.0.1:9/)>>>>>>>>"
    )
    catalog = b"<</Type/Catalog/Pages 2 0 R/OpenAction %s/AA<</WC %s>>>>" % (act, act)
    return appended(thai_pdf(WORD).replace(CATALOG, catalog), 9, [])


@hostile("attached-bomb.pdf", read=THAI, slow=True)
def _attachment() -> bytes:
    names = (
        b"/Names<</EmbeddedFiles<</Names[(../../etc/x) <</Type/Filespec/F(x)/EF<</F 9 0 R>>>>]>>>>"
    )
    bomb = raw_stream(zlib_flood(b"\0" * MB, 1024), b"/Type/EmbeddedFile/Filter/FlateDecode")
    catalog = b"<</Type/Catalog/Pages 2 0 R%s>>" % names
    return appended(thai_pdf(WORD).replace(CATALOG, catalog), 9, [bomb])


@hostile("external-stream.pdf")
def _external() -> bytes:
    return one_page(b"<</Length 0/F(/etc/passwd)/FFilter/None>>stream\n\nendstream")


@hostile("form-fields-100k.pdf", slow=True)
def _fields() -> bytes:
    field = b"<</FT/Tx/T(a)/V(b)/Kids[9 0 R]/Parent 9 0 R>>"
    form = b"/AcroForm<</Fields[%s]/XFA 10 0 R>>" % (b"9 0 R " * 100_000)
    laughs = b"<!DOCTYPE x[<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
        b"<!ENTITY %c '%s'>" % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9)
    )
    catalog = b"<</Type/Catalog/Pages 2 0 R%s>>" % form
    objects = [field, stream(laughs + b"]><x>&j;</x>")]
    return appended(thai_pdf(WORD).replace(CATALOG, catalog), 9, objects)


@hostile("annotations-100k.pdf", slow=True)
def _annotations() -> bytes:
    annots = b"/Annots[" + b"9 0 R " * 100_000 + b"]"
    note = b"<</Type/Annot/Subtype/FreeText/Rect[0 0 99 99]/Contents(x)/Popup 9 0 R/P 9 0 R>>"
    return appended(thai_pdf(WORD).replace(b"/Type/Page/", b"/Type/Page%s/" % annots), 9, [note])


@hostile("zip-behind-pdf.pdf", read=THAI)
def _polyglot() -> bytes:
    return thai_pdf(WORD) + b"PK\x05\x06" + b"\0" * 18


@hostile("empty.pdf", refused="ว่าง")
def _empty() -> bytes:
    return b""
