from __future__ import annotations

import pandas as pd
import pytest

from classifiers.splits import calibration_splits, voice_folds
from pipeline.errors import ModelError


def test_every_writer_is_left_out_once(proposals: pd.DataFrame) -> None:
    splits = voice_folds(proposals, facts_apart=False)
    assert [set(proposals["voice"].iloc[test]) for _, test in splits] == [{"W1"}, {"W3"}, {"W5"}]
    assert all(len(train) + len(test) == len(proposals) for train, test in splits)


def test_no_fact_is_on_both_sides(proposals: pd.DataFrame) -> None:
    shrunk = False
    for train, test in voice_folds(proposals):
        facts = set(proposals["source"].iloc[test]) - {"invented"}
        assert not facts & set(proposals["source"].iloc[train])
        assert not set(train) & set(test)
        shrunk |= len(train) + len(test) < len(proposals)
    assert shrunk


def test_folds_are_stratified_where_no_writers_are_known() -> None:
    frame = pd.DataFrame({"agenda": ["a", "b"] * 20, "mode": ["x"] * 20 + ["y"] * 20})
    for _train, test in calibration_splits(frame):
        assert frame["agenda"].iloc[test].nunique() == 2


def test_a_label_with_one_example_is_refused_with_the_remedy() -> None:
    frame = pd.DataFrame({"agenda": ["a", "a", "b"], "mode": ["x", "y", "x"]})
    with pytest.raises(ModelError, match="at least 2 examples"):
        calibration_splits(frame)


def test_few_folds_hold_whole_writers_of_about_the_same_number(proposals: pd.DataFrame) -> None:
    first, second = voice_folds(proposals, folds=2, facts_apart=False)
    writers = [set(proposals["voice"].iloc[test]) for _, test in (first, second)]
    assert sorted(map(len, writers)) == [1, 2]
    assert not writers[0] & writers[1]


def test_one_project_named_everywhere_or_a_label_of_one_writer_still_trains() -> None:
    cells = [(a, m) for a in ("a", "b") for m in ("x", "y") for _ in range(6)]
    frame = pd.DataFrame(cells, columns=["agenda", "mode"])
    frame = frame.assign(voice=[f"v{n % 3}" for n in range(len(frame))], source="one plan")
    assert all(len(train) for train, _ in calibration_splits(frame))
    voices = ["v0" if a == "a" else f"v{1 + n % 2}" for n, a in enumerate(frame["agenda"])]
    for train, _ in calibration_splits(frame.assign(voice=voices)):
        assert frame["agenda"].iloc[train].nunique() == 2
