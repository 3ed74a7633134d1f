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

from classifiers.calibration.probabilities import (
    Floats,
    Sigmoid,
    Softmax,
    column_probabilities,
    fit_sigmoid,
    fit_softmax,
    label_probabilities,
    sigmoid_probabilities,
)
from classifiers.calibration.thresholds import Axis, pass_thresholds, yes_threshold

if TYPE_CHECKING:
    from classifiers.parts.fitted import Decisions
    from classifiers.parts.labels import Labels

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
            column_probabilities(decisions.modes, self.modes_sigmoid),
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
    yes = column_probabilities(held_out.modes, sigmoids)
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
        modes_threshold=yes_threshold(yes[further], modes[further]),
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


def _defensible(frame: pd.DataFrame, axis: str, labels: tuple[str, ...]) -> NDArray[np.bool_]:
    """(n, labels): which labels count as right for each text."""
    accepted = frame.get(f"{axis}_ok", frame[axis].map(lambda label: (label,)))
    return np.array(
        [
            [label == own or label in others for label in labels]
            for own, others in zip(frame[axis], accepted, strict=True)
        ]
    )
