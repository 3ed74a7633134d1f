"""From a parsed query to tantivy's: what ranks, what matches, what filters."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import tantivy
from tantivy import Occur, Query

from pipeline.search.analysis import UNIT, Term, analyse, units, units_of
from pipeline.search.compounds import parts
from pipeline.search.highlighting import Wanted, says
from pipeline.search.schema import MARK, schema, stored_at
from pipeline.search.short_forms import function_words, mentions
from pipeline.search.values import ParsedQuery
from pipeline.thai.lexicon import dictionary


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a field's BM25 counts; `function` scales the function words of a query.

    Chosen on training questions only (`benchmarks/search`).
    """

    words: float = 1.0
    units: float = 0.25
    title: float = 1.0
    heading: float = 0.5
    hidden: float = 0.1
    heading_units: float = 0.15
    meanings: float = 1.0
    function: float = 0.5
    closeness: float = 0.4


DEFAULT_WEIGHTS = Weights()
_FIELDS = ("words", "title", "heading")
_WORD_FIELDS = (*_FIELDS, "hidden")
_INSIDE = 7  # letters of a word that is looked for inside any other
_UNIT_FIELDS = ("units", "heading_units")
_READ = 500  # passages read to find a phrase that is cut otherwise
_COMMON = 0.1, 1000  # share and number of passages; a unit of more of them hardly ranks, but costs


@dataclass(frozen=True, slots=True)
class Plan:
    """One query, made ready. `matching` says what is found, `ranking` scores.

    `ranking` is a flat union of terms wherever it can be, which tantivy prunes (block-max WAND);
    it may also score passages that only share sub-word units, so a hit has to show a highlight.
    `strict` gives the same scores to what matches alone, more slowly.
    `rarity` weighs the query's units for the second look, `closeness` its outcome.
    """

    ranking: Query
    strict: Query
    matching: Query
    wanted: Wanted
    rarity: Mapping[str, float]
    closeness: float


def plan(
    parsed: ParsedQuery, filters: Sequence[Query], searcher: tantivy.Searcher, weights: Weights
) -> Plan:
    """Build the queries for `parsed` under `filters`."""
    terms = list(_taken_apart(analyse(parsed.words), searcher))
    meanings = Counter(mention.meaning for mention in mentions(terms))
    content = [term for term in terms if term.text not in function_words()] or terms
    rarity = {unit: rarity_of("units", unit, searcher) for unit in units(terms)}
    scoring = [
        *_word_scores(terms, searcher, weights),
        *(_boosted(_term("meanings", name), n * weights.meanings) for name, n in meanings.items()),
        *_unit_scores(units(terms), searcher, weights),
    ]
    clauses = [(clause.wanted, exact(clause.text, searcher)) for clause in parsed.clauses]
    required = [query for wanted, query in clauses if wanted]
    excluded = [query for wanted, query in clauses if not wanted]
    phrases = [analyse(clause.text) for clause in parsed.clauses if clause.wanted]
    asked = frozenset(term.text for term in content)
    inside = frozenset(word for word in asked if is_found_inside(word, searcher))
    matched = [found(word, inside=word in inside) for word in sorted(asked)]
    matched += [_term("meanings", name) for name in meanings]
    match = [_either(matched)] if matched else []
    silent = [*filters, *(Query.const_score_query(query, 0.0) for query in match)]
    return Plan(
        _combined(scoring, required, filters, excluded),
        _combined(scoring, required, silent, excluded),
        _combined(match, required, filters, excluded),
        Wanted(
            asked,
            inside,
            frozenset(meanings),
            tuple("".join(term.text for term in phrase) for phrase in phrases),
        ),
        rarity,
        weights.closeness,
    )


def _taken_apart(terms: Sequence[Term], searcher: tantivy.Searcher) -> Iterator[Term]:
    """The terms; a compound that stands nowhere as its words: ครัวเรือน, ยากจน."""
    for term in terms:
        words = parts(term.text)
        if not words or any(searcher.doc_freq(name, term.text) for name in _WORD_FIELDS):
            yield term
            continue
        start = term.start
        for word in words:
            yield Term(word, start, start + len(word))
            start += len(word)


