"""The tagger: linear classifiers over words and letter n-grams, calibrated, with evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import FeatureUnion
from sklearn.svm import LinearSVC
from sklearn.utils.validation import check_is_fitted

from classifiers import calibration as cal
from classifiers.explanation import Explainer
from classifiers.features import award_words, feature_words, space_joined, vectorizer
from classifiers.review import review_reasons
from classifiers.splits import Split, calibration_splits
from pipeline.documents import Evidence, Tagging
from pipeline.errors import ModelError
from pipeline.thai import Token

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Fitted:
    """The fitted parts, all scikit-learn's own types; no award model without both answers."""

    features: FeatureUnion
    agenda: LinearSVC
    mode: LinearSVC
    modes: OneVsRestClassifier
    award_features: FeatureUnion | None
    award: LinearSVC | None


@dataclass(frozen=True)
class Inputs:
    """Texts cut into words once: all words, and those around award mentions, space-joined."""

    texts: list[str]
    words: list[list[Token]]
    joined: NDArray[np.object_]
    contexts: NDArray[np.object_]

    def take(self, rows: NDArray[np.intp]) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
        """The two feature strings of some rows."""
        return self.joined[rows], self.contexts[rows]


@dataclass(frozen=True)
class Decisions:
    """Decision values of n texts, a column per label; award is NaN where none is mentioned."""

    agenda: Floats
    mode: Floats
    modes: Floats
    award: Floats


@dataclass(frozen=True)
class Calibration:
    """The numbers that turn decisions into probabilities, and probabilities into yes or review."""

    agenda_scale: float
    mode_scale: float
    modes_sigmoid: tuple[tuple[float, float], ...]
    award_sigmoid: tuple[float, float]
    award_unmentioned: float
    agenda_threshold: float
    mode_threshold: float
    modes_threshold: float
    award_threshold: float


