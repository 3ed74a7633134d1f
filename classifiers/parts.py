"""The parts of a tagger: what texts become, what is fitted on it, and what the fitted parts say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import FeatureUnion
from sklearn.svm import LinearSVC

from classifiers.features import award_words, feature_words, space_joined, vectorizer
from classifiers.splits import Split
from pipeline.errors import ModelError
from pipeline.thai import Token

Floats = NDArray[np.float64]
Strings = NDArray[np.object_]


@dataclass(frozen=True)
class Labels:
    """The labels of both axes, in the order of the columns of every array."""

    agendas: tuple[str, ...]
    modes: tuple[str, ...]

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Labels:
        """Those that occur, sorted. Raises ModelError where an axis has fewer than two."""
        modes = {mode for modes in frame["modes"] for mode in modes}
        labels = cls(tuple(sorted(frame["agenda"].unique())), tuple(sorted(modes)))
        if min(len(labels.agendas), frame["mode"].nunique()) < 2:
            raise ModelError(
                "ต้องมีตัวอย่างของประเด็นและรูปแบบอย่างน้อยอย่างละ 2 ป้าย",
                "examples of at least two agendas and two primary modes are needed",
            )
        return labels

    def indicator(self, modes: Iterable[tuple[str, ...]]) -> NDArray[np.bool_]:
        """(n, modes): which modes each text has."""
        return np.array([[mode in of_text for mode in self.modes] for of_text in modes])


def _not_texts(thai: str, english: str) -> ModelError:
    return ModelError(
        f"ต้องการรายการของข้อความ แต่ได้{thai}", f"a list of texts is needed, not {english}"
    )


def label_frame(y: pd.DataFrame) -> pd.DataFrame:
    """The label columns with the primary `mode` beside them. Raises ModelError if one lacks."""
    missing = {"agenda", "modes", "award_scaleup"} - set(getattr(y, "columns", ()))
    if missing:
        raise ModelError(
            f"ตารางป้ายไม่มีคอลัมน์ {', '.join(sorted(missing))}",
            f"the label table lacks the columns {', '.join(sorted(missing))}",
        )
    empty = [row for row, modes in enumerate(y["modes"]) if not len(modes)]
    if empty:
        raise ModelError(
            f"แถวที่ {empty[0] + 1} ไม่มีรูปแบบ (modes) ใส่รูปแบบหลักเป็นรายการแรก",
            f"row {empty[0] + 1} has no mode: put the primary one first in `modes`",
        )
    return y.assign(mode=[modes[0] for modes in y["modes"]]).reset_index(drop=True)


@dataclass(frozen=True)
class Inputs:
    """Texts cut into words once: all words, and those around award mentions, space-joined."""

    texts: list[str]
    words: list[list[Token]]
    joined: Strings
    contexts: Strings

    @classmethod
    def of(cls, texts: Iterable[str]) -> Inputs:
        """Tokenize the texts. Raises ModelError for a single text or for what is no text."""
        if isinstance(texts, str):
            raise _not_texts("ข้อความเดียว", "one text: put it into a list")
        texts = list(texts)
        odd = next((text for text in texts if not isinstance(text, str)), None)
        if not all(isinstance(text, str) for text in texts):
            raise _not_texts(f"ค่า {odd!r}", f"{odd!r} among the texts: fill or drop empty rows")
        words = [feature_words(text) for text in texts]
        near = [award_words(text, row) for text, row in zip(texts, words, strict=True)]
        joined, contexts = ([space_joined(row) for row in rows] for rows in (words, near))
        return cls(texts, words, np.array(joined, dtype=object), np.array(contexts, dtype=object))

    def take(self, rows: NDArray[np.intp]) -> Inputs:
        """Some of the texts, by position."""
        return Inputs(
            [self.texts[row] for row in rows],
            [self.words[row] for row in rows],
            self.joined[rows],
            self.contexts[rows],
        )


@dataclass(frozen=True)
class Decisions:
    """Decision values of n texts, a column per label; award is NaN where none is mentioned."""

    agenda: Floats
    mode: Floats
    modes: Floats
    award: Floats


@dataclass(frozen=True)
class Fitted:
    """The fitted parts, all scikit-learn's own types; no award model without both answers."""

    features: FeatureUnion
    agenda: LinearSVC
    mode: LinearSVC
    modes: OneVsRestClassifier
    award_features: FeatureUnion | None
    award: LinearSVC | None

    @cached_property
    def label_weights(self) -> Floats:
        """(agendas + modes, features): weights against the mean of all labels of the axis."""
        return np.vstack([_against_mean(part.coef_) for part in (self.agenda, self.mode)])

    def decide(self, inputs: Inputs, labels: Labels) -> Decisions:
        """What each part says of each text."""
        matrix = self.features.transform(inputs.joined)
        award = np.full(len(inputs.joined), np.nan)
        mentioned = inputs.contexts != ""
        if self.award is not None and self.award_features is not None and mentioned.any():
            contexts = self.award_features.transform(inputs.contexts[mentioned])
            award[mentioned] = self.award.decision_function(contexts)
        return Decisions(
            _columns(self.agenda, matrix, labels.agendas),
            _columns(self.mode, matrix, labels.modes),
            np.asarray(self.modes.decision_function(matrix)).reshape(len(award), -1),
            award,
        )


