"""How training texts are divided so that a score says what unseen submissions will feel like."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold

from pipeline.errors import ModelError

Split = tuple[NDArray[np.intp], NDArray[np.intp]]
FOLDS = 5
FEWEST_VOICES = 3


def voice_folds(
    frame: pd.DataFrame, *, folds: int = FOLDS, facts_apart: bool = True
) -> list[Split]:
    """(train, test) positions of `folds` folds of whole writers (`voice`), of about the same size.

    With as many folds as writers, one writer is left out at a time. With `facts_apart`, texts that
    describe the same real project (`source`, other than `invented`) as a test text are left out of
    training, so that no fact is on both sides.
    """
    voice, source = (frame[name].astype(str).to_numpy() for name in ("voice", "source"))
    names, sizes = np.unique(voice, return_counts=True)
    held: list[list[str]] = [[] for _ in range(min(folds, len(names)))]
    filled = [0] * len(held)
    for size, name in sorted(zip(-sizes, names, strict=True)):
        emptiest = int(np.argmin(filled))
        held[emptiest].append(name)
        filled[emptiest] -= int(size)
    splits = []
    for writers in held:
        test = np.isin(voice, writers)
        shared = sorted(set(source[test]) - {"invented", ""}) if facts_apart else []
        splits.append((np.flatnonzero(~test & ~np.isin(source, shared)), np.flatnonzero(test)))
    return splits


def calibration_splits(frame: pd.DataFrame, *, random_state: int = 0) -> list[Split]:
    """Splits for out-of-fold decisions.

    Whole voices where there are enough of them, facts apart if that leaves two labels of each axis
    to learn from; else by chance.
    """
    if {"voice", "source"} <= set(frame.columns) and frame["voice"].nunique() >= FEWEST_VOICES:
        for facts_apart in (True, False):
            splits = voice_folds(frame, facts_apart=facts_apart)
            if all(_teaches(frame.iloc[train]) for train, _ in splits):
                return splits
    cell = frame["agenda"].astype(str) + " " + frame["mode"].astype(str)
    counts = pd.concat([frame[axis].value_counts() for axis in ("agenda", "mode")])
    fewest = counts.min()
    if fewest < 2:
        names = ", ".join(map(str, counts[counts < 2].index))
        raise ModelError(
            f"แต่ละป้ายต้องมีตัวอย่างอย่างน้อย 2 ฉบับจึงจะเทรนได้ ให้เพิ่มตัวอย่างของ {names}",
            f"every label needs at least 2 examples to train: add examples of {names}",
        )
    # Cells too small to be spread over the folds share one stratum per agenda.
    rare = cell.map(cell.value_counts()) < FOLDS
    strata = cell.where(~rare, frame["agenda"].astype(str))
    least = min(fewest, strata.value_counts().min())
    number = int(min(FOLDS, max(2, least)))
    folds = StratifiedKFold(n_splits=number, shuffle=True, random_state=random_state)
    return [(train, test) for train, test in folds.split(np.zeros(len(frame)), strata)]


def _teaches(frame: pd.DataFrame) -> bool:
    return len(frame) > 0 and bool(frame[["agenda", "mode"]].nunique().min() >= 2)
