from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from classifiers.models import artefacts, default
from classifiers.models.cards import MODEL_FILE


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, proposals: pd.DataFrame) -> Path:
    """The default model made from few texts, in a cache folder of its own."""
    monkeypatch.setattr(default, "load_proposals", lambda **_part: proposals.head(80))
    monkeypatch.setattr(default, "cache_folder", lambda: tmp_path)
    return tmp_path


def test_the_default_model_is_trained_once(small: Path) -> None:
    told: list[str] = []
    first = default.default_model(on_train=lambda: told.append("training"))
    again = default.default_model(on_train=lambda: told.append("training"))
    assert first == again
    assert told == ["training"]
    assert [p.name for p in (small / "models").iterdir()] == [first.name]


@pytest.mark.slow
def test_a_damaged_default_model_is_trained_again(small: Path) -> None:
    folder = default.default_model()
    assert folder.is_relative_to(small)
    (folder / MODEL_FILE).write_bytes(b"half a file")
    assert default.default_model() == folder
    tagger, _card = artefacts.load(folder)
    assert tagger.tag(["จังหวัด"])
