"""Hostile DOCX, XLSX, ODT, RTF and OLE files."""

from __future__ import annotations

import random
import struct
import zipfile
from io import BytesIO
from pathlib import Path

from tests.hostile.catalogue import hostile
from tests.hostile.packing import MB, Member, Storage, archive

SAMPLES = Path(__file__).parents[2] / "corpora" / "samples"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s'
    "</Relationships>"
)
_MAIN = f'<Relationship Id="r1" Type="{_REL}/officeDocument" Target="word/document.xml"/>'
_OPEN = f'<w:document xmlns:w="{_W}" xmlns:r="{_REL}"><w:body>'
_CLOSE = "</w:body></w:document>"
THAI = "โครงการน้ำดื่มสะอาด"
_WORDS = f"<w:p><w:r><w:t>{THAI}</w:t></w:r></w:p>"


def docx(*document: Member, parts: dict[str, str] | None = None) -> bytes:
    """A DOCX of the least parts, whose document.xml is `document`; `parts` replace or add."""
    own = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELS % _MAIN} | (parts or {})
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


@hostile("60k-tables.docx", slow=True)
def _tables() -> bytes:
    dice = random.Random(4)
    cell = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>%d</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    return docx(body("".join(cell % dice.randrange(10**6) for _ in range(60_000))))


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
    target = _RELS % _MAIN.replace("document.xml", "document.bin")
    types = _TYPES.replace("document.xml", "document.bin")
    bomb = flooded("<w:p><w:r><w:t>", "A" * MB, 180, "</w:t></w:r></w:p>")
    part = Member("word/document.bin", bomb.packed, bomb.size, bomb.crc)
    return docx(part, parts={"_rels/.rels": target, "[Content_Types].xml": types})


# XML


def _laughs(root: str) -> str:
    levels = "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY a "aaaaaaaaaa">{levels}]>'


@hostile("entities-ten-to-the-tenth.docx", refused="")
def _entities() -> bytes:
    xml = _laughs("w:document") + _OPEN + "<w:p><w:r><w:t>&j;</w:t></w:r></w:p>" + _CLOSE
    return docx(Member.of("word/document.xml", xml.encode()))


@hostile("entities-in-content-types.docx")
def _entities_in_types() -> bytes:
    types = _laughs("Types") + _TYPES.replace("</Types>", "&j;</Types>")
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
    return archive([body(_WORDS), Member.of("_rels/.rels", (_RELS % _MAIN).encode())])


@hostile("document-twice.docx")
def _twice() -> bytes:
    return docx(body(_WORDS), body("<w:p/>"))


@hostile("paths-that-climb.docx", read=THAI)
def _climb() -> bytes:
    names = ("../../../tmp/climbed", "/tmp/climbed", "C:\\climbed", "word/..\\..\\climbed")
    return docx(body(_WORDS), *(Member.of(name, b"x") for name in names))


def _related(relations: str, *members: Member) -> bytes:
    part = "word/_rels/document.xml.rels"
    return docx(body(_WORDS), *members, parts={part: _RELS % relations})


@hostile("templates-from-a-server.docx", read=THAI)
def _external() -> bytes:
    kinds = ("attachedTemplate", "header", "footer", "image", "oleObject", "frame", "subDocument")
    return _related(
        "".join(
            f'<Relationship Id="e{i}" Type="{_REL}/{kind}" TargetMode="External"'
            f' Target="http://127.0.0.1:9/{kind}"/>'
            for i, kind in enumerate(kinds)
        )
    )


@hostile("target-is-a-file.docx")
def _outside_target() -> bytes:
    return _related(f'<Relationship Id="e" Type="{_REL}/header" Target="../../../etc/passwd"/>')


@hostile("header-is-the-document.docx", read=THAI)
def _own_header() -> bytes:
    return _related(f'<Relationship Id="e" Type="{_REL}/header" Target="document.xml"/>')


@hostile("10k-headers-of-one-part.docx", slow=True)
def _shared_header() -> bytes:
    relation = f'<Relationship Id="e%d" Type="{_REL}/header" Target="h.xml"/>'
    dice = random.Random(6)
    lines = "".join(f"<w:p><w:r><w:t>{dice.random()}</w:t></w:r></w:p>" for _ in range(40_000))
    header = Member.of("word/h.xml", f'<w:hdr xmlns:w="{_W}">{lines}</w:hdr>'.encode())
    return _related("".join(relation % i for i in range(10_000)), header)


