from __future__ import annotations

from pathlib import Path

import pytest

from classifiers import ProposalTagger
from pipeline.batch.bundles import bundle, unfold
from pipeline.errors import ModelError


def test_a_model_arrives_whole_and_is_kept_by_its_digest(
    tmp_path: Path, model_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.batch.bundles.cache_folder", lambda: tmp_path)
    folder = unfold(bundle(model_folder))
    assert folder.name == model_folder.name
    assert ProposalTagger.load(folder).tag(["โครงการจัดการขยะ"])
    before = (folder / "card.json").stat()
    assert unfold(bundle(model_folder)) == folder
    assert (folder / "card.json").stat() == before
    assert [path.name for path in (tmp_path / "sent").iterdir()] == [folder.parent.name]


def test_no_model_is_an_error_of_the_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        bundle(tmp_path / "none")
