from __future__ import annotations

import numpy as np
import pytest

from classifiers.calibration import thresholds as cal


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
