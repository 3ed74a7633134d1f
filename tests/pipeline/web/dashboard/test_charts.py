"""Charts and the map, drawn from values made by hand."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from pipeline.thai import PROVINCES
from pipeline.web.dashboard.charts import (
    HEIGHT,
    LEFT,
    WIDTH,
    Bar,
    Part,
    shares,
    stacked,
    timeline,
)
from pipeline.web.dashboard.province_map import tile_map
from pipeline.web.dashboard.tiles import COLUMNS, ROWS, TILES

DEADLINE = dt.date(2021, 12, 17)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1))


def test_every_province_has_one_tile_of_its_own() -> None:
    assert sorted(tile.province for tile in TILES) == sorted(PROVINCES)
    assert len({(tile.column, tile.row) for tile in TILES}) == len(TILES) == 77
    assert len({tile.letters for tile in TILES}) == 77
    assert all(tile.column < COLUMNS and tile.row < ROWS for tile in TILES)


def test_tiles_lie_as_on_the_map() -> None:
    at = {tile.province: (tile.column, tile.row) for tile in TILES}
    assert at["เชียงราย"][1] < at["กรุงเทพมหานคร"][1] < at["ชุมพร"][1] < at["นราธิวาส"][1]
    assert at["แม่ฮ่องสอน"][0] < at["น่าน"][0] < at["นครพนม"][0]
    assert at["กาญจนบุรี"][0] < at["นครราชสีมา"][0] < at["อุบลราชธานี"][0]


def test_a_tile_that_nobody_expected_has_no_sign() -> None:
    drawn = ET.fromstring(tile_map({"เลย": "late"}, {}))
    groups = {g.findtext("title"): g for g in drawn.iter("g")}
    assert "tile-none" in groups["ตาก"].attrib["class"]
    assert "tile-late" in groups["เลย"].attrib["class"]


def test_names_are_escaped() -> None:
    drawn = stacked([Part("<script>&", "sure", 1)], '"><b>')
    assert "<script>" not in drawn
    assert "<b>" not in drawn
    assert ET.fromstring(drawn).findtext("title") == '"><b>'


@given(
    st.lists(st.builds(Bar, DAYS, st.integers(0, 500), st.integers(0, 500)), max_size=30),
    DAYS,
)
def test_whatever_comes_in_stays_within_the_chart(bars: list[Bar], deadline: dt.date) -> None:
    drawn = ET.fromstring(timeline(bars, deadline))
    rects = [r.attrib for r in drawn.iter("rect")]
    assert all(LEFT <= float(r["x"]) <= WIDTH and 0 <= float(r["y"]) <= HEIGHT for r in rects)
    [line] = [one for one in drawn.iter("line") if one.attrib["class"] == "deadline"]
    assert LEFT <= float(line.attrib["x1"]) <= WIDTH


def test_the_deadline_stands_between_on_time_and_late() -> None:
    bars = [Bar(DEADLINE, 3, 0), Bar(DEADLINE + dt.timedelta(days=1), 0, 2)]
    drawn = ET.fromstring(timeline(bars, DEADLINE))
    x = {r.attrib["class"]: float(r.attrib["x"]) for r in drawn.iter("rect") if "class" in r.attrib}
    [line] = [one for one in drawn.iter("line") if one.attrib["class"] == "deadline"]
    assert x["part part-on_time"] < float(line.attrib["x1"]) < x["part part-late"]


def test_parts_fill_the_bar_in_proportion() -> None:
    drawn = ET.fromstring(stacked([Part("ก", "reviewed", 1), Part("ข", "sure", 3)], "สัดส่วน"))
    wide = [float(r.attrib["width"]) for r in drawn.iter("rect")]
    assert wide == [WIDTH / 4, WIDTH * 3 / 4]


def test_a_share_is_written_out() -> None:
    drawn = ET.fromstring(shares([(DEADLINE, 1, 4)], "แก้"))
    assert "1/4" in [text.text for text in drawn.iter("text")]
    assert "17 ธ.ค. 2564 1 จาก 4" in (drawn.findtext("desc") or "")
