"""Evidence: the stretches of a text's own words that moved the decision.

A linear classifier's decision is a sum over features. Each feature's part is shared out over the
words in which it occurs, so that the weights of the words add up to the decision value (less the
intercept). Sentences are then ranked by the sum of their words.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

from classifiers.awards import award_words
from classifiers.features import feature_words, surface, vectorizers_of
from pipeline.documents import Evidence, Span, Tagging
from pipeline.thai import Token, sentences

if TYPE_CHECKING:
    from classifiers.parts import Fitted

Floats = NDArray[np.float64]

LONGEST_QUOTE = 240  # letters; a longer sentence is cut to its weightiest window
QUOTES_PER_LABEL = 5
AWARD_LABEL = "award_scaleup"


class Explainer:
    """Explains one fitted model."""

    def __init__(self, fitted: Fitted) -> None:
        self._fitted = fitted
        self._labels = [str(c) for c in (*fitted.agenda.classes_, *fitted.mode.classes_)]

    def explain(
        self, text: str, words: Sequence[Token], *, only: Container[str] | None = None
    ) -> dict[str, list[Evidence]]:
        """For every label (or those in `only`) the five sentences that speak most for it."""
        spans = sentences(text)
        weights = token_weights(words, self._fitted.features, self._fitted.label_weights)
        found = {
            label: _quotes(text, spans, words, weights[k], label)
            for k, label in enumerate(self._labels)
            if only is None or label in only
        }
        if only is not None and AWARD_LABEL not in only:
            return found
        near = award_words(text, words)
        if near and self._fitted.award_features is not None:
            weights = self._fitted.award_weights
            award = token_weights(near, self._fitted.award_features, weights)[0]
            found[AWARD_LABEL] = _quotes(text, spans, near, award, AWARD_LABEL)
        else:
            found[AWARD_LABEL] = []
        return found

    def evidence(self, text: str, tags: Tagging) -> tuple[Evidence, ...]:
        """What spoke for the labels chosen: two quotes for each axis, one for the award."""
        award = [AWARD_LABEL] if tags.award_scaleup else []
        found = self.explain(text, feature_words(text), only={tags.agenda, tags.mode, *award})
        quotes = found[tags.agenda][:2] + found[tags.mode][:2]
        return tuple(quotes + found[AWARD_LABEL][:1] if award else quotes)


def token_weights(words: Sequence[Token], features: FeatureUnion, weights: Floats) -> Floats:
    """(labels, words): what each word adds to each label's decision value.

    `weights` is (labels, features) in the column order of the union.
    """
    surfaces = [surface(word) for word in words]
    total = np.zeros((len(weights), len(words)))
    first = 0
    for part in vectorizers_of(features):
        size = len(part.vocabulary_)
        places = (_letter_places if part.analyzer == "char_wb" else _word_places)(part, surfaces)
        position = np.repeat(np.arange(len(words)), [len(columns) for columns in places])
        column = np.fromiter(chain.from_iterable(places), dtype=np.intp)
        uses = np.bincount(column, minlength=size)
        values = part.transform([" ".join(surfaces)]).toarray()[0]
        shares = csr_matrix(
            (values[column] / uses[column], (position, column)), shape=(len(words), size)
        )
        total += (shares @ weights[:, first : first + size].T).T
        first += size
    return total


Places = list[list[int]]


def _word_places(part: TfidfVectorizer, surfaces: Sequence[str]) -> Places:
    """For each word the columns of the n-grams it is in."""
    places: Places = [[] for _ in surfaces]
    for n in range(part.ngram_range[0], part.ngram_range[1] + 1):
        for start in range(len(surfaces) - n + 1):
            column = part.vocabulary_.get(" ".join(surfaces[start : start + n]))
            if column is not None:
                for position in range(start, start + n):
                    places[position].append(column)
    return places


def _letter_places(part: TfidfVectorizer, surfaces: Sequence[str]) -> Places:
    """For each word the columns of its letter n-grams."""
    analyze = part.build_analyzer()
    known = {
        word: [part.vocabulary_[gram] for gram in analyze(word) if gram in part.vocabulary_]
        for word in set(surfaces)
    }
    return [known[word] for word in surfaces]


def _quotes(
    text: str, spans: Sequence[Span], words: Sequence[Token], weights: Floats, label: str
) -> list[Evidence]:
    starts = np.array([word.start for word in words])
    quotes = []
    for span in spans:
        low, high = np.searchsorted(starts, [span.start, span.end])
        if low == high:
            continue
        start, end, weight = _quote(span, words[low:high], weights[low:high])
        if weight > 0:
            quotes.append(Evidence(start, end, text[start:end], label, float(weight)))
    return sorted(quotes, key=lambda quote: -quote.weight)[:QUOTES_PER_LABEL]


def _quote(span: Span, words: Sequence[Token], weights: Floats) -> tuple[int, int, float]:
    """The sentence, or the weightiest window of a sentence too long to quote."""
    if span.end - span.start <= LONGEST_QUOTE:
        return span.start, span.end, float(weights.sum())
    best, first, total = (words[0].start, words[0].end, float("-inf")), 0, 0.0
    for last, word in enumerate(words):
        total += float(weights[last])
        while word.end - words[first].start > LONGEST_QUOTE and first < last:
            total -= float(weights[first])
            first += 1
        if total > best[2]:
            best = (words[first].start, word.end, total)
    return best
