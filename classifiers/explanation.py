"""Evidence: the stretches of a text's own words that moved the decision.

A linear classifier's decision is a sum over features. Each feature's part is shared out over the
words in which it occurs, so that the weights of the words add up to the decision value (less the
intercept). Sentences are then ranked by the sum of their words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from classifiers.counting import Counted
from classifiers.features import surface
from pipeline.documents import Evidence, Span, Tagging
from pipeline.thai import Token, sentences

if TYPE_CHECKING:
    from classifiers.parts.fitted import Fitted
    from classifiers.parts.inputs import Cut

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
        self, cut: Cut, counted: Counted, *, only: Container[str] | None = None
    ) -> dict[str, list[Evidence]]:
        """For every label (or those in `only`) the five sentences that speak most for it.

        `counted` are the text's words as the model's `counter` counts them.
        """
        spans = sentences(cut.text)
        rows = [k for k, label in enumerate(self._labels) if only is None or label in only]
        sizes = self._fitted.counter.sizes
        weights = [self._fitted.label_weights[k] for k in rows]
        of_words = token_weights(counted, len(cut.words), sizes, weights)
        found = {
            self._labels[k]: _quotes(cut.text, spans, cut.words, of_word, self._labels[k])
            for k, of_word in zip(rows, of_words, strict=True)
        }
        if only is None or AWARD_LABEL in only:
            found[AWARD_LABEL] = self._award(cut, spans)
        return found

    def _award(self, cut: Cut, spans: Sequence[Span]) -> list[Evidence]:
        counter = self._fitted.award_counter
        if counter is None or not cut.near:
            return []
        counted = counter.count(list(map(surface, cut.near)))
        weights = self._fitted.award_weights
        [of_words] = token_weights(counted, len(cut.near), counter.sizes, weights)
        return _quotes(cut.text, spans, cut.near, of_words, AWARD_LABEL)

    def evidence(self, cut: Cut, counted: Counted, tags: Tagging) -> tuple[Evidence, ...]:
        """What spoke for the labels chosen: two quotes for each axis, one for the award."""
        award = [AWARD_LABEL] if tags.award_scaleup else []
        found = self.explain(cut, counted, only={tags.agenda, tags.mode, *award})
        quotes = found[tags.agenda][:2] + found[tags.mode][:2]
        return tuple(quotes + found[AWARD_LABEL][:1] if award else quotes)


def token_weights(
    counted: Counted, words: int, sizes: Sequence[int], weights: Sequence[Floats] | Floats
) -> Floats:
    """(labels, words): what each word adds to each label's decision value.

    `weights` is (labels, features) in the column order of the union, whose parts have `sizes`.
    """
    total = np.zeros((len(weights), words))
    first = 0
    for size, (columns, positions, values) in zip(sizes, counted.shares, strict=True):
        shares = csr_matrix((values, (positions, columns)), shape=(words, size))
        for row, of_label in zip(total, weights, strict=True):
            row += shares @ of_label[first : first + size]
        first += size
    return total


def _quotes(
    text: str, spans: Sequence[Span], words: Sequence[Token], weights: Floats, label: str
) -> list[Evidence]:
    starts = [word.start for word in words]
    quotes = []
    for span in spans:
        low, high = bisect_left(starts, span.start), bisect_left(starts, span.end)
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
