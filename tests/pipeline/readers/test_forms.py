"""Forms as pairs: plain lines of labels, tables of two and of four columns, cells with both."""

from __future__ import annotations

import pytest

from pipeline.documents import Table
from pipeline.readers.forms import Field, fields, with_forms


def rows_of(text: str) -> list[tuple[str, ...]]:
    return [row for table in with_forms([text], []) for row in table.rows]


@pytest.mark.parametrize(
    "text",
    [
        "ชื่อโครงการ : คลองใส\nจังหวัด : แพร่",
        "ชื่อโครงการ: คลองใส\n\nจังหวัด：แพร่",
        "ชื่อโครงการ ......... คลองใส\nจังหวัด ............ แพร่ ......",
        "ชื่อโครงการ…………คลองใส\nจังหวัด____แพร่",
        "ชื่อโครงการ.......คลองใส..\nจังหวัด........แพร่...",
        "ชื่อโครงการ : ......คลองใส......\nจังหวัด : .....แพร่.",
        "ชื่อโครงการ∶คลองใส\nจังหวัด﹕แพร่",
        "ชื่อโครงการ\tคลองใส\nจังหวัด\tแพร่",
        "ชื่อโครงการ\t: คลองใส\nจังหวัด\t:\tแพร่",
        "ข้อ ๑. ชื่อโครงการ: คลองใส\nข้อ ๒. จังหวัด: แพร่",
        "1.1 ชื่อโครงการ : คลองใส\n1.2 จังหวัด : แพร่",
        "๑.\tชื่อโครงการ : คลองใส\n๒.\tจังหวัด : แพร่",
        "(๑) ชื่อโครงการ : คลองใส\n(๒) จังหวัด : แพร่",
        "- ชื่อโครงการ: คลองใส\n- จังหวัด: แพร่",
        "แบบเสนอโครงการ\nชื่อโครงการ : คลองใส\nจังหวัด : แพร่\nลงชื่อผู้เสนอ",
    ],
)
def test_label_lines_are_a_table_of_two_columns(text: str) -> None:
    assert rows_of(text) == [("ชื่อโครงการ", "คลองใส"), ("จังหวัด", "แพร่")]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "ชื่อ : กัลยา\tโทรศัพท์ : 034-711\nตำบล : แสม\tอำเภอ : เมือง",
            [("ชื่อ", "กัลยา"), ("โทรศัพท์", "034-711"), ("ตำบล", "แสม"), ("อำเภอ", "เมือง")],
        ),
        (
            "ชื่อ: กัลยา โทรศัพท์: 034-711\nจังหวัด: แพร่",
            [("ชื่อ", "กัลยา"), ("โทรศัพท์", "034-711"), ("จังหวัด", "แพร่")],
        ),
        (
            "ฉายา: เก่ง   เพศ: หญิง\nสีเสื้อ: ฟ้า   ขนาด: ใหญ่",
            [("ฉายา", "เก่ง"), ("เพศ", "หญิง"), ("สีเสื้อ", "ฟ้า"), ("ขนาด", "ใหญ่")],
        ),
        (
            "ชื่อ ....กัลยา.... ตำแหน่ง ....นักวิชาการ....\nสังกัด ....สำนักงานจังหวัด....",
            [("ชื่อ", "กัลยา"), ("ตำแหน่ง", "นักวิชาการ"), ("สังกัด", "สำนักงานจังหวัด")],
        ),
        (
            "ชื่อ ........ ตำแหน่ง ........\nสังกัด ....สำนักงานจังหวัด....",
            [("ชื่อ", ""), ("ตำแหน่ง", ""), ("สังกัด", "สำนักงานจังหวัด")],
        ),
        (
            "เวลา........๐๙.๓๐ น........\nน้ำหนัก.......๖๑ กก......\nจำนวน......๓๖ คน......",
            [("เวลา", "๐๙.๓๐ น."), ("น้ำหนัก", "๖๑ กก."), ("จำนวน", "๓๖ คน")],
        ),
        (
            "เว็บไซต์ : https://phrae.go.th/a?b=1\nเวลา : ๐๙.๓๐ น. หรือ 13:30 น.",
            [("เว็บไซต์", "https://phrae.go.th/a?b=1"), ("เวลา", "๐๙.๓๐ น. หรือ 13:30 น.")],
        ),
        (
            "ที่อยู่\t: ศาลากลาง โทร: 034-711\nผู้รับ\t: กัลยา",
            [("ที่อยู่", "ศาลากลาง โทร: 034-711"), ("ผู้รับ", "กัลยา")],
        ),
        (
            "วัตถุประสงค์ :\n๑. ลดน้ำเสีย\n๒. เพิ่มรายได้\nจังหวัด : แพร่",
            [("วัตถุประสงค์", "๑. ลดน้ำเสีย\n๒. เพิ่มรายได้"), ("จังหวัด", "แพร่")],
        ),
        (
            "สถานที่ ☐ บ้าน ☑ วัด\nเคยได้รับทุน  ( ) เคย  (/) ไม่เคย\nค่าแผง [x] รายวัน [ ] รายเดือน",
            [
                ("สถานที่", "☐ บ้าน ☑ วัด"),
                ("เคยได้รับทุน", "( ) เคย  (/) ไม่เคย"),
                ("ค่าแผง", "[x] รายวัน [ ] รายเดือน"),
            ],
        ),
        (
            "สื่อที่ใช้:\n( ) คู่มือ\n(/) ของจริง\nจังหวัด: แพร่",
            [("สื่อที่ใช้", "( ) คู่มือ\n(/) ของจริง"), ("จังหวัด", "แพร่")],
        ),
        (
            "เพศ :\t☐ ชาย\t☑ หญิง\nจังหวัด :\tแพร่",
            [("เพศ", "☐ ชาย ☑ หญิง"), ("จังหวัด", "แพร่")],
        ),
        (
            "พื้นที่ : ตำบลบางขันแตก อำเภอเมืองสมุทรสงคราม และตำบลเหมือง\nใหม่ อำเภออัมพวา\nจังหวัด : แพร่",
            [
                (
                    "พื้นที่",
                    "ตำบลบางขันแตก อำเภอเมืองสมุทรสงคราม และตำบลเหมืองใหม่ อำเภออัมพวา",
                ),
                ("จังหวัด", "แพร่"),
            ],
        ),
    ],
    ids=[
        "two a line",
        "known label",
        "wide gap",
        "leaders",
        "unfilled",
        "abbreviation before leaders",
        "colons inside",
        "colon of the value beside a column of colons",
        "list",
        "tick boxes",
        "tick boxes below",
        "tick boxes at tab stops",
        "wrapped",
    ],
)
def test_values_of_several_shapes(text: str, rows: list[tuple[str, str]]) -> None:
    assert rows_of(text) == rows


