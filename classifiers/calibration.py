"""From decision values to honest probabilities, and to the point where a person is asked.

Everything here is fitted on out-of-fold decision values: of texts that the classifier which scored
them had not seen, nor any other text by the same writer or about the same fact.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit, log_softmax, softmax

Floats = NDArray[np.float64]


def fit_scale(decisions: Floats, truth: NDArray[np.intp]) -> float:
    """The factor that makes `softmax(factor * decisions)` most likely (temperature scaling).

    `decisions` is (n, labels), `truth` the column of the right label. Range 0.1 to 100.
    """

    def loss(log_factor: float) -> float:
        logs = log_softmax(np.exp(log_factor) * decisions, axis=1)
        return float(-logs[np.arange(len(truth)), truth].mean())

    best = minimize_scalar(loss, bounds=(np.log(0.1), np.log(100.0)), method="bounded")
    return float(np.exp(best.x))


def label_probabilities(decisions: Floats, scale: float) -> Floats:
    """(n, labels) probabilities that add up to one in each row."""
    return np.asarray(softmax(scale * decisions, axis=1), dtype=np.float64)


def fit_sigmoid(decisions: Floats, truth: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset of Platt's sigmoid for one yes/no label; his priors keep it off 0 and 1."""
    positives, negatives = int(truth.sum()), int((~truth).sum())
    target = np.where(truth, (positives + 1) / (positives + 2), 1 / (negatives + 2))

    def loss(parameters: Floats) -> float:
        logits = parameters[0] * decisions + parameters[1]
        return float((np.logaddexp(0, logits) - target * logits).mean())

    best = minimize(loss, x0=np.array([1.0, 0.0]), method="BFGS")
    return float(best.x[0]), float(best.x[1])


def sigmoid_probabilities(decisions: Floats, slope: float, offset: float) -> Floats:
    """Probability of yes for each decision value."""
    return np.asarray(expit(slope * decisions + offset), dtype=np.float64)


def review_threshold(confidence: Floats, right: NDArray[np.bool_], *, target: float) -> float:
    """The lowest confidence at and above which at least `target` of the decisions are right.

    Above 1 (nothing passes unseen) when no confidence reaches the target.
    """
    order = np.argsort(-confidence, kind="stable")
    accuracy = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    passing = np.flatnonzero(accuracy >= target)
    return float(confidence[order][passing[-1]]) if len(passing) else 1.01


def yes_threshold(probability: Floats, truth: NDArray[np.bool_]) -> float:
    """The probability from which to say yes so that F1 is highest; 0.5 when there is no yes."""
    if not truth.any():
        return 0.5
    candidates = np.unique(probability)
    yes = probability[None, :] >= candidates[:, None]
    hits = (yes & truth).sum(axis=1)
    f1 = 2 * hits / (yes.sum(axis=1) + truth.sum())
    best = candidates[f1 >= f1.max() - 1e-12]
    return float(np.median(best))