@hostile("100k-relations.docx", slow=True)
def _relations() -> bytes:
    relation = f'<Relationship Id="e%d" Type="{_REL}/hyperlink" TargetMode="External" Target="x"/>'
    return _related("".join(relation % i for i in range(100_000)))


@hostile("relations-in-a-ring.docx", read=THAI)
def _ring() -> bytes:
    relation = f'<Relationship Id="e" Type="{_REL}/footer" Target="%s.xml"/>'
    parts = {
        "word/_rels/document.xml.rels": _RELS % relation % "a",
        "word/_rels/a.xml.rels": _RELS % relation % "b",
        "word/_rels/b.xml.rels": _RELS % relation % "a",
        "word/a.xml": f'<w:ftr xmlns:w="{_W}"/>',
        "word/b.xml": f'<w:ftr xmlns:w="{_W}"/>',
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


# Workbooks

_XLSX_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def xlsx(sheet: str | Member, *members: Member, sheets: int = 1) -> bytes:
    """A workbook whose only sheet, named `sheets` times, has `sheet` as its inner XML."""
    names = "".join(f'<sheet name="s{i}" sheetId="{i}" r:id="r1"/>' for i in range(1, sheets + 1))
    book = f'<workbook xmlns="{_S}" xmlns:r="{_REL}"><sheets>{names}</sheets></workbook>'
    inner = (
        f'<Relationship Id="r1" Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_REL}/sharedStrings" Target="sharedStrings.xml"/>'
    )
    parts = {
        "[Content_Types].xml": _XLSX_TYPES,
        "_rels/.rels": _RELS % _MAIN.replace("word/document", "xl/workbook"),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": _RELS % inner,
    }
    if isinstance(sheet, str):
        xml = f'<worksheet xmlns="{_S}">{sheet}</worksheet>'
        sheet = Member.of("xl/worksheets/sheet1.xml", xml.encode())
    own = [Member.of(name, text.encode()) for name, text in parts.items()]
    strings = [Member.of("xl/sharedStrings.xml", f'<sst xmlns="{_S}"/>'.encode())]
    return archive([*own, sheet, *(members or strings)])


_ROW = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{THAI}</t></is></c></row>'


@hostile("ordinary-least.xlsx")
def _least_sheet() -> bytes:
    return xlsx(f"<sheetData>{_ROW}</sheetData>")


@hostile("dimension-of-17-billion-cells.xlsx")
def _dimension() -> bytes:
    return xlsx(f'<dimension ref="A1:XFD1048576"/><sheetData>{_ROW}</sheetData>')


@hostile("cell-in-the-last-corner.xlsx")
def _corner() -> bytes:
    last = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    return xlsx(f"<sheetData>{_ROW}{last}</sheetData>")


@hostile("rows-all-with-a-last-column.xlsx", slow=True)
def _wide_rows() -> bytes:
    row = '<row r="%d"><c r="XFD%d"><v>1</v></c></row>'
    rows = "".join(row % (i, i) for i in range(1, 20_001))
    return xlsx(f"<sheetData>{rows}</sheetData>")


@hostile("cell-beyond-the-sheet.xlsx")
def _beyond() -> bytes:
    last = '<row r="999999999999"><c r="ZZZZZZZZ9999999999"><v>1</v></c></row>'
    return xlsx(f"<sheetData>{_ROW}{last}</sheetData>")


@hostile("merged-17-billion-cells.xlsx")
def _merged() -> bytes:
    merged = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return xlsx(f"<sheetData>{_ROW}</sheetData>{merged}")


@hostile("bomb-of-shared-strings.xlsx", slow=True)
def _strings() -> bytes:
    cell = '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>'
    return xlsx(cell, Member.bomb("xl/sharedStrings.xml", b"<si><t>a</t></si>" * 9999, 3000))


@hostile("bomb-of-rows.xlsx", slow=True)
def _rows() -> bytes:
    return xlsx(Member.bomb("xl/worksheets/sheet1.xml", b"<row><c><v>1</v></c></row>" * 9999, 900))


@hostile("one-string-in-300k-cells.xlsx", slow=True)
def _repeated_string() -> bytes:
    row = "<row>" + '<c t="s"><v>0</v></c>' * 1000 + "</row>"
    strings = f'<sst xmlns="{_S}"><si><t>{"ก" * 30_000}</t></si></sst>'
    return xlsx(
        f"<sheetData>{row * 300}</sheetData>", Member.of("xl/sharedStrings.xml", strings.encode())
    )


@hostile("10k-sheets-of-one-part.xlsx", slow=True)
def _sheets() -> bytes:
    return xlsx(f"<sheetData>{_ROW * 50}</sheetData>", sheets=10_000)


@hostile("entities.xlsx", refused="")
def _sheet_entities() -> bytes:
    xml = _laughs("worksheet") + f'<worksheet xmlns="{_S}"><sheetData>&j;</sheetData></worksheet>'
    return xlsx(Member.of("xl/worksheets/sheet1.xml", xml.encode()))


@hostile("without-workbook.xlsx", refused="")
def _no_workbook() -> bytes:
    return archive([Member.of("xl/styles.xml", b"<x/>")])


@hostile("formulas-that-act.xlsx")
def _formulas() -> bytes:
    cells = "".join(
        f'<c r="A{i}" t="str"><f>{f}</f><v>=cmd|\' /C calc\'!A0</v></c>'
        for i, f in enumerate(('WEBSERVICE("http://127.0.0.1:9/")', "A1", "1e999"), 1)
    )
    return xlsx(f'<sheetData><row r="1">{cells}</row></sheetData>')


@hostile("odd-values.xlsx")
def _values() -> bytes:
    odd = [
        ("n", "1e999"),
        ("n", "x"),
        ("d", "99999-99-99"),
        ("s", "-5"),
        ("s", "7"),
        ("b", "q"),
        ("?", "1"),
    ]
    cells = "".join(f'<c t="{kind}" s="9999"><v>{value}</v></c>' for kind, value in odd)
    return xlsx(f'<sheetData><row r="1">{cells}</row>{_ROW}</sheetData>')


# OpenDocument

_ODF = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body>'
)
_ODF_END = "</office:body></office:document-content>"


