"""Abbreviations with dots: listed ones wherever they stand, others where they stand free."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.thai.abbreviations import abbreviation_spans


def found(text: str) -> list[str]:
    return [span.of(text) for span in abbreviation_spans(text)]


@pytest.mark.parametrize(
    ("text", "abbreviations"),
    [
        ("ประชุม ก.พ.ร. ครั้งที่ 1", ["ก.พ.ร."]),
        ("เวลา 14.00 น.", ["น."]),
        ("อ.เมือง จ.ตรัง", ["อ.", "จ."]),
        ("น.ส.สุดา ดร.สมชาย", ["น.ส.", "ดร."]),
        ("ม.ค.-มี.ค. 65", ["ม.ค.", "มี.ค."]),
        ("รพ.สต. บ้านนา", ["รพ.สต."]),
        ("สนง.ปภ.จ. แจ้ง", ["สนง.", "ปภ.จ."]),
    ],
)
def test_listed_ones(text: str, abbreviations: list[str]) -> None:
    assert found(text) == abbreviations


@pytest.mark.parametrize("year", ["พ.ศ 2565", "พ.ศ. 2565"])
def test_the_last_dot_may_lack(year: str) -> None:
    assert found(f"เมื่อ {year}") == [year.split(" ")[0]]


@pytest.mark.parametrize(
    ("text", "abbreviations"),
    [
        ("สำนักงานก.พ.ร.เห็นชอบ", ["ก.พ.ร."]),
        ("ถึงก.ย. 66", ["ก.ย."]),  # two dots
        ("ที่อบต.นาดี", ["อบต."]),  # three letters
        ("ทีมผวจ. ลงพื้นที่", ["ผวจ."]),
        ("ในอ.เมือง", []),  # one dot, one letter
        ("หมอรพ. มา", []),
        ("นางสาวดร. ก", []),
    ],
)
def test_glued_to_a_word_they_need_two_dots_or_three_letters(
    text: str, abbreviations: list[str]
) -> None:
    assert found(text) == abbreviations


@pytest.mark.parametrize(
    ("text", "abbreviations"),
    [
        ("ข้อ ก. และ ข.", ["ก.", "ข."]),
        ("ประชุมก.ข.ค.ง. แล้ว", ["ก.ข.ค.ง."]),
        ("คน. แล้ว", []),  # a word of the dictionary: the sentence ends
        ("จบแล้ว. ต่อ", []),
        ("กกกกกกกก.", []),  # more than four letters
        ("ผอ", []),
    ],
)
def test_unlisted_ones_stand_free_and_are_no_words(text: str, abbreviations: list[str]) -> None:
    assert found(text) == abbreviations


@given(st.text(st.sampled_from("ก.พรนสต้ 1า\n")) | st.text())
def test_spans_stand_apart_in_order_and_hold_a_dot(text: str) -> None:
    reached = 0
    for span in abbreviation_spans(text):
        assert reached <= span.start < span.end <= len(text)
        assert "." in span.of(text)
        reached = span.end
