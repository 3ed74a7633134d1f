"""`wara train` learns from labels as people keep them: spreadsheets, exports of other tools."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from corpora import write_labels
from tests.pipeline.command import Wara, wara

__all__ = ["wara"]

pytestmark = pytest.mark.slow


def digest(model: Path) -> str:
    return str(json.loads((model / "card.json").read_text(encoding="utf-8"))["digest"])


@pytest.fixture(scope="module")
def few(proposals: pd.DataFrame) -> pd.DataFrame:
    """Eighty of one writer: every label of both axes."""
    return proposals[proposals["voice"] == proposals["voice"][0]].head(80).reset_index(drop=True)


@pytest.mark.parametrize("name", ["labels.csv", "labels.xlsx", "tasks.json"])
def test_the_form_of_the_labels_does_not_change_the_model(
    wara: Wara, tmp_path: Path, few: pd.DataFrame, name: str
) -> None:
    for labels in ("labels.jsonl", name):
        write_labels(few, tmp_path / labels)
        model = tmp_path / f"from-{labels}"
        assert wara("train", "--proposals", tmp_path / labels, "-o", model).code == 0
    assert digest(tmp_path / f"from-{name}") == digest(tmp_path / "from-labels.jsonl")


def test_a_model_is_made_again_and_measured_from_its_spreadsheet(
    wara: Wara, tmp_path: Path, few: pd.DataFrame
) -> None:
    sheet, model = tmp_path / "labels.csv", tmp_path / "model"
    write_labels(few, sheet)
    assert wara("train", "--proposals", sheet, "-o", model).code == 0
    again = wara("train", "--from-card", model / "card.json", "-o", tmp_path / "again")
    assert (again.code, digest(tmp_path / "again")) == (0, digest(model))
    for arguments in (("--proposals", sheet), ("--from-card", model / "card.json")):
        refused = wara("train", *arguments, "-o", model)
        assert (refused.code, digest(model)) == (6, digest(tmp_path / "again"))
        assert "--force" in refused.err
    measured = wara("evaluate", "--model", model, "--proposals", sheet, "--json")
    assert json.loads(measured.out)["n"] == len(few)


def test_a_wrong_cell_is_named_by_file_row_and_column(wara: Wara, tmp_path: Path) -> None:
    sheet = tmp_path / "labels.csv"
    sheet.write_text("id,text,agenda,modes\n1,ซ่อมถนน,nothing,open\n", encoding="utf-8")
    result = wara("train", "--proposals", sheet, "-o", tmp_path / "model")
    assert result.code != 0
    assert "labels.csv, row 2, agenda" in result.err
    assert "Traceback" not in result.err


def test_a_form_that_nobody_knows_is_refused_with_those_that_are(
    wara: Wara, tmp_path: Path
) -> None:
    (tmp_path / "labels.docx").write_bytes(b"PK")
    result = wara("train", "--proposals", tmp_path / "labels.docx", "-o", tmp_path / "model")
    assert result.code == 2
    assert "csv, xlsx, jsonl" in result.err
