from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from classifiers import ProposalTagger
from classifiers.evaluation import texts_of
from classifiers.models import promotion
from classifiers.models.promotion import contest
from classifiers.models.registry import Registry
from corpora import load_proposals, load_taxonomy, text_digest
from corpora.taxonomy import TAXONOMY_FILE
from pipeline.documents import Tagging
from pipeline.errors import ModelError


class Answers:
    """A model that gives the answers it was made with: what is tested is the rule, not tagging."""

    def __init__(self, tagger: ProposalTagger, said: list[Tagging]) -> None:
        self.labels_ = tagger.labels_
        self.said = said

    def tag(self, texts: list[str]) -> list[Tagging]:
        assert len(texts) == len(self.said)
        return self.said


def answers(tagger: ProposalTagger, frame: pd.DataFrame, **wrong: Any) -> Any:
    """The right answers, but for `wrong`: axis -> (true label, label said instead)."""
    [blank] = tagger.tag(["ข้อเสนอ"])
    said = []
    for true in frame[["agenda", "mode", "award_scaleup"]].to_dict("records"):
        for axis, (label, instead) in wrong.items():
            if true[axis] == label:
                true[axis] = instead
        said.append(replace(blank, **true))
    return Answers(tagger, said)


@pytest.fixture(scope="module")
def texts(unseen: pd.DataFrame) -> pd.DataFrame:
    return unseen.head(120)


def test_the_better_model_wins(tagger: ProposalTagger, texts: pd.DataFrame) -> None:
    worse = answers(tagger, texts, mode=("open", "innovation"))
    best = answers(tagger, texts)
    found = contest(worse, best, texts)
    assert found.wins
    assert found.challenger == 1 > found.champion
    assert 0 < found.low < found.challenger - found.champion < found.high
    assert found.worse == ()
    assert not contest(best, worse, texts).wins


def test_an_equal_model_does_not_win(tagger: ProposalTagger, texts: pd.DataFrame) -> None:
    assert not contest(answers(tagger, texts), answers(tagger, texts), texts).wins


def test_a_higher_score_does_not_make_up_for_a_label_that_got_worse(
    tagger: ProposalTagger, texts: pd.DataFrame
) -> None:
    champion = answers(tagger, texts, agenda=("poverty", "livelihood"), mode=("open", "digital"))
    challenger = answers(tagger, texts, agenda=("service", "tourism"))
    found = contest(champion, challenger, texts)
    assert found.challenger > found.champion
    assert set(found.worse) == {"service", "tourism"}
    assert not found.wins


def test_a_worse_award_flag_is_a_label_that_got_worse(
    tagger: ProposalTagger, texts: pd.DataFrame
) -> None:
    champion = answers(tagger, texts, mode=("open", "digital"))
    found = contest(champion, answers(tagger, texts, award_scaleup=(True, False)), texts)
    assert found.challenger > found.champion
    assert found.worse == ("award_scaleup",)


def test_a_label_of_one_text_vetoes_nothing_and_one_error_weighs_the_same_everywhere(
    tagger: ProposalTagger, texts: pd.DataFrame
) -> None:
    agendas = ["poverty", *["service"] * 59, *["tourism"] * 60]
    rare = texts.assign(agenda=agendas, agenda_ok=[()] * 120)
    missed = answers(tagger, rare, agenda=("poverty", "service"))
    assert contest(answers(tagger, rare), missed, rare).worse == ()
    common = rare.assign(agenda=["tourism", *agendas[1:]])
    stray, other = answers(tagger, common), answers(tagger, common)
    stray.said[0] = replace(stray.said[0], agenda="poverty")  # a label that is nowhere true
    other.said[0] = replace(other.said[0], agenda="service")
    found = contest(stray, other, common)
    assert found.challenger == pytest.approx(found.champion, abs=0.01)


def test_a_defensible_answer_is_right(tagger: ProposalTagger, texts: pd.DataFrame) -> None:
    both = texts.assign(mode_ok=[(*ok, "digital") for ok in texts["mode_ok"]])
    found = contest(answers(tagger, texts, mode=("open", "digital")), answers(tagger, texts), both)
    assert found.champion == found.challenger == 1


def test_too_few_texts_decide_nothing(tagger: ProposalTagger, texts: pd.DataFrame) -> None:
    with pytest.raises(ModelError, match="only 5 texts"):
        contest(tagger, tagger, texts.head(5))


@pytest.mark.slow
def test_models_with_other_labels_are_not_compared(
    tagger: ProposalTagger, texts: pd.DataFrame
) -> None:
    few = texts[texts["agenda"] != "poverty"]
    other = ProposalTagger(letter_ngrams=(3, 3)).fit(few["text"], few)
    with pytest.raises(ModelError, match="do not know the same labels"):
        contest(tagger, other, texts)


Save = Callable[[pd.DataFrame, str], Path]


@pytest.fixture(scope="module")
def save(tmp_path_factory: pytest.TempPathFactory) -> Save:
    """Trains and saves a model with the parts of a card that a challenge reads."""

    def train(rows: pd.DataFrame, name: str) -> Path:
        card = {
            "text_digests": list(map(text_digest, rows["text"])),
            "taxonomy_digest": load_taxonomy().digest,
            "created": "2026-01-01",
        }
        model = ProposalTagger().fit(texts_of(rows), rows)
        return model.save(tmp_path_factory.mktemp("models") / name, card=card)

    return train


@pytest.fixture
def workspace(tmp_path: Path, save: Save, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """A workspace whose built-in model has read three writers of the training part."""
    few = load_proposals(part="train", voices=["W1", "W3", "W5"])
    built_in = save(few, "built-in")
    monkeypatch.setattr(promotion, "default_model", lambda: built_in)
    return Registry(tmp_path / "models")


@pytest.mark.slow
def test_a_challenger_trained_on_more_goes_live_and_a_poorer_one_does_not(
    workspace: Registry, save: Save
) -> None:
    train = load_proposals(part="train")
    more = workspace.add(save(train, "more"))
    poorer = workspace.add(save(train.iloc[::20], "poorer"))
    found = promotion.challenge(workspace, more, load_taxonomy())
    assert found is not None
    assert found.n == len(load_proposals(part="promotion"))
    assert found.wins
    assert workspace.current_name() == more
    assert workspace.history()[-1]["comparison"]["n"] == found.n
    lost = promotion.challenge(workspace, poorer, load_taxonomy())
    assert lost is not None
    assert not lost.wins
    assert workspace.current_name() == more


def test_naming_another_taxonomy_is_no_way_around_the_comparison(
    workspace: Registry, save: Save, proposals: pd.DataFrame, tmp_path: Path
) -> None:
    name = workspace.add(save(proposals.iloc[::3], "model"))
    path = tmp_path / "other.toml"
    text = TAXONOMY_FILE.read_text(encoding="utf-8")
    path.write_text(text.replace("2565", "2570"), encoding="utf-8")
    with pytest.raises(ModelError, match="--taxonomy"):
        promotion.challenge(workspace, name, load_taxonomy(path))
    assert workspace.current_name() is None
