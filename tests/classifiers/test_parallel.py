"""Training by several processes is the same training."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest

from classifiers import ProposalTagger
from classifiers.evaluation import texts_of
from classifiers.models.cards import read_card
from classifiers.parallel import alone, each
from classifiers.training import train
from corpora import load_taxonomy
from pipeline.cli.side_by_side import side_by_side
from pipeline.errors import ClusterError, ModelError


@pytest.fixture(scope="module")
def one_by_one(proposals: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> str:
    return trained(proposals, tmp_path_factory)


def trained(proposals: pd.DataFrame, folders: pytest.TempPathFactory) -> str:
    """The digest of the model."""
    folder = folders.mktemp("model")
    train(proposals.head(80), load_taxonomy(), folder)
    return str(read_card(folder)["digest"])


def test_answers_come_in_order_and_questions_are_asked_one_by_one() -> None:
    asked = []

    def questions() -> Iterator[tuple[int]]:
        for number in range(5):
            asked.append(number)
            yield (number,)

    for number, answer in enumerate(each(float, questions())):
        assert answer == number
        assert asked[-1] <= number + 1


@pytest.mark.slow
def test_two_processes_make_the_same_model(
    one_by_one: str, proposals: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with side_by_side(workers=2):
        assert trained(proposals, tmp_path_factory) == one_by_one


@pytest.mark.slow
@pytest.mark.cluster
def test_a_cluster_makes_the_same_model(
    one_by_one: str, proposals: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from distributed import LocalCluster

    cluster = LocalCluster(  # type: ignore[no-untyped-call]
        2, threads_per_worker=1, dashboard_address=None
    )
    with cluster as here:
        address = here.scheduler_address
        with side_by_side(cluster=address):
            assert trained(proposals, tmp_path_factory) == one_by_one
            steps: list[tuple[int, int]] = []
            ProposalTagger().fit(texts_of(proposals), proposals, on_step=lambda *s: steps.append(s))
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1]


@pytest.mark.cluster
@pytest.mark.slow
def test_a_scheduler_that_is_not_there_is_said(proposals: pd.DataFrame) -> None:
    with pytest.raises(ClusterError, match="scheduler"), side_by_side(cluster="tcp://127.0.0.1:9"):
        ProposalTagger().fit(texts_of(proposals), proposals)


def test_what_is_wrong_with_the_texts_is_said_by_all_alike(proposals: pd.DataFrame) -> None:
    with side_by_side(workers=2), pytest.raises(ModelError, match="rows of labels"):
        ProposalTagger().fit(["ก"], proposals)


def test_one_thread_adds_up() -> None:
    from threadpoolctl import threadpool_info  # type: ignore[import-untyped]

    pools = alone(threadpool_info)
    assert pools
    assert all(pool["num_threads"] == 1 for pool in pools)
