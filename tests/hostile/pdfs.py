"""Hostile PDFs: structure, streams, fonts, pages."""

from __future__ import annotations

import hashlib
import random
import struct
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from tests.hostile.catalogue import hostile
from tests.hostile.packing import MB, lzw_flood, rc4, zlib_flood
from tests.readers.raw_pdf import pdf, stream, thai_pdf

DATA = Path(__file__).parent.parent / "data"
# In the font of `thai_pdf`: กาน้.
WORD = b"BT /F 15 Tf 60 700 Td (ABCD) Tj ET "
THAI = "กาน้"
_CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
_PAGES = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%s>>"


def one_page(content: bytes, entries: bytes = b"", *more: bytes) -> bytes:
    """A page without a font; `content` is its content object, `more` are objects from 5 on."""
    return pdf([_CATALOG, _PAGES, _PAGE % entries, content, *more])


def raw_stream(data: bytes, entries: bytes) -> bytes:
    """A stream object whose bytes are packed already."""
    return b"<<%s/Length %d>>stream\n" % (entries, len(data)) + data + b"\nendstream"


def ordinary() -> bytes:
    """A sound PDF of several pages."""
    return (DATA / "libreoffice-flow.pdf").read_bytes()


# Locked

_PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_ID = b"0123456789abcdef"
_RIGHTS = -3904  # everything forbidden


def _rc4_locked(user: bytes, owner: bytes) -> bytes:
    """A page under the 128-bit RC4 scheme (V 2, R 3) of the PDF reference."""
    key = hashlib.md5((owner + _PAD)[:32]).digest()
    for _ in range(50):
        key = hashlib.md5(key).digest()
    lock = (user + _PAD)[:32]
    for turn in range(20):
        lock = rc4(bytes(byte ^ turn for byte in key), lock)
    key = hashlib.md5((user + _PAD)[:32] + lock + struct.pack("<i", _RIGHTS) + _ID).digest()
    for _ in range(50):
        key = hashlib.md5(key).digest()
    check = hashlib.md5(_PAD + _ID).digest()
    for turn in range(20):
        check = rc4(bytes(byte ^ turn for byte in key), check)
    content = rc4(hashlib.md5(key + b"\x07\0\0\0\0").digest(), WORD)
    open_file = thai_pdf(WORD)
    start = open_file.index(b"7 0 obj")
    locked = (
        open_file[:start]
        + b"7 0 obj\n"
        + raw_stream(content, b"")
        + open_file[open_file.index(b"\nendobj", start) :]
    )
    # Object 4, the map of the font, is locked too.
    start = locked.index(b"4 0 obj")
    head, tail = locked.index(b"stream\n", start) + 7, locked.index(b"\nendstream", start)
    body = rc4(hashlib.md5(key + b"\x04\0\0\0\0").digest(), locked[head:tail])
    locked = locked[:head] + body + locked[tail:]
    entries = b"/ID[<%s><%s>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P %d/O<%s>/U<%s>>>" % (
        _ID.hex().encode(),
        _ID.hex().encode(),
        _RIGHTS,
        lock.hex().encode(),
        (check + b"\0" * 16).hex().encode(),
    )
    # Without its table the reader looks for the objects itself.
    return locked[: locked.index(b"xref")] + b"trailer<</Size 9/Root 1 0 R%s>>\n%%%%EOF" % entries


def _hardened(password: bytes, salt: bytes) -> bytes:
    """The hash of revision 6: SHA-2 and AES in turns, 64 or more."""
    key, turn, last = hashlib.sha256(password + salt).digest(), 0, 0
    while turn < 64 or last > turn - 32:
        block = (password + key) * 64
        packer = Cipher(algorithms.AES(key[:16]), modes.CBC(key[16:32])).encryptor()
        mixed = packer.update(block)
        name = ("sha256", "sha384", "sha512")[sum(mixed[:16]) % 3]
        key, last, turn = hashlib.new(name, mixed).digest(), mixed[-1], turn + 1
    return key[:32]


@hostile("locked-user.pdf", refused="รหัสผ่าน")
def _locked_user() -> bytes:
    return _rc4_locked(b"secret", b"owner")


@hostile("locked-owner.pdf", read=THAI)
def _locked_owner() -> bytes:
    return _rc4_locked(b"", b"owner")


