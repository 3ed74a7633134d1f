"""The sample files against what a careful reader sees in them (`data/samples-expected.jsonl`)."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from classifiers import ProposalTagger
from pipeline import read
from pipeline.minutes import parse_minutes
from pipeline.proposals import parse_proposal

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "corpora" / "samples"
DEADLINE = dt.date(2021, 12, 17)
EXPECTED: list[dict[str, Any]] = [
    json.loads(line)
    for line in (ROOT / "tests/data/samples-expected.jsonl").read_text("utf-8").splitlines()
]
PROPOSALS = [row for row in EXPECTED if row["kind"] == "proposal"]


def name(row: dict[str, Any]) -> str:
    return str(row["file"])


def test_every_sample_is_expected_and_every_expected_sample_is_there() -> None:
    assert {row["file"] for row in EXPECTED} == {path.name for path in SAMPLES.iterdir()}


@pytest.mark.parametrize("row", EXPECTED, ids=name)
def test_kind(row: dict[str, Any]) -> None:
    assert read(SAMPLES / row["file"]).kind == row["kind"]


@pytest.mark.parametrize("row", PROPOSALS, ids=name)
def test_header_of_a_proposal(row: dict[str, Any]) -> None:
    proposal = parse_proposal(read(SAMPLES / row["file"]), deadline=DEADLINE)
    date = proposal.document_date
    assert proposal.province == row["province"]
    assert (date.isoformat() if date else None) == row["document_date"]
    assert proposal.fiscal_year == row["fiscal_year"]
    assert proposal.budget_baht == row["budget_baht"]
    assert proposal.on_time == row["on_time"]
    assert proposal.title
    assert proposal.title in proposal.text


@pytest.mark.parametrize("row", [r for r in EXPECTED if r["kind"] == "minutes"], ids=name)
def test_header_of_minutes(row: dict[str, Any]) -> None:
    minutes = parse_minutes(read(SAMPLES / row["file"]))
    assert minutes.title == row["title"]
    assert minutes.date == dt.date.fromisoformat(row["document_date"])
    assert list(minutes.provinces) == row["provinces"]


@pytest.mark.slow
def test_tags(tagger: ProposalTagger) -> None:
    """By a model of three writers only; what is sure has to be right, and most is right."""
    tags = tagger.tag([read(SAMPLES / row["file"]).text for row in PROPOSALS])
    right = [
        t.agenda == row["agenda"] and t.mode == row["modes"][0]
        for t, row in zip(tags, PROPOSALS, strict=True)
    ]
    assert sum(right) >= 0.75 * len(right)
    assert all(ok for ok, t in zip(right, tags, strict=True) if not t.needs_review)
