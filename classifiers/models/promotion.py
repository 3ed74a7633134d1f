"""Champion and challenger: a new model goes live only if it beats the one in use.

Both tag the same texts, which neither was trained on. The challenger wins if its score is higher
and a paired bootstrap over these texts does not show it worse on any label.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from classifiers.evaluation import accepted_truth, texts_of
from classifiers.measures import bootstrap_rows, label_f1
from classifiers.models import artefacts
from classifiers.models.default import default_model
from classifiers.models.registry import Registry
from classifiers.parts.fitted import Floats
from classifiers.parts.labels import Labels
from classifiers.tagger import ProposalTagger
from classifiers.training import comparison_texts
from corpora import Taxonomy, load_taxonomy
from pipeline.documents import Tagging
from pipeline.errors import ModelError

Rows = NDArray[np.intp]
AWARD = "award_scaleup"
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
    `low` and `high` bound the difference of the scores (95 %, paired bootstrap). `own` of the texts
    are the user's, the others the corpus's.
    """

    n: int
    champion: float
    challenger: float
    low: float
    high: float
    labels: tuple[LabelChange, ...]
    own: int = 0

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
    if card.get("taxonomy_digest") != taxonomy.digest:
        raise ModelError(
            f"โมเดล {name} เทรนด้วย taxonomy อื่น ให้ระบุไฟล์ที่ใช้เทรนด้วย --taxonomy",
            f"the model {name} was trained with another taxonomy: name its file with --taxonomy",
        )
    folder = registry.current()
    if folder is None and taxonomy.digest != load_taxonomy().digest:
        registry.promote(name, why={"because": "first model"})
        return None
    champion, champion_card = artefacts.load(folder or default_model())
    texts = comparison_texts(own, taxonomy, card, champion_card)
    theirs = 0 if own is None else int(texts["text"].isin(own["text"]).sum())
    found = replace(contest(champion, challenger, texts), own=theirs)
    if found.wins:
        registry.promote(name, why={"because": "better", "comparison": asdict(found)})
    return found


def contest(
    champion: ProposalTagger, challenger: ProposalTagger, proposals: pd.DataFrame
) -> Comparison:
    """Let both models tag labelled proposals. Raises ModelError if the texts or labels do not do.

    Make sure that neither was trained on them: see `training.comparison_texts`.
    """
    _check_labels(champion.labels_, challenger.labels_)
    if len(proposals) < FEWEST:
        raise ModelError(
            f"มีข้อเสนอที่ทั้งสองโมเดลไม่เคยอ่านเพียง {len(proposals)} ฉบับ ต้องมีอย่างน้อย {FEWEST} "
            "ให้เพิ่มตัวอย่างที่ติดป้ายด้วย wara models promote ชื่อ --proposals ไฟล์ หรือใช้ --force",
            f"only {len(proposals)} texts that neither model has read, {FEWEST} are needed: give "
            "more with wara models promote NAME --proposals FILE, or use --force",
        )
    said = [model.tag(texts_of(proposals)) for model in (champion, challenger)]
    rows = bootstrap_rows(len(proposals), rounds=ROUNDS)
    rows = np.vstack([np.arange(len(proposals)), rows])  # the first "sample" is the texts
    changes: list[LabelChange] = []
    scores = np.zeros((2, len(rows)))
    for axis in ("agenda", "mode"):
        labels, f1 = _axis_f1(proposals, axis, said, rows)
        scores += np.nanmean(f1, axis=2) / 2
        changes += _changes(axis, labels, f1)
    changes += _changes(AWARD, [AWARD], _award_f1(proposals, said, rows))
    low, high = np.percentile(scores[1, 1:] - scores[0, 1:], [2.5, 97.5])
    return Comparison(
        n=len(proposals),
        champion=float(scores[0, 0]),
        challenger=float(scores[1, 0]),
        low=float(low),
        high=float(high),
        labels=tuple(changes),
    )


def _check_labels(champion: Labels, challenger: Labels) -> None:
    ours, theirs = ({*labels.agendas, *labels.modes} for labels in (champion, challenger))
    if champion == challenger:
        return
    odd = ", ".join(sorted(ours ^ theirs))
    raise ModelError(
        f"โมเดลทั้งสองมีป้ายไม่ตรงกัน ({odd}) ให้เพิ่มตัวอย่างของป้ายที่ขาด "
        "หรือใช้ --workspace อื่นสำหรับ taxonomy อื่น",
        f"the two models do not know the same labels ({odd}): add examples of those that lack, "
        "or use another --workspace for another taxonomy",
    )


def _axis_f1(
    proposals: pd.DataFrame, axis: str, said: Sequence[Sequence[Tagging]], rows: Rows
) -> tuple[list[str], Floats]:
    """The labels of an axis, and (models, samples, labels) F1.

    NaN for both models where a label is absent from the truth of a sample: both are scored on the
    same labels. What `agenda_ok` or `mode_ok` call defensible counts as right.
    """
    own = proposals[axis].to_numpy(dtype=str)
    labels = sorted({*own, *(str(getattr(tag, axis)) for tags in said for tag in tags)})
    f1 = []
    for tags in said:
        found = [str(getattr(tag, axis)) for tag in tags]
        f1.append(label_f1(accepted_truth(proposals, axis, found), found, labels, rows))
    absent = np.stack([~(own == label)[rows].any(axis=1) for label in labels], axis=1)
    # Undefined where a label's texts were all given another defensible label: not one error.
    return labels, np.where(absent, np.nan, np.nan_to_num(np.stack(f1), nan=1.0))


def _award_f1(proposals: pd.DataFrame, said: Sequence[Sequence[Tagging]], rows: Rows) -> Floats:
    """(models, samples, 1): F1 of the award flag; NaN without a true one in the sample."""
    truth = proposals["award_scaleup"].to_numpy(dtype=bool)
    f1 = []
    for tags in said:
        found = np.array([tag.award_scaleup for tag in tags])
        hits = (truth & found)[rows].sum(axis=1)
        f1.append(2 * hits / np.maximum(1, truth[rows].sum(axis=1) + found[rows].sum(axis=1)))
    return np.where(truth[rows].any(axis=1), np.stack(f1), np.nan)[:, :, None]


def _changes(axis: str, labels: Sequence[str], f1: Floats) -> list[LabelChange]:
    # A sample without the label tells nothing of it: no difference.
    difference = np.nan_to_num(f1[1, 1:] - f1[0, 1:])
    changes = []
    for k, label in enumerate(labels):
        low, high = np.percentile(difference[:, k], [2.5, 97.5])
        champion, challenger = (float(np.nan_to_num(f1[m, 0, k])) for m in (0, 1))
        changes.append(LabelChange(axis, label, champion, challenger, float(low), float(high)))
    return changes
