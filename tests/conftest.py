"""What several tests share: a model trained on three of the first six writers."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as properties

from classifiers import ProposalTagger
from classifiers.evaluation import texts_of
from classifiers.topics import TopicTagger, default_topics
from corpora import load_proposals
from pipeline.locking import alone
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.database.engine import DATABASE_FILE

SAMPLES = Path(__file__).parent.parent / "corpora" / "samples"

# The same examples in every run, however slow the machine is: the usual 200 ms for an example are
# over where a dictionary is loaded with it. `--hypothesis-profile=default` draws new ones.
properties.register_profile(
    "wara", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
properties.load_profile("wara")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes go by number: zips hold the time, and every process has to collect the same names."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """A `linear` test fails after a minute of processor time: quadratic ones would take many."""
    if item.get_closest_marker("linear"):
        signal.signal(signal.SIGVTALRM, _too_long)
        signal.setitimer(signal.ITIMER_VIRTUAL, 60)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _too_long(*_: object) -> None:
    raise AssertionError("a minute of processor time was not enough")


@pytest.fixture(scope="session")
def proposals() -> pd.DataFrame:
    """Three writers of clear texts, 180 texts of whatever part."""
    return load_proposals(voices=["W1", "W3", "W5"])


@pytest.fixture(scope="session")
def model_folder(proposals: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model in a file: trained by the first of the run's workers that asks for it."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "models" / "half"
    with alone(folder.with_name("half.lock")):
        if not folder.exists():
            ProposalTagger().fit(texts_of(proposals), proposals).save(folder)
    return folder


@pytest.fixture(scope="session")
def tagger(model_folder: Path) -> ProposalTagger:
    return ProposalTagger.load(model_folder)


@pytest.fixture(scope="session")
def topics() -> TopicTagger:
    return default_topics()


@pytest.fixture(scope="session")
def unseen() -> pd.DataFrame:
    """Proposals of three writers of whom `tagger` has read nothing."""
    return load_proposals(voices=["W2", "W4", "W6"])


@pytest.fixture(scope="session")
def no_rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new SQLite database, for copies: migrating each anew takes 75 ms."""
    settings = Settings(tmp_path_factory.mktemp("no_rows"))
    Store.open(settings, url=f"sqlite:///{settings.workspace / DATABASE_FILE}").close()
    assert [file.name for file in settings.workspace.iterdir()] == [DATABASE_FILE]
    return settings.workspace / DATABASE_FILE
