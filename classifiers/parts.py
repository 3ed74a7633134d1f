"""The parts of a tagger: what texts become, what is fitted on it, and what the fitted parts say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import RidgeClassifier
from sklearn.pipeline import FeatureUnion

from classifiers.awards import WEIGHT, award_cues, award_words
from classifiers.counting import Counted, NgramCounter
from classifiers.features import feature_words, surface, vectorizer
from classifiers.parallel import each
from classifiers.splits import Split
from pipeline.errors import ModelError
from pipeline.thai import Token

Floats = NDArray[np.float64]
Strings = NDArray[np.object_]
# The vocabulary is taken from so many texts at most: memory grows with what is kept of the texts,
# not with what is looked at.
VOCABULARY_TEXTS = 1500
GROWTH = 1.03  # of the rows of many texts, as often as they need more room


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
    odd = [row for row, modes in enumerate(y["modes"]) if isinstance(modes, str)]
    odd += [row for row, agenda in enumerate(y["agenda"]) if not isinstance(agenda, str)]
    if odd:
        raise ModelError(
            f"แถวที่ {odd[0] + 1}: agenda ต้องเป็นข้อความ และ modes ต้องเป็นรายการ",
            f"row {odd[0] + 1}: agenda must be a text, and modes a list",
        )
    return y.assign(mode=[modes[0] for modes in y["modes"]]).reset_index(drop=True)


@dataclass(frozen=True)
class Cut:
    """One text cut into words, once: all that count, and those around mentions of an award.

    `surfaces` are the words as they count, `context` those around the mentions and the cues there.
    """

    text: str
    words: list[Token]
    near: list[Token]
    surfaces: list[str]
    context: list[str]

    @classmethod
    def of(cls, text: str) -> Cut:
        """Tokenize a text."""
        words = feature_words(text)
        near = award_words(text, words)
        context = [*map(surface, near), *award_cues(text) * WEIGHT]
        return cls(text, words, near, list(map(surface, words)), context)


def checked_texts(texts: Iterable[str]) -> list[str]:
    """The texts as a list. Raises ModelError for a single text or for what is no text."""
    if isinstance(texts, str):
        raise _not_texts("ข้อความเดียว", "one text: put it into a list")
    texts = list(texts)
    odd = next((text for text in texts if not isinstance(text, str)), None)
    if not all(isinstance(text, str) for text in texts):
        raise _not_texts(f"ค่า {odd!r}", f"{odd!r} among the texts: fill or drop empty rows")
    return texts


@dataclass(frozen=True)
class Inputs:
    """Texts cut into words once: all words, and those around award mentions, space-joined."""

    texts: list[str]
    joined: Strings
    contexts: Strings

    @classmethod
    def of(cls, texts: Iterable[str]) -> Inputs:
        """Tokenize the texts. Raises ModelError as `checked_texts`."""
        texts = checked_texts(texts)
        joined, contexts = np.empty((2, len(texts)), dtype=object)
        for row, text in enumerate(texts):  # tokens take ten times the room of their text
            cut = Cut.of(text)
            joined[row], contexts[row] = " ".join(cut.surfaces), " ".join(cut.context)
        return cls(texts, joined, contexts)

    def words(self, rows: NDArray[np.intp]) -> Inputs:
        """Some of the texts, by position, cut as they are; what they were cut from is left out."""
        return Inputs([], self.joined[rows], self.contexts[rows])


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
            np.asarray(matrix.mean(axis=0), dtype=np.float32).ravel(),
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


class _Unweighted(RidgeClassifier):  # type: ignore[misc]
    """scikit-learn multiplies all rows by their weights, also where all are 1: a second matrix.

    For 100,000 texts that is a gigabyte. Without weights the same numbers come out.
    """

    def _prepare_data(self, *given: Any) -> tuple[Any, Any, None, Any]:
        X, y, _, binarized = super()._prepare_data(*given)  # noqa: N806
        return X, y, None, binarized


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
