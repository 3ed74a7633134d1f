from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from classifiers import ProposalTagger, suggest
from classifiers.active.picking import pick
from classifiers.evaluation import texts_of
from pipeline.errors import UsageError


def test_what_is_picked_is_less_sure_than_the_rest(
    tagger: ProposalTagger, unseen: pd.DataFrame
) -> None:
    picked = suggest(unseen, 20, tagger=tagger)
    assert list(picked["rank"]) == list(range(1, 21))
    assert picked.index.isin(unseen.index).all()
    agenda, mode = tagger.predict_proba(texts_of(unseen))
    chance = 1 - agenda.max(axis=1) * mode.max(axis=1)
    assert picked["uncertainty"].mean() > 1.5 * chance.mean()
    said = tagger.predict(texts_of(picked))
    assert (said == picked[["said_agenda", "said_mode"]].to_numpy()).all()


def test_a_copy_of_a_text_is_picked_once(tagger: ProposalTagger, unseen: pd.DataFrame) -> None:
    pool = unseen.head(60)
    first = suggest(pool, 1, tagger=tagger)
    twice = pd.concat([pool, first], ignore_index=True)
    assert suggest(twice, 40, tagger=tagger)["text"].is_unique


def test_what_is_labelled_already_is_not_picked_again(
    tagger: ProposalTagger, unseen: pd.DataFrame
) -> None:
    pool = unseen.head(60)
    first = suggest(pool, 10, tagger=tagger)
    again = suggest(pool, 10, tagger=tagger, labelled=first)
    assert not set(first["id"]) & set(again["id"])


def test_texts_alone_will_do_and_a_small_pool_is_given_whole(tagger: ProposalTagger) -> None:
    picked = suggest(["น้ำท่วมตลาด", "ลดขั้นตอนบริการประชาชน"], 5, tagger=tagger)
    assert sorted(picked.index) == [0, 1]
    assert suggest([], 5, tagger=tagger).empty
    with pytest.raises(UsageError, match="1 or more"):
        suggest(["ก"], 0, tagger=tagger)


def test_of_equally_unsure_texts_the_unlike_one_comes_second() -> None:
    alike = np.array([[1.0, 0.9, 0.1], [0.9, 1.0, 0.2], [0.1, 0.2, 1.0]])
    order, novelty = pick(np.array([0.5, 0.49, 0.48]), lambda row: alike[row], 3)
    assert order.tolist() == [0, 2, 1]
    assert novelty == pytest.approx([1, 0.9, 0.1])
