"""Champion and challenger: a new model goes live only if it beats the one in use.

Both tag the same texts, which neither was trained on. The challenger wins if its score is higher
and a paired bootstrap over these texts does not show it worse on any label.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from classifiers import artefacts
from classifiers.default import default_model
from classifiers.evaluation import accepted_truth, bootstrap_rows, label_f1, texts_of
from classifiers.registry import Registry
from classifiers.tagger import ProposalTagger
from classifiers.training import comparison_texts
from corpora import Taxonomy, load_taxonomy
from pipeline.errors import ModelError

ROUNDS = 2000
FEWEST = 20  # texts; fewer cannot tell two models apart


@dataclass(frozen=True)
class LabelChange:
    """F1 of one label under both models; `low` and `high` bound the difference (95 %)."""

    axis: str
    label: str
    champion: float
    challenger: float
    low: float
    high: float

    @property
    def worse(self) -> bool:
        """Whether the whole interval lies below zero."""
        return self.high < 0


@dataclass(frozen=True)
class Comparison:
    """Two models on the same `n` texts. Scores are the mean of both axes' macro-F1.

    A prediction that the labels call defensible (`agenda_ok`, `mode_ok`) counts as right.
    `low` and `high` bound the difference of the scores (95 %, paired bootstrap).
    """

    n: int
    champion: float
    challenger: float
    low: float
    high: float
    labels: tuple[LabelChange, ...]

    @property
    def worse(self) -> tuple[str, ...]:
        """The labels on which the challenger is shown to be worse."""
        return tuple(change.label for change in self.labels if change.worse)

    @property
    def wins(self) -> bool:
        """The rule: a higher score, and no label shown to be worse."""
        return self.challenger > self.champion and not self.worse

    def to_frame(self) -> pd.DataFrame:
        """One row per label: axis, label, champion, challenger, low, high, worse."""
        columns = ("axis", "label", "champion", "challenger", "low", "high", "worse")
        rows = [[getattr(change, name) for name in columns] for change in self.labels]
        return pd.DataFrame(rows, columns=list(columns))


def challenge(
    registry: Registry, name: str, taxonomy: Taxonomy, *, own: pd.DataFrame | None = None
) -> Comparison | None:
    """Put the model `name` of a workspace into use if it beats the one in use.

    Where none was promoted yet, the built-in model is the champion; a model for another taxonomy
    has no champion then and goes live unopposed (None). `own` are labelled texts of the user's to
    compare on, beside the corpus's. Raises ModelError where the two cannot be compared.
    """
    challenger, card = artefacts.load(registry.path(name))
    folder = registry.current()
    if folder is None and taxonomy.digest != load_taxonomy().digest:
        registry.promote(name, why={"because": "first model"})
        return None
    champion, champion_card = artefacts.load(folder or default_model())
    texts = comparison_texts(own, taxonomy, card, champion_card)
    found = compare(champion, challenger, texts)
    if found.wins:
        registry.promote(name, why={"because": "better", "comparison": asdict(found)})
    return found


def compare(
    champion: ProposalTagger, challenger: ProposalTagger, proposals: pd.DataFrame
) -> Comparison:
    """Let both models tag labelled proposals. Raises ModelError if the texts or labels do not do.

    Make sure that neither was trained on them: see `training.comparison_texts`.
    """
    if champion.labels_ != challenger.labels_:
        raise ModelError(
            "โมเดลทั้งสองใช้ป้ายคนละชุด เทียบกันไม่ได้ ให้ใช้ taxonomy เดียวกันหรือแยก --workspace",
            "the two models use different labels: use one taxonomy, or a --workspace of its own",
        )
    if len(proposals) < FEWEST:
        raise ModelError(
            f"มีข้อเสนอสำหรับเทียบโมเดลเพียง {len(proposals)} ฉบับ ต้องมีอย่างน้อย {FEWEST} "
            "ให้เพิ่มตัวอย่างที่ติดป้าย",
            f"only {len(proposals)} texts to compare models on, {FEWEST} are needed: label more",
        )
    texts = texts_of(proposals)
    said = [model.predict(texts) for model in (champion, challenger)]
    rows = bootstrap_rows(len(texts), rounds=ROUNDS)
    rows = np.vstack([np.arange(len(texts)), rows])  # the first "sample" is the texts themselves
    changes: list[LabelChange] = []
    scores = np.zeros((2, len(rows)))
    axes = (("agenda", champion.labels_.agendas), ("mode", champion.labels_.modes))
    for column, (axis, known) in enumerate(axes):
        labels = sorted({*known, *proposals[axis]})
        f1 = np.stack([_f1(proposals, axis, s[:, column], labels, rows) for s in said])
        scores += np.nanmean(f1, axis=2) / len(axes)
        changes += _changes(axis, labels, f1)
    low, high = np.percentile(scores[1, 1:] - scores[0, 1:], [2.5, 97.5])
    return Comparison(
        n=len(texts),
        champion=float(scores[0, 0]),
        challenger=float(scores[1, 0]),
        low=float(low),
        high=float(high),
        labels=tuple(changes),
    )


def _f1(
    proposals: pd.DataFrame,
    axis: str,
    said: NDArray[np.object_],
    labels: Sequence[str],
    rows: NDArray[np.intp],
) -> NDArray[np.float64]:
    """(samples, labels): F1 on each sample of the texts; NaN for a label absent from a sample."""
    truth = accepted_truth(proposals, axis, said)
    return label_f1(truth, said, labels, rows)


def _changes(axis: str, labels: Sequence[str], f1: NDArray[np.float64]) -> list[LabelChange]:
    difference = f1[1, 1:] - f1[0, 1:]
    changes = []
    for k, label in enumerate(labels):
        known = difference[~np.isnan(difference[:, k]), k]
        low, high = np.percentile(known, [2.5, 97.5]) if len(known) else (0.0, 0.0)
        champion, challenger = (float(np.nan_to_num(f1[m, 0, k])) for m in (0, 1))
        changes.append(LabelChange(axis, label, champion, challenger, float(low), float(high)))
    return changes
