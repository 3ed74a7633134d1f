"""How good a tagger is, on texts that it was not trained on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.metrics import confusion_matrix, f1_score, precision_recall_fscore_support

from classifiers.features import join_title
from classifiers.measures import (
    calibration_error,
    coverage,
    curve,
    macro_f1_interval,
    reliability,
)
from classifiers.splits import Split
from classifiers.tagger import ProposalTagger
from pipeline.documents import Tagging

COVERAGE_TARGETS = (0.90, 0.95, 0.98, 0.99)


def texts_of(proposals: pd.DataFrame) -> list[str]:
    """The texts of labelled proposals as the tagger takes them: title and text joined."""
    return list(map(join_title, proposals["title"], proposals["text"]))


def evaluate(tagger: ProposalTagger, proposals: pd.DataFrame) -> dict[str, Any]:
    """Tag labelled proposals (as `corpora.load_proposals` gives them) and compare; see `report`."""
    return report(tagger.tag(texts_of(proposals)), proposals)


def report(tags: Sequence[Tagging], proposals: pd.DataFrame) -> dict[str, Any]:
    """The shape of `wara evaluate --json`.

    `defensible` counts a prediction found in `agenda_ok` / `mode_ok`; `coverage` gives for each
    target the largest share of texts whose tags, surest first, are right that often, agenda and
    mode together, and the accuracy reached there; `curve` is the same as a line;
    `without_review` counts the tags that pass; `calibration_error` is the expected calibration
    error of the best label (ten bins), `reliability` what it is made of; `intervals` bound the
    macro-F1 (95 %, bootstrap over texts).
    """
    agenda, mode = [t.agenda for t in tags], [t.mode for t in tags]
    true_agenda, true_mode = list(proposals["agenda"]), [m[0] for m in proposals["modes"]]
    right = np.array(agenda) == np.array(true_agenda)
    right &= np.array(mode) == np.array(true_mode)
    confidence = [max(t.agenda_probs.values()) * max(t.mode_probs.values()) for t in tags]
    best = {
        "agenda": _best([t.agenda_probs for t in tags], true_agenda),
        "mode": _best([t.mode_probs for t in tags], true_mode),
    }
    return {
        "n": len(tags),
        "agenda": _axis(true_agenda, agenda, _accepted(proposals, "agenda_ok", true_agenda)),
        "mode": _axis(true_mode, mode, _accepted(proposals, "mode_ok", true_mode)),
        "modes": {"micro_f1": _micro_f1(proposals["modes"], [t.modes for t in tags])},
        "award_scaleup": {
            "f1": float(
                f1_score(
                    proposals["award_scaleup"].astype(bool),
                    [t.award_scaleup for t in tags],
                    zero_division=0.0,
                )
            )
        },
        "coverage": [coverage(np.array(confidence), right, target=t) for t in COVERAGE_TARGETS],
        "intervals": {
            "agenda": macro_f1_interval(true_agenda, agenda),
            "mode": macro_f1_interval(true_mode, mode),
        },
        "curve": curve(np.array(confidence), right),
        "without_review": _without_review(tags, right),
        "calibration_error": {axis: calibration_error(*sure) for axis, sure in best.items()},
        "reliability": {axis: reliability(*sure) for axis, sure in best.items()},
    }


def accepted_truth(
    proposals: pd.DataFrame, axis: str, said: Sequence[str] | NDArray[np.object_]
) -> list[str]:
    """The label of each row to compare with: what was said where that is defensible, else its own.

    `axis` is `agenda` or `mode`; defensible is what `agenda_ok` / `mode_ok` hold, if there.
    """
    own = list(proposals["agenda"]) if axis == "agenda" else [m[0] for m in proposals["modes"]]
    accepted = _accepted(proposals, f"{axis}_ok", own)
    return [
        str(word) if word in ok else label
        for word, ok, label in zip(said, accepted, own, strict=True)
    ]


def held_out(
    tagger: ProposalTagger, proposals: pd.DataFrame, splits: Iterable[Split]
) -> list[Tagging]:
    """Tags for every proposal from a tagger that was not trained on it, in the order of the rows.

    `splits` are pairs of training and test positions that test every row once, such as
    `classifiers.splits.voice_folds(proposals)` gives.
    """
    texts = np.array(texts_of(proposals), dtype=object)
    tags: dict[int, Tagging] = {}
    for train, test in splits:
        fitted = clone(tagger).fit(texts[train], proposals.iloc[train])
        tags.update(zip(test.tolist(), fitted.tag(list(texts[test])), strict=True))
    return [tags[row] for row in range(len(proposals))]


def _axis(truth: list[str], predicted: list[str], accepted: list[set[str]]) -> dict[str, Any]:
    labels = sorted({*truth, *predicted})
    precision, recall, f1, n = precision_recall_fscore_support(
        truth, predicted, labels=labels, zero_division=0.0
    )
    return {
        "accuracy": float(np.mean(np.array(truth) == np.array(predicted))),
        "macro_f1": float(np.mean(f1)),
        "defensible": float(np.mean([p in ok for p, ok in zip(predicted, accepted, strict=True)])),
        "per_label": {
            label: {
                "precision": float(precision[k]),
                "recall": float(recall[k]),
                "f1": float(f1[k]),
                "n": int(n[k]),
            }
            for k, label in enumerate(labels)
        },
        "confusion": {
            "labels": labels,
            "matrix": confusion_matrix(truth, predicted, labels=labels).tolist(),
        },
    }


def _accepted(proposals: pd.DataFrame, column: str, truth: list[str]) -> list[set[str]]:
    if column not in proposals.columns:
        return [{label} for label in truth]
    return [{label, *ok} for label, ok in zip(truth, proposals[column], strict=True)]


def _micro_f1(truth: Iterable[Sequence[str]], predicted: Iterable[Sequence[str]]) -> float:
    hits = total = 0
    for true, said in zip(truth, predicted, strict=True):
        hits += len(set(true) & set(said))
        total += len(set(true)) + len(set(said))
    return 2 * hits / total if total else 0.0


def _best(
    probabilities: Sequence[Mapping[str, float]], truth: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Confidence of the best label, and whether it is the right one."""
    best = [max(probs, key=probs.__getitem__) for probs in probabilities]
    confidence = [probs[label] for probs, label in zip(probabilities, best, strict=True)]
    return np.array(confidence), np.array(best) == np.array(truth)


def _without_review(tags: Sequence[Tagging], right: NDArray[np.bool_]) -> dict[str, float | None]:
    passed = np.array([not t.needs_review for t in tags])
    return {
        "coverage": float(passed.mean()) if len(passed) else 0.0,
        "accuracy": float(right[passed].mean()) if passed.any() else None,
    }
