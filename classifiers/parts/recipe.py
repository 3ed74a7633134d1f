"""How the parts of a tagger are fitted, on all texts and on all but some."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import RidgeClassifier
from sklearn.pipeline import FeatureUnion

from classifiers.features import vectorizer
from classifiers.parallel import each
from classifiers.parts.fitted import Decisions, Fitted, transform
from classifiers.parts.inputs import Inputs, Strings
from classifiers.parts.labels import Labels
from classifiers.splits import Split

# The vocabulary is taken from so many texts at most: memory grows with what is kept of the texts,
# not with what is looked at.
VOCABULARY_TEXTS = 1500


@dataclass(frozen=True)
class Recipe:
    """How parts are made; see `ProposalTagger` for what the values mean."""

    word_ngrams: tuple[int, int]
    letter_ngrams: tuple[int, int]
    min_df: int
    alpha: float
    seed: int = 0

    def fit(self, inputs: Inputs, frame: pd.DataFrame, labels: Labels) -> Fitted:
        """Fit all parts on texts and the rows of their labels."""
        features = self.features(inputs.joined)
        matrix = transform(features, inputs.joined)
        return Fitted(
            features,
            self._classifier(matrix, frame["agenda"].to_numpy(dtype=str)),
            self._classifier(matrix, frame["mode"].to_numpy(dtype=str)),
            self._classifier(matrix, labels.indicator(frame["modes"]).astype(int)),
            *self._fit_award(inputs.contexts, frame["award_scaleup"].to_numpy(dtype=bool)),
            _mean(matrix),
        )

    def held_out(
        self,
        inputs: Inputs,
        frame: pd.DataFrame,
        labels: Labels,
        splits: Sequence[Split],
        *,
        on_fold: Callable[[int], object] = lambda _done: None,
    ) -> Decisions:
        """What parts fitted on each split's training rows say of its test rows.

        The splits are worked on by as many processes as `parallel.each` finds.
        """
        n = len(frame)
        agenda = np.full((n, len(labels.agendas)), np.nan)
        mode, modes = np.full((2, n, len(labels.modes)), np.nan)
        award, likeness = np.full((2, n), np.nan)
        known = frame[["agenda", "mode", "modes", "award_scaleup"]]
        folds = (
            (inputs.words(train), known.iloc[train], labels, inputs.words(test))
            for train, test in splits
        )
        for done, said in enumerate(each(self._fit_and_decide, folds), start=1):
            test = splits[done - 1][1]
            agenda[test], mode[test] = said.agenda, said.mode
            modes[test], award[test] = said.modes, said.award
            likeness[test] = said.likeness
            on_fold(done)
        return Decisions(agenda, mode, modes, award, likeness)

    def _fit_and_decide(
        self, train: Inputs, frame: pd.DataFrame, labels: Labels, test: Inputs
    ) -> Decisions:
        return self.fit(train, frame, labels).decide(test, labels)

    def _fit_award(
        self, contexts: Strings, award: NDArray[np.bool_]
    ) -> tuple[FeatureUnion | None, RidgeClassifier | None]:
        mentioned = contexts != ""
        if len(set(award[mentioned])) < 2:
            return None, None
        features = self.features(contexts[mentioned])
        matrix = transform(features, contexts[mentioned])
        return features, self._classifier(matrix, award[mentioned])

    def features(self, joined: Strings) -> FeatureUnion:
        """A vectorizer fitted on the texts, or on a sample of very many."""
        features = vectorizer(
            word_ngrams=self.word_ngrams, letter_ngrams=self.letter_ngrams, min_df=self.min_df
        )
        if len(joined) > VOCABULARY_TEXTS:
            joined = np.random.default_rng(self.seed).choice(
                joined, VOCABULARY_TEXTS, replace=False
            )
        return features.fit(joined)

    def _classifier(self, matrix: csr_matrix, truth: Any) -> RidgeClassifier:
        fitted = _Unweighted(alpha=self.alpha, copy_X=False)  # sparse rows are left as they are
        fitted.fit(matrix, truth)
        plain = RidgeClassifier(alpha=self.alpha, copy_X=False)  # no type of ours in a model file
        vars(plain).update(vars(fitted))
        return plain


def _mean(matrix: csr_matrix) -> NDArray[np.float32]:
    """The mean of the rows; `matrix.mean` makes a second matrix first."""
    rows = matrix.shape[0]
    return np.asarray(np.full(rows, 1 / rows, np.float32) @ matrix)


class _Unweighted(RidgeClassifier):  # type: ignore[misc]
    """scikit-learn multiplies all rows by their weights, also where all are 1: a second matrix.

    For 100,000 texts that is a gigabyte. Without weights the same numbers come out.
    """

    def _prepare_data(self, *given: Any) -> tuple[Any, Any, None, Any]:
        X, y, _, binarized = super()._prepare_data(*given)  # noqa: N806
        return X, y, None, binarized
