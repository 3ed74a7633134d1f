"""Words looked up where they stand: the same as a pattern of them finds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.minutes.text.known_words import KnownWords
from pipeline.minutes.text.wording import plain

NAMES = KnownWords.of(["บุญ", "บุญมี", "สมชาย"])
WORDS = st.lists(st.text("กขา", min_size=2, max_size=5), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("position", "ends"), [(3, [8, 6]), (8, []), (9, [14]), (4, []), (14, []), (99, [])]
)
def test_ends_of_the_words_at_a_place_the_longest_first(position: int, ends: list[int]) -> None:
    assert list(NAMES.ends("นายบุญมี สมชาย", position)) == ends


def test_the_end_of_a_text_cuts_no_word_short() -> None:
    assert NAMES.end("ลุงบุญม", 3) == 6
    assert NAMES.end("ลุงบุ", 3) is None


def test_end_of_the_first_word_in_a_stretch() -> None:
    text = "ลุงบุญมี สมชาย"
    assert NAMES.end_of_first(text, 0, 3) is None
    assert NAMES.end_of_first(text, 0, 4) == 8
    assert NAMES.end_of_first(text, 4, len(text)) == 14


def test_no_words_are_found_nowhere() -> None:
    nobody = KnownWords.of([])
    assert nobody.end("บุญมี", 0) is None
    assert list(nobody.spans("บุญมี")) == []


@given(words=WORDS, text=st.text("กขา ", max_size=40))
def test_spans_are_those_of_a_pattern(words: list[str], text: str) -> None:
    pattern = re.compile(plain(words))
    assert list(KnownWords.of(words).spans(text)) == [m.span() for m in pattern.finditer(text)]


@given(words=WORDS, text=st.text("กขา ", max_size=20), position=st.integers(0, 20))
def test_ends_are_those_of_a_pattern(words: list[str], text: str, position: int) -> None:
    match = re.compile(plain(words)).match(text, position)
    inside = position <= len(text)
    assert KnownWords.of(words).end(text, position) == (match.end() if match and inside else None)
