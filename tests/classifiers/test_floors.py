"""Scores must not fall below those of `classifiers/floors.json` without somebody saying so there.

After a change of the corpus, or one that makes wara better: `python -m benchmarks.classifiers
wara`, then write the new digests and floors two points below what was measured, five for the award
flag (13 positive texts) and the share that is not reviewed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import classifiers
from classifiers import ProposalTagger
from classifiers.evaluation import evaluate
from classifiers.models.default import default_model
from corpora import corpus_digest, load_proposals

FLOORS = json.loads(Path(classifiers.__file__).with_name("floors.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def figures() -> dict[str, dict[str, Any]]:
    tagger = ProposalTagger.load(default_model())
    return {part: evaluate(tagger, load_proposals(part=part)) for part in FLOORS["scores"]}


def test_the_floors_are_those_of_this_corpus() -> None:
    digests = {part: corpus_digest(load_proposals(part=part)) for part in FLOORS["digests"]}
    assert digests == FLOORS["digests"]


@pytest.mark.slow
@pytest.mark.parametrize("part", FLOORS["scores"])
def test_no_score_is_below_its_floor(figures: dict[str, dict[str, Any]], part: str) -> None:
    found, floors = figures[part], FLOORS["scores"][part]
    measured = {
        "agenda_macro_f1": found["agenda"]["macro_f1"],
        "mode_macro_f1": found["mode"]["macro_f1"],
        "award_scaleup_f1": found["award_scaleup"]["f1"],
        "not_reviewed": found["without_review"]["coverage"],
        "right_when_not_reviewed": found["without_review"]["accuracy"],
    }
    assert floors.keys() == measured.keys()
    assert {
        name: (value, floors[name]) for name, value in measured.items() if value < floors[name]
    } == {}
