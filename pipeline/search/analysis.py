"""What a text is searched by: words, sub-word units, and short forms of names.

Tone marks are never folded. What is folded: Thai digits, Latin case and accents, the dots of
abbreviations, commas in numbers, split sara am; ๆ and ฯ say nothing. Every term keeps its place in
the text as it was given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import accumulate
from typing import NamedTuple

from pipeline.thai import align, arabic_digits, normalize, tokenize

UNIT = 3  # code points of a sub-word unit
_LATIN_PIECES = re.compile(r"[^\W_]+")
_THAI = re.compile("[ก-๎]")
_FIRST_THAI = "ก"  # folded words have no other letters from here on but those of far scripts


class Term(NamedTuple):
    """A folded word and where it stands: `start` to `end` of the text, code points.

    A tuple, since making one takes a third of the time that a frozen dataclass takes.
    """

    text: str
    start: int
    end: int


def analyse(text: str) -> list[Term]:
    """The words of `text`, folded, in order. Takes linear time on any text."""
    clean = normalize(text)
    terms = [
        Term(folded, start, end)
        for token in tokenize(clean)
        if token.kind != "space"
        for folded, start, end in _folded(token.text, token.start, token.kind)
    ]
    if clean == text:
        return terms
    places = align(text, clean)
    return [Term(term.text, places[term.start], places[term.end]) for term in terms]


def _folded(surface: str, start: int, kind: str) -> Iterator[tuple[str, int, int]]:
    if kind == "latin":
        for piece in _LATIN_PIECES.finditer(surface):
            yield fold(piece[0]), start + piece.start(), start + piece.end()
    elif kind != "other" or surface.isalnum():
        folded = fold(surface)
        if folded:
            yield folded, start, start + len(surface)


@lru_cache(1 << 16)
def fold(surface: str) -> str:
    """What one word is searched by."""
    if _THAI.match(surface):
        return fold_thai(surface)
    if surface.isascii():
        return surface.replace(",", "").lower()
    return fold_latin(arabic_digits(surface).replace(",", ""))


def fold_thai(word: str) -> str:
    """'ก.พ.ร.' -> 'กพร', 'กรุงเทพฯ' -> 'กรุงเทพ', 'ๆ' -> ''; one letter keeps its dot: 'จ.'."""
    bare = word.rstrip("ฯๆ") if word != "ฯลฯ" else ""
    if "." not in bare:
        return bare
    letters = bare.replace(".", "")
    return letters if len(letters) > 1 else letters + "."


def fold_latin(word: str) -> str:
    """Lower case, without accents: 'Café' -> 'cafe'."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


_MAKE = partial(tuple.__new__, Term)


def steps(text: str, terms: Sequence[Term]) -> list[int]:
    """Where the terms of `text` stand, for `terms_at`: gap, length, gap, length ...

    Empty where the terms cannot be told from their places alone: `text` is then analysed again.
    """
    taken: list[int] = []
    end = 0
    for term in terms:
        taken += (term.start - end, term.end - term.start)
        end = term.end
    again = all(fold(text[term.start : term.end]) == term.text for term in terms)
    return taken if again else []


def terms_at(text: str, steps: Sequence[int]) -> list[Term]:
    """The terms of `text`: what `analyse(text)` gives, many times faster."""
    if not steps:
        return analyse(text)
    borders = list(accumulate(steps))
    starts, ends = borders[::2], borders[1::2]
    # All in C: this runs for every word of every hit that is shown.
    words = map(fold, map(text.__getitem__, map(slice, starts, ends)))
    return list(map(_MAKE, zip(words, starts, ends, strict=True)))


def runs(terms: Sequence[Term]) -> list[str]:
    """The terms joined where they touch: stretches without blanks, Thai apart from the rest."""
    stretches: list[list[str]] = []
    end, thai = -1, False
    for word, start, stop in terms:
        was_thai, thai = thai, word[0] >= _FIRST_THAI
        if start == end and thai and was_thai:
            stretches[-1].append(word)
        else:
            stretches.append([word])
        end = stop
    return ["".join(stretch) for stretch in stretches]


def units(terms: Sequence[Term]) -> list[str]:
    """Character 3-grams of the runs; a shorter run is a unit by itself.

    They cross the borders of words: a word is found inside compounds and where it is cut otherwise.
    """
    return [unit for run in runs(terms) for unit in units_of(run)]


def units_of(run: str) -> list[str]:
    """The units of one run, first to last."""
    return [run[i : i + UNIT] for i in range(max(1, len(run) - UNIT + 1))]
