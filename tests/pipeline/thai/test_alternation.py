from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.thai.alternation import Begun, any_of

LETTERS = "กขว่1. "
words = st.lists(st.text(LETTERS, min_size=1, max_size=5), min_size=1, max_size=8)


def spans(found: object) -> list[tuple[int, int]]:
    return [match.span() for match in found]  # type: ignore[attr-defined]


@given(words, st.text(LETTERS, max_size=40))
def test_words_are_found_the_longest_first(known: list[str], text: str) -> None:
    plain = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    assert spans(re.finditer(any_of(known), text)) == spans(re.finditer(plain, text))


@given(words, st.text(LETTERS, max_size=40), st.integers(0, 20))
def test_a_begun_pattern_finds_what_it_finds_alone(known: list[str], text: str, start: int) -> None:
    pattern = re.compile(rf"(?<!ก)(?:{any_of(known)})[ ]?(?P<more>1?)")
    begun = Begun.of(pattern, known)
    assert spans(begun.finditer(text)) == spans(pattern.finditer(text))
    found, alone = begun.search(text, start), pattern.search(text, start)
    assert (found and found.span()) == (alone and alone.span())


def test_a_beginning_inside_another_one_is_found() -> None:
    begun = Begun.of(re.compile("กข1|ข2"), ["กข", "ข"])
    assert spans(begun.finditer("กข2 กข1")) == [(1, 3), (4, 7)]


@pytest.mark.parametrize("letter", ["ก", "1", " "])
@pytest.mark.linear
def test_one_letter_repeated_takes_linear_time(letter: str) -> None:
    begun = Begun.of(re.compile("(?<!ข)กกก[ขค]|1{1,3}น"), ["กกก", "1"])
    assert list(begun.finditer(letter * 200_000)) == []
