"""How well search ranks, on texts that the project carries: floors, not scores to boast of."""

from pathlib import Path

import pytest

from corpora import load_proposals
from pipeline.search import Index, Passage
from pipeline.search.matching import Weights

FLOOR = 0.68  # titles of proposals resemble each other; measured 0.695
WORDS_ONLY = Weights(units=0.0, heading_units=0.0, hidden=0.0, meanings=0.0, closeness=0.0)


def mean_reciprocal_rank(index: Index, questions: list[tuple[str, str]]) -> float:
    answers = [([hit.passage.id for hit in index.search(q)], right) for q, right in questions]
    ranks = [1 / (found.index(right) + 1) for found, right in answers if right in found]
    return sum(ranks) / len(questions)


@pytest.mark.slow
def test_proposals_are_found_by_their_titles(tmp_path: Path) -> None:
    """The titles are not indexed; and sub-word units and closeness have to help the words."""
    rows = list(load_proposals().head(400).itertuples())
    Index.create(tmp_path).add(Passage(str(row.id), row.text) for row in rows)
    marks = str.maketrans(dict.fromkeys('"“”«»:：-', " "))
    questions = [(str(row.title).translate(marks), str(row.id)) for row in rows]
    reached = mean_reciprocal_rank(Index.open(tmp_path), questions)
    assert reached >= FLOOR
    assert reached > mean_reciprocal_rank(Index.open(tmp_path, weights=WORDS_ONLY), questions)
