"""Forms without rules: labels over several lines, narrow gaps; and what is no form."""

from __future__ import annotations

import pytest

from pipeline.readers.pdf.grids import PageGrids
from pipeline.readers.pdf.label_columns import label_columns
from pipeline.readers.pdf.lines import lines_of
from pipeline.readers.pdf.paragraphs import cell_texts, page_text
from pipeline.readers.pdf.tables import CellFinder, place_tables, with_form
from pipeline.readers.pdf.values import Glyph

Text = tuple[str, float, float]
"""What is painted, and its left end and baseline in points."""


def glyphs_of(texts: list[Text]) -> list[Glyph]:
    """A glyph for each letter, all as wide as half of their height, which is 10 points."""
    return [
        Glyph(letter, x + 5 * n, x + 5 * n + 5, y, 10.0)
        for text, x, y in texts
        for n, letter in enumerate(text)
    ]


def rows_of(texts: list[Text]) -> tuple[tuple[str, ...], ...]:
    """The rows of the form that the texts are read as; none where they need no boxes."""
    glyphs = glyphs_of(texts)
    boxes = label_columns(lines_of(glyphs, lambda _: None), glyphs)
    if not boxes:
        return ()
    grids = with_form(PageGrids(), boxes)
    lines, cells = lines_of(glyphs, CellFinder(grids)), grids.cells()
    (placed,) = place_tables(grids, cell_texts(lines, cells), page=1, height=800)
    shown = page_text(lines, cells).split("\n")
    assert all(row[0] in line for row, line in zip(placed.table.rows, shown, strict=False))
    return placed.table.rows


def test_a_label_painted_over_several_lines_is_whole() -> None:
    texts = [
        ("จานวนสมาชกทงหมด", 50.0, 700.0),
        ("ในรอบปทแลว", 50.0, 685.0),
        (": ๔๒ คน", 150.0, 700.0),
        ("ประธาน", 50.0, 670.0),
        (": กลยา", 150.0, 670.0),
        ("จงหวด", 50.0, 655.0),
        (": แพร", 150.0, 655.0),
    ]
    assert rows_of(texts) == (
        ("จานวนสมาชกทงหมดในรอบปทแลว", "๔๒ คน"),
        ("ประธาน", "กลยา"),
        ("จงหวด", "แพร"),
    )


def test_a_value_goes_on_below_itself() -> None:
    texts = [
        ("๑. ความเปนมา", 50.0, 700.0),
        (": ชาวบานทอผามาส", 150.0, 700.0),
        ("ชวคน", 150.0, 685.0),
        ("๒. ประธาน", 50.0, 670.0),
        (": กลยา", 150.0, 670.0),
        ("๓. จงหวด", 50.0, 655.0),
        (": แพร", 150.0, 655.0),
    ]
    assert rows_of(texts) == (
        ("ความเปนมา", "ชาวบานทอผามาสชวคน"),
        ("ประธาน", "กลยา"),
        ("จงหวด", "แพร"),
    )


def test_a_label_close_to_its_value_stands_apart_where_others_do() -> None:
    texts = [
        ("ชอโครงการทเสนอน", 50.0, 700.0),
        ("คลองใส", 130.0, 700.0),
        ("จงหวด", 50.0, 685.0),
        ("แพร", 130.0, 685.0),
        ("อาเภอ", 50.0, 670.0),
        ("สอง", 130.0, 670.0),
    ]
    assert rows_of(texts) == (
        ("ชอโครงการทเสนอน", "คลองใส"),
        ("จงหวด", "แพร"),
        ("อาเภอ", "สอง"),
    )


PROSE = "คลองสายนไหลผานเขตเมอง"


@pytest.mark.parametrize(
    "texts",
    [
        [(text, x, 700.0 - 15 * n) for n in range(4) for text, x in (("ชอ", 50.0), ("คา", 150.0))],
        [(PROSE, x, 700.0 - 15 * n) for x in (50.0, 200.0) for n in range(12)],
        [(PROSE[: 18 + n % 4], x, 700.0 - 15 * n) for x in (50.0, 170.0) for n in range(12)],
        [
            *((text, x, 700.0) for text, x in (("ทอย", 50.0), (": " + PROSE * 2, 150.0))),
            ("ตาบลแมกลอง", 50.0, 685.0),
            *((text, x, 670.0) for text, x in (("ชอ", 50.0), (": กลยา", 150.0))),
            *((text, x, 655.0) for text, x in (("ปี", 50.0), (": ๖๙", 150.0))),
        ],
        [
            (text, x, 700.0 - 15 * n)
            for n in range(4)
            for text, x in (("นายสมชาย", 50.0), ("ผวา", 150.0), ("นายก", 250.0))
        ],
    ],
    ids=["plain", "columns", "ragged columns", "value back at the margin", "three columns"],
)
def test_what_needs_no_boxes(texts: list[Text]) -> None:
    assert rows_of(texts) == ()


@pytest.mark.parametrize(
    "texts",
    [
        [("ก", 50.0 + n % 7, 700.0) for n in range(20_000)],
        [("ก ก", 50.0 * (n % 9), 700.0 - n) for n in range(20_000)],
        [("กก", 50.0 + 100 * (n % 2), 700.0 - n // 2) for n in range(20_000)],
    ],
    ids=["one baseline", "stairs", "two columns"],
)
@pytest.mark.linear
def test_hostile_pages_end_soon(texts: list[Text]) -> None:
    glyphs = glyphs_of(texts)
    lines = lines_of(glyphs, lambda _: None)
    label_columns(lines, glyphs)
