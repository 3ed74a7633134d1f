"""Where a text says what was asked: stretches of the text as given, on whole letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pipeline.documents import Span
from pipeline.search.analysis import UNIT, Term
from pipeline.search.compounds import parts
from pipeline.search.short_forms import mentions

# What never begins a letter as people see it: marks above and below, vowels written behind.
_FOLLOWS = re.compile("[\u0300-\u036fัิ-ฺ็-๎\u200d\ufe0f]|[ะาำๅ]|[ก-ฮ]์")
_LEADS = frozenset("เแโใไ")
_THAI = re.compile("[ก-๎]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for: words, meanings of short forms, and phrases, all folded.

    `inside` are those of the words that are also looked for inside longer ones.
    """

    words: frozenset[str]
    inside: frozenset[str] = frozenset()
    meanings: frozenset[str] = frozenset()
    phrases: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.meanings or self.phrases)


def highlights(text: str, terms: Sequence[Term], wanted: Wanted) -> tuple[Span, ...]:
    """The stretches of `text`, whose terms are `terms`, that say something wanted.

    They stand in order and apart.
    """
    found = [Span(term.start, term.end) for term in terms if term.text in wanted.words]
    if wanted.meanings:
        found += [
            Span(terms[mention.first].start, terms[mention.last - 1].end)
            for mention in mentions(terms)
            if mention.meaning in wanted.meanings
        ]
    cut = [term.text for term in terms]
    joined = "".join(cut)
    words = [word for word in wanted.words if joined.count(word) > cut.count(word)]
    phrases = [phrase for phrase in wanted.phrases if phrase in joined]
    if words or phrases:
        letters = _Letters(joined, terms)
        for word in words:
            found += letters.places(word, inside=word in wanted.inside, across_blanks=False)
        for phrase in phrases:
            found += letters.places(phrase, inside=True, across_blanks=True)
    return tuple(_merged(_widened(text, span) for span in found))


def says(terms: Sequence[Term], phrase: Sequence[Term]) -> bool:
    """Whether the letters of `phrase` stand in a row in `terms`, blanks aside, on whole letters."""
    joined = "".join(term.text for term in terms)
    letters = "".join(term.text for term in phrase)
    if letters not in joined:
        return False
    return any(_Letters(joined, terms).places(letters, inside=True, across_blanks=True))


class _Letters:
    """The folded letters of a text, and where each of them stands."""

    def __init__(self, joined: str, terms: Sequence[Term]):
        self._text = joined
        ends = list(accumulate(len(term.text) for term in terms))
        self._terms = dict(zip([0, *ends], terms, strict=False))
        self._borders = {0, *ends, *_borders_inside(self._terms)}
        self._after_blanks = _after_blanks(self._terms)

    def places(self, letters: str, *, inside: bool, across_blanks: bool) -> Iterator[Span]:
        """Where `letters` stand on borders of words; `inside`, on borders of whole letters."""
        inside = inside and len(letters) >= UNIT and _THAI.match(letters) is not None
        at = self._text.find(letters) if letters else -1
        while at >= 0:
            end = at + len(letters)
            if all(self._is_border(place, inside) for place in (at, end)) and (
                across_blanks or self._after_blanks.isdisjoint(range(at + 1, end))
            ):
                yield Span(self._place(at).start, self._place(end - 1).end)
            at = self._text.find(letters, at + 1)

    def _is_border(self, at: int, inside: bool) -> bool:
        return at in self._borders or (
            inside and self._text[at - 1] not in _LEADS and not _FOLLOWS.match(self._text, at)
        )

    def _place(self, at: int) -> Span:
        first = at
        while first not in self._terms:
            first -= 1
        term = self._terms[first]
        if len(term.text) != term.end - term.start:  # folding moved letters: 'ก.พ.ร.'
            return Span(term.start, term.end)
        return Span(term.start + at - first, term.start + at - first + 1)


def _borders_inside(terms: Mapping[int, Term]) -> Iterator[int]:
    for place, term in terms.items():
        for end in accumulate(map(len, parts(term.text))):
            yield place + end


def _after_blanks(terms: Mapping[int, Term]) -> frozenset[int]:
    """Places of the joined letters before which something stands that is no term."""
    followed = zip(terms.values(), list(terms.items())[1:], strict=False)
    return frozenset(place for before, (place, term) in followed if before.end != term.start)


def _widened(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start > 0 and _is_mark(text[start]):
        start -= 1
    while end < len(text) and _is_mark(text[end]):
        end += 1
    return Span(start, end)


def _is_mark(letter: str) -> bool:
    return letter in "ำ\u200d\ufe0f" or _MARK.match(letter) is not None


_MARK = re.compile("[\u0300-\u036fัิ-ฺ็-๎]")


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    current: Span | None = None
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if current and span.start <= current.end:
            current = Span(current.start, max(current.end, span.end))
        else:
            if current:
                yield current
            current = span
    if current:
        yield current
