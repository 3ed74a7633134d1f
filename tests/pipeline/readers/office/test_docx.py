"""DOCX as Word and python-docx write it, and zips that mean harm."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import nsdecls

from pipeline.documents import Document
from pipeline.errors import ReadError
from pipeline.readers import read, read_bytes

DATA = Path(__file__).parents[3] / "data"
SOURCE: dict[str, Any] = json.loads((DATA / "texts.json").read_text(encoding="utf-8"))


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def reread(document: Any) -> Document:
    return read_bytes(saved(document), file="a.docx")


def with_body(xml: str, *, bomb: bytes | None = None) -> bytes:
    """An ordinary DOCX whose body is `xml`, or whose document.xml is `bomb`."""
    body = f"<w:document {nsdecls('w')} "
    body += 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body += f"><w:body>{xml}</w:body></w:document>"
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(docx.Document()))) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            own = source.read(name) if name != "word/document.xml" else bomb or body.encode()
            target.writestr(name, own)
    return out.getvalue()


def text_of(xml: str) -> str:
    return read_bytes(with_body(xml), file="a.docx").text


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_paragraphs_are_lines_between_header_and_footer() -> None:
    document = read(DATA / "flow.docx")
    assert document.text.split("\n") == [
        "สำนักงานจังหวัดอุทัยธานี",
        *SOURCE["flow"],
        "เอกสารประกอบการประชุม",
    ]
    assert {page.method for page in document.pages} == {"docx"}


def test_form_and_budget_are_tables_and_lines() -> None:
    document = read(DATA / "form.docx")
    assert [[list(row) for row in table.rows] for table in document.tables] == [
        SOURCE["form"],
        SOURCE["budget"],
    ]
    lines = document.text.split("\n")
    assert [line for line in lines if "\t" in line] == [
        "\t".join(row) for row in (*SOURCE["form"], *SOURCE["budget"])
    ]


def test_merged_cells_are_not_repeated() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    for row, texts in zip(table.rows, ["กขค", "งจฉ", "ชซฌ"], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 0).merge(table.cell(0, 1)).text = "หัวรวม"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "ตั้ง"
    found = reread(document)
    assert found.tables[0].rows == (("หัวรวม", "", "ค"), ("ง", "จ", "ตั้ง"), ("ช", "ซ", ""))
    assert found.text.split("\n") == ["หัวรวม\tค", "ง\tจ\tตั้ง", "ช\tซ"]


def test_nested_table_is_read_in_its_cell_and_on_its_own() -> None:
    document = docx.Document()
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "แผน"
    inner = outer.cell(0, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "ไตรมาส", "๑"
    found = reread(document)
    assert "ไตรมาส\t๑" in found.text
    assert [table.rows[0][0] for table in found.tables] == ["แผน", "ไตรมาส"]


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        *(("Wingdings", code, "☑") for code in ("F0FE", "F0FD", "F052", "F0FC", "00FE")),
        *(("Wingdings", code, "☐") for code in ("F0A8", "F06F", "F0A3")),
        *(("Wingdings 2", code, "☑") for code in ("F052", "F053")),
        *(("Wingdings 2", code, "☐") for code in ("F0A3", "F02A")),
        ("Segoe UI Symbol", "2611", "☑"),
        ("Wingdings", "F0E0", ""),
        ("Wingdings", "none", ""),
    ],
)
def test_tick_boxes_from_symbol_fonts(font: str, code: str, shown: str) -> None:
    box = f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'
    assert text_of(f"<w:p>{box}<w:r><w:t>ดิจิทัล</w:t></w:r></w:p>") == f"{shown}ดิจิทัล"


def tick_box(content: str, checked: str) -> str:
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    return (
        f'<w:sdt xmlns:w14="{w14}"><w:sdtPr><w14:checkbox>{checked}</w14:checkbox></w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


@pytest.mark.parametrize(
    ("checked", "shown"),
    [
        ('<w14:checked w14:val="1"/>', "☑"),
        ('<w14:checked w14:val="true"/>', "☑"),
        ('<w14:checked w14:val="0"/>', "☐"),
        ("", "☐"),
    ],
)
def test_tick_boxes_that_are_content_controls(checked: str, shown: str) -> None:
    label = "<w:r><w:t>นวัตกรรม</w:t></w:r>"
    for glyph in ("<w:t>☒</w:t>", '<w:sym w:font="Wingdings" w:char="F0A8"/>'):
        run = f"<w:r>{glyph}</w:r>"
        assert text_of(f"<w:p>{tick_box(run, checked)}{label}</w:p>") == f"{shown}นวัตกรรม"
        assert text_of(tick_box(f"<w:p>{run}</w:p>", checked) + p("ข")) == f"{shown}\nข"


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ('<w:checkBox><w:default w:val="1"/></w:checkBox>', "☑"),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', "☐"),
        (
            '<w:ddList><w:result w:val="1"/><w:listEntry w:val="ก"/>'
            '<w:listEntry w:val="ข"/></w:ddList>',
            "ข",
        ),
        ('<w:ddList><w:result w:val="9"/><w:listEntry w:val="ก"/></w:ddList>', ""),
    ],
    ids=["ticked", "emptied", "choice", "no such choice"],
)
def test_old_form_fields(data: str, shown: str) -> None:
    begin = f'<w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar>'
    assert text_of(f"<w:p><w:r>{begin}</w:r><w:r><w:t>ดิจิทัล</w:t></w:r></w:p>") == f"{shown}ดิจิทัล"


def test_an_empty_content_control_is_an_empty_value() -> None:
    hint = (
        f"<w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('คลิกที่นี่เพื่อใส่ข้อความ')}</w:sdtContent>"
    )
    cells = f"<w:tc>{p('ชื่อโครงการ')}</w:tc><w:tc><w:sdt>{hint}</w:sdt></w:tc>"
    xml = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    assert read_bytes(with_body(xml), file="a.docx").tables[0].rows == (("ชื่อโครงการ", ""),)


def test_rows_are_as_wide_as_the_table() -> None:
    def row(before: int, *texts: str) -> str:
        cells = "".join(f"<w:tc>{p(text)}</w:tc>" for text in texts)
        return f'<w:tr><w:trPr><w:gridBefore w:val="{before}"/></w:trPr>{cells}</w:tr>'

    deleted = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('ลบ')}</w:tc></w:tr>"
    xml = f"<w:tbl>{row(0, 'ก', 'ข', 'ค')}{deleted}{row(1, 'ง')}</w:tbl>"
    assert read_bytes(with_body(xml), file="a.docx").tables[0].rows == (
        ("ก", "ข", "ค"),
        ("", "ง", ""),
    )


def test_a_table_that_only_places_tables_is_none() -> None:
    document = docx.Document()
    outer = document.add_table(rows=1, cols=2)
    for cell, label in zip(outer.rows[0].cells, ("ชื่อ", "จังหวัด"), strict=True):
        cell.add_table(rows=1, cols=2).cell(0, 0).text = label
    assert [table.rows[0][0] for table in reread(document).tables] == ["ชื่อ", "จังหวัด"]


def test_cell_keeps_its_paragraphs() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "วัตถุประสงค์"
    table.cell(0, 1).text = "๑. ลดน้ำเสีย\n๒. เพิ่มรายได้"
    assert reread(document).text == "วัตถุประสงค์\t๑. ลดน้ำเสีย\n๒. เพิ่มรายได้"


def test_hard_and_rendered_breaks_make_pages() -> None:
    rendered = "<w:lastRenderedPageBreak/>"
    xml = (
        p("หน้าแรก") + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        f"<w:p><w:r>{rendered}<w:t>หน้าสอง</w:t></w:r></w:p>"
        f"<w:p><w:r><w:t>ยาวข้าม</w:t>{rendered}<w:t>หน้า</w:t></w:r></w:p>" + p("หน้าสาม")
    )
    pages = read_bytes(with_body(xml), file="a.docx").pages
    assert [page.text for page in pages] == ["หน้าแรก", "หน้าสอง\nยาวข้ามหน้า", "หน้าสาม"]


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (f"<w:sdt><w:sdtContent>{p('ในกล่องควบคุม')}</w:sdtContent></w:sdt>", "ในกล่องควบคุม"),
        ("<w:p><w:ins><w:r><w:t>เพิ่ม</w:t></w:r></w:ins></w:p>", "เพิ่ม"),
        (p("คงอยู่") + "<w:p><w:del><w:r><w:delText>ลบ</w:delText></w:r></w:del></w:p>", "คงอยู่"),
        ("<w:p><w:r><w:t>ก</w:t><w:tab/><w:t>ข</w:t><w:br/><w:t>ค</w:t></w:r></w:p>", "ก\tข\nค"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ซ่อน</w:t></w:r></w:p>" + p("แสดง"), "แสดง"),
        ('<w:p><w:fldSimple w:instr="DATE"><w:r><w:t>๕ ก</w:t></w:r></w:fldSimple></w:p>', "๕ ก"),
        ("<w:p><w:hyperlink><w:r><w:t>ลิงก์</w:t></w:r></w:hyperlink></w:p>", "ลิงก์"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>๕ ก</w:t></w:r></w:p>", "๕ ก"),
        (
            "<w:p><w:r><w:t>หลัก</w:t><mc:AlternateContent><mc:Choice><w:txbxContent>"
            f"{p('ในกล่อง')}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
            f"{p('ในกล่อง')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            "หลัก\nในกล่อง",
        ),
    ],
    ids=[
        "control",
        "inserted",
        "deleted",
        "tab and break",
        "hidden",
        "field",
        "link",
        "field code",
        "text box",
    ],
)
def test_text_wherever_word_keeps_it(xml: str, text: str) -> None:
    assert text_of(xml).strip() == text


def test_footnotes_follow_the_body() -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    document = docx.Document()
    document.add_paragraph("เนื้อความ")
    document.sections[0].footer.paragraphs[0].text = "ท้ายกระดาษ"
    blob = f"<w:footnotes {nsdecls('w')}><w:footnote>{p('เชิงอรรถ')}</w:footnote></w:footnotes>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, blob.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    assert reread(document).text == "เนื้อความ\nเชิงอรรถ\nท้ายกระดาษ"


def test_numbered_paragraph_is_kept() -> None:
    document = docx.Document()
    document.add_paragraph("ข้อแรก", style="List Number")
    assert reread(document).text == "ข้อแรก"


def test_macro_document_is_read() -> None:
    data = saved(docx.Document(str(DATA / "twocol.docx")))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main"
            macro = b"application/vnd.ms-word.document.macroEnabled.main"
            target.writestr(name, source.read(name).replace(main, macro))
    assert read_bytes(out.getvalue(), file="a.docm").text.startswith("จดหมายข่าว")


def bomb(middle: bytes) -> bytes:
    head = f"<w:document {nsdecls('w')}><w:body>".encode()
    return with_body("", bomb=head + middle + b"</w:body></w:document>")


PARAGRAPH = b"<w:p><w:r><w:t>A</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    "middle",
    [
        b"<w:p><w:r><w:t>" + b"A" * 20_000_000 + b"</w:t></w:r></w:p>",
        PARAGRAPH * 300_000,
        b"<w:tbl><w:tr><w:tc>" * 5000 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 5000,
        b"".join(b"<w:p><w:r><w:t>%d</w:t></w:r></w:p>" % (7919 * n) for n in range(900_000)),
        b"<w:p>",
        b"",
    ],
    ids=["one text", "paragraphs", "nested tables", "no bomb but long", "not well-formed", "empty"],
)
def test_hostile_document_ends_soon_in_a_read_error(middle: bytes) -> None:
    data = bomb(middle)
    with pytest.raises(ReadError, match=r"a\.docx"):
        read_bytes(data, file="a.docx")


def without(*missing: str) -> bytes:
    """An ordinary DOCX that lacks some of its parts."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(DATA / "flow.docx") as source,
        zipfile.ZipFile(out, "w") as target,
    ):
        for name in source.namelist():
            if not name.startswith(missing):
                target.writestr(name, source.read(name))
    return out.getvalue()


