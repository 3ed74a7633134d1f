"""Topics of passages of minutes: several per passage, each with a calibrated probability."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.base import BaseEstimator
from sklearn.model_selection import GroupKFold
from threadpoolctl import threadpool_limits

from classifiers.topics.calibration import fit_sigmoid, fit_thresholds
from classifiers.topics.cues import (
    IMPLIED,
    PROCEDURE,
    CueFinder,
    Floats,
    by_rule,
    consistent,
    inherits,
    is_answer,
    is_bare,
    is_procedure,
)
from classifiers.topics.model import Fitted, Inputs, Recipe
from classifiers.topics.subjects import SubjectFinder, load_subjects
from corpora import load_taxonomy, load_topic_cues
from corpora.passages_loader import TopicCues
from pipeline.documents import Passage
from pipeline.errors import ModelError

FOLDS = 5
CHUNK = 2000  # passages looked at together: memory does not grow with what is given


class TopicTagger(BaseEstimator):  # type: ignore[misc]  # scikit-learn is untyped
    """Multi-label tagger of passages by their words and the cues of the topics.

    `strength` and `shared_strength` are inverse regularizations of the models of single topics and
    of the one they share. Without `words` or `cues` it does with the other alone.
    After `fit`: `topics_` (codes, the order of every array), `thresholds_`.
    """

    def __init__(
        self,
        strength: float = 1.0,
        shared_strength: float = 1.0,
        words: bool = True,
        cues: bool = True,
    ) -> None:
        self.strength = strength
        self.shared_strength = shared_strength
        self.words = words
        self.cues = cues

    def fit(
        self,
        X: Sequence[Passage],  # noqa: N803
        y: Iterable[Iterable[str]],
        *,
        topics: Sequence[str] | None = None,
        cues: TopicCues | None = None,
    ) -> TopicTagger:
        """Learn from passages and the codes of their topics.

        `topics` and `cues` are the taxonomy's unless given. Probabilities and thresholds are set on
        passages of documents that were left out. Raises `ModelError` where there is too little.
        """
        taxonomy = load_taxonomy()
        known = tuple(topics or (label.code for label in taxonomy.passage_topics))
        words = cues if cues is not None else load_topic_cues(taxonomy)
        self.set_vocabulary(known, words, load_subjects(taxonomy))
        truth = _indicator(y, known)
        if len(truth) != len(X):
            raise _too_little(f"{len(X)} passages, {len(truth)} rows of topics")
        documents = np.array([passage.document or passage.id for passage in X], dtype=object)
        if len(set(documents)) < 2 or not truth.any():
            raise _too_little("two documents and one topic are the least")
        inputs = Inputs.of(X, self.finder_, self.subjects_)
        groups = np.unique(documents.astype(str), return_inverse=True)[1]
        folds = GroupKFold(min(FOLDS, len(set(documents))))
        splits = list(folds.split(truth, groups=groups))
        # One thread: the arrays are small, several wait for each other (61 s of CPU time for 6 on
        # a busy machine of two cores), and with another number of them the sums round otherwise.
        with threadpool_limits(1):
            held_out = self._recipe.held_out(inputs, truth, known, splits)
            self.sigmoid_ = fit_sigmoid(held_out, truth)
            self.thresholds_ = fit_thresholds(self._calibrated(held_out), truth)
            self.fitted_: Fitted = self._recipe.fit(inputs, truth, known)
        return self

    def save(self, directory: str | Path) -> Path:
        """Keep the fitted tagger in a folder, without pickle."""
        from classifiers.topics.artefacts import save

        return save(self, Path(directory))

    @classmethod
    def load(cls, directory: str | Path) -> TopicTagger:
        """The tagger that `save` kept; raises `ModelError` for anything else."""
        from classifiers.topics.artefacts import load

        return load(Path(directory))

    def predict_proba(self, X: Sequence[Passage]) -> Floats:  # noqa: N803
        """(n, topics) calibrated probabilities, each topic by itself."""
        chunks = (X[at : at + CHUNK] for at in range(0, len(X), CHUNK))
        inputs = (Inputs.of(chunk, self.finder_, self.subjects_) for chunk in chunks)
        parts = [self._calibrated(self.fitted_.decide(part, self.topics_)) for part in inputs]
        return np.concatenate(parts) if parts else np.zeros((0, len(self.topics_)))

    def tag(self, passages: Sequence[Passage]) -> list[dict[str, float]]:
        """The topics accepted for each passage with their probabilities, most probable first."""
        probabilities = self.predict_proba(passages)
        return [self._accepted(*pair) for pair in zip(passages, probabilities, strict=True)]

    def predict(self, X: Sequence[Passage]) -> NDArray[np.bool_]:  # noqa: N803
        """(n, topics): which topics `tag` accepts."""
        tags = self.tag(X)
        return np.array([[topic in of for topic in self.topics_] for of in tags], dtype=bool)

    def _accepted(self, passage: Passage, probabilities: Floats) -> dict[str, float]:
        said = dict(zip(self.topics_, map(float, probabilities), strict=True))
        strongest = max((said[topic] for topic in said if topic != PROCEDURE), default=0.0)
        settled = is_procedure(passage, self.finder_) if PROCEDURE in said else False
        subject = self.subjects_.subject(passage.title) if inherits(passage) else frozenset()
        answer = is_answer(passage, self.finder_)
        if settled and answer and subject:  # of a post: its items have no headings to answer
            settled = False
        if settled:
            return {PROCEDURE: max(said[PROCEDURE], 1 - strongest)}
        limits = dict(zip(self.topics_, self.thresholds_, strict=True))
        if settled is False and is_bare(passage, self.finder_):  # the heading has to say it
            for topic in by_rule(passage, self.finder_) | (subject if answer else set()):
                if topic == PROCEDURE or topic not in said:
                    continue
                said[topic] = max(said[topic], float(limits[topic]))
        chosen = {topic for topic, limit in limits.items() if said[topic] >= limit}
        alone = settled is None and said[PROCEDURE] >= strongest
        chosen = consistent(chosen, alone=alone) & said.keys()
        for topic, implied in IMPLIED.items():  # what follows is at least as probable
            if topic in chosen and implied in said:
                said[implied] = max(said[implied], said[topic])
        # A set's order changes from process to process: what is equally probable goes by its code.
        return {topic: said[topic] for topic in sorted(chosen, key=lambda t: (-said[t], t))}

    def set_vocabulary(
        self, topics: tuple[str, ...], cues: TopicCues, subjects: SubjectFinder
    ) -> None:
        """The topics, in the order of every array, and the words looked for."""
        self.topics_ = topics
        self.finder_ = CueFinder(topics, cues)
        self.subjects_ = subjects

    @property
    def _recipe(self) -> Recipe:
        return Recipe(self.strength, self.shared_strength, self.words, self.cues)

    def _calibrated(self, decisions: Floats) -> Floats:
        slope, offset = self.sigmoid_
        return np.asarray(expit(slope * decisions + offset), dtype=np.float64)


def as_passages(frame: pd.DataFrame) -> list[Passage]:
    """The passages of a table of `load_passages`."""
    keys = ("id", "text", "title", "heading", "document", "kind", "speaker")
    rows: list[dict[str, Any]] = [
        {str(key): value for key, value in row.items()}
        for row in frame[list(keys)].to_dict("records")
    ]
    return [Passage(document_kind="minutes", **row) for row in rows]


def _indicator(y: Iterable[Iterable[str]], topics: tuple[str, ...]) -> NDArray[np.bool_]:
    rows = [set(row) for row in y]
    strange = sorted(set().union(*rows) - set(topics))
    if strange:
        raise ModelError(
            f"ไม่รู้จักหัวข้อ {', '.join(strange)} เพิ่มใน taxonomy.toml หรือแก้ป้าย",
            f"unknown topics {', '.join(strange)}: add them to taxonomy.toml or correct the labels",
        )
    return np.array([[topic in row for topic in topics] for row in rows], dtype=bool)


def _too_little(found: str) -> ModelError:
    return ModelError(
        f"ตัวอย่างไม่พอหรือไม่ครบคู่ ({found}) ให้เพิ่มข้อความที่ติดหัวข้อแล้ว",
        f"too few labelled passages or not in pairs ({found}): add labelled passages",
    )
