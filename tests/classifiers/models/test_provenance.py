from __future__ import annotations

from pathlib import Path

import pytest

from classifiers.models import default, provenance
from classifiers.topics import artefacts

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    "pattern", sorted({*provenance.MODEL_CODE, *default.CODE, *artefacts.CODE})
)
def test_the_code_that_makes_a_model_is_where_its_digest_looks(pattern: str) -> None:
    assert list(ROOT.glob(pattern))


def test_what_only_looks_at_models_is_where_the_default_passes_it_over() -> None:
    found = {file.name for pattern in default.CODE for file in ROOT.glob(pattern)}
    assert set(default.APART) <= found
