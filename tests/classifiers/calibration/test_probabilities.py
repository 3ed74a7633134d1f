from __future__ import annotations

import numpy as np
import pytest

from classifiers.calibration import probabilities as cal


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
