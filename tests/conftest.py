"""What several tests share: a model trained on three of the first six writers."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

from classifiers import ProposalTagger
from classifiers.evaluation import texts_of
from corpora import load_proposals
from pipeline.locking import alone

SAMPLES = Path(__file__).parent.parent / "corpora" / "samples"


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
def unseen() -> pd.DataFrame:
    """Proposals of three writers of whom `tagger` has read nothing."""
    return load_proposals(voices=["W2", "W4", "W6"])