@pytest.mark.parametrize("missing", ["word/styles", "word/header", "_rels", "docProps", "[Content"])
def test_a_missing_part_costs_only_itself(missing: str) -> None:
    assert SOURCE["flow"][0] in read_bytes(without(missing), file="a.docx").text


def test_without_a_document_it_is_damaged() -> None:
    with pytest.raises(ReadError, match="เสียหาย"):
        read_bytes(without("word/document"), file="a.docx")


def test_strict_open_xml_is_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(DATA / "form.docx") as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
            target.writestr(name, source.read(name).replace(usual, strict))
    assert read_bytes(out.getvalue(), file="a.docx").tables == read(DATA / "form.docx").tables


def test_entities_are_not_expanded() -> None:
    entities = '<!DOCTYPE l [<!ENTITY a "0123456789">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
    )
    xml = f"<w:document {nsdecls('w')}><w:body>{p('&j;')}{p('จบ')}</w:body></w:document>"
    try:
        text = read_bytes(with_body("", bomb=f"{entities}]>{xml}".encode()), file="a.docx").text
    except ReadError:
        return
    assert text.strip() == "จบ"


def test_wide_spans_and_odd_values_are_bounded() -> None:
    cell = (
        '<w:tc><w:tcPr><w:gridSpan w:val="{}"/></w:tcPr><w:p><w:r><w:t>ก</w:t></w:r></w:p></w:tc>'
    )
    for value in ("999999999", "-3", "x", ""):
        xml = f"<w:tbl><w:tr>{cell.format(value)}</w:tr></w:tbl>"
        rows = read_bytes(with_body(xml), file="a.docx").tables[0].rows
        assert rows[0][0] == "ก"
        assert len(rows[0]) <= 63


def test_truncated_file_is_named_damaged() -> None:
    data = (DATA / "flow.docx").read_bytes()
    with pytest.raises(ReadError, match="เสียหาย"):
        read_bytes(data[: len(data) // 2], file="a.docx")


def test_flipped_bytes_never_raise_anything_else() -> None:
    import random

    dice = random.Random(3)
    good = (DATA / "form.docx").read_bytes()
    for _ in range(40):
        data = bytearray(good)
        for _ in range(dice.choice((1, 10, 100))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        with suppress(ReadError):
            assert read_bytes(bytes(data), file="a.docx").text