def _word_scores(
    terms: Sequence[Term], searcher: tantivy.Searcher, weights: Weights
) -> Iterator[Query]:
    for word, count in Counter(term.text for term in terms).items():
        factor = count * (weights.function if word in function_words() else 1.0)
        for name in _WORD_FIELDS:
            if searcher.doc_freq(name, word):
                yield _boosted(_term(name, word), factor * getattr(weights, name))


def _unit_scores(
    units: Sequence[str], searcher: tantivy.Searcher, weights: Weights
) -> Iterator[Query]:
    share, few = _COMMON
    most = max(share * searcher.num_docs, few)
    for unit, count in Counter(units).items():
        for name in _UNIT_FIELDS:
            if 0 < searcher.doc_freq(name, unit) <= most:
                yield _boosted(_term(name, unit), count * getattr(weights, name))


def rarity_of(name: str, term: str, searcher: tantivy.Searcher) -> float:
    """The inverse document frequency of a term, as BM25 has it."""
    frequency = searcher.doc_freq(name, term)
    return math.log(1 + (searcher.num_docs - frequency + 0.5) / (frequency + 0.5))


def is_found_inside(word: str, searcher: tantivy.Searcher) -> bool:
    """Whether a word is looked for inside others: a long one, an unknown one, one not found else.

    Short words of the dictionary are cut well where they are meant, and stand by chance in others.
    """
    if len(word) < UNIT:
        return False
    if len(word) >= _INSIDE or word not in dictionary():
        return True
    return not any(searcher.doc_freq(name, word) for name in _WORD_FIELDS)


def found(word: str, *, inside: bool) -> Query:
    """Passages in which a word stands: as a word, in the headings, or `inside` a longer one."""
    ways = [_term(name, word) for name in _WORD_FIELDS]
    if inside:
        ways += [_all([_term(name, unit) for unit in units_of(word)]) for name in _UNIT_FIELDS]
    return _either(ways)


def exact(text: str, searcher: tantivy.Searcher) -> Query:
    """Passages that hold `text` letter by letter, blanks aside; however both are cut into words.

    What the words do not find is looked for among the passages with all its units, by reading them.
    """
    terms = analyse(text)
    if not terms:
        return Query.empty_query()
    as_words = _either([_sequence(name, [term.text for term in terms]) for name in _FIELDS])
    rest = Query.boolean_query(
        [
            *((Occur.Must, _term("units", unit)) for unit in set(units(terms))),
            (Occur.MustNot, as_words),
        ]
    )
    candidates = searcher.search(rest, limit=_READ, count=False).hits
    if len(candidates) == _READ:
        return _either([as_words, rest])
    read = (stored_at(searcher, at) for _, at in candidates)
    ids = [stored.passage.id for stored in read if says(stored.terms(), terms)]
    return _either([as_words, Query.term_set_query(schema(), "id", ids)]) if ids else as_words


def _sequence(name: str, words: Sequence[str]) -> Query:
    if len(words) == 1:
        return _term(name, words[0])
    return Query.phrase_query(schema(), name, list(words))


def _combined(
    scoring: Sequence[Query],
    required: Sequence[Query],
    filters: Sequence[Query],
    excluded: Sequence[Query],
) -> Query:
    clauses = [(Occur.Should, query) for query in scoring]
    clauses += [(Occur.Must, query) for query in required]
    clauses += [(Occur.Must, Query.const_score_query(query, 0.0)) for query in filters]
    clauses += [(Occur.MustNot, query) for query in excluded]
    if not scoring and not required:
        clauses.append((Occur.Must, passages()))
    if scoring and not required and filters:
        # With a filter required, tantivy takes the scoring terms as optional.
        inner = Query.boolean_query([(Occur.Should, query) for query in scoring])
        clauses = [(Occur.Must, inner), *clauses[len(scoring) :]]
    return Query.boolean_query(clauses)


def passages() -> Query:
    """Every passage."""
    mark = Query.exists_query(MARK)
    return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, mark)])


def _term(name: str, value: str) -> Query:
    return Query.term_query(schema(), name, value, "freq")


def _boosted(query: Query, boost: float) -> Query:
    return Query.boost_query(query, boost)


def _all(queries: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _either(queries: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])
