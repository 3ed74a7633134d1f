"""The probability from which a decision counts, or passes without a person."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifiers.calibration.probabilities import Floats

PRIOR = 100  # texts that a label's own threshold has to weigh up against that of its axis
AXIS_TARGETS = np.linspace(0.9, 1.0, 41)  # tried for each axis alone, so that both reach the aim


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
