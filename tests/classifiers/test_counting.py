from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers import ProposalTagger
from classifiers.counting import LONGEST_KEPT, NgramCounter
from classifiers.evaluation import texts_of
from classifiers.parts.inputs import Cut, Inputs

WORDS = st.sampled_from(["โครงการ", "น้ำ", "ก", "e-service", "๒๕๖๕", "@won", "ไม่เคยเห็น", "ต่อ" * 50])


def assert_as_scikit_learn(tagger: ProposalTagger, texts: list[list[str]]) -> None:
    counter = tagger.fitted_.counter
    ours = counter.matrix(map(counter.count, texts))
    theirs = tagger.fitted_.features.transform([" ".join(words) for words in texts])
    assert ours.dtype == theirs.dtype
    for name in ("indptr", "indices", "data"):  # to the bit
        assert np.array_equal(getattr(ours, name), getattr(theirs, name))


def test_counts_as_scikit_learn(tagger: ProposalTagger, unseen: pd.DataFrame) -> None:
    assert_as_scikit_learn(tagger, [Cut.of(text).surfaces for text in texts_of(unseen)[:30]])


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.lists(WORDS, max_size=30), min_size=1, max_size=3))
def test_counts_any_words_as_scikit_learn(tagger: ProposalTagger, texts: list[list[str]]) -> None:
    assert_as_scikit_learn(tagger, texts)


def test_the_shares_of_an_n_gram_add_up_to_its_value(
    tagger: ProposalTagger, unseen: pd.DataFrame
) -> None:
    counter = tagger.fitted_.counter
    counted = counter.count(Cut.of(texts_of(unseen)[0]).surfaces)
    sums, first = np.zeros(sum(counter.sizes)), 0
    for size, (columns, _, shares) in zip(counter.sizes, counted.shares, strict=True):
        np.add.at(sums, columns + first, shares)
        first += size
    assert np.allclose(sums[counted.columns], counted.values)


def test_decides_counted_texts_as_joined_ones(tagger: ProposalTagger, unseen: pd.DataFrame) -> None:
    texts = texts_of(unseen)[:20]
    cuts = [Cut.of(text) for text in texts]
    counted = [tagger.fitted_.counter.count(cut.surfaces) for cut in cuts]
    ours = tagger.fitted_.decide_counted(cuts, counted, tagger.labels_)
    theirs = tagger.fitted_.decide(Inputs.of(texts), tagger.labels_)
    for name in ("agenda", "mode", "modes", "award", "likeness"):
        assert np.array_equal(getattr(ours, name), getattr(theirs, name), equal_nan=True)


def test_decides_as_the_classifiers_themselves(
    tagger: ProposalTagger, unseen: pd.DataFrame
) -> None:
    inputs, fitted = Inputs.of(texts_of(unseen)[:20]), tagger.fitted_
    matrix = fitted.features.transform(inputs.joined)
    decisions = fitted.decide(inputs, tagger.labels_)
    assert np.array_equal(decisions.agenda, fitted.agenda.decision_function(matrix))
    assert np.array_equal(decisions.modes, fitted.modes.decision_function(matrix))


def test_words_are_kept_in_bounds(tagger: ProposalTagger) -> None:
    counter = NgramCounter(tagger.fitted_.features)
    long = "ก" * (LONGEST_KEPT + 1)
    counter.count(["น้ำ", long])
    [kept] = [part._kept for part in counter._parts if hasattr(part, "_kept")]
    assert set(kept) == {"น้ำ"}
