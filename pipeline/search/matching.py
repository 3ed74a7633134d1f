"""From a parsed query to tantivy's: what ranks, what matches, what filters."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import tantivy
from tantivy import Query

from pipeline.search.analysis import Term, analyse, units
from pipeline.search.clauses import any_of, boosted, combined, term_query
from pipeline.search.compounds import parts
from pipeline.search.finding import UNIT_FIELDS, WORD_FIELDS, exact, found, is_found_inside
from pipeline.search.highlighting import Wanted
from pipeline.search.short_forms import function_words, mentions
from pipeline.search.values import ParsedQuery


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
        *(
            boosted(term_query("meanings", name), n * weights.meanings)
            for name, n in meanings.items()
        ),
        *_unit_scores(units(terms), searcher, weights),
    ]
    clauses = [(clause.wanted, exact(clause.text, searcher)) for clause in parsed.clauses]
    required = [query for wanted, query in clauses if wanted]
    excluded = [query for wanted, query in clauses if not wanted]
    phrases = [analyse(clause.text) for clause in parsed.clauses if clause.wanted]
    asked = frozenset(term.text for term in content)
    inside = frozenset(word for word in asked if is_found_inside(word, searcher))
    matched = [found(word, inside=word in inside) for word in sorted(asked)]
    matched += [term_query("meanings", name) for name in meanings]
    match = [any_of(matched)] if matched else []
    silent = [*filters, *(Query.const_score_query(query, 0.0) for query in match)]
    return Plan(
        combined(scoring, required, filters, excluded),
        combined(scoring, required, silent, excluded),
        combined(match, required, filters, excluded),
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
        if not words or any(searcher.doc_freq(name, term.text) for name in WORD_FIELDS):
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
        for name in WORD_FIELDS:
            if searcher.doc_freq(name, word):
                yield boosted(term_query(name, word), factor * getattr(weights, name))


def _unit_scores(
    units: Sequence[str], searcher: tantivy.Searcher, weights: Weights
) -> Iterator[Query]:
    share, few = _COMMON
    most = max(share * searcher.num_docs, few)
    for unit, count in Counter(units).items():
        for name in UNIT_FIELDS:
            if 0 < searcher.doc_freq(name, unit) <= most:
                yield boosted(term_query(name, unit), count * getattr(weights, name))


def rarity_of(name: str, term: str, searcher: tantivy.Searcher) -> float:
    """The inverse document frequency of a term, as BM25 has it."""
    frequency = searcher.doc_freq(name, term)
    return math.log(1 + (searcher.num_docs - frequency + 0.5) / (frequency + 0.5))
