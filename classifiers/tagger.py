"""The tagger: linear classifiers over words and letter n-grams, calibrated, with evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from classifiers.calibration import Calibration, calibrate
from classifiers.explanation import Explainer
from classifiers.parallel import alone
from classifiers.parts.fitted import Decisions, Floats
from classifiers.parts.inputs import Cut, Inputs, checked_texts
from classifiers.parts.labels import Labels, label_frame
from classifiers.parts.recipe import Recipe
from classifiers.splits import Split, calibration_splits
from classifiers.tagging import taggings
from pipeline.documents import Evidence, Tagging
from pipeline.errors import ModelError

AT_ONCE = 20  # texts tagged together: what was counted of them is kept for the evidence


class ProposalTagger(BaseEstimator):  # type: ignore[misc]
    """Agenda (one label), modes (a primary one, perhaps more) and `award_scaleup` of proposals.

    Follows scikit-learn: `X` is a sequence of texts (build them with `features.join_title`), `y` a
    DataFrame with the columns `agenda`, `modes` (primary first) and `award_scaleup`. With columns
    `voice` and `source` in `y`, calibration leaves one writer out at a time. `target_accuracy` is
    how often a tag that is not sent to review has to be right on those left-out texts.
    The same texts in the same order and the same `random_state` (it draws the folds where no
    writers are named, and the vocabulary of very many texts) give the same model, down to its
    digest. No `ClassifierMixin`: scikit-learn's classifiers take one column of labels, and its
    checks refuse a table of them.
    """

    def __init__(
        self,
        *,
        word_ngrams: tuple[int, int] = (1, 2),
        letter_ngrams: tuple[int, int] = (3, 4),
        min_df: int = 2,
        alpha: float = 0.3,
        target_accuracy: float = 0.98,
        random_state: int = 0,
    ) -> None:
        self.word_ngrams = word_ngrams
        self.letter_ngrams = letter_ngrams
        self.min_df = min_df
        self.alpha = alpha
        self.target_accuracy = target_accuracy
        self.random_state = random_state

    def fit(
        self,
        X: Iterable[str],  # noqa: N803 - scikit-learn's name
        y: pd.DataFrame,
        *,
        on_step: Callable[[int, int], object] = lambda _done, _steps: None,
    ) -> Self:
        """Train on texts and their labels. Raises ModelError where these are too few or no labels.

        `held_out_` then has a `Tagging` (without evidence) for each text, by models that had read
        neither it nor, where `y` tells, its writer and its project, calibrated on the other texts.
        `on_step` is told progress. The folds are fitted side by side where joblib's context says so
        (`joblib.parallel_config`); the model is the same, down to its digest.
        """
        frame, inputs = label_frame(y), Inputs.of(X)
        if len(inputs.texts) != len(frame):
            raise ModelError(
                f"มีข้อความ {len(inputs.texts)} ฉบับ แต่มีป้าย {len(frame)} แถว ต้องเท่ากัน",
                f"{len(inputs.texts)} texts but {len(frame)} rows of labels: they must match",
            )
        self.labels_ = Labels.of(frame)
        splits = calibration_splits(frame, random_state=self.random_state)

        steps = len(splits) + 1
        on_step(0, steps)
        held_out = self.recipe.held_out(
            inputs, frame, self.labels_, splits, on_fold=lambda done: on_step(done, steps)
        )
        self.calibration_: Calibration = calibrate(
            held_out, frame, self.labels_, target=self.target_accuracy
        )
        self.fitted_ = alone(self.recipe.fit, inputs, frame, self.labels_)
        self.held_out_ = self._held_out(inputs.texts, held_out, frame, splits)
        on_step(steps, steps)
        return self

    @property
    def recipe(self) -> Recipe:
        """How this tagger's parts are made."""
        return Recipe(
            self.word_ngrams, self.letter_ngrams, self.min_df, self.alpha, self.random_state
        )

    @property
    def classes_(self) -> list[NDArray[np.object_]]:
        """The labels of each output of `predict_proba`: agendas, then modes."""
        return [np.array(axis, dtype=object) for axis in (self.labels_.agendas, self.labels_.modes)]

    def predict(self, X: Iterable[str]) -> NDArray[np.object_]:  # noqa: N803
        """(n, 2) array of (agenda, primary mode)."""
        probabilities = self.predict_proba(X)
        axes = zip(self.classes_, probabilities, strict=True)
        return np.stack([labels[probs.argmax(axis=1)] for labels, probs in axes], axis=1)

    def predict_proba(self, X: Iterable[str]) -> list[Floats]:  # noqa: N803
        """Calibrated probabilities, (n, agendas) and (n, modes); columns as in `classes_`."""
        check_is_fitted(self)
        inputs = Inputs.of(X)
        if not inputs.texts:
            return [np.zeros((0, len(labels))) for labels in self.classes_]
        decisions = self.fitted_.decide(inputs, self.labels_)
        probabilities = self.calibration_.probabilities(decisions)
        return [probabilities.agenda, probabilities.mode]

    def score(self, X: Iterable[str], y: pd.DataFrame) -> float:  # noqa: N803
        """Share of texts with both agenda and primary mode right."""
        predicted, frame = self.predict(X), label_frame(y)
        right = (predicted[:, 0] == frame["agenda"]) & (predicted[:, 1] == frame["mode"])
        return float(right.mean())

    def tag(self, texts: Iterable[str]) -> list[Tagging]:
        """Everything about each text: labels, probabilities, reasons for review and evidence."""
        check_is_fitted(self)
        texts = checked_texts(texts)
        chunks = (texts[at : at + AT_ONCE] for at in range(0, len(texts), AT_ONCE))
        return [tagging for chunk in chunks for tagging in self._tagged(chunk)]

    def _tagged(self, texts: Sequence[str]) -> list[Tagging]:
        """As `tag`, all at once; the texts are cut and counted one time for everything."""
        cuts = [Cut.of(text) for text in texts]
        counted = [self.fitted_.counter.count(cut.surfaces) for cut in cuts]
        decisions = self.fitted_.decide_counted(cuts, counted, self.labels_)
        tags = taggings(texts, decisions, self.calibration_, self.labels_)
        explainer = Explainer(self.fitted_)
        return [
            replace(tagging, evidence=explainer.evidence(cut, ngrams, tagging))
            for cut, ngrams, tagging in zip(cuts, counted, tags, strict=True)
        ]

    def explain(self, text: str) -> dict[str, list[Evidence]]:
        """For every label the stretches of `text` that spoke for it, the strongest first."""
        check_is_fitted(self)
        cut = Cut.of(text)
        return Explainer(self.fitted_).explain(cut, self.fitted_.counter.count(cut.surfaces))

    def save(self, directory: str | Path, *, card: dict[str, Any] | None = None) -> Path:
        """Write the model and its card into `directory`; see `classifiers.models`."""
        from classifiers.models import artefacts

        check_is_fitted(self)
        return artefacts.save(self, Path(directory), card=card or {})

    @classmethod
    def load(cls, directory: str | Path) -> ProposalTagger:
        """Read a saved model; raises ModelError when it is damaged, changed or of another kind."""
        from classifiers.models import artefacts

        return artefacts.load(Path(directory))[0]

    def _held_out(
        self, texts: Sequence[str], decisions: Decisions, frame: pd.DataFrame, splits: list[Split]
    ) -> list[Tagging]:
        """Tags from held-out decisions, by a calibration that has not seen them either."""
        tags: dict[int, Tagging] = {}
        for _, test in splits:
            rest = np.setdiff1d(np.arange(len(texts)), test)
            calibration = calibrate(
                decisions.take(rest), frame.iloc[rest], self.labels_, target=self.target_accuracy
            )
            kept = [texts[row] for row in test]
            found = taggings(kept, decisions.take(test), calibration, self.labels_)
            tags.update(zip(test.tolist(), found, strict=True))
        return [tags[row] for row in range(len(texts))]
