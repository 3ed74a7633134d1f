from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers import ProposalTagger
from classifiers.evaluation import texts_of
from classifiers.explanation import LONGEST_QUOTE, token_weights
from classifiers.parts.inputs import Cut


def test_word_weights_add_up_to_the_decision(tagger: ProposalTagger, unseen: pd.DataFrame) -> None:
    fitted = tagger.fitted_
    for text in texts_of(unseen)[:5]:
        words = Cut.of(text).surfaces
        coefficients = fitted.agenda.coef_.astype(float)
        counted, sizes = fitted.counter.count(words), fitted.counter.sizes
        weights = token_weights(counted, len(words), sizes, coefficients)
        matrix = fitted.features.transform([" ".join(words)])
        decision = fitted.agenda.decision_function(matrix)[0] - fitted.agenda.intercept_
        assert weights.sum(axis=1) == pytest.approx(decision, abs=1e-4)


def test_evidence_is_the_text_itself(tagger: ProposalTagger, unseen: pd.DataFrame) -> None:
    for text in texts_of(unseen)[:10]:
        for label, quotes in tagger.explain(text).items():
            for quote in quotes:
                assert text[quote.start : quote.end] == quote.text
                assert quote.label == label
                assert quote.weight > 0
                assert len(quote.text) <= LONGEST_QUOTE + 60  # one word may stick out
            assert quotes == sorted(quotes, key=lambda q: -q.weight)


def test_every_tag_shows_evidence_for_both_axes(
    tagger: ProposalTagger, unseen: pd.DataFrame
) -> None:
    for tags in tagger.tag(texts_of(unseen)[:10]):
        assert {tags.agenda, tags.mode} <= {quote.label for quote in tags.evidence}


def test_removing_the_evidence_lowers_the_confidence(
    tagger: ProposalTagger, unseen: pd.DataFrame
) -> None:
    texts = texts_of(unseen)[:30]
    drops = []
    for text, tags in zip(texts, tagger.tag(texts), strict=True):
        rest = text
        for quote in sorted(tags.evidence, key=lambda q: -q.start):
            if quote.label == tags.agenda:
                rest = rest[: quote.start] + rest[quote.end :]
        [after] = tagger.tag([rest])
        drops.append(tags.agenda_probs[tags.agenda] - after.agenda_probs[tags.agenda])
    assert np.mean(drops) > 0.05


@settings(max_examples=40, deadline=None)
@given(
    text=st.text(alphabet=st.sampled_from(" \nกขคงจนมยรลวสหอะาิีุูเแโไ่้ๆฯ.1๒aZ(รางวัล)"), max_size=300)
)
def test_explain_takes_any_text(tagger: ProposalTagger, text: str) -> None:
    for quotes in tagger.explain(text).values():
        assert all(text[q.start : q.end] == q.text for q in quotes)
