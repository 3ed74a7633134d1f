"""The fitted parts of a tagger, and what they say of texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import RidgeClassifier
from sklearn.pipeline import FeatureUnion

from classifiers.counting import Counted, NgramCounter
from classifiers.parts.inputs import Cut, Inputs, Strings
from classifiers.parts.labels import Labels

Floats = NDArray[np.float64]
GROWTH = 1.03  # of the rows of many texts, as often as they need more room


@dataclass(frozen=True)
class Decisions:
    """Decision values of n texts, a column per label; award is NaN where none is mentioned.

    `likeness` is how alike a text is to the training texts as a whole: the cosine to their mean.
    """

    agenda: Floats
    mode: Floats
    modes: Floats
    award: Floats
    likeness: Floats

    def take(self, rows: NDArray[np.intp]) -> Decisions:
        """Those about some of the texts, by position."""
        return Decisions(*(getattr(self, field.name)[rows] for field in fields(self)))


@dataclass(frozen=True)
class Fitted:
    """The fitted parts, all scikit-learn's own types; no award model without both answers."""

    features: FeatureUnion
    agenda: RidgeClassifier
    mode: RidgeClassifier
    modes: RidgeClassifier
    award_features: FeatureUnion | None
    award: RidgeClassifier | None
    centre: NDArray[np.float32]

    @cached_property
    def label_weights(self) -> Floats:
        """(agendas + modes, features): weights against the mean of all labels of the axis."""
        return np.vstack([_against_mean(part.coef_) for part in (self.agenda, self.mode)])

    @property
    def award_weights(self) -> Floats:
        """(1, features): weights towards `award_scaleup`."""
        return np.atleast_2d(self.award.coef_ if self.award is not None else [])

    @cached_property
    def counter(self) -> NgramCounter:
        """Counts single texts for `features`."""
        return NgramCounter(self.features)

    @cached_property
    def award_counter(self) -> NgramCounter | None:
        """Counts single texts for `award_features`."""
        return None if self.award_features is None else NgramCounter(self.award_features)

    @cached_property
    def _coefficients(self) -> dict[str, Floats]:
        """(features, outputs) of each classifier, laid out as a sparse product wants them."""
        parts = {"agenda": self.agenda, "mode": self.mode, "modes": self.modes, "award": self.award}
        return {
            name: np.ascontiguousarray(np.atleast_2d(part.coef_).T)
            for name, part in parts.items()
            if part is not None
        }

    def decide(self, inputs: Inputs, labels: Labels) -> Decisions:
        """What each part says of each text."""
        mentioned = inputs.contexts != ""
        contexts = None
        if self.award_features is not None and mentioned.any():
            contexts = transform(self.award_features, inputs.contexts[mentioned])
        return self._decided(transform(self.features, inputs.joined), mentioned, contexts, labels)

    def decide_counted(
        self, cuts: Sequence[Cut], counted: Iterable[Counted], labels: Labels
    ) -> Decisions:
        """The same of texts cut into words and counted by `counter`."""
        mentioned = np.array([bool(cut.context) for cut in cuts])
        contexts = None
        if self.award_counter is not None and mentioned.any():
            near = (self.award_counter.count(cut.context) for cut in cuts if cut.context)
            contexts = self.award_counter.matrix(near)
        return self._decided(self.counter.matrix(counted), mentioned, contexts, labels)

    def _decided(
        self,
        matrix: csr_matrix,
        mentioned: NDArray[np.bool_],
        contexts: csr_matrix | None,
        labels: Labels,
    ) -> Decisions:
        """Decisions of rows of features; `contexts` has a row where an award is `mentioned`."""
        award = np.full(matrix.shape[0], np.nan)
        if self.award is not None and contexts is not None:
            award[mentioned] = self._values("award", self.award, contexts).ravel()
        return Decisions(
            _columns(self.agenda, self._values("agenda", self.agenda, matrix), labels.agendas),
            _columns(self.mode, self._values("mode", self.mode, matrix), labels.modes),
            self._values("modes", self.modes, matrix),
            award,
            _likeness(matrix, self.centre),
        )

    def _values(self, name: str, part: RidgeClassifier, matrix: csr_matrix) -> Floats:
        """(n, outputs) decision values: `part.decision_function` without its checks."""
        return np.asarray(matrix @ self._coefficients[name] + part.intercept_)


def transform(features: FeatureUnion, joined: Sequence[str] | Strings) -> csr_matrix:
    """(n, features) single-precision rows of space-joined texts, as `features` transforms them.

    A text takes eight bytes for each of its n-grams that are known, about 10 kB.
    """
    counter = NgramCounter(features)
    data, indices = np.empty(1, np.float32), np.empty(1, np.int32)
    ends = np.zeros(len(joined) + 1, np.int64)
    for row, text in enumerate(joined):
        columns, values = counter.row(text.split())
        start, end = ends[row], ends[row] + len(columns)
        if end > len(data):  # grown in place: no second copy, no rows that lie about
            data.resize(int(end * GROWTH) + 1, refcheck=False)
            indices.resize(int(end * GROWTH) + 1, refcheck=False)
        data[start:end], indices[start:end], ends[row + 1] = values, columns, end
    data.resize(ends[-1], refcheck=False)
    indices.resize(ends[-1], refcheck=False)
    return csr_matrix((data, indices, ends), shape=(len(joined), sum(counter.sizes)))


def _likeness(matrix: csr_matrix, centre: NDArray[np.float32]) -> Floats:
    """Cosine of each row to the centre; 0 for a text without one known word."""
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    both = np.maximum(length * np.linalg.norm(centre), 1e-9)
    return np.asarray(matrix @ centre / both, dtype=np.float64)


def _against_mean(coefficients: Floats) -> Floats:
    coefficients = np.atleast_2d(coefficients)
    if len(coefficients) == 1:  # scikit-learn's form for two classes
        coefficients = np.vstack([-coefficients, coefficients])
    return np.asarray(coefficients - coefficients.mean(axis=0), dtype=np.float64)


def _columns(classifier: RidgeClassifier, values: Floats, labels: tuple[str, ...]) -> Floats:
    """Decision values, one column per label; a label unseen in training gets the lowest value."""
    decisions = np.asarray(values, dtype=np.float64)
    if decisions.shape[1] == 1:  # scikit-learn's form for two classes
        decisions = np.hstack([-decisions, decisions])
    full = np.full((decisions.shape[0], len(labels)), decisions.min(initial=-1.0) - 1.0)
    full[:, [labels.index(str(label)) for label in classifier.classes_]] = decisions
    return full
