"""Measures of a tagger's answers, from arrays: F1, intervals, coverage, calibration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

ROUNDS = 1000  # of the bootstrap
BLOCK = 2_000_000  # positions drawn together: 16 MB


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


def curve(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], *, points: int = 50
) -> list[dict[str, float]]:
    """Accuracy of the surest share of the texts, for growing shares."""
    order = np.argsort(-confidence, kind="stable")
    accuracy = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    last = np.unique(np.linspace(0, len(order) - 1, points).astype(int))
    return [{"coverage": (k + 1) / len(order), "accuracy": float(accuracy[k])} for k in last]
