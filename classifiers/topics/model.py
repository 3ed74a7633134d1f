"""The fitted parts of the topic tagger: what a passage becomes, and decision values from it.

One model is shared by all topics: what cues of a topic's own, and of others, in text, headings and
title say of it. It knows rare topics, and new ones, by their cues alone. Its answer, the cues and
the words are what the models of the single topics learn from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion

from classifiers.features import vectorizer
from classifiers.topics.cues import PROCEDURE, CueFinder, Floats, inherits, own_heading, said
from classifiers.topics.subjects import SubjectFinder
from pipeline.documents import Passage

KINDS = ("resolution", "item")
FEWEST = 3  # passages a topic needs for a model of its own


@dataclass(frozen=True)
class Inputs:
    """Passages as arrays: words space-joined; cues (n, topics, 10); shapes (n, s)."""

    joined: NDArray[np.object_]
    cues: Floats
    shapes: Floats

    @classmethod
    def of(cls, passages: Sequence[Passage], finder: CueFinder, subjects: SubjectFinder) -> Inputs:
        """Cut the passages into words and find their cues.

        The ten are strong and weak cues of the heading, the text, the title and the item's own
        heading, each as n / (n + 1), whether the title's subject holds for the passage, and
        whether the heading names the topic.
        """
        joined = np.empty(len(passages), dtype=object)
        cues = np.zeros((len(passages), len(finder.topics), 10))
        shapes = np.zeros((len(passages), 9 + len(KINDS)))
        for row, passage in enumerate(passages):
            heading, title = finder.wording(passage.heading), finder.wording(passage.title)
            text, own = finder.wording(said(passage)), finder.wording(own_heading(passage))
            joined[row] = f"{heading.joined} {text.joined}".strip()
            parts = (heading, text, title, own)
            counts = np.concatenate([part.counts for part in parts], axis=1)
            cues[row, :, :8] = counts / (counts + 1)
            named = subjects.named(passage.heading)
            cues[row, :, 9] = [topic in named for topic in finder.topics]
            if inherits(passage):
                subject = subjects.subject(passage.title)
                cues[row, :, 8] = [topic in subject for topic in finder.topics]
            else:
                cues[row, :, 4:6] = 0
            facts = [not passage.heading, *(passage.kind == kind for kind in KINDS)]
            shapes[row] = np.concatenate([heading.shape, text.shape, facts])
        return cls(joined, cues, shapes)

    def take(self, rows: NDArray[np.intp]) -> Inputs:
        """Some of the passages, by position."""
        return Inputs(self.joined[rows], self.cues[rows], self.shapes[rows])

    def shared(self, topics: Sequence[str]) -> Floats:
        """(n * topics, features): each passage as each topic sees it."""
        n, k, _ = self.cues.shape
        others = np.broadcast_to(self.cues.sum(axis=1, keepdims=True) / 3, self.cues.shape)
        shapes = np.broadcast_to(self.shapes[:, None, :], (n, k, self.shapes.shape[1]))
        plain = np.concatenate([self.cues, others - self.cues / 3, shapes], axis=2)
        procedure = np.array([topic == PROCEDURE for topic in topics], dtype=float)[None, :, None]
        flag = np.broadcast_to(procedure, (n, k, 1))
        return np.concatenate([plain, plain * flag, flag], axis=2).reshape(n * k, -1)


@dataclass(frozen=True)
class Fitted:
    """The fitted parts: library types and arrays only; a row of `weights` per topic."""

    words: FeatureUnion | None
    shared: LogisticRegression
    weights: Floats
    bias: Floats

    def decide(self, inputs: Inputs, topics: Sequence[str]) -> Floats:
        """(n, topics) decision values."""
        prior = _prior(self.shared, inputs, topics)
        matrix = _matrix(self.words, inputs)
        return np.asarray(matrix @ self.weights[:, :-1].T + prior * self.weights[:, -1] + self.bias)


@dataclass(frozen=True)
class Recipe:
    """How parts are made; see `TopicTagger` for what the values mean."""

    strength: float
    shared_strength: float
    words: bool
    cues: bool

    def fit(self, inputs: Inputs, truth: NDArray[np.bool_], topics: Sequence[str]) -> Fitted:
        """Fit all parts on passages and their (n, topics) labels."""
        if not self.cues:  # never seen in training, they weigh nothing later
            inputs = replace(inputs, cues=np.zeros_like(inputs.cues))
        shared = LogisticRegression(C=self.shared_strength, max_iter=2000)
        shared.fit(inputs.shared(topics), truth.ravel())
        words = _words().fit(inputs.joined) if self.words else None
        prior, matrix = _prior(shared, inputs, topics), _matrix(words, inputs)
        weights, bias = np.zeros((len(topics), matrix.shape[1] + 1)), np.zeros(len(topics))
        for column in range(len(topics)):
            weights[column, -1] = 1.0  # a topic without examples: what the shared model says
            if FEWEST <= truth[:, column].sum() < len(truth):
                rows = sparse.hstack([matrix, prior[:, [column]]]).tocsr()
                model = LogisticRegression(C=self.strength, solver="liblinear", max_iter=300)
                model.fit(rows, truth[:, column])
                weights[column], bias[column] = model.coef_[0], model.intercept_[0]
        return Fitted(words, shared, weights, bias)

    def held_out(
        self,
        inputs: Inputs,
        truth: NDArray[np.bool_],
        topics: Sequence[str],
        splits: Sequence[tuple[NDArray[np.intp], NDArray[np.intp]]],
    ) -> Floats:
        """What parts fitted on each split's training rows say of its test rows."""
        said = np.zeros(truth.shape)
        for train, test in splits:
            fitted = self.fit(inputs.take(train), truth[train], topics)
            said[test] = fitted.decide(inputs.take(test), topics)
        return said


def _words() -> FeatureUnion:
    return vectorizer(word_ngrams=(1, 1), letter_ngrams=(3, 4), min_df=2)


def _prior(shared: LogisticRegression, inputs: Inputs, topics: Sequence[str]) -> Floats:
    said = shared.decision_function(inputs.shared(topics))
    return np.asarray(said, dtype=np.float64).reshape(-1, len(topics))


def _matrix(words: FeatureUnion | None, inputs: Inputs) -> sparse.csr_matrix:
    n = len(inputs.joined)
    cues = sparse.csr_matrix(np.concatenate([inputs.cues.reshape(n, -1), inputs.shapes], axis=1))
    if words is None:
        return cues
    return sparse.hstack([words.transform(inputs.joined), cues]).tocsr()
