"""Every notebook runs from top to bottom, and none is committed with what it printed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
SECONDS_A_CELL = 600  # a cell that hangs ends the test; nobody is timed
THAI = re.compile("[ก-๙]")


def cells(notebook: Path, kind: str) -> list[dict[str, Any]]:
    content = json.loads(notebook.read_text(encoding="utf-8"))
    return [cell for cell in content["cells"] if cell["cell_type"] == kind]


def test_there_are_notebooks_for_each_step() -> None:
    assert [file.name[:2] for file in NOTEBOOKS] == ["01", "02", "03", "04", "05", "06"]
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [file.name for file in NOTEBOOKS if file.name not in readme] == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda file: file.stem)
def test_it_is_kept_without_outputs(notebook: Path) -> None:
    kept = [cell["source"] for cell in cells(notebook, "code") if cell["outputs"]]
    counted = [cell["source"] for cell in cells(notebook, "code") if cell["execution_count"]]
    assert (kept, counted) == ([], [])


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda file: file.stem)
def test_it_calls_the_packages_and_defines_nothing_lasting(notebook: Path) -> None:
    code = "".join("".join(cell["source"]) + "\n" for cell in cells(notebook, "code"))
    assert re.findall(r"^\s*(?:def|class) .*", code, flags=re.MULTILINE) == []
    assert re.search(r"^from (?:classifiers|corpora|pipeline)\b", code, flags=re.MULTILINE)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda file: file.stem)
def test_it_says_what_one_sees_in_thai_first(notebook: Path) -> None:
    opening = "".join(cells(notebook, "markdown")[0]["source"])
    title, _, rest = opening.partition("\n")
    thai, _, english = title.partition(" · ")
    assert THAI.search(thai)
    assert english.isascii()
    assert english
    assert THAI.search(rest)


@pytest.mark.slow
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda file: file.stem)
def test_it_runs_from_top_to_bottom(notebook: Path) -> None:
    nbclient = pytest.importorskip("nbclient", reason="pip install 'wara[test]' for nbclient")
    nbformat = pytest.importorskip("nbformat", reason="pip install 'wara[test]' for nbformat")
    pytest.importorskip("ipykernel", reason="pip install 'wara[test]' for ipykernel")
    content = nbformat.read(notebook, as_version=4)
    place = {"metadata": {"path": str(FOLDER)}}
    nbclient.NotebookClient(content, timeout=SECONDS_A_CELL, resources=place).execute()
    figures = [cell for cell in content.cells if cell.get("outputs")]
    assert figures
