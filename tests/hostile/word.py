"""Hostile DOCX files."""

from __future__ import annotations

import random
import struct
from pathlib import Path

from tests.hostile.catalogue import hostile
from tests.hostile.office_parts import MAIN, REL, RELS, THAI, W, laughs
from tests.hostile.packing import MB, Member, Storage, archive

SAMPLES = Path(__file__).parents[2] / "corpora" / "samples"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_OPEN = f'<w:document xmlns:w="{W}" xmlns:r="{REL}"><w:body>'
_CLOSE = "</w:body></w:document>"
_WORDS = f"<w:p><w:r><w:t>{THAI}</w:t></w:r></w:p>"


def docx(*document: Member, parts: dict[str, str] | None = None) -> bytes:
    """A DOCX of the least parts, whose document.xml is `document`; `parts` replace or add."""
    own = {"[Content_Types].xml": _TYPES, "_rels/.rels": RELS % MAIN} | (parts or {})
    return archive([*(Member.of(name, text.encode()) for name, text in own.items()), *document])


def body(xml: str, **claims: int) -> Member:
    """The document.xml whose body is `xml`."""
    return Member.of("word/document.xml", (_OPEN + xml + _CLOSE).encode(), **claims)


def flooded(before: str, chunk: str, times: int, after: str) -> Member:
    """A document.xml whose body is `before`, `chunk` so many times, `after`."""
    head, tail = (_OPEN + before).encode(), (after + _CLOSE).encode()
    return Member.stitched("word/document.xml", (head, 1), (chunk.encode(), times), (tail, 1))


@hostile("ordinary-least.docx", read=THAI)
def _least() -> bytes:
    return docx(body(_WORDS))


# Locked, cut, wrongly named


@hostile("locked.docx", refused="รหัสผ่าน")
def _locked() -> bytes:
    info = struct.pack("<HHI", 4, 4, 0x40) + b'<?xml version="1.0"?><encryption/>'
    package = struct.pack("<Q", 9000) + random.Random(1).randbytes(9008)
    return Storage({"EncryptionInfo": info, "EncryptedPackage": package}).save()


def _sample() -> bytes:
    return (SAMPLES / "01-form-tourism-ranong.docx").read_bytes()


@hostile("cut-at-half.docx", refused="เสียหาย|มาไม่ครบ")
def _half() -> bytes:
    data = _sample()
    return data[: len(data) // 2]


@hostile("pdf-named.docx", read="จังหวัดสระแก้ว")
def _pdf_named_docx() -> bytes:
    return next(SAMPLES.glob("05-*.pdf")).read_bytes()


@hostile("docx-named.pdf", read="ระนอง")
def _docx_named_pdf() -> bytes:
    return _sample()


@hostile("text-named.docx", read=THAI)
def _text_named_docx() -> bytes:
    return (THAI * 20).encode()


@hostile("empty.docx", refused="ว่าง")
def _empty() -> bytes:
    return b""


@hostile("bits-flipped.docx")
def _flipped() -> bytes:
    data, dice = bytearray(_sample()), random.Random(2)
    for _ in range(40):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(data)


@hostile("wrong-checksum.docx", refused="เสียหาย")
def _checksum() -> bytes:
    return docx(body(_WORDS, crc=1))


@hostile("zip-locked.docx", refused="รหัสผ่าน|เสียหาย|ล็อก")
def _zip_locked() -> bytes:
    return docx(body(_WORDS, flags=0x801))


@hostile("method-99.docx", refused="")
def _method() -> bytes:
    return docx(body(_WORDS, method=99))


# Bombs


@hostile("bomb-of-text.docx", refused="ใหญ่")
def _bomb_text() -> bytes:
    return docx(flooded("<w:p><w:r><w:t>", "A" * MB, 600, "</w:t></w:r></w:p>"))


@hostile("bomb-of-3-million-paragraphs.docx", refused="ใหญ่", slow=True)
def _bomb_paragraphs() -> bytes:
    return docx(flooded("", "<w:p><w:r><w:t>A</w:t></w:r></w:p>" * 1000, 3000, ""))


@hostile("bomb-below-the-limit.docx", slow=True)
def _bomb_small() -> bytes:
    return docx(flooded("", "<w:p/>" * 1000, 800, _WORDS))


@hostile("300k-runs.docx", slow=True)
def _runs() -> bytes:
    dice = random.Random(3)
    runs = "".join(f"<w:r><w:t>{dice.randrange(10**6)}</w:t></w:r>" for _ in range(300_000))
    return docx(body(f"<w:p>{runs}</w:p>"))


@hostile("30k-tables.docx", slow=True)
def _tables() -> bytes:
    dice = random.Random(4)
    cell = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>%d</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    return docx(body("".join(cell % dice.randrange(10**6) for _ in range(30_000))))


@hostile("claims-one-byte.docx", slow=True)
def _claims_little() -> bytes:
    bomb = flooded("<w:p><w:r><w:t>", "A" * MB, 600, "</w:t></w:r></w:p>")
    return docx(Member(bomb.name, bomb.packed, 1, bomb.crc))


@hostile("claims-an-exabyte.docx", refused="")
def _claims_much() -> bytes:
    packed = body(_WORDS)
    extra = struct.pack("<HHQ", 1, 8, 1 << 60)
    return docx(Member(packed.name, packed.packed, 0xFFFFFFFF, packed.crc, extra=extra))


@hostile("bomb-of-a-picture.docx", read=THAI)
def _picture() -> bytes:
    return docx(body(_WORDS), Member.bomb("word/media/image1.png", b"\0" * MB, 150))


@hostile("bomb-of-styles.docx", refused="ใหญ่")
def _styles() -> bytes:
    return docx(body(_WORDS), Member.bomb("word/styles.xml", b" " * MB, 300))


@hostile("bomb-of-another-suffix.docx", slow=True)
def _other_suffix() -> bytes:
    target = RELS % MAIN.replace("document.xml", "document.bin")
    types = _TYPES.replace("document.xml", "document.bin")
    bomb = flooded("<w:p><w:r><w:t>", "A" * MB, 180, "</w:t></w:r></w:p>")
    part = Member("word/document.bin", bomb.packed, bomb.size, bomb.crc)
    return docx(part, parts={"_rels/.rels": target, "[Content_Types].xml": types})


# XML


@hostile("entities-ten-to-the-tenth.docx", refused="")
def _entities() -> bytes:
    xml = laughs("w:document") + _OPEN + "<w:p><w:r><w:t>&j;</w:t></w:r></w:p>" + _CLOSE
    return docx(Member.of("word/document.xml", xml.encode()))


@hostile("entities-in-content-types.docx")
def _entities_in_types() -> bytes:
    types = laughs("Types") + _TYPES.replace("</Types>", "&j;</Types>")
    return docx(body(_WORDS), parts={"[Content_Types].xml": types})


@hostile("entity-of-1-mb-1000-times.docx", refused="")
def _quadratic_entity() -> bytes:
    head = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "{"a" * MB}">]>'
    xml = head + _OPEN + "<w:p><w:r><w:t>" + "&a;" * 1000 + "</w:t></w:r></w:p>" + _CLOSE
    return docx(Member.of("word/document.xml", xml.encode()))