def odf(content: Member | str, *members: Member, kind: str = "text") -> bytes:
    """An OpenDocument file whose content.xml holds `content`."""
    if isinstance(content, str):
        content = Member.of("content.xml", (_ODF + content + _ODF_END).encode())
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive([Member.of("mimetype", mimetype), content, *members])


@hostile("ordinary-least.odt")
def _least_odt() -> bytes:
    return odf(f"<office:text><text:p>{THAI}</text:p></office:text>")


@hostile("bomb-of-text.odt", refused="")
def _odt_bomb() -> bytes:
    return odf(Member.bomb("content.xml", b" " * MB, 600))


@hostile("spaces-a-billion.odt")
def _odt_spaces() -> bytes:
    return odf(f'<office:text><text:p>{THAI}<text:s text:c="1000000000"/>x</text:p></office:text>')


def _repeated(rows: int, columns: int) -> str:
    """A table of one cell that stands for many."""
    cell = f'<table:table-cell table:number-columns-repeated="{columns}"><text:p>ก</text:p>'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-cell>'
    return f"<table:table>{row}</table:table-row></table:table>"


@hostile("cells-repeated-a-billion.odt")
def _odt_cells() -> bytes:
    return odf(f"<office:text>{_repeated(1_000_000_000, 1_000_000_000)}</office:text>")


@hostile("cells-repeated-a-billion.ods", slow=True)
def _ods_cells() -> bytes:
    sheet = f"<office:spreadsheet>{_repeated(1_048_576, 16_384)}</office:spreadsheet>"
    return odf(sheet, kind="spreadsheet")


@hostile("spans-100k-deep.odt")
def _odt_deep() -> bytes:
    deep = "<text:span>" * 100_000 + THAI + "</text:span>" * 100_000
    return odf(f"<office:text><text:p>{deep}</text:p></office:text>")


@hostile("entities.odt")
def _odt_entities() -> bytes:
    xml = (
        _laughs("office:document-content")
        + _ODF
        + "<office:text><text:p>&j;</text:p></office:text>"
    )
    return odf(Member.of("content.xml", (xml + _ODF_END).encode()))


