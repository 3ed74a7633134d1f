"""From decision values to honest probabilities, and to the point where a person is asked.

Everything here is fitted on out-of-fold decision values: of texts that the classifier which scored
them had not seen, nor any other text by the same writer or about the same fact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, softmax

if TYPE_CHECKING:
    from classifiers.parts import Decisions, Labels

Floats = NDArray[np.float64]
Softmax = tuple[float, float]  # scale and slack
Sigmoid = tuple[float, float]  # slope and offset
NO_AWARD_MODEL: Sigmoid = (1.0, -4.0)  # used for no text: without a model no award is decided


@dataclass(frozen=True)
class Probabilities:
    """Of n texts: (n, agendas), (n, modes) as the primary, (n, modes) as one of several, (n,)."""

    agenda: Floats
    mode: Floats
    modes: Floats
    award: Floats


@dataclass(frozen=True)
class Calibration:
    """The numbers that turn decisions into probabilities, and probabilities into yes or review.

    `award_unmentioned` is the probability for a text that mentions no award.
    """

    agenda_softmax: Softmax
    mode_softmax: Softmax
    modes_sigmoid: tuple[Sigmoid, ...]
    award_sigmoid: Sigmoid
    award_unmentioned: float
    agenda_threshold: float
    mode_threshold: float
    modes_threshold: float
    award_threshold: float

    def probabilities(self, decisions: Decisions) -> Probabilities:
        """Apply to the decisions about any texts."""
        award = sigmoid_probabilities(decisions.award, *self.award_sigmoid)
        return Probabilities(
            label_probabilities(decisions.agenda, self.agenda_softmax),
            label_probabilities(decisions.mode, self.mode_softmax),
            _sigmoids(decisions.modes, self.modes_sigmoid),
            np.where(np.isnan(decisions.award), self.award_unmentioned, award),
        )


def calibrate(
    held_out: Decisions, frame: pd.DataFrame, labels: Labels, *, target: float
) -> Calibration:
    """Fit all numbers on held-out decisions and the true labels (`agenda`, `mode`, `modes`, …)."""
    agenda = np.array([labels.agendas.index(a) for a in frame["agenda"]])
    mode = np.array([labels.modes.index(m) for m in frame["mode"]])
    modes = labels.indicator(frame["modes"])
    agenda_softmax = fit_softmax(held_out.agenda, agenda)
    mode_softmax = fit_softmax(held_out.mode, mode)
    agenda_probs = label_probabilities(held_out.agenda, agenda_softmax)
    mode_probs = label_probabilities(held_out.mode, mode_softmax)
    sigmoids = tuple(fit_sigmoid(held_out.modes[:, k], modes[:, k]) for k in range(modes.shape[1]))
    further = np.arange(modes.shape[1]) != mode_probs.argmax(axis=1)[:, None]
    # Both axes have to be right together: each gets half of the errors allowed.
    of_axis = 1 - (1 - target) / 2
    return Calibration(
        agenda_softmax=agenda_softmax,
        mode_softmax=mode_softmax,
        modes_sigmoid=sigmoids,
        agenda_threshold=review_threshold(
            agenda_probs.max(axis=1), agenda_probs.argmax(axis=1) == agenda, target=of_axis
        ),
        mode_threshold=review_threshold(
            mode_probs.max(axis=1), mode_probs.argmax(axis=1) == mode, target=of_axis
        ),
        modes_threshold=yes_threshold(_sigmoids(held_out.modes, sigmoids)[further], modes[further]),
        **_calibrate_award(held_out.award, frame["award_scaleup"].to_numpy(dtype=bool)),
    )


def _calibrate_award(decisions: Floats, award: NDArray[np.bool_]) -> dict[str, Any]:
    mentioned = ~np.isnan(decisions)
    unmentioned = (float(award[~mentioned].sum()) + 0.5) / (int((~mentioned).sum()) + 1)
    sigmoid, threshold = NO_AWARD_MODEL, 0.5
    if mentioned.any():
        sigmoid = fit_sigmoid(decisions[mentioned], award[mentioned])
        probabilities = sigmoid_probabilities(decisions[mentioned], *sigmoid)
        threshold = yes_threshold(probabilities, award[mentioned])
    return {
        "award_sigmoid": sigmoid,
        "award_threshold": threshold,
        # Who mentions no award builds on none, however the examples were labelled.
        "award_unmentioned": min(unmentioned, threshold / 2),
    }


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


def _sigmoids(decisions: Floats, sigmoids: tuple[Sigmoid, ...]) -> Floats:
    columns = [sigmoid_probabilities(decisions[:, k], *ab) for k, ab in enumerate(sigmoids)]
    return np.stack(columns, axis=1)
