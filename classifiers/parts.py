"""The parts of a tagger: what texts become, what is fitted on it, and what the fitted parts say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
from classifiers.features import feature_words, space_joined, vectorizer
from classifiers.splits import Split
from pipeline.errors import ModelError

Floats = NDArray[np.float64]
Strings = NDArray[np.object_]
# The vocabulary is taken from so many texts at most, and texts are counted so many at a time:
# memory grows with what is kept of the texts, not with what is looked at.
VOCABULARY_TEXTS, CHUNK = 1500, 100


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
class Inputs:
    """Texts cut into words once: all words, and those around award mentions, space-joined."""

    texts: list[str]
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
        joined, contexts = np.empty((2, len(texts)), dtype=object)
        for row, text in enumerate(texts):  # tokens take ten times the room of their text
            words = feature_words(text)
            joined[row] = space_joined(words)
            near = space_joined(award_words(text, words))
            contexts[row] = " ".join((near, *award_cues(text) * WEIGHT)).strip()
        return cls(texts, joined, contexts)

    def take(self, rows: NDArray[np.intp]) -> Inputs:
        """Some of the texts, by position."""
        return Inputs(
            [self.texts[row] for row in rows],
            self.joined[rows],
            self.contexts[rows],
        )


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

    def decide(self, inputs: Inputs, labels: Labels) -> Decisions:
        """What each part says of each text."""
        matrix = transform(self.features, inputs.joined)
        award = np.full(len(inputs.joined), np.nan)
        mentioned = inputs.contexts != ""
        if self.award is not None and self.award_features is not None and mentioned.any():
            contexts = transform(self.award_features, inputs.contexts[mentioned])
            award[mentioned] = self.award.decision_function(contexts)
        return Decisions(
            _columns(self.agenda, matrix, labels.agendas),
            _columns(self.mode, matrix, labels.modes),
            np.asarray(self.modes.decision_function(matrix)).reshape(len(award), -1),
            award,
            _likeness(matrix, self.centre),
        )


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
            self._classifier().fit(matrix, frame["agenda"].to_numpy(dtype=str)),
            self._classifier().fit(matrix, frame["mode"].to_numpy(dtype=str)),
            self._classifier().fit(matrix, labels.indicator(frame["modes"]).astype(int)),
            *self._fit_award(inputs.contexts, frame["award_scaleup"].to_numpy(dtype=bool)),
            np.asarray(matrix.mean(axis=0), dtype=np.float32).ravel(),
        )

    def held_out(
        self, inputs: Inputs, frame: pd.DataFrame, labels: Labels, splits: Iterable[Split]
    ) -> Decisions:
        """What parts fitted on each split's training rows say of its test rows."""
        n = len(frame)
        agenda = np.full((n, len(labels.agendas)), np.nan)
        mode, modes = np.full((2, n, len(labels.modes)), np.nan)
        award, likeness = np.full((2, n), np.nan)
        for train, test in splits:
            fitted = self.fit(inputs.take(train), frame.iloc[train], labels)
            said = fitted.decide(inputs.take(test), labels)
            agenda[test], mode[test] = said.agenda, said.mode
            modes[test], award[test] = said.modes, said.award
            likeness[test] = said.likeness
            del fitted  # its vocabulary is not to stand beside the next one's
        return Decisions(agenda, mode, modes, award, likeness)

    def _fit_award(
        self, contexts: Strings, award: NDArray[np.bool_]
    ) -> tuple[FeatureUnion | None, RidgeClassifier | None]:
        mentioned = contexts != ""
        if len(set(award[mentioned])) < 2:
            return None, None
        features = self.features(contexts[mentioned])
        matrix = transform(features, contexts[mentioned])
        return features, self._classifier().fit(matrix, award[mentioned])

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

    def _classifier(self) -> RidgeClassifier:
        return RidgeClassifier(alpha=self.alpha, copy_X=False)  # sparse rows are left as they are


def transform(features: FeatureUnion, joined: Sequence[str] | Strings) -> csr_matrix:
    """(n, features) single-precision rows of space-joined texts, counted chunk by chunk."""
    starts = range(0, max(1, len(joined)), CHUNK)
    chunks = [csr_matrix(features.transform(joined[at : at + CHUNK])) for at in starts]
    if len(chunks) == 1:
        return chunks[0]
    # Like vstack, but each chunk is let go when it is copied: half the memory.
    shape = (sum(chunk.shape[0] for chunk in chunks), chunks[0].shape[1])
    ends = np.cumsum([chunk.nnz for chunk in chunks])
    data, indices = np.empty(ends[-1], np.float32), np.empty(ends[-1], np.int32)
    rows = [np.zeros(1, np.int64)]
    for number, end in enumerate(ends):
        chunk, chunks[number] = chunks[number], None
        place = slice(end - chunk.nnz, end)
        data[place], indices[place] = chunk.data, chunk.indices
        rows.append(chunk.indptr[1:] + place.start)
    return csr_matrix((data, indices, np.concatenate(rows)), shape=shape)


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


def _columns(classifier: RidgeClassifier, matrix: Any, labels: tuple[str, ...]) -> Floats:
    """Decision values, one column per label; a label unseen in training gets the lowest value."""
    decisions = np.asarray(classifier.decision_function(matrix), dtype=np.float64)
    if decisions.ndim == 1:  # scikit-learn's form for two classes
        decisions = np.stack([-decisions, decisions], axis=1)
    full = np.full((decisions.shape[0], len(labels)), decisions.min(initial=-1.0) - 1.0)
    full[:, [labels.index(str(label)) for label in classifier.classes_]] = decisions
    return full
