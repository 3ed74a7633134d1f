"""OpenDocument texts read by us, and formats that LibreOffice turns into ours."""

from __future__ import annotations

import datetime as dt
import io
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from pipeline.errors import ReadError
from pipeline.readers import sniff
from pipeline.readers.office import libreoffice
from pipeline.readers.office.docx import read_docx
from pipeline.readers.office.libreoffice import convert, program, read_doc, read_rtf
from pipeline.readers.office.odf import read_odp, read_ods
from pipeline.readers.office.odt import read_odt
from pipeline.readers.office.pptx import read_pptx
from pipeline.readers.office.sheet_legacy import read_xls
from pipeline.readers.reading import Reading

DATA = Path(__file__).parents[3] / "data"
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {
        **{name: name for name in ("office", "text", "table", "style", "form", "manifest")},
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
    }.items()
)
LOEXT = 'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'


def odt(
    body: str, *, styles: str = "", before: str = "", manifest: str = "", kind: str = "text"
) -> bytes:
    parts = {
        "mimetype": f"{sniff.ODF}.{kind}",
        "content.xml": f"<office:document-content {NAMESPACES} {LOEXT}>{before}<office:body>"
        f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {NAMESPACES}>{styles}</office:document-styles>",
        "META-INF/manifest.xml": f"<manifest:manifest {NAMESPACES}>{manifest}</manifest:manifest>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def lines(body: str, *, before: str = "") -> list[str]:
    [page] = read_odt(odt(body, before=before)).pages
    return page.text.split("\n")


def cell(text: str, **attributes: str) -> str:
    extra = "".join(f' table:{k.replace("_", "-")}="{v}"' for k, v in attributes.items())
    return f"<table:table-cell{extra}><text:p>{text}</text:p></table:table-cell>"


def test_a_paragraph_is_a_line() -> None:
    body = (
        '<text:h text:outline-level="1">แบบเสนอ</text:h><text:p>ชื่อ<text:s text:c="3"/>โครงการ'
        "<text:tab/><text:span>น้ำ<text:span>ดื่ม</text:span></text:span>สะอาด<text:line-break/>บรรทัดสอง</text:p>"
        "<text:list><text:list-item><text:p>ข้อหนึ่ง</text:p></text:list-item></text:list>"
        "<text:section><text:p>ในส่วน</text:p></text:section>"
    )
    assert lines(body) == [*("แบบเสนอ", "ชื่อ   โครงการ\tน้ำดื่มสะอาด", "บรรทัดสอง", "ข้อหนึ่ง", "ในส่วน")]


def test_what_is_deleted_hidden_or_remarked_is_left_out() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>ลบแล้ว</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>คงอยู่<office:annotation><text:p>ความเห็น</text:p></office:annotation></text:p>"
        '<text:section text:display="none"><text:p>ซ่อน</text:p></text:section>'
    )
    assert lines(body) == ["คงอยู่"]


def test_a_table_is_lines_and_a_table() -> None:
    body = (
        "<table:table><table:table-header-rows><table:table-row>"
        + cell("รายการ") + cell("บาท") + cell("หมายเหตุ")
        + "</table:table-row></table:table-header-rows><table:table-row>"
        + cell("รวมทั้งสิ้น", number_columns_spanned="2") + "<table:covered-table-cell/>" + cell("ก")
        + "</table:table-row></table:table>"
    )  # fmt: skip
    reading = read_odt(odt(body))
    assert reading.pages[0].text == "รายการ\tบาท\tหมายเหตุ\nรวมทั้งสิ้น\tก"
    assert reading.tables[0].rows == (("รายการ", "บาท", "หมายเหตุ"), ("รวมทั้งสิ้น", "", "ก"))


def test_a_table_in_a_table_stands_behind_it() -> None:
    inner = f"<table:table><table:table-row>{cell('ใน')}{cell('นี้')}</table:table-row></table:table>"
    body = (
        "<table:table><table:table-row>" + cell("นอก")
        + f"<table:table-cell>{inner}</table:table-cell></table:table-row></table:table>"
    )  # fmt: skip
    assert [t.rows for t in read_odt(odt(body)).tables] == [(("นอก", "ใน\tนี้"),), (("ใน", "นี้"),)]


def test_tick_boxes() -> None:
    before = (
        '<office:forms><form:checkbox form:id="c1" form:current-state="checked" form:label="มี"/>'
        '<form:checkbox form:id="c2" form:label="ไม่มี"/></office:forms>'
    )
    body = (
        '<text:p><draw:control draw:control="c1"/> <draw:control draw:control="c2"/></text:p>'
        '<text:p><loext:content-control loext:checkbox="true" loext:checked="true">☒'
        "</loext:content-control> เห็นชอบ</text:p><text:p>\uf0a8 ไม่เห็นชอบ</text:p>"
    )
    assert lines(body, before=before) == ["☑ มี ☐ ไม่มี", "☑ เห็นชอบ", "☐ ไม่เห็นชอบ"]


