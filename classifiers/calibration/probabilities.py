"""From decision values to probabilities: a softmax for one of many, a sigmoid for yes or no."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, softmax

Floats = NDArray[np.float64]
Softmax = tuple[float, float]  # scale and slack
Sigmoid = tuple[float, float]  # slope and offset


def fit_softmax(decisions: Floats, truth: NDArray[np.intp]) -> Softmax:
    """The scale and slack that make the labels most likely (temperature scaling with a floor).

    `decisions` is (n, labels), `truth` the column of the right label. The slack, the share of
    cases in which the decision values mean nothing, is at least 1 in n + 2: n texts can teach no
    more certainty than that. Scale 0.1 to 100.
    """
    least = 1 / (len(truth) + 2)
    rows = np.arange(len(truth))

    def loss(parameters: Floats) -> float:
        probabilities = label_probabilities(decisions, (np.exp(parameters[0]), parameters[1]))
        return float(-np.log(probabilities[rows, truth]).mean())

    bounds = [(np.log(0.1), np.log(100.0)), (least, max(2 * least, 0.3))]
    starts = [np.array([start, 2 * least]) for start in np.log([1.0, 3.0, 10.0])]
    fits = [minimize(loss, start, bounds=bounds, method="L-BFGS-B") for start in starts]
    best = min(fits, key=lambda fit: float(fit.fun))
    return float(np.exp(best.x[0])), float(best.x[1])


def label_probabilities(decisions: Floats, fitted: Softmax) -> Floats:
    """(n, labels) probabilities that add up to one in each row."""
    scale, slack = fitted
    sure = softmax(scale * decisions, axis=1)
    return np.asarray((1 - slack) * sure + slack / decisions.shape[1], dtype=np.float64)


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


def column_probabilities(decisions: Floats, sigmoids: tuple[Sigmoid, ...]) -> Floats:
    """(n, labels) probabilities of yes, each column by its own sigmoid."""
    columns = [sigmoid_probabilities(decisions[:, k], *ab) for k, ab in enumerate(sigmoids)]
    return np.stack(columns, axis=1)
