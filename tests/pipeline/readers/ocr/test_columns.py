"""Columns of a scanned page, and marks that Tesseract took for lines of their own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.readers.ocr.columns import in_one_column
from pipeline.readers.ocr.engine import Char, Line
from pipeline.readers.ocr.pixels import Grey
from pipeline.readers.ocr.torn import with_marks

HEAD, LEFT, RIGHT, TAIL = 0, 30, 60, 90  # greys, by which what was drawn is told apart
COLUMNS = ((100, 780, LEFT), (830, 1500, RIGHT))


def drawn(
    *parts: tuple[int, int, Sequence[tuple[int, int, int]]], lengths: Sequence[float] = (1.0,)
) -> Grey:
    """Blocks for letters: from a line to a line, in strips of a left and right edge and a grey.

    `lengths` are the shares of the strips' widths that the lines take in turn.
    """
    page = Image.new("L", (1600, 1500), 255)
    draw = ImageDraw.Draw(page)
    for first, last, strips in parts:
        for number in range(first, last):
            for left, right, grey in strips:
                end = left + (right - left) * lengths[number % len(lengths)]
                for x in range(left, round(end) - 16, 22):
                    y = 100 + 55 * number
                    draw.rectangle((x, y, x + 15, y + 30), fill=grey)
    return np.asarray(page)


def order(page: Grey) -> list[int]:
    """The greys of a page from top to bottom, each where it first comes after another."""
    rows = [set(np.unique(row).tolist()) - {255} for row in page]
    found: list[int] = []
    for greys in rows:
        found += [grey for grey in sorted(greys) if found[-1:] != [grey]]
    return found


def test_what_lies_across_columns_is_read_before_and_after_them() -> None:
    across = (100, 1500)
    page = drawn((0, 2, [(*across, HEAD)]), (2, 14, COLUMNS), (14, 16, [(*across, TAIL)]))
    single = in_one_column(page, [])
    assert single is not None
    assert order(single) == [HEAD, LEFT, RIGHT, TAIL]
    assert (single < 128).sum() == (page < 128).sum()


def test_sections_of_columns_are_read_one_after_the_other() -> None:
    page = drawn((0, 8, COLUMNS), (8, 9, [(100, 1500, HEAD)]), (9, 17, COLUMNS))
    single = in_one_column(page, [])
    assert single is not None
    assert order(single) == [LEFT, RIGHT, HEAD, LEFT, RIGHT]


def test_columns_begin_at_the_left_edge_of_the_text() -> None:
    single = in_one_column(drawn((0, 12, COLUMNS)), [])
    assert single is not None
    starts = [int(np.flatnonzero((single == grey).any(axis=0))[0]) for grey in (LEFT, RIGHT)]
    assert starts == pytest.approx([100, 100], abs=30)


def test_three_columns_stand_under_each_other() -> None:
    page = drawn((0, 22, [(100, 530, 0), (580, 1010, 30), (1060, 1500, 60)]))
    single = in_one_column(page, [])
    assert single is not None
    assert order(single) == [0, 30, 60]


@pytest.mark.parametrize(
    "page",
    [
        drawn((0, 20, [(100, 1500, HEAD)])),
        drawn((0, 3, COLUMNS), (3, 16, [(100, 1500, HEAD)])),
        drawn((0, 15, COLUMNS), lengths=(1.0, 0.7, 0.6, 0.75, 0.65)),
        drawn((0, 14, [(100, 300, LEFT), (350, 1500, RIGHT)])),
        np.full((1500, 1600), 255, dtype=np.uint8),
        np.zeros((1500, 1600), dtype=np.uint8),
        np.zeros((1, 1), dtype=np.uint8),
    ],
    ids=["one column", "three lines", "names and posts", "labels", "blank", "black", "a pixel"],
)
def test_a_page_without_columns_stays(page: Grey) -> None:
    assert in_one_column(page, []) is None


def test_there_are_no_columns_in_a_table() -> None:
    page = drawn((0, 14, COLUMNS))
    assert in_one_column(page, []) is not None
    assert in_one_column(page, [(80, 80, 1520, 900)]) is None


def line(text: str, top: int, bottom: int, *, left: int = 100, right: int = 800) -> Line:
    step = (right - left) / len(text)
    places = [round(left + number * step) for number in range(len(text) + 1)]
    return Line(
        (left, top, right, bottom),
        tuple(
            Char(char, (places[i], top, places[i + 1], bottom), 95.0) for i, char in enumerate(text)
        ),
    )


THAI = "ประชาชนช่วยกันดูแลแหล่งน้ำ"


def test_a_line_of_marks_far_in_the_next_line_goes_to_it_however_high() -> None:
    lines = [line("Vvงx4บืaA", 8, 64, left=300), line(THAI, 17, 72), line(THAI, 80, 124)]
    whole, torn = with_marks(lines)
    assert [one.text for one in whole] == [THAI, THAI]
    assert whole[0].box == (100, 8, 800, 72)
    assert torn == {id(whole[0])}


def test_lines_that_only_touch_stay() -> None:
    lines = [line("KPI 12 / 34", 20, 64), line(THAI, 60, 104), line("ISO 9001", 110, 150)]
    whole, torn = with_marks(lines)
    assert whole == lines
    assert not torn
