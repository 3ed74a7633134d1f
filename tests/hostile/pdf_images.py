"""Hostile PDFs: images and paint, for whoever renders the page."""

from __future__ import annotations

import random

from tests.hostile.catalogue import hostile
from tests.hostile.packing import zlib_flood
from tests.hostile.pdf_parts import one_page, picture
from tests.pipeline.readers.raw_pdf import stream


def _scan(image: bytes, *more: bytes) -> bytes:
    content = stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    return one_page(content, b"/Resources<</XObject<</I 5 0 R>>>>", image, *more)


@hostile("image-60k-by-60k.pdf", slow=True, ocr=True)
def _giant_image() -> bytes:
    rows = zlib_flood(b"\xff" * 7500 * 100, 600)
    return _scan(picture(60_000, 60_000, rows, b"/Filter/FlateDecode"))


@hostile("image-2-billion-wide.pdf", refused="", ocr=True)
def _lying_image() -> bytes:
    return _scan(picture(2_000_000_000, 2_000_000_000, b"x"))


@hostile("images-broken.pdf", refused="", ocr=True)
def _broken_images() -> bytes:
    junk = random.Random(6).randbytes(5000)
    filters = (b"JBIG2", b"JPX", b"DCT", b"CCITTFax")
    starts = (
        b"\0\0\0\0\x30\0\1\0\0\0\x13",
        b"\0\0\0\x0cjP  \r\n\x87\n",
        b"\xff\xd8\xff\xc0\0\x0b\x08",
        b"",
    )
    images = [
        picture(65_000, 65_000, start + junk, b"/Filter/%sDecode" % name)
        for name, start in zip(filters, starts, strict=True)
    ]
    names = b"".join(b"/I%d %d 0 R" % (i, 5 + i) for i in range(4))
    paint = b"".join(b"q 99 0 0 99 0 0 cm /I%d Do Q " % i for i in range(4))
    return one_page(stream(paint), b"/Resources<</XObject<<%s>>>>" % names, *images)


@hostile("image-painted-100k-times.pdf", slow=True, ocr=True)
def _painted_often() -> bytes:
    content = stream(b"q 595 0 0 842 0 0 cm /I Do Q " * 100_000)
    image = picture(2000, 2000, random.Random(7).randbytes(500_000))
    return one_page(content, b"/Resources<</XObject<</I 5 0 R>>>>", image)


@hostile("dashes-without-end.pdf", slow=True, ocr=True)
def _dashes() -> bytes:
    return one_page(stream(b"[.0001 .0001] 0 d .001 w " + b"0 0 m 595 842 l 595 0 l S " * 2000))
