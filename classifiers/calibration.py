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
PRIOR = 100  # texts that a label's own threshold has to weigh up against that of its axis
AXIS_TARGETS = np.linspace(0.9, 1.0, 41)  # tried for each axis alone, so that both reach the aim
UNUSUAL, SILENT = 0.01, 0.01  # shares of the training texts themselves that count as such
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

    `agenda_thresholds` and `mode_thresholds` hold for each label, in order, the confidence from
    which it passes without a person. `likeness_floor` is below the likeness of nearly all training
    texts, `mode_floor` below the decision value of the best mode of nearly all of them.
    `award_unmentioned` is the probability for a text that mentions no award.
    """

    agenda_softmax: Softmax
    mode_softmax: Softmax
    modes_sigmoid: tuple[Sigmoid, ...]
    award_sigmoid: Sigmoid
    award_unmentioned: float
    agenda_thresholds: tuple[float, ...]
    mode_thresholds: tuple[float, ...]
    modes_threshold: float
    award_threshold: float
    likeness_floor: float
    mode_floor: float

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
    """Fit all numbers on held-out decisions and the true labels (`agenda`, `mode`, `modes`, …).

    Where the labels tell which others are defensible (`agenda_ok`, `mode_ok`), these count as
    right when the thresholds are set; probabilities are fitted to the labels themselves.
    """
    agenda = np.array([labels.agendas.index(a) for a in frame["agenda"]])
    mode = np.array([labels.modes.index(m) for m in frame["mode"]])
    modes = labels.indicator(frame["modes"])
    agenda_softmax = fit_softmax(held_out.agenda, agenda)
    mode_softmax = fit_softmax(held_out.mode, mode)
    agenda_probs = label_probabilities(held_out.agenda, agenda_softmax)
    mode_probs = label_probabilities(held_out.mode, mode_softmax)
    sigmoids = tuple(fit_sigmoid(held_out.modes[:, k], modes[:, k]) for k in range(modes.shape[1]))
    further = np.arange(modes.shape[1]) != mode_probs.argmax(axis=1)[:, None]
    agenda_thresholds, mode_thresholds = pass_thresholds(
        Axis.of(agenda_probs, _defensible(frame, "agenda", labels.agendas)),
        Axis.of(mode_probs, _defensible(frame, "mode", labels.modes)),
        target=target,
    )
    return Calibration(
        agenda_softmax=agenda_softmax,
        mode_softmax=mode_softmax,
        modes_sigmoid=sigmoids,
        agenda_thresholds=agenda_thresholds,
        mode_thresholds=mode_thresholds,
        likeness_floor=float(np.quantile(held_out.likeness, UNUSUAL)),
        mode_floor=float(np.quantile(held_out.mode.max(axis=1), SILENT)),
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
    surest = confidence[order]
    accuracy = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    whole = np.append(surest[1:] < surest[:-1], True)[: len(order)]  # equal ones stay together
    passing = np.flatnonzero(whole & (accuracy >= target))
    return float(surest[passing[-1]]) if len(passing) else 1.01


@dataclass(frozen=True)
class Axis:
    """Of n texts on one axis: the best label, its probability, and whether it is right."""

    said: NDArray[np.intp]
    confidence: Floats
    right: NDArray[np.bool_]
    labels: int

    @classmethod
    def of(cls, probabilities: Floats, accepted: NDArray[np.bool_]) -> Axis:
        """From (n, labels) probabilities and which labels are right for each text."""
        said = probabilities.argmax(axis=1)
        rows = np.arange(len(said))
        return cls(said, probabilities[rows, said], accepted[rows, said], probabilities.shape[1])

    def thresholds(self, target: float) -> Floats:
        """(labels,): the confidence from which each label is right often enough.

        A label's own threshold counts for as much as it has texts, that of all texts for `PRIOR`.
        """
        shared = min(1.0, review_threshold(self.confidence, self.right, target=target))
        own = np.full(self.labels, shared)
        for label in range(self.labels):
            mine = self.said == label
            at = min(1.0, review_threshold(self.confidence[mine], self.right[mine], target=target))
            own[label] = (mine.sum() * at + PRIOR * shared) / (mine.sum() + PRIOR)
        return own

    def passing(self, thresholds: Floats) -> NDArray[np.bool_]:
        """Which texts are sure enough."""
        return np.asarray(self.confidence >= thresholds[self.said], dtype=np.bool_)


Thresholds = tuple[float, ...]


def pass_thresholds(agenda: Axis, mode: Axis, *, target: float) -> tuple[Thresholds, Thresholds]:
    """For each label of both axes the confidence from which it passes without a person.

    The lowest ones by which, of the texts that pass on both axes, `target` are right on both,
    half an error more than there were allowed for. Above 1, nothing passes, where none do.
    """
    both = agenda.right & mode.right
    for aim in AXIS_TARGETS:
        found = agenda.thresholds(aim), mode.thresholds(aim)
        passed = agenda.passing(found[0]) & mode.passing(found[1])
        errors = int((passed & ~both).sum())
        if (errors + 0.5) / (passed.sum() + 0.5) <= 1 - target:
            return tuple(map(float, found[0])), tuple(map(float, found[1]))
    return (1.01,) * agenda.labels, (1.01,) * mode.labels


def _defensible(frame: pd.DataFrame, axis: str, labels: tuple[str, ...]) -> NDArray[np.bool_]:
    """(n, labels): which labels count as right for each text."""
    accepted = frame.get(f"{axis}_ok", frame[axis].map(lambda label: (label,)))
    return np.array(
        [
            [label == own or label in others for label in labels]
            for own, others in zip(frame[axis], accepted, strict=True)
        ]
    )


def yes_threshold(probability: Floats, truth: NDArray[np.bool_]) -> float:
    """The probability from which to say yes so that F1 is highest; 0.5 when there is no yes."""
    if not truth.any():
        return 0.5
    order = np.argsort(-probability, kind="stable")
    candidates = probability[order]
    hits = np.cumsum(truth[order])  # if that many, surest first, were yes
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + truth.sum())
    whole = np.append(candidates[1:] < candidates[:-1], True)  # equal ones stay together
    best = candidates[whole & (f1 >= f1[whole].max() - 1e-12)]
    return float(np.median(best))


def _sigmoids(decisions: Floats, sigmoids: tuple[Sigmoid, ...]) -> Floats:
    columns = [sigmoid_probabilities(decisions[:, k], *ab) for k, ab in enumerate(sigmoids)]
    return np.stack(columns, axis=1)
