"""Words that the cut of a text hides: parts of long terms, and words over several pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from pipeline.search.analysis import Term
from pipeline.thai.lexicon import dictionary, domain_words

_PIECES = 4  # the most pieces that are read as one word


def hidden_words(terms: Sequence[Term]) -> Iterator[str]:
    """Dictionary words on the borders of `terms` that are no term themselves.

    วิสาหกิจ and ชุมชน of วิสาหกิจชุมชน, one word of our dictionary; ที่จะ of ที่|จะ.
    """
    known = dictionary()
    for at, (word, _, end) in enumerate(terms):
        yield from parts(word)
        joined = word
        for more, start, stop in terms[at + 1 : at + _PIECES]:
            if start != end:
                break
            joined, end = joined + more, stop
            if joined in known:
                yield joined


@lru_cache(1 << 14)
def parts(word: str) -> tuple[str, ...]:
    """The words of a term of public administration, the fewest that fill it; else none.

    Compounds of the general dictionary stay whole: taken apart, they find what was not meant
    (กิจ in กิจกรรม).
    """
    if word not in domain_words():
        return ()
    general = _general_words()
    fewest: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
    for start in range(len(word)):
        before = fewest[start]
        if before is None:
            continue
        for end in range(start + 2, len(word) + 1):
            piece, known = word[start:end], fewest[end]
            if piece in general and (known is None or len(known) > len(before) + 1):
                fewest[end] = (*before, piece)
    found = fewest[-1] or ()
    return found if len(found) > 1 else ()


@cache
def _general_words() -> frozenset[str]:
    return dictionary() - domain_words()
