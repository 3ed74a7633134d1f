"""What several tests share: a model trained on three of the first six writers."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from classifiers import ProposalTagger
from classifiers.evaluation import texts_of
from corpora import load_proposals

SAMPLES = Path(__file__).parent.parent / "corpora" / "samples"


@pytest.fixture(scope="session")
def proposals() -> pd.DataFrame:
    """Three writers of clear texts, 180 texts of whatever part."""
    return load_proposals(voices=["W1", "W3", "W5"])


@pytest.fixture(scope="session")
def tagger(proposals: pd.DataFrame) -> ProposalTagger:
    return ProposalTagger().fit(texts_of(proposals), proposals)


@pytest.fixture(scope="session")
def model_folder(tagger: ProposalTagger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tagger.save(tmp_path_factory.mktemp("models") / "half")


@pytest.fixture(scope="session")
def unseen() -> pd.DataFrame:
    """Proposals of three writers of whom `tagger` has read nothing."""
    return load_proposals(voices=["W2", "W4", "W6"])