@hostile("locked-aes-256.pdf", refused="รหัสผ่าน")
def _locked_aes() -> bytes:
    user = _hardened(b"secret", b"A" * 8) + b"A" * 8 + b"B" * 8
    wrapped = Cipher(algorithms.AES(_hardened(b"secret", b"B" * 8)), modes.CBC(b"\0" * 16))
    key = wrapped.encryptor().update(b"K" * 32)
    entries = (
        b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 5/R 6/Length 256/P -1/U<%s>/UE<%s>/O<%s>/OE<%s>"
        b"/Perms<%s>/StmF/StdCF/StrF/StdCF/CF<</StdCF<</CFM/AESV3/Length 32>>>>>>"
        % (user.hex().encode(), key.hex().encode(), b"00" * 48, b"00" * 32, b"00" * 16)
    )
    return thai_pdf(WORD).replace(b"/Root 1 0 R", b"/Root 1 0 R" + entries)


@hostile("locked-unknown-scheme.pdf", refused="รหัสผ่าน|ล็อก|เสียหาย")
def _locked_unknown() -> bytes:
    entries = b"/ID[<00><00>]/Encrypt<</Filter/Vault.Inc/V 99/R 99/P -1>>"
    return thai_pdf(WORD).replace(b"/Root 1 0 R", b"/Root 1 0 R" + entries)


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
    return pdf([_CATALOG, tree, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>", *more])


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
    return pdf([_CATALOG, *nodes, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"])


@hostile("tree-5000-deep.pdf")
def _tree_deep() -> bytes:
    nodes = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % number for number in range(3, 5003)]
    return pdf([_CATALOG, *nodes, b"<</Type/Page/MediaBox[0 0 99 99]>>"])


@hostile("parent-of-itself.pdf", refused="")
def _parent_loop() -> bytes:
    return pdf([_CATALOG, _PAGES, b"<</Type/Page/Parent 3 0 R>>"])


@hostile("page-is-a-number.pdf", refused="")
def _page_number() -> bytes:
    return pdf([_CATALOG, _PAGES, b"42"])


@hostile("2000-pages-of-one-content.pdf", slow=True)
def _shared_content() -> bytes:
    content = b"BT /F 12 Tf " + b"1 0 0 1 60 700 Tm (ABCD) Tj " * 20_000 + b"ET"
    fonts = thai_pdf(b"").split(b"endobj")
    bodies = [part.split(b"obj\n", 1)[1] for part in fonts[2:5]]
    pages = b"<</Type/Pages/Count 2000/MediaBox[0 0 595 842]/Kids[" + b"7 0 R " * 2000 + b"]>>"
    page = b"<</Type/Page/Parent 2 0 R/Contents 6 0 R/Resources<</Font<</F 3 0 R>>>>>>"
    return pdf([_CATALOG, pages, *bodies, stream(content), page])


@hostile("1900-empty-scans.pdf", slow=True)
def _many_scans() -> bytes:
    pages = b"<</Type/Pages/Count 1900/MediaBox[0 0 595 842]/Kids[" + b"3 0 R " * 1900 + b"]>>"
    page = _PAGE % b"/Resources<</XObject<</I 5 0 R>>>>"
    content = stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    return pdf(
        [_CATALOG, pages, page, content, _image(1000, 1000, random.Random(3).randbytes(125_000))]
    )


# Objects and references


@hostile("arrays-200k-deep.pdf", slow=True)
def _nested_arrays() -> bytes:
    deep = b"[" * 200_000 + b"]" * 200_000
    return pdf([b"<</Type/Catalog/Pages 2 0 R/X %s>>" % deep, _PAGES, _PAGE % b"", stream(b"")])


@hostile("dictionaries-100k-deep.pdf", slow=True)
def _nested_dictionaries() -> bytes:
    deep = b"<</A" * 100_000 + b" 1" + b">>" * 100_000
    return pdf([b"<</Type/Catalog/X %s/Pages 2 0 R>>" % deep, _PAGES, _PAGE % b"", stream(b"")])


@hostile("reference-to-itself.pdf", refused="", slow=True)
def _reference_loop() -> bytes:
    return pdf([_CATALOG, b"2 0 R", b"3 0 R", b"5 0 R", b"4 0 R"])


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
    head = b"%PDF-1.5\n1 0 obj\n" + _CATALOG + b"\nendobj\n"
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
    return _appended(thai_pdf(WORD, extra=loop).replace(_CATALOG, catalog), 9, [])


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
    return pdf([_CATALOG, _PAGES, page, content])


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
    return _appended(page, 9, [*forms, _form(b"q Q", 99)])


def _appended(data: bytes, first: int, objects: list[bytes]) -> bytes:
    """`data` with more objects, numbered from `first`, and no table: readers look for them."""
    body = data[: data.rindex(b"xref\n0")]
    body += b"".join(b"%d 0 obj\n%s\nendobj\n" % (first + i, o) for i, o in enumerate(objects))
    return body + b"trailer<</Size %d/Root 1 0 R>>\n%%%%EOF" % (first + len(objects))


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


@hostile("pattern-of-itself.pdf", slow=True)
def _pattern() -> bytes:
    entries = (
        b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep .001/YStep .001"
        b"/Resources<</Pattern<</P 5 0 R>>>>"
    )
    paint = b"/Pattern cs /P scn 0 0 595 842 re f"
    resources = b"/Resources<</Pattern<</P 5 0 R>>>>"
    return one_page(stream(paint), resources, raw_stream(paint, entries))


@hostile("soft-mask-of-itself.pdf")
def _soft_mask() -> bytes:
    state = b"<</Type/ExtGState/SMask<</S/Luminosity/G 6 0 R>>>>"
    group = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Group<</S/Transparency>>"
    group += b"/Resources<</ExtGState<</G 5 0 R>>>>"
    paint = b"/G gs 0 0 9 9 re f"
    resources = b"/Resources<</ExtGState<</G 5 0 R>>>>"
    return one_page(stream(paint), resources, state, raw_stream(paint, group))


# Fonts


def _with_font(old: bytes, new: bytes, *objects: bytes) -> bytes:
    """The one-page PDF of `WORD` with a change in its font; `objects` are numbered from 9."""
    return _appended(thai_pdf(WORD).replace(old, new), 9, list(objects))


_DESCRIPTOR = b"/FontName/X"


@hostile("truetype-font-broken.pdf", read=THAI)
def _broken_truetype() -> bytes:
    junk = b"\0\1\0\0\xff\xff" + random.Random(4).randbytes(4000)
    return _with_font(_DESCRIPTOR, b"/FontName/X/FontFile2 9 0 R", stream(junk))


@hostile("cff-font-broken.pdf", read=THAI)
def _broken_cff() -> bytes:
    junk = b"\1\0\4\4\xff\xff" + b"\xff" * 4000
    return _with_font(_DESCRIPTOR, b"/FontName/X/FontFile3 9 0 R", stream(junk, b"/Subtype/Type1C"))


@hostile("type1-font-broken.pdf", read=THAI)
def _broken_type1() -> bytes:
    junk = b"%!PS-AdobeFont\n/Encoding 256 array\n" + b"dup 65 /A put\n" * 20_000 + b"("
    lengths = b"/Length1 99999999/Length2 -1/Length3 0"
    return _with_font(_DESCRIPTOR, b"/FontName/X/FontFile 9 0 R", stream(junk, lengths))


@hostile("font-file-1-gb.pdf", slow=True)
def _font_bomb() -> bytes:
    packed = raw_stream(zlib_flood(b"\0" * MB, 1024), b"/Filter/FlateDecode")
    return _with_font(_DESCRIPTOR, b"/FontName/X/FontFile2 9 0 R", packed)


def _with_map(map_: bytes) -> bytes:
    return _with_font(b"/ToUnicode 4 0 R", b"/ToUnicode 9 0 R", stream(map_))


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
    return _with_font(
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
    return _with_font(b"/F 3 0 R", b"/F 9 0 R", font)


@hostile("widths-of-2-billion-codes.pdf")
def _widths() -> bytes:
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[10 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/W[0 2000000000 500 9 [1 2 3]]/DW 1e999"
        b"/FontDescriptor<</FontName/X>>/CIDSystemInfo<</Registry(A)/Ordering(B)/Supplement 0>>>>",
    )
    return _with_font(b"/F 3 0 R", b"/F 9 0 R", *font)


@hostile("glyph-names-beyond-unicode.pdf")
def _glyph_names() -> bytes:
    names = b"/uniFFFFFFFF/u110000/uniD800/uni/u0E01.left." + b"a" * 99_999
    return _with_font(
        b"/ToUnicode 4 0 R/Encoding/WinAnsiEncoding", b"/Encoding<</Differences[65 %s]>>" % names
    )


@hostile("fonts-100k.pdf", slow=True)
def _many_fonts() -> bytes:
    fonts = b"".join(b"/F%d 3 0 R" % i for i in range(100_000))
    return _with_font(b"/Font<</F 3 0 R>>", b"/Font<</F 3 0 R%s>>" % fonts)


@hostile("font-of-itself.pdf", slow=True)
def _font_loop() -> bytes:
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[9 0 R]>>"
    return _with_font(b"/F 3 0 R", b"/F 9 0 R", font)


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


@hostile("page-of-a-million-points.pdf", refused="")
def _huge_page() -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1000000 1000000]/UserUnit 75000>>"
    return pdf([_CATALOG, _PAGES, page])


@hostile("page-boxes-without-sense.pdf")
def _odd_boxes() -> bytes:
    boxes = (b"[]", b"[NaN 0 1 1]", b"[9 9 -9 -9]", b"[0 0 0 0]", b"[1e39 -1e39 1e39 9]", b"(x)")
    kids = b" ".join(b"%d 0 R" % (3 + i) for i in range(len(boxes)))
    pages = [
        b"<</Type/Page/Parent 2 0 R/Rotate 45.5/MediaBox %s/CropBox %s>>" % (b, b) for b in boxes
    ]
    return pdf([_CATALOG, b"<</Type/Pages/Count 6/Kids[%s]>>" % kids, *pages])


# Images, for whoever renders the page


def _image(width: int, height: int, data: bytes, entries: bytes = b"") -> bytes:
    head = (
        b"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 1/Width %d/Height %d%s"
    )
    return raw_stream(data, head % (width, height, entries))


def _scan(image: bytes, *more: bytes) -> bytes:
    content = stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    return one_page(content, b"/Resources<</XObject<</I 5 0 R>>>>", image, *more)


@hostile("image-60k-by-60k.pdf", slow=True)
def _giant_image() -> bytes:
    rows = zlib_flood(b"\xff" * 7500 * 100, 600)
    return _scan(_image(60_000, 60_000, rows, b"/Filter/FlateDecode"))


@hostile("image-2-billion-wide.pdf", refused="")
def _lying_image() -> bytes:
    return _scan(_image(2_000_000_000, 2_000_000_000, b"x"))


@hostile("images-broken.pdf", refused="")
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
        _image(65_000, 65_000, start + junk, b"/Filter/%sDecode" % name)
        for name, start in zip(filters, starts, strict=True)
    ]
    names = b"".join(b"/I%d %d 0 R" % (i, 5 + i) for i in range(4))
    paint = b"".join(b"q 99 0 0 99 0 0 cm /I%d Do Q " % i for i in range(4))
    return one_page(stream(paint), b"/Resources<</XObject<<%s>>>>" % names, *images)


@hostile("image-painted-100k-times.pdf", slow=True)
def _painted_often() -> bytes:
    content = stream(b"q 595 0 0 842 0 0 cm /I Do Q " * 100_000)
    image = _image(2000, 2000, random.Random(7).randbytes(500_000))
    return one_page(content, b"/Resources<</XObject<</I 5 0 R>>>>", image)


@hostile("dashes-without-end.pdf", slow=True)
def _dashes() -> bytes:
    return one_page(stream(b"[.0001 .0001] 0 d .001 w " + b"0 0 m 595 842 l 595 0 l S " * 2000))


# What acts


@hostile("scripts-and-launches.pdf", read=THAI)
def _actions() -> bytes:
    act = (
        b"<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9/x'\\))/Next"
        b"<</S/Launch/F(/bin/sh)/Next<</S/URI/URI(http://127.0.0.1:9/)/Next"
        b"<</S/SubmitForm/F(http://127.0.0.1:9/)>>>>>>>>"
    )
    catalog = b"<</Type/Catalog/Pages 2 0 R/OpenAction %s/AA<</WC %s>>>>" % (act, act)
    return _appended(thai_pdf(WORD).replace(_CATALOG, catalog), 9, [])


@hostile("attached-bomb.pdf", read=THAI, slow=True)
def _attachment() -> bytes:
    names = (
        b"/Names<</EmbeddedFiles<</Names[(../../etc/x) <</Type/Filespec/F(x)/EF<</F 9 0 R>>>>]>>>>"
    )
    bomb = raw_stream(zlib_flood(b"\0" * MB, 1024), b"/Type/EmbeddedFile/Filter/FlateDecode")
    catalog = b"<</Type/Catalog/Pages 2 0 R%s>>" % names
    return _appended(thai_pdf(WORD).replace(_CATALOG, catalog), 9, [bomb])


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
    return _appended(thai_pdf(WORD).replace(_CATALOG, catalog), 9, objects)


@hostile("annotations-100k.pdf", slow=True)
def _annotations() -> bytes:
    annots = b"/Annots[" + b"9 0 R " * 100_000 + b"]"
    note = b"<</Type/Annot/Subtype/FreeText/Rect[0 0 99 99]/Contents(x)/Popup 9 0 R/P 9 0 R>>"
    return _appended(thai_pdf(WORD).replace(b"/Type/Page/", b"/Type/Page%s/" % annots), 9, [note])


@hostile("zip-behind-pdf.pdf", read=THAI)
def _polyglot() -> bytes:
    return thai_pdf(WORD) + b"PK\x05\x06" + b"\0" * 18


@hostile("empty.pdf", refused="ว่าง")
def _empty() -> bytes:
    return b""
