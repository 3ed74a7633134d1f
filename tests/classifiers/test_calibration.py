from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from classifiers import calibration as cal
from classifiers.parts import Decisions, Labels

LABELS = Labels(("tourism", "water", "youth"), ("digital", "open"))


def drawn(n: int, fitted: cal.Softmax) -> tuple[np.ndarray, np.ndarray]:
    """Decision values, and labels drawn with the probabilities that `fitted` gives them."""
    random = np.random.default_rng(7)
    decisions = random.normal(size=(n, 4))
    probabilities = cal.label_probabilities(decisions, fitted)
    truth = np.array([random.choice(4, p=row) for row in probabilities])
    return decisions, truth


@pytest.mark.parametrize("fitted", [(3.0, 0.0), (3.0, 0.1), (12.0, 0.05)])
def test_the_scale_and_slack_that_made_the_labels_are_found(fitted: cal.Softmax) -> None:
    decisions, truth = drawn(6000, fitted)
    scale, slack = cal.fit_softmax(decisions, truth)
    assert scale == pytest.approx(fitted[0], rel=0.15)
    assert slack == pytest.approx(fitted[1], abs=0.03)


def test_few_texts_teach_no_certainty() -> None:
    truth = np.arange(40) % 2
    decisions = np.stack([1.0 - truth, truth.astype(float)], axis=1)  # never wrong
    probabilities = cal.label_probabilities(decisions, cal.fit_softmax(decisions, truth))
    assert 0.95 < probabilities.max() < 1 - 0.4 / 42
    assert cal.fit_softmax(decisions, truth)[1] == pytest.approx(1 / 42)


def test_the_scale_stays_within_its_bounds() -> None:
    truth = np.arange(400) % 2
    sure = np.stack([1.0 - truth, truth.astype(float)], axis=1)  # never wrong
    assert cal.fit_softmax(sure * 1e-3, truth)[0] <= 100.001
    assert cal.fit_softmax(-sure, truth)[0] == pytest.approx(0.1)  # always wrong: as flat as may be


def test_label_probabilities_add_up_to_one_and_keep_the_order() -> None:
    decisions = np.array([[0.2, -1.0, 0.9], [5.0, 0.0, -5.0]])
    probabilities = cal.label_probabilities(decisions, (2.0, 0.01))
    assert probabilities.sum(axis=1) == pytest.approx([1, 1])
    assert (probabilities.argsort(axis=1) == decisions.argsort(axis=1)).all()


def test_the_sigmoid_gives_back_the_frequencies_it_was_fitted_on() -> None:
    random = np.random.default_rng(3)
    decisions = random.normal(size=5000)
    truth = random.random(5000) < 1 / (1 + np.exp(-(2 * decisions - 1)))
    slope, offset = cal.fit_sigmoid(decisions, truth)
    assert (slope, offset) == (pytest.approx(2, rel=0.1), pytest.approx(-1, rel=0.15))


def test_a_sigmoid_of_all_no_says_no_without_certainty() -> None:
    decisions = np.linspace(-1, 1, 20)
    fitted = cal.fit_sigmoid(decisions, np.zeros(20, dtype=bool))
    probabilities = cal.sigmoid_probabilities(decisions, *fitted)
    assert (probabilities < 0.2).all()
    assert (probabilities > 0).all()


def test_the_sigmoid_means_what_platts_priors_say() -> None:
    decisions = np.array([-2.0, -1.0, -0.5, 0.2, 1.0, -1.5, 0.5, 1.5])
    truth = np.array([False, False, True, False, True, False, False, True])
    probabilities = cal.sigmoid_probabilities(decisions, *cal.fit_sigmoid(decisions, truth))
    # Three texts teach no more than 4 in 5 for yes, five no less than 1 in 7 for no.
    assert probabilities.mean() == pytest.approx((3 * 4 / 5 + 5 * 1 / 7) / 8, abs=1e-4)


def test_review_threshold_is_the_lowest_confidence_that_holds_the_target() -> None:
    confidence = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    right = np.array([True, True, False, True, False])
    assert cal.review_threshold(confidence, right, target=1.0) == 0.8
    assert cal.review_threshold(confidence, right, target=0.75) == 0.6
    assert cal.review_threshold(confidence, right, target=0.6) == 0.5


def test_equally_sure_decisions_pass_together_or_not_at_all() -> None:
    confidence, right = np.array([0.9, 0.8, 0.8]), np.array([True, True, False])
    assert cal.review_threshold(confidence, right, target=1.0) == 0.9
    assert cal.review_threshold(confidence, right, target=0.6) == 0.8


