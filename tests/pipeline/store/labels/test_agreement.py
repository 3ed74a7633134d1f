"""How far two reviewers agree."""

from __future__ import annotations

import pytest

from pipeline.store import Store
from pipeline.store.labels import decide, undo
from pipeline.store.labels.agreement import agreement, pairs
from tests.pipeline.store.submissions import TEXT, submission


def test_two_reviewers_are_compared_where_both_labelled(store: Store) -> None:
    shas = [store.add(submission(f"{n} {TEXT}")).sha256 for n in range(5)]
    opinions = ["tourism", "tourism", "service", "poverty"]
    with store.begin() as session:
        decide(session, shas[:2], {"agenda": "tourism"}, by="a")
        decide(session, shas[2:4], kind="accept", by="a")
        for sha256, agenda in zip(shas, opinions, strict=False):
            decide(session, [sha256], {"agenda": agenda}, kind="second", by="b")
        decide(session, shas[4:], {"agenda": "tourism"}, kind="second", by="b")  # nobody before
        decide(session, shas[3:4], {"agenda": "poverty"}, kind="adjudicate", by="c")
        agenda, mode, _ = agreement(pairs(session))
    assert (agenda.n, agenda.same) == (4, 3)
    # Observed 3/4; by chance 1/2 * 1/2 + 1/2 * 1/4 = 3/8.
    assert agenda.kappa == pytest.approx((3 / 4 - 3 / 8) / (1 - 3 / 8))
    [pair] = agenda.disagreed
    assert (pair.sha256, pair.first, pair.first_by, pair.second, pair.second_by) == (
        shas[3], "service", "a", "poverty", "b",
    )  # fmt: skip
    assert (mode.n, mode.kappa) == (0, None)


def test_an_opinion_taken_back_or_on_one_s_own_label_does_not_count(store: Store) -> None:
    sha256 = store.add(submission()).sha256
    with store.begin() as session:
        decide(session, [sha256], kind="accept", by="a")
        decide(session, [sha256], {"agenda": "poverty"}, kind="second", by="a")
        assert pairs(session) == []
        [opinion] = decide(session, [sha256], {"agenda": "poverty"}, kind="second", by="b")
        assert len(pairs(session)) == 1
        undo(session, opinion.id, by="b")
        assert pairs(session) == []
