from __future__ import annotations

import pandas as pd
import pytest

from classifiers import labels_needed, simulate
from pipeline.errors import UsageError


@pytest.mark.slow
def test_a_simulation_grows_to_the_full_score_and_can_be_repeated(
    proposals: pd.DataFrame,
) -> None:
    run = {"seeds": range(2), "start": 20, "batch": 50, "most": 1000}
    curve = simulate(proposals, **run)  # type: ignore[arg-type]
    assert set(curve["strategy"]) == {"random", "uncertainty x diversity"}
    assert curve.groupby(["strategy", "seed"])["labels"].first().eq(20).all()
    last = curve.groupby(["strategy", "seed"]).last()
    assert last["share"].tolist() == pytest.approx([1.0] * 4)  # the whole pool was labelled
    assert curve.groupby("labels")["share"].mean().iloc[0] < 0.8
    pd.testing.assert_frame_equal(curve, simulate(proposals, **run))  # type: ignore[arg-type]


def test_an_unknown_strategy_is_named(proposals: pd.DataFrame) -> None:
    with pytest.raises(UsageError, match="uncertainty x diversity"):
        simulate(proposals, strategies=["luck"])


def test_labels_needed_are_read_off_the_curve() -> None:
    rows = [
        (strategy, seed, labels, share)
        for strategy, at in (("random", {0: 60, 1: 80}), ("other", {0: 40, 1: None}))
        for seed in (0, 1)
        for labels in (20, 40, 60, 80)
        for share in [0.99 if at[seed] and labels >= at[seed] else 0.5]
    ]
    curve = pd.DataFrame(rows, columns=["strategy", "seed", "labels", "share"])
    needed = labels_needed(curve, target=0.95).set_index("strategy")
    assert needed["labels"].to_dict() == {"random": 70, "other": 60}  # 40 and the end, 80
    assert needed["reached"].to_dict() == {"random": 1, "other": 0.5}
    assert needed.loc["other", "saved"] == pytest.approx(1 - 60 / 70)


@pytest.mark.slow
def test_picking_saves_labels_on_the_corpus() -> None:
    from corpora import load_proposals

    curve = simulate(load_proposals(part="train"), seeds=range(4), most=500)
    needed = labels_needed(curve).set_index("strategy")
    assert (needed["reached"] == 1).all()
    assert needed.loc["uncertainty x diversity", "saved_low"] > 0