@hostile("entity-of-a-file.docx")
def _external_entity() -> bytes:
    head = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    xml = head + _OPEN + f"<w:p><w:r><w:t>{THAI}&a;</w:t></w:r></w:p>" + _CLOSE
    return docx(Member.of("word/document.xml", xml.encode()))


@hostile("document-type-from-a-server.docx")
def _external_dtd() -> bytes:
    head = '<?xml version="1.0"?><!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">'
    return docx(Member.of("word/document.xml", (head + _OPEN + _WORDS + _CLOSE).encode()))


_CELL = "<w:tbl><w:tr><w:tc>"
_CELL_END = "</w:tc></w:tr></w:tbl>"


@hostile("5000-tables-in-tables.docx")
def _nested_tables() -> bytes:
    return docx(body(_CELL * 5000 + _WORDS + _CELL_END * 5000))


@hostile("80-tables-in-tables.docx")
def _nested_tables_allowed() -> bytes:
    return docx(body((_CELL * 80 + _WORDS + _CELL_END * 80) * 200))


@hostile("100k-insertions-deep.docx")
def _deep_insertions() -> bytes:
    return docx(body("<w:ins>" * 100_000 + _WORDS + "</w:ins>" * 100_000))


@hostile("text-boxes-in-text-boxes.docx")
def _boxes() -> bytes:
    box = "<w:p><w:r><w:t>x</w:t><w:txbxContent>"
    return docx(body((box * 80 + _WORDS + "</w:txbxContent></w:r></w:p>" * 80) * 100))


@hostile("columns-merged-a-billion.docx")
def _spans() -> bytes:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p/></w:tc>'
    return docx(body("<w:tbl><w:tr>" + cell * 500 + "</w:tr></w:tbl>"))


@hostile("million-page-breaks.docx", slow=True)
def _breaks() -> bytes:
    return docx(flooded("", '<w:p><w:r><w:t>ก</w:t><w:br w:type="page"/></w:r></w:p>', 70_000, ""))


@hostile("symbols-beyond-unicode.docx", read=THAI)
def _symbols() -> bytes:
    codes = ("FFFFFFFF", "D800", "-1", "", "zz", "F0FE" * 99, "110000", "9" * 9999)
    symbols = "".join(f'<w:sym w:font="Wingdings" w:char="{code}"/>' for code in codes)
    return docx(body(f"<w:p><w:r>{symbols}</w:r></w:p>{_WORDS}"))