class ProposalTagger(BaseEstimator):  # type: ignore[misc]
    """Agenda (one label), modes (a primary one, perhaps more) and `award_scaleup` of proposals.

    Follows scikit-learn: `X` is a sequence of texts (build them with `features.join_title`), `y` a
    DataFrame with the columns `agenda`, `modes` (primary first) and `award_scaleup`. With columns
    `voice` and `source` in `y`, calibration leaves one writer out at a time. `target_accuracy` is
    how often a tag that is not sent to review has to be right on those left-out texts.
    Training is deterministic. No `ClassifierMixin`: scikit-learn's classifiers take one column of
    labels, and its checks refuse a table of them.
    """

    def __init__(
        self,
        *,
        word_ngrams: tuple[int, int] = (1, 2),
        letter_ngrams: tuple[int, int] = (2, 5),
        min_df: int = 2,
        C: float = 1.0,  # noqa: N803 - scikit-learn's name
        target_accuracy: float = 0.98,
    ) -> None:
        self.word_ngrams = word_ngrams
        self.letter_ngrams = letter_ngrams
        self.min_df = min_df
        self.C = C
        self.target_accuracy = target_accuracy

    def fit(self, X: Iterable[str], y: pd.DataFrame) -> Self:  # noqa: N803
        """Train on texts and their labels. Raises ModelError where a label has one example only."""
        labels = _label_frame(y)
        inputs = _inputs(X)
        if len(inputs.texts) != len(labels):
            raise ModelError(
                f"มีข้อความ {len(inputs.texts)} ฉบับ แต่มีป้าย {len(labels)} แถว ต้องเท่ากัน",
                f"{len(inputs.texts)} texts but {len(labels)} rows of labels: they must match",
            )
        self.agendas_ = tuple(sorted(labels["agenda"].unique()))
        self.modes_ = tuple(sorted({mode for modes in labels["modes"] for mode in modes}))
        splits = calibration_splits(labels)
        self.calibration_ = self._calibrate(inputs, labels, splits)
        self.fitted_ = self._fit_parts(inputs.joined, inputs.contexts, labels)
        return self

    @property
    def classes_(self) -> list[NDArray[np.object_]]:
        """The labels of each output of `predict_proba`: agendas, then modes."""
        return [np.array(self.agendas_, dtype=object), np.array(self.modes_, dtype=object)]

    def predict(self, X: Iterable[str]) -> NDArray[np.object_]:  # noqa: N803
        """(n, 2) array of (agenda, primary mode)."""
        agenda, mode = self.predict_proba(X)
        columns = [np.array(self.agendas_, dtype=object)[agenda.argmax(axis=1)]]
        columns.append(np.array(self.modes_, dtype=object)[mode.argmax(axis=1)])
        return np.stack(columns, axis=1)

    def predict_proba(self, X: Iterable[str]) -> list[Floats]:  # noqa: N803
        """Calibrated probabilities, (n, agendas) and (n, modes); columns as in `classes_`."""
        check_is_fitted(self)
        inputs = _inputs(X)
        decisions = self._decide(self.fitted_, inputs.joined, inputs.contexts)
        return [
            cal.label_probabilities(decisions.agenda, self.calibration_.agenda_scale),
            cal.label_probabilities(decisions.mode, self.calibration_.mode_scale),
        ]

    def score(self, X: Iterable[str], y: pd.DataFrame) -> float:  # noqa: N803
        """Share of texts with both agenda and primary mode right."""
        predicted, labels = self.predict(X), _label_frame(y)
        right = (predicted[:, 0] == labels["agenda"]) & (predicted[:, 1] == labels["mode"])
        return float(right.mean())

    def tag(self, texts: Sequence[str]) -> list[Tagging]:
        """Everything about each text: labels, probabilities, reasons for review and evidence."""
        check_is_fitted(self)
        if not texts:
            return []
        inputs = _inputs(texts)
        decisions = self._decide(self.fitted_, inputs.joined, inputs.contexts)
        explainer = Explainer(self.fitted_)
        return [self._tagging(row, inputs, decisions, explainer) for row in range(len(texts))]

    def explain(self, text: str) -> dict[str, list[Evidence]]:
        """For every label the stretches of `text` that spoke for it, the strongest first."""
        check_is_fitted(self)
        return Explainer(self.fitted_).explain(text, feature_words(text))

    def save(self, directory: str | Path, *, card: dict[str, Any] | None = None) -> Path:
        """Write the model and its card into `directory`; see `classifiers.artefacts`."""
        from classifiers import artefacts

        return artefacts.save(self, Path(directory), card=card or {})

    @classmethod
    def load(cls, directory: str | Path) -> ProposalTagger:
        """Read a saved model; raises ModelError when it is damaged, changed or of another kind."""
        from classifiers import artefacts

        return artefacts.load(Path(directory))[0]

    def _fit_parts(
        self, joined: NDArray[np.object_], contexts: NDArray[np.object_], labels: pd.DataFrame
    ) -> Fitted:
        features = self._vectorizer()
        matrix = features.fit_transform(joined)
        indicator = np.array([[m in modes for m in self.modes_] for modes in labels["modes"]])
        mentioned = contexts != ""
        award = labels["award_scaleup"].to_numpy(dtype=bool)
        award_features, award_model = None, None
        if len(set(award[mentioned])) == 2:
            award_features = self._vectorizer()
            award_model = self._classifier()
            award_model.fit(award_features.fit_transform(contexts[mentioned]), award[mentioned])
        return Fitted(
            features,
            self._classifier().fit(matrix, labels["agenda"].to_numpy(dtype=str)),
            self._classifier().fit(matrix, labels["mode"].to_numpy(dtype=str)),
            OneVsRestClassifier(self._classifier()).fit(matrix, indicator.astype(int)),
            award_features,
            award_model,
        )

    def _calibrate(
        self,
        inputs: Inputs,
        labels: pd.DataFrame,
        splits: list[Split],
    ) -> Calibration:
        held_out = self._held_out_decisions(inputs, labels, splits)
        agenda = np.array([self.agendas_.index(a) for a in labels["agenda"]])
        mode = np.array([self.modes_.index(m) for m in labels["mode"]])
        agenda_scale = cal.fit_scale(held_out.agenda, agenda)
        mode_scale = cal.fit_scale(held_out.mode, mode)
        agenda_probs = cal.label_probabilities(held_out.agenda, agenda_scale)
        mode_probs = cal.label_probabilities(held_out.mode, mode_scale)
        # Both axes have to be right together: each gets half of the errors allowed.
        target = 1 - (1 - self.target_accuracy) / 2
        indicator = np.array([[m in modes for m in self.modes_] for modes in labels["modes"]])
        sigmoids = tuple(
            cal.fit_sigmoid(held_out.modes[:, k], indicator[:, k]) for k in range(len(self.modes_))
        )
        mode_yes = _sigmoids(held_out.modes, sigmoids)
        further = np.arange(len(self.modes_))[None, :] != mode_probs.argmax(axis=1)[:, None]
        award = labels["award_scaleup"].to_numpy(dtype=bool)
        mentioned = ~np.isnan(held_out.award)
        award_sigmoid = (
            cal.fit_sigmoid(held_out.award[mentioned], award[mentioned])
            if mentioned.any()
            else (1.0, -4.0)
        )
        unmentioned = (float(award[~mentioned].sum()) + 0.5) / (int((~mentioned).sum()) + 1)
        award_probs = cal.sigmoid_probabilities(held_out.award[mentioned], *award_sigmoid)
        return Calibration(
            agenda_scale=agenda_scale,
            mode_scale=mode_scale,
            modes_sigmoid=sigmoids,
            award_sigmoid=award_sigmoid,
            award_unmentioned=min(unmentioned, 0.49),
            agenda_threshold=cal.review_threshold(
                agenda_probs.max(axis=1), agenda_probs.argmax(axis=1) == agenda, target=target
            ),
            mode_threshold=cal.review_threshold(
                mode_probs.max(axis=1), mode_probs.argmax(axis=1) == mode, target=target
            ),
            modes_threshold=cal.yes_threshold(mode_yes[further], indicator[further]),
            award_threshold=cal.yes_threshold(award_probs, award[mentioned]),
        )

    def _held_out_decisions(
        self,
        inputs: Inputs,
        labels: pd.DataFrame,
        splits: list[Split],
    ) -> Decisions:
        n = len(labels)
        agenda = np.full((n, len(self.agendas_)), np.nan)
        mode, modes = np.full((n, len(self.modes_)), np.nan), np.full((n, len(self.modes_)), np.nan)
        award = np.full(n, np.nan)
        for train, test in splits:
            parts = self._fit_parts(*inputs.take(train), labels.iloc[train])
            decisions = self._decide(parts, *inputs.take(test))
            agenda[test], mode[test] = decisions.agenda, decisions.mode
            modes[test], award[test] = decisions.modes, decisions.award
        return Decisions(agenda, mode, modes, award)

    def _decide(
        self, parts: Fitted, joined: NDArray[np.object_], contexts: NDArray[np.object_]
    ) -> Decisions:
        matrix = parts.features.transform(joined)
        award = np.full(len(joined), np.nan)
        mentioned = contexts != ""
        if parts.award is not None and parts.award_features is not None and mentioned.any():
            award[mentioned] = parts.award.decision_function(
                parts.award_features.transform(contexts[mentioned])
            )
        modes = np.asarray(parts.modes.decision_function(matrix)).reshape(len(joined), -1)
        return Decisions(
            _columns(parts.agenda, matrix, self.agendas_),
            _columns(parts.mode, matrix, self.modes_),
            modes,
            award,
        )

    def _tagging(
        self, row: int, inputs: Inputs, decisions: Decisions, explainer: Explainer
    ) -> Tagging:
        c, text = self.calibration_, inputs.texts[row]
        agenda_probs = cal.label_probabilities(decisions.agenda[[row]], c.agenda_scale)[0]
        mode_probs = cal.label_probabilities(decisions.mode[[row]], c.mode_scale)[0]
        agenda = self.agendas_[int(agenda_probs.argmax())]
        mode = self.modes_[int(mode_probs.argmax())]
        mode_yes = _sigmoids(decisions.modes[[row]], c.modes_sigmoid)[0]
        yes = dict(zip(self.modes_, map(float, mode_yes), strict=True))
        further = [m for m in self.modes_ if m != mode and yes[m] >= c.modes_threshold]
        award_prob = c.award_unmentioned
        if not np.isnan(decisions.award[row]):
            award_value = decisions.award[[row]]
            award_prob = float(cal.sigmoid_probabilities(award_value, *c.award_sigmoid)[0])
        award = award_prob >= c.award_threshold and not np.isnan(decisions.award[row])
        agenda_map = dict(zip(self.agendas_, map(float, agenda_probs), strict=True))
        mode_map = dict(zip(self.modes_, map(float, mode_probs), strict=True))
        reasons = review_reasons(
            text,
            agenda_probs=agenda_map,
            mode_probs=mode_map,
            agenda_threshold=c.agenda_threshold,
            mode_threshold=c.mode_threshold,
        )
        return Tagging(
            agenda=agenda,
            agenda_probs=agenda_map,
            mode=mode,
            modes=(mode, *sorted(further, key=lambda m: -yes[m])),
            mode_probs=mode_map,
            award_scaleup=bool(award),
            award_prob=award_prob,
            needs_review=bool(reasons),
            reasons=reasons,
            evidence=explainer.evidence(
                text, inputs.words[row], agenda=agenda, mode=mode, award=bool(award)
            ),
        )

    def _vectorizer(self) -> FeatureUnion:
        return vectorizer(
            word_ngrams=self.word_ngrams, letter_ngrams=self.letter_ngrams, min_df=self.min_df
        )

    def _classifier(self) -> LinearSVC:
        return LinearSVC(C=self.C, random_state=0)


