from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import f1_score

from classifiers import ProposalTagger, compare, macro_f1
from classifiers.comparison import COLUMNS, score_interval
from classifiers.evaluation import texts_of
from corpora import load_proposals, text_digest
from pipeline.errors import ModelError


@pytest.fixture(scope="module")
def poorer(proposals: pd.DataFrame) -> ProposalTagger:
    few = proposals.sample(40, random_state=0)
    return ProposalTagger().fit(texts_of(few), few)


@pytest.fixture(scope="module")
def table(poorer: ProposalTagger, tagger: ProposalTagger, unseen: pd.DataFrame) -> pd.DataFrame:
    return compare(poorer, tagger, unseen)


def test_a_row_for_every_label_and_one_for_the_whole(
    table: pd.DataFrame, tagger: ProposalTagger, unseen: pd.DataFrame
) -> None:
    assert tuple(table.columns) == COLUMNS
    labels = {*tagger.labels_.agendas, *tagger.labels_.modes, "award_scaleup", "score"}
    assert set(table["label"]) == labels
    assert table.set_index("label").loc["poverty", "n"] == (unseen["agenda"] == "poverty").sum()
    assert table.attrs["n"] == len(unseen)


def test_more_texts_make_a_better_model_and_the_interval_says_so(table: pd.DataFrame) -> None:
    score = table.set_index("label").loc["score"]
    assert score["verdict"] == "better"
    assert 0 < score["low"] < score["difference"] < score["high"]


def test_intervals_verdicts_and_differences_agree(table: pd.DataFrame) -> None:
    assert np.allclose(table["difference"], table["challenger"] - table["champion"])
    assert ((table["verdict"] == "better") == (table["low"] > 0)).all()
    assert ((table["verdict"] == "worse") == (table["high"] < 0)).all()


def test_a_model_against_itself_differs_nowhere(
    tagger: ProposalTagger, unseen: pd.DataFrame
) -> None:
    same = compare(tagger, tagger, unseen.head(40))
    assert set(same["verdict"]) == {"open"}
    assert (same[["difference", "low", "high"]] == 0).all(axis=None)


def test_texts_that_a_saved_model_has_read_are_left_out(
    tagger: ProposalTagger, proposals: pd.DataFrame, unseen: pd.DataFrame, tmp_path: Path
) -> None:
    read = list(map(text_digest, proposals["text"]))
    folder = tagger.save(tmp_path / "model", card={"text_digests": read})
    both = pd.concat([proposals.head(30), unseen.head(30)], ignore_index=True)
    table = compare(folder, tagger, both)
    assert table.attrs == {"n": 30, "left_out": 30, "wins": False}
    with pytest.raises(ModelError, match="20 are needed"):
        compare(folder, tagger, proposals)


def test_macro_f1_counts_a_defensible_answer_as_right(
    tagger: ProposalTagger, unseen: pd.DataFrame
) -> None:
    texts, said = texts_of(unseen), tagger.predict(texts_of(unseen))
    strict = unseen.assign(agenda_ok=[(a,) for a in unseen["agenda"]])
    scores = macro_f1(tagger, texts, strict)
    assert scores["agenda"] == f1_score(unseen["agenda"], said[:, 0].astype(str), average="macro")
    assert scores["score"] == pytest.approx((scores["agenda"] + scores["mode"]) / 2)
    lenient = unseen.assign(agenda_ok=[(a,) for a in said[:, 0]])
    assert macro_f1(tagger, texts, lenient)["agenda"] == 1


def test_the_score_lies_in_its_interval(tagger: ProposalTagger) -> None:
    found = score_interval(tagger, load_proposals(part="promotion"))
    assert list(found["axis"]) == ["agenda", "mode"]
    assert ((found["low"] < found["macro_f1"]) & (found["macro_f1"] < found["high"])).all()
