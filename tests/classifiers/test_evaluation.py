from __future__ import annotations

import json

import pandas as pd
import pytest

from classifiers import ProposalTagger
from classifiers.evaluation import evaluate, held_out, report
from classifiers.splits import voice_folds
from pipeline.documents import Tagging


def tagging(
    agenda: str, mode: str, *further: str, sure: float = 0.9, award: bool = False
) -> Tagging:
    return Tagging(
        agenda=agenda,
        agenda_probs={agenda: sure},
        mode=mode,
        modes=(mode, *further),
        mode_probs={mode: sure},
        award_scaleup=award,
        award_prob=float(award),
        needs_review=sure < 0.5,
        reasons=(),
        evidence=(),
    )


def truth(*rows: tuple[str, tuple[str, ...], bool]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["agenda", "modes", "award_scaleup"])
    return frame.assign(
        agenda_ok=[(a,) for a in frame["agenda"]], mode_ok=[m[:1] for m in frame["modes"]]
    )


def test_a_report_counted_by_hand() -> None:
    labels = truth(
        ("poverty", ("open",), True),
        ("poverty", ("digital", "open"), False),
        ("service", ("digital",), False),
        ("service", ("digital",), True),
    )
    tags = [
        tagging("poverty", "open", award=True),
        tagging("service", "digital", sure=0.4),
        tagging("service", "digital"),
        tagging("service", "open", sure=0.6),
    ]
    figures = report(tags, labels)
    assert figures["n"] == 4
    assert figures["agenda"]["accuracy"] == 0.75
    assert figures["agenda"]["per_label"]["service"] == {
        "precision": pytest.approx(2 / 3),
        "recall": 1.0,
        "f1": pytest.approx(0.8),
        "n": 2,
    }
    assert figures["agenda"]["macro_f1"] == pytest.approx((2 / 3 + 0.8) / 2)
    assert figures["agenda"]["confusion"] == {
        "labels": ["poverty", "service"],
        "matrix": [[1, 1], [0, 2]],
    }
    assert figures["modes"]["micro_f1"] == pytest.approx(2 * 3 / (5 + 4))
    assert figures["award_scaleup"]["f1"] == pytest.approx(2 / 3)
    assert figures["without_review"] == {"coverage": 0.75, "accuracy": pytest.approx(2 / 3)}
    json.dumps(figures)


def test_defensible_counts_every_label_that_stands() -> None:
    labels = truth(("poverty", ("open",), False), ("poverty", ("digital",), False))
    labels["agenda_ok"] = [("poverty", "service"), ("poverty",)]
    figures = report([tagging("service", "open"), tagging("service", "digital")], labels)
    assert figures["agenda"]["defensible"] == 0.5
    assert figures["agenda"]["accuracy"] == 0.0


def test_evaluate_on_unseen_writers(tagger: ProposalTagger, unseen: pd.DataFrame) -> None:
    figures = evaluate(tagger, unseen)
    assert figures["n"] == len(unseen)
    assert figures["agenda"]["macro_f1"] > 0.8
    assert figures["agenda"]["defensible"] >= figures["agenda"]["accuracy"]


@pytest.mark.slow
def test_every_row_is_tagged_by_a_model_that_has_not_seen_it(proposals: pd.DataFrame) -> None:
    few = proposals.groupby("voice").head(30).reset_index(drop=True)
    splits = voice_folds(few, facts_apart=False)
    tags = held_out(ProposalTagger(letter_ngrams=(3, 3)), few, splits)
    assert len(tags) == len(few)