@pytest.mark.parametrize(
    "text",
    [
        "ชื่อโครงการ : คลองใส",
        "ประชุมเวลา 09:30 น.\nพักเวลา 12:00 น.",
        "https://phrae.go.th\nhttp://nan.go.th",
        "บทที่หนึ่ง ............ ๑\nบทที่สอง ............ ๑๒",
        "ถาม : ใครทำ\nตอบ : ชุมชน\nถาม : เมื่อใด\nตอบ : ปีหน้า",
        "[09:03] หน่อย : มาหรือยัง\n[09:06] พี่เอก : ใกล้ถึงแล้ว",
        "๑.\tสำรวจคลอง\n๒.\tวางท่อ",
        "ที่\tรายการ\tบาท\n๑\tค่าเรือ\t500",
        "ที่ประชุมพิจารณาแล้วเห็นชอบ\nและให้ดำเนินการต่อไป",
        "นายสมชาย ใจดี\tผู้ว่าราชการจังหวัด\nนางสาวกัลยา ศรีสุข\tปลัดจังหวัด",
        "ค่าออกซิเจนละลาย (DO : mg/l) ต่ำ\nค่าความเค็ม (EC : ppt) สูง",
        "☐ ขจัดความยากจน  ☑ สิ่งแวดล้อม\n☐ ดิจิทัล  ☑ นวัตกรรม",
    ],
    ids=[
        "a single line",
        "times",
        "addresses",
        "contents",
        "dialogue",
        "chat",
        "numbered list",
        "three columns",
        "prose",
        "attendance",
        "colons in brackets",
        "tick boxes without a label",
    ],
)
def test_what_is_no_form(text: str) -> None:
    assert rows_of(text) == []


def test_forms_stand_among_the_tables_in_document_order() -> None:
    budget = Table(1, (("รายการ", "บาท"), ("ค่าเรือ", "500")))
    plan = Table(2, (("เดือน", "งาน"), ("ตุลาคม", "สำรวจ")))
    pages = [
        "ชื่อโครงการ : คลองใส\nจังหวัด : แพร่\nรายการ\tบาท\nค่าเรือ\t500",
        "ผู้ประสาน : กัลยา\nโทรศัพท์ : 034-711\nเดือน\tงาน\nตุลาคม\tสำรวจ",
    ]
    found = with_forms(pages, [budget, plan])
    assert [table.rows[0][0] for table in found] == ["ชื่อโครงการ", "รายการ", "ผู้ประสาน", "เดือน"]
    assert [table.page for table in found] == [1, 1, 2, 2]


def test_lines_of_a_table_are_not_read_twice() -> None:
    cell = "พื้นที่: ตำบลแสม\nกลุ่มเป้าหมาย: ครัวเรือนริมคลองสี่พันหลัง"
    table = Table(1, (("ขอบเขต", cell), ("จังหวัด", "แพร่")))
    halves = [f"ขอบเขต\t{cell[:40]}", f"{cell[40:]}\nจังหวัด\tแพร่"]
    assert with_forms(halves, [table]) == (table,)


