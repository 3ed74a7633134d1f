from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import RidgeClassifier

from classifiers import ProposalTagger, labels_needed, simulate, suggest
from classifiers.active_bench import Bench, pick
from classifiers.evaluation import texts_of
from classifiers.parts import Inputs, transform
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
    first = suggest(unseen, 1, tagger=tagger)
    twice = pd.concat([unseen, first], ignore_index=True)
    assert suggest(twice, 40, tagger=tagger)["text"].is_unique


def test_what_is_labelled_already_is_not_picked_again(
    tagger: ProposalTagger, unseen: pd.DataFrame
) -> None:
    first = suggest(unseen, 10, tagger=tagger)
    again = suggest(unseen, 10, tagger=tagger, labelled=first)
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


def test_the_bench_decides_as_a_ridge_classifier_does(proposals: pd.DataFrame) -> None:
    bench = Bench.of(proposals, ProposalTagger())
    known, asked = np.arange(0, 120), np.arange(120, 160)
    inputs = Inputs.of(texts_of(proposals))
    matrix = transform(ProposalTagger().recipe.features(inputs.joined), inputs.joined)
    model = RidgeClassifier(alpha=0.3, solver="lsqr", tol=1e-10, max_iter=10_000)
    model.fit(matrix[known].astype(np.float64), proposals["agenda"].to_numpy()[known])
    first = len(bench.labels[0])
    assert tuple(model.classes_) == bench.labels[0]
    expected = model.decision_function(matrix[asked].astype(np.float64))
    assert bench.decide(known, asked)[:, :first] == pytest.approx(expected, abs=1e-3)


@pytest.mark.slow
def test_a_simulation_grows_to_the_full_score_and_can_be_repeated(
    proposals: pd.DataFrame,
) -> None:
    run = {"seeds": range(2), "start": 20, "batch": 50, "most": 1000}
    curve = simulate(proposals, **run)  # type: ignore[arg-type]
    assert set(curve["strategy"]) == {"random", "uncertainty x diversity"}
    assert curve.groupby(["strategy", "seed"])["labels"].first().eq(20).all()
    last = curve.groupby(["strategy", "seed"]).last()
    assert last["share"].tolist() == pytest.approx([1.0] * 4)  # the whole pool was labelled
    assert curve.groupby("labels")["share"].mean().iloc[0] < 0.8
    pd.testing.assert_frame_equal(curve, simulate(proposals, **run))  # type: ignore[arg-type]


def test_an_unknown_strategy_is_named(proposals: pd.DataFrame) -> None:
    with pytest.raises(UsageError, match="uncertainty x diversity"):
        simulate(proposals, strategies=["luck"])


def test_labels_needed_are_read_off_the_curve() -> None:
    rows = [
        (strategy, seed, labels, share)
        for strategy, at in (("random", {0: 60, 1: 80}), ("other", {0: 40, 1: None}))
        for seed in (0, 1)
        for labels in (20, 40, 60, 80)
        for share in [0.99 if at[seed] and labels >= at[seed] else 0.5]
    ]
    curve = pd.DataFrame(rows, columns=["strategy", "seed", "labels", "share"])
    needed = labels_needed(curve, target=0.95).set_index("strategy")
    assert needed["labels"].to_dict() == {"random": 70, "other": 60}  # 40 and the end, 80
    assert needed["reached"].to_dict() == {"random": 1, "other": 0.5}
    assert needed.loc["other", "saved"] == pytest.approx(1 - 60 / 70)


@pytest.mark.slow
def test_picking_saves_labels_on_the_corpus() -> None:
    from corpora import load_proposals

    curve = simulate(load_proposals(part="train"), seeds=range(4), most=500)
    needed = labels_needed(curve).set_index("strategy")
    assert (needed["reached"] == 1).all()
    assert needed.loc["uncertainty x diversity", "saved_low"] > 0