@dataclass(frozen=True)
class Recipe:
    """How parts are made; see `ProposalTagger` for what the values mean."""

    word_ngrams: tuple[int, int]
    letter_ngrams: tuple[int, int]
    min_df: int
    C: float

    def fit(self, inputs: Inputs, frame: pd.DataFrame, labels: Labels) -> Fitted:
        """Fit all parts on texts and the rows of their labels."""
        features = self._features()
        matrix = features.fit_transform(inputs.joined)
        modes = OneVsRestClassifier(self._classifier())
        return Fitted(
            features,
            self._classifier().fit(matrix, frame["agenda"].to_numpy(dtype=str)),
            self._classifier().fit(matrix, frame["mode"].to_numpy(dtype=str)),
            modes.fit(matrix, labels.indicator(frame["modes"]).astype(int)),
            *self._fit_award(inputs.contexts, frame["award_scaleup"].to_numpy(dtype=bool)),
        )

    def held_out(
        self, inputs: Inputs, frame: pd.DataFrame, labels: Labels, splits: Iterable[Split]
    ) -> Decisions:
        """What parts fitted on each split's training rows say of its test rows."""
        n = len(frame)
        agenda = np.full((n, len(labels.agendas)), np.nan)
        mode, modes = np.full((2, n, len(labels.modes)), np.nan)
        award = np.full(n, np.nan)
        for train, test in splits:
            fitted = self.fit(inputs.take(train), frame.iloc[train], labels)
            said = fitted.decide(inputs.take(test), labels)
            agenda[test], mode[test] = said.agenda, said.mode
            modes[test], award[test] = said.modes, said.award
        return Decisions(agenda, mode, modes, award)

    def _fit_award(
        self, contexts: Strings, award: NDArray[np.bool_]
    ) -> tuple[FeatureUnion | None, LinearSVC | None]:
        mentioned = contexts != ""
        if len(set(award[mentioned])) < 2:
            return None, None
        features = self._features()
        matrix = features.fit_transform(contexts[mentioned])
        return features, self._classifier().fit(matrix, award[mentioned])

    def _features(self) -> FeatureUnion:
        return vectorizer(
            word_ngrams=self.word_ngrams, letter_ngrams=self.letter_ngrams, min_df=self.min_df
        )

    def _classifier(self) -> LinearSVC:
        return LinearSVC(C=self.C, random_state=0)


def _against_mean(coefficients: Floats) -> Floats:
    if len(coefficients) == 1:  # scikit-learn's form for two classes
        coefficients = np.vstack([-coefficients, coefficients])
    return np.asarray(coefficients - coefficients.mean(axis=0), dtype=np.float64)


def _columns(classifier: LinearSVC, matrix: Any, labels: tuple[str, ...]) -> Floats:
    """Decision values, one column per label; a label unseen in training gets the lowest value."""
    decisions = np.asarray(classifier.decision_function(matrix), dtype=np.float64)
    if decisions.ndim == 1:  # scikit-learn's form for two classes
        decisions = np.stack([-decisions, decisions], axis=1)
    full = np.full((decisions.shape[0], len(labels)), decisions.min(initial=-1.0) - 1.0)
    full[:, [labels.index(str(label)) for label in classifier.classes_]] = decisions
    return full