@hostile("entity-of-a-file.odt")
def _odt_external() -> bytes:
    head = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    xml = head + _ODF + "<office:text><text:p>ก&a;</text:p></office:text>" + _ODF_END
    return odf(Member.of("content.xml", xml.encode()))


@hostile("locked.odt", refused="")
def _odt_locked() -> bytes:
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
        "</manifest:file-entry></manifest:manifest>"
    )
    noise = Member.of("content.xml", random.Random(7).randbytes(3000))
    return odf(noise, Member.of("META-INF/manifest.xml", manifest.encode()))


@hostile("without-content.odt", refused="")
def _odt_without() -> bytes:
    return archive([Member.of("mimetype", b"application/vnd.oasis.opendocument.text")])


@hostile("linked-sections.odt")
def _odt_links() -> bytes:
    link = 'xlink:href="file:///etc/passwd" xmlns:xlink="http://www.w3.org/1999/xlink"'
    section = f"<text:section><text:section-source {link}/><text:p>{THAI}</text:p></text:section>"
    return odf(f"<office:text>{section}</office:text>")


# RTF


@hostile("braces-a-million-deep.rtf", slow=True)
def _rtf_deep() -> bytes:
    return b"{\\rtf1 " + b"{" * 1_000_000 + b"x" + b"}" * 1_000_000 + b"}"


@hostile("cut.rtf", slow=True)
def _rtf_cut() -> bytes:
    return (
        b"{\\rtf1\\ansi\\ansicpg874{\\fonttbl{\\f0 TH Sarabun;}}\\f0 " + THAI.encode("cp874")[:15]
    )


@hostile("binary-of-2-gb.rtf", slow=True)
def _rtf_binary() -> bytes:
    return b"{\\rtf1 {\\pict\\bin2147483647 xx}" + b"\\'e2\\'a4" * 9 + b"}"


@hostile("escapes-a-million.rtf", slow=True)
def _rtf_escapes() -> bytes:
    return b"{\\rtf1\\ansi\\uc9999999 " + b"\\u3585?" * 200_000 + b"\\'" * 200_000 + b"}"


@hostile("objects-and-links.rtf", slow=True)
def _rtf_objects() -> bytes:
    template = b"{\\*\\template http://127.0.0.1:9/x.dot}"
    field = b'{\\field{\\*\\fldinst INCLUDETEXT "file:///etc/passwd"}{\\fldrslt x}}'
    embedded = b"{\\object\\objautlink\\objupdate{\\*\\objdata " + b"d0cf11e0" * 999 + b"}}"
    return b"{\\rtf1\\ansi\\ansicpg874 " + template + field + embedded + THAI.encode("cp874") + b"}"


# OLE


@hostile("noise.doc", refused="")
def _ole_noise() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(8).randbytes(20_000)


@hostile("word-stream-of-noise.doc", slow=True)
def _doc_noise() -> bytes:
    noise = random.Random(9).randbytes(20_000)
    return Storage({"WordDocument": b"\xec\xa5\xc1\0" + noise, "1Table": noise}).save()


@hostile("sectors-in-a-ring.doc", slow=True)
def _doc_ring() -> bytes:
    data = Storage({"WordDocument": b"\xec\xa5\xc1\0" * 4000})
    data.chain = {5: 4, 1: 1}
    return data.save()


@hostile("workbook-of-noise.xls", slow=True)
def _xls_noise() -> bytes:
    return Storage({"Workbook": random.Random(10).randbytes(20_000)}).save()


@hostile("sectors-beyond-the-file.xls", slow=True)
def _xls_sectors() -> bytes:
    data = bytearray(Storage({"Workbook": b"x" * 5000}).save())
    data[44:76] = struct.pack("<8I", *[0xFFFFFFF0] * 8)
    return bytes(data)


@hostile("legacy-presentation.ppt", refused="")
def _ppt() -> bytes:
    return Storage({"PowerPoint Document": random.Random(11).randbytes(9000)}).save()


@hostile("slides.pptx", refused="")
def _pptx() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("ppt/presentation.xml", "<x/>")
    return out.getvalue()
