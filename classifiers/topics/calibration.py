"""From decision values of topics to probabilities, and the probability from which one counts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from classifiers.topics.cues import Floats

THRESHOLDS = np.linspace(0.2, 0.6, 33)
PRIOR = 25  # passages that a topic's own threshold has to weigh up against that of all
REACH = 0.1  # how far a topic's threshold may lie from that of all


def fit_sigmoid(decisions: Floats, truth: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset that turn decision values into probabilities, for all topics alike."""
    model = LogisticRegression(C=1e6).fit(decisions.reshape(-1, 1), truth.ravel())
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def fit_thresholds(probabilities: Floats, truth: NDArray[np.bool_]) -> Floats:
    """The shared threshold of best micro-F1, moved for topics with examples enough."""
    scores = [f1_score(truth, probabilities >= at, average="micro") for at in THRESHOLDS]
    shared = float(THRESHOLDS[int(np.argmax(scores))])
    near = np.linspace(shared - REACH, shared + REACH, 21)
    own = np.empty(truth.shape[1])
    for column, labels in enumerate(truth.T):
        said = probabilities[:, column]
        best = near[int(np.argmax([f1_score(labels, said >= at, zero_division=0) for at in near]))]
        trust = labels.sum() / (labels.sum() + PRIOR)
        own[column] = shared + trust * (best - shared)
    return own