def test_headers_first_notes_and_footers_last_and_pages() -> None:
    styles = (
        "<office:master-styles><style:master-page>"
        "<style:header><text:p>ส่วนหัว</text:p></style:header>"
        "<style:footer><text:p>หน้า <text:page-number>1</text:page-number></text:p></style:footer>"
        "</style:master-page></office:master-styles>"
    )
    before = (
        '<office:automatic-styles><style:style style:name="B"><style:paragraph-properties '
        'fo:break-before="page"/></style:style></office:automatic-styles>'
    )
    body = (
        "<text:p>หนึ่ง<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>เชิงอรรถ</text:p></text:note-body></text:note></text:p>"
        '<text:p text:style-name="B">สอง</text:p><text:p>สา<text:soft-page-break/>ม</text:p>'
        "<text:p>สี่<draw:frame><draw:text-box><text:p>กล่อง</text:p></draw:text-box></draw:frame></text:p>"
    )
    reading = read_odt(odt(body, styles=styles, before=before))
    assert [page.text.split("\n") for page in reading.pages] == [
        ["ส่วนหัว", "หนึ่ง"],
        ["สอง", "สาม"],
        ["สี่", "กล่อง", "เชิงอรรถ", "หน้า 1"],
    ]


def test_a_locked_file_and_a_bomb_are_refused() -> None:
    with pytest.raises(ReadError, match="password"):
        read_odt(odt("", manifest="<manifest:encryption-data/>"))
    buffer = io.BytesIO(odt("<text:p>ก</text:p>"))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("x.xml", b" " * 30_000_000)
    with pytest.raises(ReadError, match="abnormal size"):
        read_odt(buffer.getvalue())


def test_entities_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("ลับ")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]>'
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as out:
        content = f"{entity}<office:document-content {NAMESPACES}><office:body><office:text>"
        content += "<text:p>ก&e;ข</text:p></office:text></office:body></office:document-content>"
        out.writestr("content.xml", content)
    assert "ลับ" not in read_odt(package.getvalue()).pages[0].text