def _inputs(texts: Iterable[str]) -> Inputs:
    texts = list(texts)
    words = [feature_words(text) for text in texts]
    near = [award_words(text, row) for text, row in zip(texts, words, strict=True)]
    return Inputs(
        texts,
        words,
        np.array([space_joined(row) for row in words], dtype=object),
        np.array([space_joined(row) for row in near], dtype=object),
    )


def _label_frame(y: pd.DataFrame) -> pd.DataFrame:
    missing = {"agenda", "modes", "award_scaleup"} - set(getattr(y, "columns", ()))
    if missing:
        raise ModelError(
            f"ตารางป้ายไม่มีคอลัมน์ {', '.join(sorted(missing))}",
            f"the label table lacks the columns {', '.join(sorted(missing))}",
        )
    return y.assign(mode=[modes[0] for modes in y["modes"]]).reset_index(drop=True)


def _columns(classifier: LinearSVC, matrix: Any, labels: tuple[str, ...]) -> Floats:
    """Decision values, one column per label; a label unseen in training gets the lowest value."""
    decisions = np.asarray(classifier.decision_function(matrix), dtype=np.float64)
    if decisions.ndim == 1:  # scikit-learn's form for two classes
        decisions = np.stack([-decisions, decisions], axis=1)
    full = np.full((decisions.shape[0], len(labels)), decisions.min(initial=-1.0) - 1.0)
    full[:, [labels.index(str(label)) for label in classifier.classes_]] = decisions
    return full


def _sigmoids(decisions: Floats, sigmoids: tuple[tuple[float, float], ...]) -> Floats:
    columns = [cal.sigmoid_probabilities(decisions[:, k], *ab) for k, ab in enumerate(sigmoids)]
    return np.stack(columns, axis=1)
