"""How many labels picking them well saves, simulated on texts whose labels are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from classifiers.active.bench import AXES, Bench
from classifiers.active.picking import Rows
from classifiers.tagger import ProposalTagger
from pipeline.errors import UsageError

STRATEGIES = ("random", "uncertainty", "diversity", "uncertainty x diversity")
BOTH = STRATEGIES[-1]


def simulate(
    proposals: pd.DataFrame,
    *,
    strategies: Sequence[str] = ("random", BOTH),
    seeds: Iterable[int] = range(10),
    start: int = 20,
    batch: int = 20,
    most: int = 600,
    tagger: ProposalTagger | None = None,
) -> pd.DataFrame:
    """How good a model gets with each batch of labels, by how the texts to label were picked.

    For each seed a quarter of the writers (`voice`) is kept to measure on, with every text about
    the same project; the rest is the pool, of which `start` texts are drawn by chance and `batch`
    picked at a time, up to `most`. Rows: `strategy`, `seed`, `labels`, macro-F1 of `agenda` and
    `mode`, their mean `score`, and `share`, the score over that of a model of the whole pool.

    The models are those of `tagger` (its n-grams and alpha) with one vocabulary of all the texts,
    as before labelling none is needed for that. On the corpus about 3 s a seed and strategy to 600.
    """
    for strategy in strategies:
        if strategy not in STRATEGIES:
            raise UsageError(
                f"ไม่รู้จักวิธี {strategy!r} เลือกจาก {', '.join(STRATEGIES)}",
                f"unknown strategy {strategy!r}: choose from {', '.join(STRATEGIES)}",
            )
    bench = Bench.of(proposals, tagger if tagger is not None else ProposalTagger())
    rows = []
    for seed in seeds:
        pool, test = _held_apart(proposals, seed)
        whole = bench.scores(pool, test)["score"]
        for strategy in strategies:
            random = np.random.default_rng(seed)
            chosen = random.permutation(len(pool))[:start]
            while len(chosen) <= min(most, len(pool)):
                scores = bench.scores(pool[chosen], test)
                share = scores["score"] / whole
                rows.append((strategy, seed, len(chosen), *scores.values(), share))
                if len(chosen) == len(pool):
                    break
                chosen = bench.next_batch(pool, chosen, batch, strategy, random)
    names = ["strategy", "seed", "labels", *AXES, "score", "share"]
    return pd.DataFrame(rows, columns=names)


def labels_needed(curve: pd.DataFrame, *, target: float = 0.95) -> pd.DataFrame:
    """Labels until `share` first reaches `target`, by strategy, over the seeds of `simulate`.

    Columns: `strategy`, `labels` (mean) with its 95 % interval `low` to `high` (bootstrap over the
    seeds), `reached` (share of the seeds that got there; the others count as the end of the
    curve), and `saved` with `saved_low`, `saved_high`: the share of labels saved against `random`
    on the same seeds (NaN without that strategy).
    """
    last = curve["labels"].max()
    there = curve[curve["share"] >= target].groupby(["strategy", "seed"])["labels"].min()
    every = curve.groupby(["strategy", "seed"])["labels"].max().index
    needed = there.reindex(every).unstack("strategy")
    draws = np.random.default_rng(0).integers(0, len(needed), (2000, len(needed)))
    filled = needed.fillna(last)
    rows = []
    for strategy in curve["strategy"].unique():
        values = filled[strategy].to_numpy(dtype=float)
        low, high = np.percentile(values[draws].mean(axis=1), [2.5, 97.5])
        saved = saved_low = saved_high = np.nan
        if "random" in filled:
            chance = filled["random"].to_numpy(dtype=float)
            saved = 1 - values.mean() / chance.mean()
            ratios = 1 - values[draws].mean(axis=1) / chance[draws].mean(axis=1)
            saved_low, saved_high = np.percentile(ratios, [2.5, 97.5])
        reached = float(needed[strategy].notna().mean())
        rows.append((strategy, values.mean(), low, high, reached, saved, saved_low, saved_high))
    names = ["strategy", "labels", "low", "high", "reached", "saved", "saved_low", "saved_high"]
    return pd.DataFrame(rows, columns=names)


def _held_apart(proposals: pd.DataFrame, seed: int) -> tuple[Rows, Rows]:
    """Positions of the pool and of the texts to measure on: a quarter of the writers, or texts."""
    random = np.random.default_rng(seed)
    n = len(proposals)
    voices = proposals["voice"].to_numpy() if "voice" in proposals else np.full(n, "")
    names = np.unique(voices)
    if len(names) < 4:
        shuffled = random.permutation(n)
        return np.sort(shuffled[n // 4 :]), np.sort(shuffled[: n // 4])
    held = np.isin(voices, random.permutation(names)[: len(names) // 4])
    source = proposals["source"].astype(str).to_numpy()
    shared = sorted(set(source[held]) - {"invented", ""})
    return np.flatnonzero(~held & ~np.isin(source, shared)), np.flatnonzero(held)