def test_colons_between_the_columns_of_a_form_are_left_out() -> None:
    own_column = Table(1, (("ชื่อ", ":", "กัลยา"), ("จังหวัด", ":", "แพร่")))
    before_values = Table(1, (("ชื่อ", ": กัลยา"), ("จังหวัด", ": แพร่"), ("ตำบล", "")))
    ratios = Table(1, (("ส่วนผสม", "1:2"), ("มาตราส่วน", "1:500")))
    pages = ["ชื่อ\t:\tกัลยา\nจังหวัด\t:\tแพร่\nชื่อ\t: กัลยา\nจังหวัด\t: แพร่\nตำบล"]
    found = with_forms(pages, [own_column, before_values, ratios])
    assert [table.rows for table in found] == [
        (("ชื่อ", "กัลยา"), ("จังหวัด", "แพร่")),
        (("ชื่อ", "กัลยา"), ("จังหวัด", "แพร่"), ("ตำบล", "")),
        ratios.rows,
    ]


def test_a_form_goes_on_over_the_page() -> None:
    (table,) = with_forms(["ชื่อ : คลองใส\nจังหวัด : แพร่", "ตำบล : แสม"], [])
    assert table == Table(1, (("ชื่อ", "คลองใส"), ("จังหวัด", "แพร่"), ("ตำบล", "แสม")))


def test_fields_of_two_columns() -> None:
    rows = (("๑. ชื่อโครงการ:", "คลองใส"), ("วัตถุประสงค์", "ลดน้ำเสีย"), ("", "เพิ่มรายได้"))
    assert fields([Table(3, rows)]) == (
        Field("ชื่อโครงการ", "คลองใส", 3),
        Field("วัตถุประสงค์", "ลดน้ำเสีย\nเพิ่มรายได้", 3),
    )


def test_fields_of_four_columns() -> None:
    rows = (
        ("ชื่อ", "กัลยา", "ตำแหน่ง", "นักวิชาการ"),
        ("โทรศัพท์", "034-711", "อีเมล", "k@go.th"),
        ("ที่อยู่", "ศาลากลาง", "", ""),
    )
    pairs = [(field.label, field.value) for field in fields([Table(1, rows)])]
    assert pairs == [
        ("ชื่อ", "กัลยา"),
        ("ตำแหน่ง", "นักวิชาการ"),
        ("โทรศัพท์", "034-711"),
        ("อีเมล", "k@go.th"),
        ("ที่อยู่", "ศาลากลาง"),
    ]


def test_fields_with_the_label_above_the_value() -> None:
    rows = (("ชื่อโครงการ\nคลองใส", "จังหวัด\nแพร่", "ปีงบประมาณ\n๒๕๖๙"),)
    assert [field.value for field in fields([Table(1, rows)])] == ["คลองใส", "แพร่", "๒๕๖๙"]


@pytest.mark.parametrize(
    "rows",
    [
        (("ที่", "รายการ"), ("๑", "ค่าเรือ"), ("๒", "ค่าป้าย")),
        (("กิจกรรม", "ระยะเวลา", "ผู้รับผิดชอบ", "งบประมาณ"), ("สำรวจ", "ต.ค.", "กัลยา", "500")),
    ],
    ids=["numbered list", "table with a heading"],
)
def test_tables_without_fields(rows: tuple[tuple[str, ...], ...]) -> None:
    assert fields([Table(1, rows)]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "ก" * 1_000_000,
        "ก:" * 300_000,
        "." * 500_000 + " ก",
        ". " * 300_000,
        "ชื่อ : ก\n" * 60_000,
        "ก\t" * 200_000,
        "ชื่อ : " + "โทรศัพท์: " * 50_000,
        "โทร" * 200_000,
        "ก ☐ " * 100_000,
        "[ ] " * 100_000 + ":",
        "  ก:" * 100_000,
        "น...." * 60_000,
    ],
    ids=[
        "letters",
        "colons",
        "dots",
        "spaced dots",
        "lines",
        "tabs",
        "labels",
        "no colon",
        "boxes",
        "boxes before a colon",
        "wide gaps",
        "full stops",
    ],
)
@pytest.mark.slow
@pytest.mark.linear
def test_time_is_linear(text: str) -> None:
    assert all(table.page == 1 for table in with_forms([text], []))


def test_an_answer_wrapped_to_the_left_margin_is_whole() -> None:
    from pipeline.readers.pdf.lines import Line
    from pipeline.readers.pdf.paragraphs import Cells, page_text

    def line(text: str, x0: float, x1: float, y: float, *, follows: bool = False) -> Line:
        return Line(text, x0, x1, y, 15.0, None, follows)

    lines = [
        line("ชื่อกลุ่ม", 76, 130, 700),
        line(": วิสาหกิจชุมชนแปรรูปข้าวและสมุนไพร", 232, 480, 700, follows=True),
        line("บ้านทุ่งยูง", 76, 140, 676),
        line("ประธานกลุ่ม", 76, 150, 652),
        line(": นางจำเรียง คงปู่ ตำบลนาโหนด อำเภอเมืองพัทลุง", 232, 519, 652, follows=True),
        line("จำนวนสมาชิก", 76, 160, 628),
        line(": ๔๒ คน", 232, 280, 628, follows=True),
    ]
    rows = page_text(lines, Cells()).split("\n")
    assert rows[0].endswith("สมุนไพรบ้านทุ่งยูง")
    assert rows[2] == "จำนวนสมาชิก\t: ๔๒ คน"
