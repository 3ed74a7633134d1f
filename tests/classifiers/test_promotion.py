from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from classifiers import ProposalTagger, promotion
from classifiers.promotion import compare
from classifiers.registry import Registry
from corpora import load_proposals, load_taxonomy, text_digest
from pipeline.errors import ModelError


class Answers:
    """A model that gives the answers it was made with: what is tested is the rule, not tagging."""

    def __init__(self, tagger: ProposalTagger, said: np.ndarray) -> None:
        self.labels_ = tagger.labels_
        self.said = said

    def predict(self, texts: list[str]) -> np.ndarray:
        assert len(texts) == len(self.said)
        return self.said


def answers(tagger: ProposalTagger, frame: pd.DataFrame, **wrong: Any) -> Any:
    """The right answers, but for `wrong`: axis -> (true label, label said instead)."""
    said = frame[["agenda", "mode"]].to_numpy(dtype=object).copy()
    for axis, (true, instead) in wrong.items():
        column = ("agenda", "mode").index(axis)
        said[frame[axis].to_numpy() == true, column] = instead
    return Answers(tagger, said)


@pytest.fixture(scope="module")
def texts(unseen: pd.DataFrame) -> pd.DataFrame:
    return unseen.head(120)


def test_the_better_model_wins(tagger: ProposalTagger, texts: pd.DataFrame) -> None:
    worse = answers(tagger, texts, mode=("open", "innovation"))
    best = answers(tagger, texts)
    found = compare(worse, best, texts)
    assert found.wins
    assert found.challenger == 1 > found.champion
    assert 0 < found.low < found.challenger - found.champion < found.high
    assert found.worse == ()
    assert not compare(best, worse, texts).wins


def test_an_equal_model_does_not_win(tagger: ProposalTagger, texts: pd.DataFrame) -> None:
    assert not compare(answers(tagger, texts), answers(tagger, texts), texts).wins


def test_a_higher_score_does_not_make_up_for_a_label_that_got_worse(
    tagger: ProposalTagger, texts: pd.DataFrame
) -> None:
    champion = answers(tagger, texts, agenda=("poverty", "livelihood"), mode=("open", "digital"))
    challenger = answers(tagger, texts, agenda=("service", "tourism"))
    found = compare(champion, challenger, texts)
    assert found.challenger > found.champion
    assert set(found.worse) == {"service", "tourism"}
    assert not found.wins


def test_a_defensible_answer_is_right(tagger: ProposalTagger, texts: pd.DataFrame) -> None:
    both = texts.assign(mode_ok=[(*ok, "digital") for ok in texts["mode_ok"]])
    found = compare(answers(tagger, texts, mode=("open", "digital")), answers(tagger, texts), both)
    assert found.champion == found.challenger == 1


def test_too_few_texts_decide_nothing(tagger: ProposalTagger, texts: pd.DataFrame) -> None:
    with pytest.raises(ModelError, match="only 5 texts"):
        compare(tagger, tagger, texts.head(5))


def test_models_with_other_labels_are_not_compared(
    tagger: ProposalTagger, texts: pd.DataFrame
) -> None:
    few = texts[texts["agenda"] != "poverty"]
    other = ProposalTagger(letter_ngrams=(3, 3)).fit(few["text"], few)
    with pytest.raises(ModelError, match="different labels"):
        compare(tagger, other, texts)


@pytest.fixture
def workspace(tmp_path: Path, model_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """A workspace of which the built-in model is the one trained on half of the corpus."""
    monkeypatch.setattr(promotion, "default_model", lambda: model_folder)
    return Registry(tmp_path / "models")


def test_a_challenger_trained_on_more_goes_live_and_a_poorer_one_does_not(
    workspace: Registry, tmp_path: Path, proposals: pd.DataFrame
) -> None:
    def saved(rows: pd.DataFrame, name: str) -> str:
        model = ProposalTagger().fit(rows["text"], rows)
        card = {"text_digests": list(map(text_digest, rows["text"])), "created": "2026-01-01"}
        return workspace.add(model.save(tmp_path / name, card=card))

    more = saved(load_proposals(part="train"), "more")
    poorer = saved(proposals.iloc[::3], "poorer")
    found = promotion.challenge(workspace, more, load_taxonomy())
    assert found is not None
    assert found.wins
    assert workspace.current_name() == more
    assert workspace.history()[-1]["comparison"]["n"] == found.n
    lost = promotion.challenge(workspace, poorer, load_taxonomy())
    assert lost is not None
    assert not lost.wins
    assert workspace.current_name() == more
