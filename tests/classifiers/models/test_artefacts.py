from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import skops.io
from sklearn.preprocessing import FunctionTransformer

from classifiers import ProposalTagger
from classifiers.evaluation import texts_of
from classifiers.models import artefacts
from classifiers.models.cards import CARD_FILE, LIBRARIES, MODEL_FILE, TASK, read_card
from classifiers.models.digests import digest
from pipeline.errors import ModelError


@pytest.fixture
def folder(model_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(model_folder, tmp_path / "model"))


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_loaded_model_says_the_same(
    proposals: pd.DataFrame, tmp_path: Path, unseen: pd.DataFrame
) -> None:
    fitted = ProposalTagger().fit(texts_of(proposals)[:80], proposals.head(80))
    texts = texts_of(unseen)[:15]
    assert ProposalTagger.load(fitted.save(tmp_path / "saved")).tag(texts) == fitted.tag(texts)


def test_the_card_says_what_the_model_is(folder: Path) -> None:
    card = read_card(folder)
    assert card["task"] == TASK
    assert card["modes"] == ["digital", "excellence", "innovation", "open"]
    assert set(card["libraries"]) == set(LIBRARIES)
    assert len(card["digest"]) == 64


def test_no_type_of_ours_or_anybody_elses_is_in_the_file(folder: Path) -> None:
    assert skops.io.get_untrusted_types(file=folder / MODEL_FILE) == []


def test_a_missing_model_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="wara train"):
        ProposalTagger.load(tmp_path / "nowhere")


@pytest.mark.parametrize("keep", [0, 100, 5000])
def test_a_truncated_file_is_refused_and_kept(folder: Path, keep: int) -> None:
    path = folder / MODEL_FILE
    path.write_bytes(path.read_bytes()[:keep])
    before = files_in(folder)
    with pytest.raises(ModelError, match="cannot be opened"):
        ProposalTagger.load(folder)
    assert files_in(folder) == before


def test_a_changed_model_is_refused_and_kept(tagger: ProposalTagger, folder: Path) -> None:
    state = artefacts._state(tagger)
    state["calibration"] = {**state["calibration"], "modes_threshold": 0.0}
    (folder / MODEL_FILE).write_bytes(skops.io.dumps(state))
    before = files_in(folder)
    with pytest.raises(ModelError, match="not the one of its card"):
        ProposalTagger.load(folder)
    assert files_in(folder) == before


def test_changed_weights_change_the_digest(tagger: ProposalTagger, folder: Path) -> None:
    other = ProposalTagger.load(folder)
    before = digest(artefacts._state(other))
    assert before == digest(artefacts._state(tagger))
    other.fitted_.agenda.coef_[0, 0] += 1e-9
    assert digest(artefacts._state(other)) != before


def test_a_type_beyond_the_allow_list_is_refused(tagger: ProposalTagger, folder: Path) -> None:
    state = artefacts._state(tagger)
    state["parts"] = {**state["parts"], "features": FunctionTransformer(np.linalg.norm)}
    state["parts"]["features"].func = files_in
    (folder / MODEL_FILE).write_bytes(skops.io.dumps(state))
    with pytest.raises(ModelError):
        ProposalTagger.load(folder)


@pytest.mark.parametrize("card", ["", "[]", "{}", '{"task": "other", "format": 1}'])
def test_a_card_of_another_kind_is_refused(folder: Path, card: str) -> None:
    (folder / CARD_FILE).write_text(card, encoding="utf-8")
    with pytest.raises(ModelError):
        ProposalTagger.load(folder)


def test_a_card_without_its_digest_is_refused(folder: Path) -> None:
    card = read_card(folder)
    del card["digest"]
    (folder / CARD_FILE).write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(ModelError):
        ProposalTagger.load(folder)
