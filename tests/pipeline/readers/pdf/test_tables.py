"""Tables from ruling lines and text: what is painted, what is left out, what a page break cuts."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.documents import Table
from pipeline.readers.pdf.joints import joint
from pipeline.readers.pdf.lines import lines_of
from pipeline.readers.pdf.page_breaks import PlacedTable, joined_rows, merge_over_pages
from pipeline.readers.pdf.paragraphs import cell_texts, page_text
from pipeline.readers.pdf.split_rows import SplitRow, whole_rows
from pipeline.readers.pdf.tables import CellFinder, find_grids, place_tables
from pipeline.readers.pdf.values import Glyph, Rule

XS, YS = (50.0, 150.0, 400.0), (700.0, 680.0, 660.0, 640.0)
FORM = [("ชื่อ", "คลองใส"), ("จังหวัด", "แพร่"), ("ปี", "๒๕๖๙")]


def level(y: float, x0: float = XS[0], x1: float = XS[-1]) -> Rule:
    return Rule(x0, y, x1, y)


def upright(x: float, y0: float = YS[-1], y1: float = YS[0]) -> Rule:
    return Rule(x, y0, x, y1)


def word(text: str, x: float, y: float) -> Glyph:
    return Glyph(text, x, x + 5.0 * len(text), y, 10.0)


def text_of(rows: list[tuple[str, ...]], xs: tuple[float, ...] = XS) -> list[Glyph]:
    return [
        word(cell, x + 4, top - 14)
        for row, top in zip(rows, YS, strict=False)
        for cell, x in zip(row, xs, strict=False)
    ]


def rows_of(rules: list[Rule], glyphs: list[Glyph]) -> list[list[tuple[str, ...]]]:
    grids = find_grids(rules, glyphs)
    texts = cell_texts(lines_of(glyphs, CellFinder(grids)), grids.cells())
    placed = place_tables(grids, texts, page=1, height=842, glyphs=glyphs)
    return [list(item.table.rows) for item in placed]


GRID = [*map(level, YS), *map(upright, XS)]


@pytest.mark.parametrize(
    "rules",
    [
        GRID,
        [*map(level, YS), upright(XS[1])],
        [*map(level, YS[1:-1]), upright(XS[1])],
        [*map(level, YS), *map(upright, XS), *(upright(x + 4.5) for x in XS)],
        [rule for y in YS for rule in (level(y, *XS[:2]), level(y, *XS[1:]))],
        [*map(level, YS)],
        [*map(level, YS[1:])],
        [*map(level, YS[:1]), *map(level, YS[-1:]), *map(upright, XS), *map(level, YS[1:3])],
        [r for a, b in pairwise(YS) for r in (level(a), level(b))],
    ],
    ids=[
        "grid",
        "open sides",
        "inner borders only",
        "thick borders",
        "level rules by cell",
        "level rules",
        "no rule on top",
        "in any order",
        "coloured rows",
    ],
)
def test_borders_that_are_left_out_are_implied(rules: list[Rule]) -> None:
    assert rows_of(rules, text_of(FORM)) == [FORM]


def test_rules_above_and_below_rows_of_text() -> None:
    rows = [("ที่", "รายการ", "บาท"), ("๑", "ค่าเรือ", "500"), ("๒", "ค่าป้าย", "300")]
    glyphs = text_of(rows, (50.0, 100.0, 300.0))
    assert rows_of([level(700), level(681), level(640)], glyphs) == [rows]


def test_plain_rows_between_coloured_ones() -> None:
    cells = [
        rule
        for top, bottom in ((700, 680), (660, 640))
        for x0, x1 in ((50, 150), (150, 400))
        for rule in (
            *(level(y, x0, x1) for y in (top, bottom)),
            *(upright(x, bottom, top) for x in (x0, x1)),
        )
    ]
    rows = [*FORM, ("หมายเหตุ", "ไม่มี")]
    glyphs = [*text_of(FORM), word("หมายเหตุ", 54, 626), word("ไม่มี", 154, 626)]
    more = [level(620), level(600), *(upright(x, 600, 620) for x in XS)]
    last = [word("รวม", 54, 606), word("500", 154, 606)]
    assert rows_of([*cells, *more], [*glyphs, *last]) == [[*rows, ("รวม", "500")]]


@pytest.mark.parametrize(
    "glyphs",
    [
        [word("ย่อหน้าที่ยาวเต็มบรรทัดจนถึงขอบขวาของหน้า", 54, y - 14) for y in YS[:3]],
        [word("หัวข้อ", 54, y - 14) for y in YS[:3]],
    ],
    ids=["prose", "one column"],
)
def test_rules_between_lines_of_prose_are_no_table(glyphs: list[Glyph]) -> None:
    assert rows_of([*map(level, YS)], glyphs) == []


def test_table_in_a_cell_of_another() -> None:
    inner = [
        *(level(y, 160, 380) for y in (676, 668, 662)),
        *(upright(x, 662, 676) for x in (160, 270, 380)),
    ]
    texts = [
        word("งวด", 164, 669.5),
        word("บาท", 274, 669.5),
        word("๑", 164, 663.5),
        word("500", 274, 663.5),
    ]
    first, *_ = text_of([("ชื่อ", "")])
    glyphs = [first, word("แผน", 54, 666), *texts, *text_of([("",), ("",), ("ปี", "๒๕๖๙")])[-2:]]
    glyphs = [glyph for glyph in glyphs if glyph.text]
    outer, nested = rows_of([*GRID, *inner], glyphs)
    assert nested == [("งวด", "บาท"), ("๑", "500")]
    assert outer == [("ชื่อ", ""), ("แผน", "งวด\tบาท\n๑\t500"), ("ปี", "๒๕๖๙")]


def test_two_tables_side_by_side() -> None:
    other = [*(level(y, 420, 560) for y in YS), *(upright(x) for x in (420, 480, 560))]
    glyphs = [*text_of(FORM), *text_of(FORM, (420.0, 480.0))]
    assert rows_of([*GRID, *other], glyphs) == [FORM, FORM]


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("๑๗", "๕,๒๐๐", "๑๗๕,๒๐๐"),
        ("10,00", "0", "10,000"),
        ("๘", ",๔๙๗,๒๐๐.๕๐", "๘,๔๙๗,๒๐๐.๕๐"),
        ("๕,๐๐๐", "๖,๐๐๐", "๕,๐๐๐ ๖,๐๐๐"),
        ("๒๕๖๙", "๒๕๗๐", "๒๕๖๙ ๒๕๗๐"),
        ("12", "3", "12 3"),
    ],
)
def test_an_amount_too_wide_for_its_cell_is_whole(above: str, below: str, whole: str) -> None:
    assert above + joint(above, below) + below == whole


def test_row_of_a_table_is_one_line_of_text() -> None:
    glyphs = text_of(FORM)
    grids = find_grids(GRID, glyphs)
    text = page_text(lines_of(glyphs, CellFinder(grids)), grids.cells())
    assert text.split("\n") == ["\t".join(row) for row in FORM]


HEAD = ("ที่", "รายการ", "บาท")
ROWS = (HEAD, ("๑", "ค่าเรือ", "500"), ("๒", "ค่าป้าย", "300"), ("๓", "ค่าน้ำมัน", "200"))


@pytest.mark.parametrize(
    ("after", "last"),
    [
        ([("", "สำหรับสำรวจ", "")], ("๓", "ค่าน้ำมันสำหรับสำรวจ", "200")),
        ([HEAD, ("", "สำหรับสำรวจ", "")], ("๓", "ค่าน้ำมันสำหรับสำรวจ", "200")),
        ([("", "๑) ไปกลับ", "")], ("๓", "ค่าน้ำมัน\n๑) ไปกลับ", "200")),
        ([("", "รายการใหม่", "100")], ("", "รายการใหม่", "100")),
        ([("๔", "ค่าอาหาร", "100")], ("๔", "ค่าอาหาร", "100")),
        ([HEAD, ("๔", "ค่าอาหาร", "100")], ("๔", "ค่าอาหาร", "100")),
    ],
    ids=["rest", "rest below the heading", "list item", "row without number", "row", "heading"],
)
def test_rows_around_a_page_break(after: list[tuple[str, ...]], last: tuple[str, ...]) -> None:
    joined = joined_rows(ROWS, tuple(after))
    assert joined[-1] == last
    assert joined.count(HEAD) == 1


def test_a_cell_that_the_break_pushed_over_whole() -> None:
    rows = (*ROWS, ("๔", "", "100"))
    assert joined_rows(rows, (("", "ค่าอาหาร", ""),))[-1] == ("๔", "ค่าอาหาร", "100")


def test_a_split_label_is_joined_where_its_lines_are_full() -> None:
    rows = (("ชื่อ", "คลองใส"), ("ความเสี่ยงและ", "ฝนมาเร็ว"))
    rest = (("การป้องกัน", "กว่าปกติ"),)
    assert joined_rows(rows, rest, (True, True))[-1] == ("ความเสี่ยงและการป้องกัน", "ฝนมาเร็วกว่าปกติ")
    assert joined_rows(rows, rest, (True, False))[-1] == rest[0]
    assert joined_rows(rows, (("จังหวัด", "แพร่"),), (True, True))[-1] == ("จังหวัด", "แพร่")


SPLIT = SplitRow(1, 2, ("๒", "ค่าเช่าเรือ", "500"), ("", "สำรวจ", ""), ("๒", "ค่าเช่าเรือสำรวจ", "500"))


def placed(page: int, *rows: tuple[str, ...], around: tuple[str, ...] = ()) -> PlacedTable:
    lines = tuple((0.9 - 0.8 * n, text) for n, text in enumerate(around))
    return PlacedTable(Table(page, rows), XS, 0.85, 0.15, around=lines)


def test_a_row_over_three_pages_is_one_row() -> None:
    parts = [
        placed(1, ("ชื่อ", "คลองใส"), ("แผน", "สำรวจ")),
        placed(2, ("", "แล้ว")),
        placed(3, ("", "วางท่อ"), ("ปี", "๖๙")),
    ]
    merged = merge_over_pages(parts)
    (table,) = merged.tables
    assert table == Table(1, (("ชื่อ", "คลองใส"), ("แผน", "สำรวจแล้ววางท่อ"), ("ปี", "๖๙")))
    assert [(split.page, split.rest_page) for split in merged.splits] == [(1, 2), (1, 3)]
    assert merged.splits[-1].whole == ("แผน", "สำรวจแล้ววางท่อ")


@pytest.mark.parametrize(
    ("around", "tables"),
    [
        ((("หัวกระดาษ", "ท้าย"), ("หัวกระดาษ", "ท้าย")), 1),
        (((), ("รายละเอียดงบประมาณ (ต่อ)",)), 1),
        (((), ("ส่วนที่สอง",)), 2),
        ((("หัวกระดาษ", "ข้อความใต้ตาราง"), ("หัวกระดาษ",)), 2),
    ],
    ids=["running lines", "continued", "a heading between", "text between"],
)
def test_only_running_lines_may_stand_between(
    around: tuple[tuple[str, ...], tuple[str, ...]], tables: int
) -> None:
    parts = [placed(1, ("ก", "ข"), around=around[0]), placed(2, ("ค", "ง"), around=around[1])]
    assert len(merge_over_pages(parts).tables) == tables


def test_the_text_of_a_split_row_stands_where_the_row_begins() -> None:
    pages = ["บัญชี\n๑\tค่าป้าย\t90\n๒\tค่าเช่าเรือ\t500\nท้ายกระดาษ", "หัวกระดาษ\nสำรวจ\n๓\tค่าวัสดุ\t70"]
    assert whole_rows(pages, [SPLIT]) == [
        "บัญชี\n๑\tค่าป้าย\t90\n๒\tค่าเช่าเรือสำรวจ\t500\nท้ายกระดาษ",
        "หัวกระดาษ\n๓\tค่าวัสดุ\t70",
    ]


@pytest.mark.parametrize(
    "pages",
    [
        ["๒\tค่าเช่าเรือ\t500", "สำรวจ"],
        ["๒\tค่าเช่าเรือ\t500", "สำรวจคลอง\n๓\tค่าวัสดุ\t70"],
        ["๒\tค่าเช่ารถ\t500", "สำรวจ\n๓\tค่าวัสดุ\t70"],
    ],
    ids=["nothing else on the page", "part of a line", "row not found"],
)
def test_the_text_of_a_split_row_may_stay(pages: list[str]) -> None:
    assert whole_rows(pages, [SPLIT]) == pages


def test_a_row_over_three_pages_has_its_text_on_the_first() -> None:
    pages = ["๑\tกข\n๒\tคง", "หัว\nจฉ", "หัว\nชซ\n๓\tฌญ"]
    first = SplitRow(1, 2, ("๒", "คง"), ("", "จฉ"), ("๒", "คงจฉ"))
    second = SplitRow(1, 3, ("๒", "คงจฉ"), ("", "ชซ"), ("๒", "คงจฉชซ"))
    assert whole_rows(pages, [first, second]) == ["๑\tกข\n๒\tคงจฉชซ", "หัว", "หัว\n๓\tฌญ"]


@pytest.mark.linear
def test_rows_that_repeat_without_end_are_looked_for_in_linear_time() -> None:
    row = SplitRow(1, 2, ("ก" * 5001,), ("ก" * 5001,), ("ข",))
    assert whole_rows(["กก\n" * 50_000] * 2, [row] * 5) == ["กก\n" * 50_000] * 2


def test_tables_side_by_side_go_on_each_below_itself() -> None:
    right = (420.0, 480.0, 560.0)
    parts = [
        placed(1, ("ก", "๑")),
        PlacedTable(Table(1, (("ข", "๒"),)), right, 0.85, 0.15, around=()),
        placed(2, ("ค", "๓")),
        PlacedTable(Table(2, (("ง", "๔"),)), right, 0.85, 0.15, around=()),
    ]
    assert [len(table.rows) for table in merge_over_pages(parts).tables] == [2, 2]


@pytest.mark.parametrize(
    "rules",
    [
        [
            *(level(2.6 * i, 0, 600) for i in range(316)),
            *(upright(1.9 * i, 0, 822) for i in range(316)),
        ],
        [
            *(level(6 * i, 0, 12000) for i in range(2000)),
            *(upright(6 * i, 0, 12000) for i in range(2000)),
        ],
        [level(7 * i, 5 * i, 5 * i + 3000) for i in range(4000)],
        [r for i in range(1000) for r in (level(i, i, 3000 - i), upright(i, i, 3000 - i))],
    ],
    ids=["100,000 cells", "4,000,000 cells", "rules of all lengths", "nested"],
)
@pytest.mark.linear
def test_hostile_rules_end_soon(rules: list[Rule]) -> None:
    find_grids(rules, text_of(FORM))