def test_an_opendocument_sheet() -> None:
    before = (
        '<office:automatic-styles><style:style style:name="H" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    date = cell("15/1/68").replace(">", ' office:date-value="2025-01-15">', 1)
    body = (
        '<table:table table:name="งบ"><table:table-row>' + cell("ก") + date
        + '<table:table-cell table:number-columns-repeated="16382"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/>'
        '</table:table-row>'
        '</table:table><table:table table:name="ลับ" table:style-name="H"><table:table-row>'
        + cell("ข") + "</table:table-row></table:table>"
    )  # fmt: skip
    data = odt(body, before=before, kind="spreadsheet")
    assert sniff.media_type(data) == sniff.ODS
    reading = read_ods(data)
    assert [page.text for page in reading.pages] == ["ก\t15 มกราคม 2568"]
    assert reading.warnings == ("ไม่ได้อ่านแผ่นงานที่ซ่อนไว้ 1 แผ่น: ลับ",)


def test_opendocument_slides() -> None:
    frame = "<draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    body = "".join(f"<draw:page>{frame.format(text)}</draw:page>" for text in ("หนึ่ง", "สอง"))
    data = odt(body, kind="presentation")
    assert sniff.media_type(data) == sniff.ODP
    assert [page.text for page in read_odp(data).pages] == ["หนึ่ง", "สอง"]


def pptx(*slides: str) -> bytes:
    base = "http://schemas.openxmlformats.org"
    spaces = (
        f'xmlns:a="{base}/drawingml/2006/main" xmlns:p="{base}/presentationml/2006/main" '
        f'xmlns:r="{base}/officeDocument/2006/relationships"'
    )
    order = range(len(slides), 0, -1)
    listed = "".join(f'<p:sldId r:id="r{n}"/>' for n in order)
    rels = "".join(f'<Relationship Id="r{n}" Target="slides/slide{n}.xml"/>' for n in order)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr(
            "ppt/presentation.xml",
            f"<p:presentation {spaces}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
        )
        package.writestr(
            "ppt/_rels/presentation.xml.rels", f"<Relationships>{rels}</Relationships>"
        )
        for number, slide in enumerate(slides, 1):
            package.writestr(f"ppt/slides/slide{number}.xml", slide.format(spaces=spaces))
    return buffer.getvalue()


def test_slides_in_the_order_of_the_show_without_hidden_ones() -> None:
    shape = (
        "<p:txBody><a:p><a:r><a:t>{}</a:t></a:r><a:br/><a:r><a:t>ต่อ</a:t></a:r></a:p></p:txBody>"
    )
    cells = "".join(
        f"<a:tc><a:txBody><a:p><a:r><a:t>{c}</a:t></a:r></a:p></a:txBody></a:tc>" for c in "กข"
    )
    table = f"<a:tbl><a:tr>{cells}</a:tr></a:tbl>"
    data = pptx(
        f"<p:sld {{spaces}}>{shape.format('ท้าย')}</p:sld>",
        f'<p:sld {{spaces}} show="0">{shape.format("ซ่อน")}</p:sld>',
        f"<p:sld {{spaces}}>{shape.format('แรก')}{table}</p:sld>",
    )
    assert sniff.media_type(data) == sniff.PPTX
    reading = read_pptx(data)
    assert [page.text for page in reading.pages] == ["แรก\nต่อ\nก\tข", "ท้าย\nต่อ"]
    assert [(table.page, table.rows) for table in reading.tables] == [(1, (("ก", "ข"),))]


@pytest.mark.parametrize("suffix", ["doc", "rtf", "ppt"])
def test_without_libreoffice_the_remedy_is_named(
    suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    with pytest.raises(ReadError, match="Install libreoffice-") as caught:
        getattr(libreoffice, f"read_{suffix}")(b"x")
    assert f".{suffix}" in caught.value.thai


needs_office = pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The text of the test data, and a workbook, saved by LibreOffice in other formats."""
    folder = tmp_path_factory.mktemp("saved")
    write_book(folder / "book.xlsx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for source, suffixes in (
        (DATA / "flow.docx", "odt doc rtf"),
        (folder / "book.xlsx", "xls ods"),
    ):
        for suffix in suffixes.split():
            command = [program() or "", profile, "--headless", "--convert-to", suffix]
            command += ["--outdir", str(folder), str(source)]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


ROWS = (("รายการ", "บาท", "วันที่"), ("ค่าวิทยากร", "28,800", "15 มกราคม 2568"))


def write_book(path: Path) -> None:
    book = Workbook()
    book["Sheet"].append(["รายการ", "บาท", "วันที่"])
    book["Sheet"].append(["ค่าวิทยากร", 28800, dt.date(2025, 1, 15)])
    book["Sheet"]["B2"].number_format = "#,##0"
    book.create_sheet("ซ่อน").append(["ลับ"])
    book["ซ่อน"].sheet_state = "hidden"
    book.save(path)


def text_of(reading: Reading) -> str:
    return "\n".join(page.text for page in reading.pages)


@needs_office
@pytest.mark.slow
def test_every_format_gives_the_text_that_was_saved(saved: Path) -> None:
    expected = read_docx((DATA / "flow.docx").read_bytes())
    for suffix, reader in (("odt", read_odt), ("doc", read_doc), ("rtf", read_rtf)):
        reading = reader((saved / f"flow.{suffix}").read_bytes())
        assert text_of(reading) == text_of(expected), suffix
        assert {page.method for page in reading.pages} == {suffix}


@needs_office
@pytest.mark.slow
def test_sheets_of_other_programs_give_the_cells_that_were_saved(saved: Path) -> None:
    pytest.importorskip("xlrd")
    for suffix, reader in (("xls", read_xls), ("ods", read_ods)):
        reading = reader((saved / f"book.{suffix}").read_bytes())
        assert [table.rows for table in reading.tables] == [ROWS], suffix
        assert reading.warnings == ("ไม่ได้อ่านแผ่นงานที่ซ่อนไว้ 1 แผ่น: ซ่อน",), suffix


@needs_office
@pytest.mark.slow
def test_the_media_type_of_what_libreoffice_writes(saved: Path) -> None:
    types = {
        suffix: getattr(sniff, suffix.upper()) for suffix in ("odt", "doc", "rtf", "xls", "ods")
    }
    found = {p.suffix[1:]: sniff.media_type(p.read_bytes()) for p in saved.glob("*.*")}
    assert {suffix: found[suffix] for suffix in types} == types


@needs_office
@pytest.mark.slow
def test_what_libreoffice_cannot_open_is_a_read_error() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(7).randbytes(5000)
    with pytest.raises(ReadError, match="cannot open"):
        read_doc(data)


@needs_office
def test_at_the_deadline_nothing_stays_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(ReadError, match=r"within 0\.2 seconds"):
        convert((DATA / "flow.docx").read_bytes(), "docx", "odt", seconds=0.2)
    time.sleep(0.2)
    assert not list(tmp_path.iterdir())
    if sys.platform == "linux":
        commands = [p for p in Path("/proc").glob("[0-9]*/cmdline") if str(tmp_path) in _text(p)]
        assert commands == []


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode(errors="replace")
    except OSError:
        return ""
