"""Which passages hold a word or a phrase, however they are cut into words."""

from __future__ import annotations

from collections.abc import Sequence

import tantivy
from tantivy import Occur, Query

from pipeline.search.analysis import UNIT, analyse, units, units_of
from pipeline.search.clauses import all_of, any_of, term_query
from pipeline.search.highlighting import says
from pipeline.search.schema import schema, stored_at
from pipeline.thai.lexicon import dictionary

_FIELDS = ("words", "title", "heading")
WORD_FIELDS = (*_FIELDS, "hidden")
_INSIDE = 7  # letters of a word that is looked for inside any other
UNIT_FIELDS = ("units", "heading_units")
_READ = 500  # passages read to find a phrase that is cut otherwise


def is_found_inside(word: str, searcher: tantivy.Searcher) -> bool:
    """Whether a word is looked for inside others: a long one, an unknown one, one not found else.

    Short words of the dictionary are cut well where they are meant, and stand by chance in others.
    """
    if len(word) < UNIT:
        return False
    if len(word) >= _INSIDE or word not in dictionary():
        return True
    return not any(searcher.doc_freq(name, word) for name in WORD_FIELDS)


def found(word: str, *, inside: bool) -> Query:
    """Passages in which a word stands: as a word, in the headings, or `inside` a longer one."""
    ways = [term_query(name, word) for name in WORD_FIELDS]
    if inside:
        ways += [
            all_of([term_query(name, unit) for unit in units_of(word)]) for name in UNIT_FIELDS
        ]
    return any_of(ways)


def exact(text: str, searcher: tantivy.Searcher) -> Query:
    """Passages that hold `text` letter by letter, blanks aside; however both are cut into words.

    What the words do not find is looked for among the passages with all its units, by reading them.
    """
    terms = analyse(text)
    if not terms:
        return Query.empty_query()
    as_words = any_of([_sequence(name, [term.text for term in terms]) for name in _FIELDS])
    rest = Query.boolean_query(
        [
            *((Occur.Must, term_query("units", unit)) for unit in set(units(terms))),
            (Occur.MustNot, as_words),
        ]
    )
    candidates = searcher.search(rest, limit=_READ, count=False).hits
    if len(candidates) == _READ:
        return any_of([as_words, rest])
    read = (stored_at(searcher, at) for _, at in candidates)
    ids = [stored.passage.id for stored in read if says(stored.terms(), terms)]
    return any_of([as_words, Query.term_set_query(schema(), "id", ids)]) if ids else as_words


def _sequence(name: str, words: Sequence[str]) -> Query:
    if len(words) == 1:
        return term_query(name, words[0])
    return Query.phrase_query(schema(), name, list(words))