@hostile("wrong-root.docx", refused="")
def _root() -> bytes:
    return docx(Member.of("word/document.xml", b"<html><body>x</body></html>"))


@hostile("not-xml.docx", refused="")
def _not_xml() -> bytes:
    return docx(Member.of("word/document.xml", random.Random(5).randbytes(9000)))


@hostile("utf-16-document.docx", read=THAI)
def _utf16() -> bytes:
    xml = '<?xml version="1.0" encoding="UTF-16"?>' + _OPEN + _WORDS + _CLOSE
    return docx(Member.of("word/document.xml", xml.encode("utf-16")))


@hostile("attributes-200k.docx", slow=True)
def _attributes() -> bytes:
    names = " ".join(f'a{i}="{i}"' for i in range(200_000))
    return docx(body(f"<w:p {names}/>{_WORDS}"))


@hostile("namespaces-50k.docx", slow=True)
def _namespaces() -> bytes:
    names = " ".join(f'xmlns:n{i}="u{i}"' for i in range(50_000))
    return docx(body(f"<w:p {names}/>{_WORDS}"))


# Packages


@hostile("without-document.docx", refused="เสียหาย|ไม่ใช่")
def _without() -> bytes:
    return docx(Member.of("word/styles.xml", b"<x/>"))


@hostile("without-content-types.docx")
def _without_types() -> bytes:
    return archive([body(_WORDS), Member.of("_rels/.rels", (RELS % MAIN).encode())])


@hostile("document-twice.docx")
def _twice() -> bytes:
    return docx(body(_WORDS), body("<w:p/>"))


@hostile("paths-that-climb.docx", read=THAI)
def _climb() -> bytes:
    names = ("../../../tmp/climbed", "/tmp/climbed", "C:\\climbed", "word/..\\..\\climbed")
    return docx(body(_WORDS), *(Member.of(name, b"x") for name in names))


def _related(relations: str, *members: Member) -> bytes:
    part = "word/_rels/document.xml.rels"
    return docx(body(_WORDS), *members, parts={part: RELS % relations})


@hostile("templates-from-a-server.docx", read=THAI)
def _external() -> bytes:
    kinds = ("attachedTemplate", "header", "footer", "image", "oleObject", "frame", "subDocument")
    return _related(
        "".join(
            f'<Relationship Id="e{i}" Type="{REL}/{kind}" TargetMode="External"'
            f' Target="http://127.0.0.1:9/{kind}"/>'
            for i, kind in enumerate(kinds)
        )
    )


@hostile("target-is-a-file.docx")
def _outside_target() -> bytes:
    return _related(f'<Relationship Id="e" Type="{REL}/header" Target="../../../etc/passwd"/>')


@hostile("header-is-the-document.docx", read=THAI)
def _own_header() -> bytes:
    return _related(f'<Relationship Id="e" Type="{REL}/header" Target="document.xml"/>')


@hostile("10k-headers-of-one-part.docx", slow=True)
def _shared_header() -> bytes:
    relation = f'<Relationship Id="e%d" Type="{REL}/header" Target="h.xml"/>'
    dice = random.Random(6)
    lines = "".join(f"<w:p><w:r><w:t>{dice.random()}</w:t></w:r></w:p>" for _ in range(40_000))
    header = Member.of("word/h.xml", f'<w:hdr xmlns:w="{W}">{lines}</w:hdr>'.encode())
    return _related("".join(relation % i for i in range(10_000)), header)


@hostile("100k-relations.docx", slow=True)
def _relations() -> bytes:
    relation = f'<Relationship Id="e%d" Type="{REL}/hyperlink" TargetMode="External" Target="x"/>'
    return _related("".join(relation % i for i in range(100_000)))


@hostile("relations-in-a-ring.docx", read=THAI)
def _ring() -> bytes:
    relation = f'<Relationship Id="e" Type="{REL}/footer" Target="%s.xml"/>'
    parts = {
        "word/_rels/document.xml.rels": RELS % relation % "a",
        "word/_rels/a.xml.rels": RELS % relation % "b",
        "word/_rels/b.xml.rels": RELS % relation % "a",
        "word/a.xml": f'<w:ftr xmlns:w="{W}"/>',
        "word/b.xml": f'<w:ftr xmlns:w="{W}"/>',
    }
    return docx(body(_WORDS), parts=parts)


@hostile("50k-members.docx", read=THAI, slow=True)
def _members() -> bytes:
    return docx(body(_WORDS), *(Member.of(f"word/x{i}", b"") for i in range(50_000)))


@hostile("macro-and-objects.docm", read=THAI)
def _macro() -> bytes:
    project = Storage({"VBA": b'Sub AutoOpen()\r\nShell "/bin/sh"\r\nEnd Sub'}).save()
    members = [
        Member.of("word/vbaProject.bin", project),
        Member.of("word/embeddings/o.bin", project),
    ]
    return docx(body(_WORDS), *members)
