"""How good a tagger is, on texts that it was not trained on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.metrics import confusion_matrix, f1_score, precision_recall_fscore_support

from classifiers.features import join_title
from classifiers.splits import Split
from classifiers.tagger import ProposalTagger
from pipeline.documents import Tagging

COVERAGE_TARGETS = (0.90, 0.95, 0.98, 0.99)
ROUNDS = 1000  # of the bootstrap
BLOCK = 2_000_000  # positions drawn together: 16 MB


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
        "curve": _curve(np.array(confidence), right),
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


def label_f1(
    truth: Sequence[str],
    said: Sequence[str] | NDArray[np.object_],
    labels: Sequence[str],
    rows: NDArray[np.intp],
) -> NDArray[np.float64]:
    """(samples, labels): F1 of each label on each sample; `rows` is (samples, positions).

    NaN where a label is neither true nor said in a sample.
    """
    code = {label: k for k, label in enumerate(labels)}
    true, found = (np.array([code[str(label)] for label in side]) for side in (truth, said))
    f1 = np.empty((len(rows), len(labels)))
    for k in range(len(labels)):
        hits = ((true == k) & (found == k))[rows].sum(axis=1)
        both = (true == k)[rows].sum(axis=1) + (found == k)[rows].sum(axis=1)
        with np.errstate(invalid="ignore"):
            f1[:, k] = 2 * hits / both
    return f1


def macro_f1_interval(truth: Sequence[str], said: Sequence[str]) -> list[float]:
    """Low and high end of the 95 % bootstrap interval of the macro-F1."""
    labels = sorted({*truth, *said})
    parts = [label_f1(truth, said, labels, rows) for rows in bootstrap_blocks(len(truth))]
    samples = np.concatenate(parts)
    return [float(bound) for bound in np.percentile(np.nanmean(samples, axis=1), [2.5, 97.5])]


def bootstrap_rows(n: int, *, rounds: int = ROUNDS) -> NDArray[np.intp]:
    """(rounds, n) positions drawn with replacement, the same for the same n."""
    return np.concatenate(list(bootstrap_blocks(n, rounds=rounds)))


def bootstrap_blocks(n: int, *, rounds: int = ROUNDS) -> Iterator[NDArray[np.intp]]:
    """`bootstrap_rows` some rounds at a time: all of them take 8 kB for each of the n texts."""
    random = np.random.default_rng(0)
    at_once = max(1, BLOCK // max(1, n))
    for start in range(0, rounds, at_once):
        yield random.integers(0, n, (min(at_once, rounds - start), n))


def coverage(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], *, target: float
) -> dict[str, float | None]:
    """The largest share of texts, surest first, of which at least `target` are right."""
    order = np.argsort(-confidence, kind="stable")
    accuracy = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    reached = np.flatnonzero(accuracy >= target)
    if not len(reached):
        return {"target": target, "coverage": 0.0, "accuracy": None}
    last = int(reached[-1])
    return {
        "target": target,
        "coverage": (last + 1) / len(order),
        "accuracy": float(accuracy[last]),
    }


def calibration_error(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], *, bins: int = 10
) -> float:
    """Expected calibration error: how far confidence and accuracy lie apart, on average."""
    gaps = np.bincount(_bins(confidence, bins), weights=confidence - right, minlength=bins)
    return float(np.abs(gaps).sum() / max(1, len(confidence)))


def reliability(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], *, bins: int = 10
) -> list[dict[str, float]]:
    """For each bin of confidence that holds texts: its mean confidence, accuracy and number."""
    which = _bins(confidence, bins)
    return [
        {
            "confidence": float(confidence[which == k].mean()),
            "accuracy": float(right[which == k].mean()),
            "n": int((which == k).sum()),
        }
        for k in sorted(set(which.tolist()))
    ]


def _bins(confidence: NDArray[np.float64], bins: int) -> NDArray[np.intp]:
    return np.minimum((confidence * bins).astype(np.intp), bins - 1)


def _curve(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], *, points: int = 50
) -> list[dict[str, float]]:
    """Accuracy of the surest share of the texts, for growing shares."""
    order = np.argsort(-confidence, kind="stable")
    accuracy = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    last = np.unique(np.linspace(0, len(order) - 1, points).astype(int))
    return [{"coverage": (k + 1) / len(order), "accuracy": float(accuracy[k])} for k in last]


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
