"""A model can be made again from its card, or one learns precisely why not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from classifiers import ProposalTagger
from classifiers.models import provenance
from classifiers.models.cards import any_card, read_card
from classifiers.models.differences import Difference, differences
from classifiers.models.rebuilding import Rebuilt, differs, rebuild, rows_of
from classifiers.training import train
from corpora import load_taxonomy, text_digest, write_labels
from corpora.taxonomy import TAXONOMY_FILE
from pipeline.cli import main
from pipeline.errors import ModelError


@pytest.fixture(scope="module")
def texts(proposals: pd.DataFrame) -> pd.DataFrame:
    return proposals.head(70)


@pytest.fixture(scope="module")
def model(texts: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With parameters of its own, and rows in an order of their own."""
    folder = tmp_path_factory.mktemp("made")
    shuffled = texts.sample(frac=1, random_state=1).reset_index(drop=True)
    train(shuffled, load_taxonomy(), folder, tagger=ProposalTagger(alpha=1.0, random_state=5))
    return folder


@pytest.fixture(scope="module")
def card(model: Path) -> dict[str, Any]:
    return any_card(model)


def test_the_card_says_data_code_libraries_and_seed(
    card: dict[str, Any], texts: pd.DataFrame
) -> None:
    assert len(card["corpus_digest"]) == 64
    assert set(card["row_digests"]) == set(provenance.row_digests(texts))
    assert {"classifiers/tagger.py", "pipeline/thai/tokenizer.py"} <= card["code"].keys()
    assert {"scikit-learn", "numpy", "nlpo3"} <= card["libraries"].keys()
    assert card["parameters"]["random_state"] == 5


@pytest.mark.slow
def test_the_same_rows_of_a_larger_file_make_the_same_model(
    card: dict[str, Any], proposals: pd.DataFrame, tmp_path: Path
) -> None:
    found = rebuild(card, proposals, load_taxonomy(), tmp_path / "again")
    assert found.same
    assert found.differences == ()
    assert read_card(tmp_path / "again")["digest"] == card["digest"]


@pytest.mark.slow
def test_another_process_makes_the_same_model(
    card: dict[str, Any], model: Path, texts: pd.DataFrame, tmp_path: Path
) -> None:
    path = write_labels(texts, tmp_path / "texts.jsonl")
    code = (
        "import sys; from pipeline.cli import main; "
        "sys.argv = ['wara', '--workspace', *sys.argv[1:]]; main()"
    )
    arguments = [str(tmp_path / "w"), "train", "--from-card", str(model), "--proposals", str(path)]
    environment = os.environ | {"PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "the same model" in done.stderr
    assert card["digest"][:12] in done.stderr


def test_missing_texts_and_changed_labels_are_named_before_training(
    card: dict[str, Any], texts: pd.DataFrame, tmp_path: Path
) -> None:
    other = texts.iloc[2:].copy()
    other.loc[10, "award_scaleup"] = not other.loc[10, "award_scaleup"]
    with pytest.raises(ModelError) as caught:
        rebuild(card, other, load_taxonomy(), tmp_path / "again")
    assert "2 of 70 texts are missing" in caught.value.english
    assert f"1 texts have other labels or values ({texts.loc[10, 'id']}" in caught.value.english
    assert caught.value.english.endswith("wara train --proposals")
    assert not (tmp_path / "again").exists()


def test_rows_come_back_in_the_order_of_the_card(card: dict[str, Any], texts: pd.DataFrame) -> None:
    rows = rows_of(card, texts.iloc[::-1].reset_index(drop=True))
    assert provenance.row_digests(rows) == card["row_digests"]


def test_a_row_that_stands_there_twice_is_used_twice(texts: pd.DataFrame) -> None:
    twice = pd.concat([texts.head(3), texts.head(1).assign(id="again")], ignore_index=True)
    card = {
        "text_digests": [text_digest(text) for text in twice["text"]],
        "row_digests": provenance.row_digests(twice),
    }
    assert rows_of(card, twice)["id"].tolist() == twice["id"].tolist()


def test_another_taxonomy_is_named(
    card: dict[str, Any], texts: pd.DataFrame, tmp_path: Path
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(TAXONOMY_FILE.read_text("utf-8").replace("2565", "2570"), encoding="utf-8")
    with pytest.raises(ModelError, match="--taxonomy"):
        rebuild(card, texts, load_taxonomy(path), tmp_path / "again")


def test_an_older_card_says_that_it_cannot_be_followed(texts: pd.DataFrame) -> None:
    with pytest.raises(ModelError, match="older wara"):
        rows_of({"text_digests": ["0"]}, texts)


@pytest.mark.parametrize(
    "changed",
    [
        {"parameters": {"alpha": "x"}},
        {"parameters": {"letter_ngrams": [3]}},
        {"parameters": {"depth": 3}},
        {"row_digests": 5},
        {"text_digests": [[]], "row_digests": [{}]},
    ],
)
def test_a_card_changed_by_hand_is_refused(
    card: dict[str, Any], texts: pd.DataFrame, tmp_path: Path, changed: dict[str, Any]
) -> None:
    with pytest.raises(ModelError):
        rebuild(card | changed, texts, load_taxonomy(), tmp_path)


def test_what_differs_is_said_one_by_one(card: dict[str, Any]) -> None:
    other = json.loads(json.dumps(card))
    other["libraries"]["numpy"] = "1.0"
    other["parameters"]["alpha"] = 9
    other["code"]["classifiers/tagger.py"] = "0"
    del other["code"]["pipeline/choices.py"]
    assert differences(card, card) == []
    assert [found.what for found in differences(card, other)] == [
        *("libraries numpy", "parameters alpha"),
        *("code classifiers/tagger.py", "code pipeline/choices.py"),
    ]


def test_another_model_is_an_error_that_says_why() -> None:
    because = (Difference("libraries numpy", "1.0", "2.0"),)
    assert "what differs: libraries numpy" in differs(Rebuilt("a", "b", because)).english
    assert "machine that made it" in differs(Rebuilt("a", "b", ())).english


@pytest.mark.slow
def test_the_command_keeps_no_model_that_is_another_one(
    model: Path, texts: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = any_card(model)
    path = tmp_path / "card.json"
    path.write_text(json.dumps(card | {"digest": "0" * 64, "python": "2.7"}), encoding="utf-8")
    data = write_labels(texts, tmp_path / "texts.jsonl")
    workspace = tmp_path / "w"
    arguments = ["--workspace", workspace, "train", "--from-card", path, "--proposals", data]
    monkeypatch.setattr(sys, "argv", ["wara", *map(str, arguments)])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 5
    assert not list(workspace.rglob("card.json"))
