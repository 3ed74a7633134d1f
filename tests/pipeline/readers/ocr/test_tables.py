"""Ruled tables in scans: their cells are found and read one by one."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from pipeline.readers.ocr.engine import Char, Line
from pipeline.readers.ocr.grids import Grid, find_grids
from pipeline.readers.ocr.latin import with_capitals
from pipeline.readers.ocr.pixels import Grey, levelled, skew
from pipeline.readers.ocr.unrolling import page_text, squeezed, unrolled

ROWS = (100, 260, 420, 580)


def page(*, columns: tuple[int, ...] = (100, 300, 900), note: bool = False) -> Grey:
    """Three rows; a wrapped label stands beside one line of value in each."""
    image = Image.new("L", (1200, 900), 255)
    draw = ImageDraw.Draw(image)
    for y in ROWS:
        draw.line((100, y, 900, y), fill=0, width=3)
    for x in columns:
        draw.line((x, ROWS[0], x, ROWS[-1]), fill=0, width=3)
    for y in ROWS[:-1]:
        for left, top in ((120, 30), (120, 90), (330, 30)):
            word(draw, left, y + top)
    word(draw, 120, 700)
    if note:
        word(draw, 950, 300)
    return np.asarray(image)


def word(draw: ImageDraw.ImageDraw, left: int, top: int) -> None:
    for x in range(left, left + 120, 25):
        draw.rectangle((x, top, x + 12, top + 22), fill=0)


def shape(grids: list[Grid]) -> list[list[int]]:
    return [[len(row) for row in grid.rows] for grid in grids]


def line(text: str, left: int, top: int) -> Line:
    """A line of characters 20 pixels wide and 24 high; spaces as in `text`."""
    chars, x, space = [], left, False
    for char in text:
        if char == " ":
            space = True
        else:
            chars.append(Char(char, (x, top, x + 18, top + 24), 99.0, space))
            space = False
        x += 20
    return Line((left, top, x, top + 24), tuple(chars))


def test_cells_are_what_rules_enclose() -> None:
    assert shape(find_grids(page())) == [[2, 2, 2]]


def test_columns_without_rules_are_told_by_the_paper_between_them() -> None:
    assert shape(find_grids(page(columns=()))) == [[2, 2, 2]]


def test_a_table_beside_text_is_left_alone() -> None:
    assert find_grids(page(note=True)) == []


def test_a_frame_is_no_table() -> None:
    framed = Image.new("L", (1200, 900), 255)
    ImageDraw.Draw(framed).rectangle((50, 50, 1150, 850), outline=0, width=3)
    assert find_grids(np.asarray(framed)) == []


def test_cells_stand_under_each_other_and_lines_find_their_way_back() -> None:
    clean = page()
    whole = unrolled(clean, find_grids(clean))
    cells = [piece for piece in whole.pieces if piece.spots]
    assert [(s.row, s.column) for piece in cells for s in piece.spots] == [
        (row, column) for row in range(3) for column in range(2)
    ]
    lines = [line(name, 330, piece.top + 20) for name, piece in zip("abcdef", cells, strict=True)]
    lines.append(line("after", 100, whole.pieces[-1].top + 60))
    text, tables = page_text(lines, whole)
    assert text == "a\tb\nc\td\ne\tf\nafter"
    assert tables == ((("a", "b"), ("c", "d"), ("e", "f")),)


def test_a_row_of_single_lines_stays_a_line_and_is_cut_at_its_cells() -> None:
    image = Image.fromarray(page()).copy()
    draw = ImageDraw.Draw(image)
    for y in ROWS[:-1]:
        draw.rectangle((110, y + 80, 290, y + 140), fill=255)
    clean = np.asarray(image)
    whole = unrolled(clean, find_grids(clean))
    row = whole.pieces[1]
    assert [spot.column for spot in row.spots] == [0, 1]
    text, _ = page_text([line("abc     d", 200, row.top + 20)], whole)
    assert text.split("\n")[0] == "abc\td"


def test_paper_between_lines_is_cut_and_no_ink_is_lost() -> None:
    clean = page()
    whole = unrolled(clean, find_grids(clean))
    tight = squeezed(whole)
    assert len(tight.image) < 0.7 * len(whole.image)
    assert (tight.image < 128).sum() == (whole.image < 128).sum()
    assert [piece.spots for piece in tight.pieces] == [piece.spots for piece in whole.pieces]


def test_a_small_turn_is_taken_out_without_blur() -> None:
    image = Image.fromarray(page(columns=()))
    turned = np.asarray(image.rotate(0.5, fillcolor=255))  # nearest pixel: black or white
    level = levelled(turned)
    assert abs(skew(level)) < 0.15
    assert set(np.unique(level)) == {0, 255}


def test_an_l_among_capitals_is_an_i() -> None:
    read = "loT Al (Gl) KPl email line Nl0"
    assert with_capitals(line(read, 0, 0)).text == "IoT AI (GI) KPI email line NI0"
