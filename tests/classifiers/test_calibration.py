from __future__ import annotations

import numpy as np
import pytest

from classifiers import calibration as cal


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


def test_review_threshold_is_the_lowest_confidence_that_holds_the_target() -> None:
    confidence = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    right = np.array([True, True, False, True, False])
    assert cal.review_threshold(confidence, right, target=1.0) == 0.8
    assert cal.review_threshold(confidence, right, target=0.75) == 0.6
    assert cal.review_threshold(confidence, right, target=0.6) == 0.5


def test_no_confidence_passes_when_the_surest_is_wrong() -> None:
    confidence, right = np.array([0.9, 0.4]), np.array([False, False])
    assert cal.review_threshold(confidence, right, target=0.9) > 1


def test_yes_threshold_separates_what_can_be_separated() -> None:
    probability = np.array([0.1, 0.2, 0.3, 0.4])
    truth = np.array([False, False, True, True])
    assert 0.2 < cal.yes_threshold(probability, truth) <= 0.3
    assert cal.yes_threshold(probability, np.zeros(4, dtype=bool)) == 0.5
