import pytest

from pipeline.kinds import detect_kind, score_kind
from tests.pipeline.corpus import corpus_minutes, corpus_proposals
from tests.pipeline.kind_texts import KIND_TEXTS


@pytest.mark.parametrize("name", KIND_TEXTS)
def test_detects_the_kind(name: str) -> None:
    kind, text = KIND_TEXTS[name]
    assert detect_kind(text) == kind


def test_a_quoted_resolution_alone_does_not_make_minutes() -> None:
    _, text = KIND_TEXTS["quotes_one_resolution"]
    assert score_kind(text).minutes < score_kind(text).proposal


def test_minutes_that_discuss_projects_stay_minutes() -> None:
    _, text = KIND_TEXTS["minutes_about_a_project"]
    assert score_kind(text).minutes > score_kind(text).proposal > 0


@pytest.mark.parametrize(
    "text", ["", " ", "\n" * 50_000, "ก" * 50_000, "(" * 50_000, "๑. " * 20_000]
)
def test_other_is_the_answer_for_what_says_nothing(text: str) -> None:
    assert detect_kind(text) == "other"


def test_proposals_of_the_corpus_are_proposals() -> None:
    rows = corpus_proposals()
    right = sum(detect_kind(row["text"]) == "proposal" for row in rows)
    assert right / len(rows) >= 0.95


def test_minutes_of_the_corpus_are_minutes() -> None:
    rows = corpus_minutes()
    right = sum(detect_kind(row["text"]) == "minutes" for row in rows)
    assert right / len(rows) >= 0.95
