"""More like this: the words that say most of a passage, as a query."""

from __future__ import annotations

import math
from collections import Counter

import tantivy
from tantivy import Occur, Query

from pipeline.documents import Passage
from pipeline.search.analysis import analyse
from pipeline.search.schema import schema
from pipeline.search.short_forms import function_words

_WORDS = 25  # the words with the highest tf-idf


def similar_query(passage: Passage, searcher: tantivy.Searcher) -> Query:
    """A query for passages that share this one's telling words; the passage itself is left out."""
    counts = Counter(term.text for term in analyse(f"{passage.heading}\n{passage.text}"))
    weights = {
        word: (1 + math.log(count)) * _idf(word, searcher)
        for word, count in counts.items()
        if word not in function_words()
    }
    telling = sorted(weights, key=lambda word: (-weights[word], word))[:_WORDS]
    own = Query.term_query(schema(), "id", passage.id)
    scoring = [
        (Occur.Should, Query.boost_query(Query.term_query(schema(), "words", word), 1.0))
        for word in telling
        if searcher.doc_freq("words", word) > 1
    ]
    if not scoring:
        return Query.empty_query()
    return Query.boolean_query([*scoring, (Occur.MustNot, own)])


def _idf(word: str, searcher: tantivy.Searcher) -> float:
    frequency = searcher.doc_freq("words", word)
    return math.log(1 + (searcher.num_docs - frequency + 0.5) / (frequency + 0.5))
