"""Misspelled words: the nearest words of the index's own vocabulary, counted in whole letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import tantivy

from pipeline.search.analysis import UNIT, Term, analyse
from pipeline.search.finding import exact
from pipeline.search.short_forms import function_words
from pipeline.search.values import ParsedQuery
from pipeline.thai.lexicon import dictionary

_LETTER = re.compile("[^ัิ-ฺ็-๎\u0300-\u036f][ัิ-ฺ็-๎\u0300-\u036f]*|.", re.DOTALL)
_PIECES = 4  # a misspelled word is cut into up to so many
_SHORTEST = 3  # whole letters
_LONGEST = 40  # code points
_TWO_SLIPS = 6  # whole letters from which two slips are mended
_VOWELS = "เแโใไ"  # one is easily taken for another
_FRAGMENT = 3  # code points: what misspelled words fall into
_LOOKED_UP = 4  # stretches of one query


def suggestion(parsed: ParsedQuery, searcher: tantivy.Searcher) -> str | None:
    """The query with misspelled words mended, or None where nothing seems misspelled."""
    text = parsed.text
    terms = analyse(parsed.words)
    taken, looked_up = 0, 0
    for first, last in _stretches(terms, searcher):
        surface = parsed.words[terms[first].start : terms[last - 1].end]
        if first < taken or surface not in text or _is_known(terms[first:last], searcher):
            continue
        looked_up += 1
        better = nearest(terms[first:last], searcher)
        if better:
            text, taken = text.replace(surface, better, 1), last
        if looked_up == _LOOKED_UP:
            break
    return text if taken else None


def _stretches(terms: Sequence[Term], searcher: tantivy.Searcher) -> Iterator[tuple[int, int]]:
    """Touching terms that may be one misspelled word, at each place the longest stretch first."""
    suspect = [_is_suspect(term.text, searcher) for term in terms]
    for first in range(len(terms)):
        last = first
        while last < min(first + _PIECES, len(terms)) and terms[last].text not in function_words():
            if last > first and terms[last - 1].end != terms[last].start:
                break
            last += 1
        for end in range(last, first, -1):
            if any(suspect[first:end]) and terms[end - 1].end - terms[first].start <= _LONGEST:
                yield first, end


def _is_suspect(word: str, searcher: tantivy.Searcher) -> bool:
    if word.isdecimal():
        return False
    return len(word) <= _FRAGMENT or not searcher.doc_freq("words", word)


def _is_known(terms: Sequence[Term], searcher: tantivy.Searcher) -> bool:
    """Whether the stretch is a word, or stands somewhere in the index as it is."""
    word = "".join(term.text for term in terms)
    if len(_LETTER.findall(word)) < _SHORTEST or len(word) < UNIT or word in dictionary():
        return True
    return bool(searcher.search(exact(word, searcher), limit=1).count)


def nearest(terms: Sequence[Term], searcher: tantivy.Searcher) -> str | None:
    """The word of the index with the fewest slips from the terms, the most frequent of several.

    The first letter is taken as right, and a word that only leaves out terms is none.
    """
    word = "".join(term.text for term in terms)
    letters = _LETTER.findall(word)
    slips = 2 if len(letters) >= _TWO_SLIPS else 1
    left_out = {"".join(term.text for term in part) for part in (terms[1:], terms[:-1])}
    best: tuple[int, int, str] | None = None
    for prefix in _VOWELS if word[0] in _VOWELS else word[0]:
        for other, frequency in searcher.terms_with_prefix("words", prefix):
            if abs(len(other) - len(word)) > 3 * slips or other in left_out:
                continue
            if len(set(other) ^ set(word)) > 3 * slips:
                continue
            distance = slips_between(letters, _LETTER.findall(other), slips)
            if 0 < distance <= slips:
                best = min(best or (distance, -frequency, other), (distance, -frequency, other))
    return best[2] if best else None


def slips_between(one: Sequence[str], other: Sequence[str], most: int) -> int:
    """Letters put in, left out, changed or swapped with the next; `most + 1` if more than that."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, same in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != same))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == same:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