def test_no_confidence_passes_when_the_surest_is_wrong() -> None:
    confidence, right = np.array([0.9, 0.4]), np.array([False, False])
    assert cal.review_threshold(confidence, right, target=0.9) > 1


def test_yes_threshold_separates_what_can_be_separated() -> None:
    probability = np.array([0.1, 0.2, 0.3, 0.4])
    truth = np.array([False, False, True, True])
    assert 0.2 < cal.yes_threshold(probability, truth) <= 0.3
    assert cal.yes_threshold(probability, np.zeros(4, dtype=bool)) == 0.5


def test_equally_probable_texts_are_all_yes_or_all_no() -> None:
    probability = np.array([0.9, 0.6, 0.6, 0.6, 0.6, 0.1])
    one_of_four, all_four = np.array([[1, 1, 0, 0, 0, 0], [1, 1, 1, 1, 1, 0]], dtype=bool)
    assert cal.yes_threshold(probability, one_of_four) == 0.9
    assert cal.yes_threshold(probability, all_four) == 0.6


def axis(confidence: list[float], wrong: int = 0, *, said: list[int] | None = None) -> cal.Axis:
    """Two labels; the least sure `wrong` texts are wrong, the label is the first if not told."""
    sure = np.array(confidence)
    right = np.ones(len(sure), dtype=bool)
    right[np.argsort(sure, kind="stable")[:wrong]] = False
    return cal.Axis(np.array(said or [0] * len(sure)), sure, right, 2)


def test_an_axis_takes_the_most_probable_label() -> None:
    probabilities = np.array([[0.7, 0.2, 0.1], [0.1, 0.3, 0.6]])
    found = cal.Axis.of(probabilities, np.array([[1, 0, 0], [1, 1, 0]], dtype=bool))
    assert found.said.tolist() == [0, 2]
    assert found.confidence.tolist() == [0.7, 0.6]
    assert found.right.tolist() == [True, False]
    assert found.labels == 3


def test_a_labels_own_threshold_counts_for_as_much_as_it_has_texts() -> None:
    texts = cal.PRIOR  # of each label: its own counts for half
    found = axis([0.6] * texts + [0.8] * texts, said=[0] * texts + [1] * texts)
    assert found.thresholds(0.95).tolist() == pytest.approx([0.6, 0.7])


def test_each_axis_has_its_own_thresholds() -> None:
    texts = cal.PRIOR
    agenda = axis([0.6] * texts + [0.8] * texts, said=[0] * texts + [1] * texts)
    mode = axis([0.9] * 2 * texts)
    found = cal.pass_thresholds(agenda, mode, target=0.95)
    assert found == (pytest.approx((0.6, 0.7)), pytest.approx((0.9, 0.9)))


def test_what_passes_on_both_axes_is_right_on_both_often_enough() -> None:
    # Each axis alone is right on 96 in 100 from 0.6 or 0.7 on, but both only on 92.
    agenda = axis([0.6] * 4 + [0.9] * 96, wrong=4)
    mode = axis([0.9] * 96 + [0.7] * 4, wrong=4)
    assert cal.pass_thresholds(agenda, mode, target=0.9) == ((0.6, 0.6), (0.7, 0.7))
    strict = cal.pass_thresholds(agenda, mode, target=0.95)
    assert strict == (pytest.approx((0.9, 0.9)), pytest.approx((0.9, 0.9)))


@pytest.mark.parametrize(("texts", "passes"), [(9, False), (10, True)])
def test_half_an_error_more_is_allowed_for(texts: int, passes: bool) -> None:
    right = axis([0.9] * texts)  # half an error in nine texts is more than 5 in 100
    agenda, _mode = cal.pass_thresholds(right, right, target=0.95)
    assert agenda == (pytest.approx((0.9, 0.9)) if passes else (1.01, 1.01))


def test_nothing_passes_where_nothing_is_right() -> None:
    wrong = axis([0.9] * 50, wrong=50)
    assert cal.pass_thresholds(wrong, wrong, target=0.95) == ((1.01, 1.01), (1.01, 1.01))


