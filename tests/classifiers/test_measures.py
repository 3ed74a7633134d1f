from __future__ import annotations

import numpy as np
import pytest

from classifiers import measures
from classifiers.measures import calibration_error, coverage


def test_calibration_error_counted_by_hand() -> None:
    confidence = np.array([0.95, 0.91, 0.55, 0.51])
    right = np.array([True, True, True, False])
    assert calibration_error(confidence, right) == pytest.approx((0.14 + 0.06) / 4)
    assert calibration_error(np.array([1.0]), np.array([True])) == 0


def test_coverage_takes_the_surest_first() -> None:
    confidence = np.array([0.2, 0.9, 0.5, 0.7])
    right = np.array([False, True, True, False])
    assert coverage(confidence, right, target=1.0) == {
        "target": 1.0,
        "coverage": 0.25,
        "accuracy": 1.0,
    }
    assert coverage(confidence, right, target=0.6)["coverage"] == 0.75
    assert coverage(confidence, ~right, target=0.9)["coverage"] == 0.0


@pytest.mark.parametrize("n", [1, 7, 300, 3001])
def test_the_bootstrap_draws_the_same_in_blocks(n: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = np.random.default_rng(0).integers(0, n, (50, n))
    monkeypatch.setattr(measures, "BLOCK", 7000)
    blocks = list(measures.bootstrap_blocks(n, rounds=50))
    assert (len(blocks) > 1) == (50 * n > 7000)
    assert (np.concatenate(blocks) == whole).all()
    assert (measures.bootstrap_rows(n, rounds=50) == whole).all()
