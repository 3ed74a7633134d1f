"""XLSX: what a person sees in the cells, sheet by sheet."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.errors import ReadError
from pipeline.readers import sniff
from pipeline.readers.office import sheet
from pipeline.readers.office.sheet import read_xlsx
from pipeline.readers.office.sheet_numbers import show
from pipeline.readers.reading import Reading


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def filled(*rows: tuple[object, ...], name: str = "Sheet1") -> tuple[Workbook, Worksheet]:
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = name
    for row in rows:
        page.append(row)
    return book, page


def read(book: Workbook) -> Reading:
    data = saved(book)
    assert sniff.media_type(data) == sniff.XLSX
    return read_xlsx(data)


def test_a_row_is_a_line_of_its_filled_cells() -> None:
    book, page = filled(
        ("ลำดับ", None, "รายการ", "บาท"),
        (),
        (1, None, "ค่าวิทยากร\nสองคน", 28800),
        ("รวม", None, None, 28800),
    )
    for row in (3, 4):
        page.cell(row, 4).number_format = "#,##0.00"
    reading = read(book)
    assert [p.text for p in reading.pages] == [
        "ลำดับ\tรายการ\tบาท\n1\tค่าวิทยากร\nสองคน\t28,800.00\nรวม\t28,800.00"
    ]
    assert [p.method for p in reading.pages] == ["xlsx"]
    assert reading.tables[0].rows == (
        ("ลำดับ", "รายการ", "บาท"),
        ("1", "ค่าวิทยากร\nสองคน", "28,800.00"),
        ("รวม", "", "28,800.00"),
    )


def test_every_filled_sheet_is_a_page_under_its_name() -> None:
    book, _ = filled(("ก",), name="แผนงาน")
    book.create_sheet("ว่าง")
    book.create_sheet("งบประมาณ").append(["ข"])
    reading = read(book)
    assert [page.text for page in reading.pages] == ["แผนงาน\nก", "งบประมาณ\nข"]
    assert [table.page for table in reading.tables] == [1, 2]


def test_hidden_sheets_are_left_out_and_named() -> None:
    book, _ = filled(("ก",))
    book.create_sheet("ราคากลาง").append(["ลับ"])
    book["ราคากลาง"].sheet_state = "hidden"
    reading = read(book)
    assert [page.text for page in reading.pages] == ["ก"]
    assert reading.warnings == ("ไม่ได้อ่านแผ่นงานที่ซ่อนไว้ 1 แผ่น: ราคากลาง",)


def test_a_formula_without_a_saved_result_is_reported() -> None:
    book, _ = filled(("รวม", "=1+1"))
    reading = read(book)
    assert reading.pages[0].text == "รวม"
    assert "1 ช่อง" in reading.warnings[0]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (2450000, "General", "2450000"),
        (2450000, "#,##0", "2,450,000"),
        (2450000.5, "#,##0.00", "2,450,000.50"),
        (1234.5, '#,##0.00" บาท"', "1,234.50 บาท"),
        (1234.5, '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "1,234.50"),
        (0, '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "-"),
        (-1234.5, "#,##0.00;[Red](#,##0.00)", "(1,234.50)"),
        (-1234.5, "#,##0.00", "-1,234.50"),
        (1234, "[$฿-41E]#,##0.00", "฿1,234.00"),
        (0.125, "0%", "13%"),
        (0.125, "0.0%", "12.5%"),
        (2.675, "0.00", "2.68"),
        (-0.001, "0.00", "0.00"),
        (812345678, "0000000000", "0812345678"),
        (812345678, '0##"-"###"-"####', "081-234-5678"),
        (812345678, "[<=99999999]0-####-####;[$-1000000]0#-####-####", "08-1234-5678"),
        (1100012345678, "0-0000-00000-00-0", "1-1000-12345-67-8"),
        (0, "#,###", ""),
        (1e300, "#,##0.00", "1E+300"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (1.5, "0.###", "1.5"),
        (5, "0.###", "5"),
        (12345678, "0.00E+00", "1.23E+07"),
        (True, "General", "TRUE"),
        ("  ข้อความ ", "@", "ข้อความ"),
        (None, "General", ""),
        (float("nan"), "0.0", ""),
    ],
)
def test_numbers_as_shown(value: object, code: str, shown: str) -> None:
    assert show(value, code) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (dt.datetime(2025, 1, 15), "15 มกราคม 2568"),
        (dt.datetime(2025, 1, 15, 9, 30), "15 มกราคม 2568 09:30 น."),
        (dt.datetime(2568, 1, 15), "15 มกราคม 2568"),  # a Buddhist year typed into a date cell
        (dt.time(13, 5), "13:05"),
        (dt.timedelta(hours=30, minutes=15), "30:15"),
    ],
)
def test_dates_in_thai(value: object, shown: str) -> None:
    assert show(value, "dd/mm/yyyy") == shown


def test_dates_of_a_workbook() -> None:
    book, page = filled(("วันที่", dt.date(2025, 9, 30)))
    page.cell(1, 2).number_format = "[$-D07041E]d mmm yy;@"
    assert read(book).pages[0].text == "วันที่\t30 กันยายน 2568"


def test_a_sheet_over_the_limit_is_cut_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MAX_ROWS", 3)
    book, _ = filled(*[(n,) for n in range(10)])
    reading = read(book)
    assert reading.pages[0].text == "0\n1\n2"
    assert "อ่านไม่ครบ" in reading.warnings[0]


def replaced(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", 8) as out:
        for info in source.infolist():
            content = source.read(info)
            out.writestr(
                info.filename, content.replace(old, new) if info.filename == name else content
            )
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_wrong_dimension_hides_nothing() -> None:
    data = saved(filled(("ก", "ข"), ("ค", "ง"))[0])
    assert (
        read_xlsx(replaced(data, SHEET, b'ref="A1:B2"', b'ref="A1"')).pages[0].text == "ก\tข\nค\tง"
    )


def test_far_away_cells_do_not_cost_memory() -> None:
    data = saved(filled(("ก",), ("ข",))[0])
    for old, new in ((b'r="A2"', b'r="XFD1048576"'), (b'<row r="2"', b'<row r="1048576"')):
        data = replaced(data, SHEET, old, new)
    reading = read_xlsx(data)
    assert reading.pages[0].text.startswith("ก")


@pytest.mark.parametrize("book", [filled()[0], filled((None, " "))[0]])
def test_an_empty_workbook_is_refused(book: Workbook) -> None:
    with pytest.raises(ReadError, match="hidden sheets"):
        read(book)


def test_a_bomb_is_refused() -> None:
    data = replaced(
        saved(filled(("ก",))[0]), SHEET, b"<sheetData>", b"<sheetData>" + b" " * 30_000_000
    )
    with pytest.raises(ReadError, match="abnormal size"):
        read_xlsx(data)