def held_out() -> tuple[Decisions, pd.DataFrame]:
    """Of 600 texts: decision values that are mostly right, and the labels they are about."""
    random = np.random.default_rng(11)
    agenda, mode = random.integers(3, size=600), random.integers(2, size=600)
    both, award = random.random(600) < 0.3, random.random(600) < 0.4
    modes = np.eye(2, dtype=bool)[mode] | both[:, None]
    noise = random.normal(scale=0.8, size=(600, 8))
    decisions = Decisions(
        agenda=2.0 * np.eye(3)[agenda] - 1 + noise[:, :3],
        mode=2.0 * np.eye(2)[mode] - 1 + noise[:, 3:5],
        modes=2.0 * modes - 1 + noise[:, 5:7],
        award=np.where(np.arange(600) < 500, 2.0 * award - 1 + noise[:, 7], np.nan),
        likeness=np.linspace(0, 1, 600),
    )
    rows = {
        "agenda": [LABELS.agendas[k] for k in agenda],
        "mode": [LABELS.modes[k] for k in mode],
        "modes": [tuple(np.array(LABELS.modes)[row]) for row in modes],
        "award_scaleup": award & (np.arange(600) < 500),
    }
    return decisions, pd.DataFrame(rows)


def calibrated(**changed: Any) -> cal.Calibration:
    decisions, frame = held_out()
    return cal.calibrate(replace(decisions, **changed), frame, LABELS, target=0.95)


def test_probabilities_are_as_frequent_as_they_say_on_every_axis() -> None:
    decisions, frame = held_out()
    found = calibrated().probabilities(decisions)
    shares = frame["agenda"].value_counts(normalize=True)
    assert found.agenda.mean(axis=0) == pytest.approx(shares[list(LABELS.agendas)], abs=0.02)
    assert found.modes.mean(axis=0) == pytest.approx(
        LABELS.indicator(frame["modes"]).mean(axis=0), abs=0.02
    )
    assert found.mode.sum(axis=1) == pytest.approx(1)
    assert found.award[:500].mean() == pytest.approx(frame["award_scaleup"][:500].mean(), abs=0.02)


def test_of_the_texts_that_pass_enough_are_right() -> None:
    decisions, frame = held_out()
    found = calibrated()
    probabilities = found.probabilities(decisions)
    agenda, mode = probabilities.agenda.argmax(axis=1), probabilities.mode.argmax(axis=1)
    passed = probabilities.agenda.max(axis=1) >= np.array(found.agenda_thresholds)[agenda]
    passed &= probabilities.mode.max(axis=1) >= np.array(found.mode_thresholds)[mode]
    right = np.array(LABELS.agendas)[agenda] == frame["agenda"]
    right &= np.array(LABELS.modes)[mode] == frame["mode"]
    assert passed.mean() > 0.5
    assert right[passed].mean() >= 0.95


def test_a_defensible_label_counts_as_right_for_the_thresholds_alone() -> None:
    decisions, frame = held_out()
    lenient = frame.assign(agenda_ok=[LABELS.agendas] * 600, mode_ok=[LABELS.modes] * 600)
    strict, found = calibrated(), cal.calibrate(decisions, lenient, LABELS, target=0.95)
    assert max(found.agenda_thresholds) < max(strict.agenda_thresholds)
    assert (found.agenda_softmax, found.mode_softmax) == (
        strict.agenda_softmax,
        strict.mode_softmax,
    )


def test_one_text_in_a_hundred_is_unusual() -> None:
    decisions, _frame = held_out()
    found = calibrated()
    assert found.likeness_floor == pytest.approx(0.01)
    assert (decisions.mode.max(axis=1) < found.mode_floor).mean() == pytest.approx(0.01, abs=0.002)


def test_the_further_modes_have_the_threshold_that_is_best_for_them_alone() -> None:
    decisions, frame = held_out()
    found = calibrated()
    probabilities = found.probabilities(decisions)
    further = np.arange(2) != probabilities.mode.argmax(axis=1)[:, None]
    truth, sure = LABELS.indicator(frame["modes"])[further], probabilities.modes[further]

    def f1(threshold: float) -> float:
        said = sure >= threshold
        return float(2 * (said & truth).sum() / (said.sum() + truth.sum()))

    assert f1(found.modes_threshold) == max(map(f1, sure))


def test_who_mentions_no_award_builds_on_none() -> None:
    decisions, frame = held_out()
    found = calibrated()
    assert found.award_unmentioned == pytest.approx(
        0.5 / 101
    )  # none of a hundred, half a text more
    assert (found.probabilities(decisions).award[500:] == found.award_unmentioned).all()
    mislabelled = frame.assign(award_scaleup=True)
    found = cal.calibrate(decisions, mislabelled, LABELS, target=0.95)
    assert found.award_unmentioned == found.award_threshold / 2


def test_without_a_mention_there_is_no_award_model() -> None:
    found = calibrated(award=np.full(600, np.nan))
    assert found.award_sigmoid == cal.NO_AWARD_MODEL
    assert found.award_threshold == 0.5
    assert found.award_unmentioned <= 0.25
