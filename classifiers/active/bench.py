"""Models of any choice of labels in milliseconds, to try the picking on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.special import softmax
from sklearn.metrics import f1_score

from classifiers.active.picking import Rows, pick
from classifiers.evaluation import texts_of
from classifiers.parts.fitted import Floats, transform
from classifiers.parts.inputs import Inputs
from classifiers.tagger import ProposalTagger

AXES = ("agenda", "mode")


@dataclass(frozen=True)
class Bench:
    """Labelled texts and how alike they are: all that a ridge classifier needs.

    A RidgeClassifier in its dual form: the same decisions as fitting it anew on every choice of
    rows, in milliseconds. `kernel` is (n, n), `targets` (n, labels of both axes) of -1 and 1.
    """

    kernel: Floats
    truth: pd.DataFrame
    targets: Floats
    labels: tuple[tuple[str, ...], tuple[str, ...]]
    alpha: float
    scale: float = 4.0  # of decision values in the softmax: about what calibration finds

    @classmethod
    def of(cls, proposals: pd.DataFrame, tagger: ProposalTagger) -> Bench:
        """Count the words of all texts once."""
        inputs = Inputs.of(texts_of(proposals))
        matrix = transform(tagger.recipe.features(inputs.joined), inputs.joined)
        truth = proposals.assign(mode=[modes[0] for modes in proposals["modes"]])
        truth = truth.reset_index(drop=True)
        labels = tuple(tuple(sorted(truth[axis].unique())) for axis in AXES)
        columns = [truth[a] == label for a, of in zip(AXES, labels, strict=True) for label in of]
        targets = np.where(np.stack(columns, axis=1), 1.0, -1.0)
        kernel = np.asarray((matrix @ matrix.T).toarray(), dtype=np.float64)
        return cls(kernel, truth, targets, (labels[0], labels[1]), tagger.alpha)

    @cached_property
    def cosines(self) -> Floats:
        """(n, n): how alike the texts are."""
        length = np.sqrt(np.maximum(np.diag(self.kernel), 1e-12))
        return np.asarray(self.kernel / np.outer(length, length), dtype=np.float64)

    def decide(self, known: Rows, asked: Rows) -> Floats:
        """(asked, labels): decision values of a model fitted on the rows `known`."""
        inner, outer = self.kernel[np.ix_(known, known)], self.kernel[np.ix_(asked, known)]
        mean, means = inner.mean(axis=0), inner.mean()
        centred = inner - mean - mean[:, None] + means
        offsets = self.targets[known].mean(axis=0)
        ridge = centred + self.alpha * np.eye(len(known))
        weights = np.linalg.solve(ridge, self.targets[known] - offsets)
        across = outer - mean - outer.mean(axis=1, keepdims=True) + means
        return np.asarray(across @ weights + offsets, dtype=np.float64)

    def scores(self, known: Rows, test: Rows) -> dict[str, float]:
        """Macro-F1 of both axes and their mean, of a model fitted on `known`."""
        said = self._axes(self.decide(known, test))
        found = {
            axis: float(
                f1_score(
                    self.truth[axis].to_numpy()[test],
                    [labels[k] for k in values.argmax(axis=1)],
                    average="macro",
                    zero_division=0.0,
                )
            )
            for axis, labels, values in zip(AXES, self.labels, said, strict=True)
        }
        return found | {"score": sum(found.values()) / 2}

    def next_batch(
        self, pool: Rows, chosen: Rows, batch: int, strategy: str, random: np.random.Generator
    ) -> Rows:
        """`chosen` (positions in `pool`) and the batch that the strategy adds to them."""
        left = np.setdiff1d(np.arange(len(pool)), chosen)
        if strategy == "random":
            return np.concatenate([chosen, random.permutation(left)[:batch]])
        unsure = np.ones(len(left))
        if strategy != "diversity":
            unsure = self._uncertainty(self.decide(pool[chosen], pool[left]))
        rows = pool[left]
        nearest: Floats | None = None
        if strategy != "uncertainty":
            nearest = self.cosines[np.ix_(rows, pool[chosen])].max(axis=1)
        none = np.zeros(len(left))
        order, _ = pick(
            unsure,
            lambda row: self.cosines[rows[row], rows] if nearest is not None else none,
            batch,
            nearest,
        )
        return np.concatenate([chosen, left[order]])

    def _uncertainty(self, decisions: Floats) -> Floats:
        sure = [softmax(self.scale * axis, axis=1).max(axis=1) for axis in self._axes(decisions)]
        return np.asarray(1 - sure[0] * sure[1], dtype=np.float64)

    def _axes(self, decisions: Floats) -> tuple[Floats, Floats]:
        first = len(self.labels[0])
        return decisions[:, :first], decisions[:, first:]
