"""Dates, marked text and figures as people see them."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.web.frame import dates, rendering
from pipeline.web.frame.marking import Mark, highlighted, marked

THAI = st.text(alphabet="กขน้ำที่ใเ็ิ์ ู<&>\"'ำa1", max_size=40)
MARKS = st.lists(
    st.builds(Mark, st.integers(-5, 50), st.integers(-5, 50), st.sampled_from(["agenda", "mode"])),
    max_size=6,
)


def plain(marked_text: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", marked_text))


def test_dates_are_thai_with_iso_for_machines() -> None:
    tag = dates.time_tag(dt.date(2021, 12, 17))
    assert tag == '<time datetime="2021-12-17" title="2021-12-17">17 ธ.ค. 2564</time>'
    assert dates.time_tag("2021-12-17") == tag


def test_moments_are_by_the_clock_of_bangkok() -> None:
    late = dt.datetime(2021, 12, 31, 17, 5, tzinfo=dt.UTC)
    assert "1 ม.ค. 2565 00:05 น." in dates.time_tag(late)
    assert "2022-01-01T00:05+07:00" in dates.time_tag(late)
    assert dates.time_tag("2021-12-31T17:05:00+00:00") == dates.time_tag(late)
    with pytest.raises(ValueError, match="time zone"):
        dates.thai_moment(dt.datetime(2021, 12, 31))


def test_no_date_is_a_dash() -> None:
    assert ">–<" in dates.time_tag(None)


def test_marked_text_is_escaped() -> None:
    assert marked("<b>&", [Mark(0, 3)]) == '<mark class="mark-evidence">&lt;b&gt;</mark>&amp;'
    hostile = marked("a", [Mark(0, 1, "agenda", '"><script>', '"x')])
    assert "<script>" not in hostile
    assert '""' not in hostile


def test_a_mark_takes_a_letter_with_all_that_stands_on_it() -> None:
    text = "ที่น้ำ"
    assert highlighted(text, [[0, 1]]) == '<mark class="mark-hit">ที่</mark>น้ำ'
    assert highlighted(text, [[4, 5]]) == 'ที่<mark class="mark-hit">น้ำ</mark>'


def test_marks_that_overlap_share_the_part_between() -> None:
    out = marked("abcdef", [Mark(0, 4, "agenda", "บริการ"), Mark(2, 6, "mode", "ดิจิทัล")])
    assert re.findall(r'<mark class="([^"]+)"', out) == [
        "mark-agenda", "mark-agenda mark-mode", "mark-mode",
    ]  # fmt: skip
    assert 'title="บริการ · ดิจิทัล"' in out


def test_an_anchor_stands_once_at_the_beginning() -> None:
    out = marked("abcdef", [Mark(0, 6, anchor="e1"), Mark(2, 4, anchor="e2")], offset=0)
    assert re.findall(r'<a id="(\w+)"', out) == ["e1", "e2"]
    on_the_next_page = marked("ef", [Mark(0, 6, anchor="e1"), Mark(4, 5, anchor="e3")], offset=4)
    assert re.findall(r'<a id="(\w+)"', on_the_next_page) == ["e3"]


def test_offsets_may_count_from_the_document() -> None:
    assert highlighted("def", [[104, 105], [0, 5], [200, 300]], offset=103) == (
        'd<mark class="mark-hit">e</mark>f'
    )


@given(THAI, MARKS)
def test_marking_changes_no_letter_and_cuts_none_from_its_signs(
    text: str, marks: list[Mark]
) -> None:
    out = marked(text, marks)
    assert plain(out) == text
    for piece in re.split(r"<[^>]*>", out)[1:]:
        assert not piece or text.startswith(html.unescape(piece)) or piece[0] not in "้ี่ำ็ิ์ู"


def test_many_marks_on_much_text() -> None:
    marks = [Mark(n, 200_000 - n, label="ก") for n in range(5_000)]
    assert len(plain(marked("ก" * 200_000, marks))) > 200_000  # with the labels that are read out


def test_shares_and_numbers() -> None:
    assert [rendering.percent(x) for x in (None, 0, 0.874, 0.996, 1)] == [
        "–", "0%", "87%", ">99%", "100%",
    ]  # fmt: skip
    assert [rendering.number(x) for x in (None, 12345)] == ["–", "12,345"]
