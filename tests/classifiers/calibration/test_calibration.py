from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from classifiers import calibration as cal
from classifiers.parts.fitted import Decisions
from classifiers.parts.labels import Labels

LABELS = Labels(("tourism", "water", "youth"), ("digital", "open"))


def held_out() -> tuple[Decisions, pd.DataFrame]:
    """Of 600 texts: decision values that are mostly right, and the labels they are about."""
    random = np.random.default_rng(11)
    agenda, mode = random.integers(3, size=600), random.integers(2, size=600)
    both, award = random.random(600) < 0.3, random.random(600) < 0.4
    modes = np.eye(2, dtype=bool)[mode] | both[:, None]
    noise = random.normal(scale=0.8, size=(600, 8))
    decisions = Decisions(
        agenda=2.0 * np.eye(3)[agenda] - 1 + noise[:, :3],
        mode=2.0 * np.eye(2)[mode] - 1 + noise[:, 3:5],
        modes=2.0 * modes - 1 + noise[:, 5:7],
        award=np.where(np.arange(600) < 500, 2.0 * award - 1 + noise[:, 7], np.nan),
        likeness=np.linspace(0, 1, 600),
    )
    rows = {
        "agenda": [LABELS.agendas[k] for k in agenda],
        "mode": [LABELS.modes[k] for k in mode],
        "modes": [tuple(np.array(LABELS.modes)[row]) for row in modes],
        "award_scaleup": award & (np.arange(600) < 500),
    }
    return decisions, pd.DataFrame(rows)


def calibrated(**changed: Any) -> cal.Calibration:
    decisions, frame = held_out()
    return cal.calibrate(replace(decisions, **changed), frame, LABELS, target=0.95)


def test_probabilities_are_as_frequent_as_they_say_on_every_axis() -> None:
    decisions, frame = held_out()
    found = calibrated().probabilities(decisions)
    shares = frame["agenda"].value_counts(normalize=True)
    assert found.agenda.mean(axis=0) == pytest.approx(shares[list(LABELS.agendas)], abs=0.02)
    assert found.modes.mean(axis=0) == pytest.approx(
        LABELS.indicator(frame["modes"]).mean(axis=0), abs=0.02
    )
    assert found.mode.sum(axis=1) == pytest.approx(1)
    assert found.award[:500].mean() == pytest.approx(frame["award_scaleup"][:500].mean(), abs=0.02)


def test_of_the_texts_that_pass_enough_are_right() -> None:
    decisions, frame = held_out()
    found = calibrated()
    probabilities = found.probabilities(decisions)
    agenda, mode = probabilities.agenda.argmax(axis=1), probabilities.mode.argmax(axis=1)
    passed = probabilities.agenda.max(axis=1) >= np.array(found.agenda_thresholds)[agenda]
    passed &= probabilities.mode.max(axis=1) >= np.array(found.mode_thresholds)[mode]
    right = np.array(LABELS.agendas)[agenda] == frame["agenda"]
    right &= np.array(LABELS.modes)[mode] == frame["mode"]
    assert passed.mean() > 0.5
    assert right[passed].mean() >= 0.95


def test_a_defensible_label_counts_as_right_for_the_thresholds_alone() -> None:
    decisions, frame = held_out()
    lenient = frame.assign(agenda_ok=[LABELS.agendas] * 600, mode_ok=[LABELS.modes] * 600)
    strict, found = calibrated(), cal.calibrate(decisions, lenient, LABELS, target=0.95)
    assert max(found.agenda_thresholds) < max(strict.agenda_thresholds)
    assert (found.agenda_softmax, found.mode_softmax) == (
        strict.agenda_softmax,
        strict.mode_softmax,
    )


def test_one_text_in_a_hundred_is_unusual() -> None:
    decisions, _frame = held_out()
    found = calibrated()
    assert found.likeness_floor == pytest.approx(0.01)
    assert (decisions.mode.max(axis=1) < found.mode_floor).mean() == pytest.approx(0.01, abs=0.002)


def test_the_further_modes_have_the_threshold_that_is_best_for_them_alone() -> None:
    decisions, frame = held_out()
    found = calibrated()
    probabilities = found.probabilities(decisions)
    further = np.arange(2) != probabilities.mode.argmax(axis=1)[:, None]
    truth, sure = LABELS.indicator(frame["modes"])[further], probabilities.modes[further]

    def f1(threshold: float) -> float:
        said = sure >= threshold
        return float(2 * (said & truth).sum() / (said.sum() + truth.sum()))

    assert f1(found.modes_threshold) == max(map(f1, sure))


def test_who_mentions_no_award_builds_on_none() -> None:
    decisions, frame = held_out()
    found = calibrated()
    assert found.award_unmentioned == pytest.approx(
        0.5 / 101
    )  # none of a hundred, half a text more
    assert (found.probabilities(decisions).award[500:] == found.award_unmentioned).all()
    mislabelled = frame.assign(award_scaleup=True)
    found = cal.calibrate(decisions, mislabelled, LABELS, target=0.95)
    assert found.award_unmentioned == found.award_threshold / 2


def test_without_a_mention_there_is_no_award_model() -> None:
    found = calibrated(award=np.full(600, np.nan))
    assert found.award_sigmoid == cal.NO_AWARD_MODEL
    assert found.award_threshold == 0.5
    assert found.award_unmentioned <= 0.25
