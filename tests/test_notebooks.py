"""Every notebook runs from top to bottom; of what it printed only small figures are committed."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
SECONDS_A_CELL = 600  # a cell that hangs ends the test; nobody is timed
LARGEST_FIGURE = 60_000  # bytes of a PNG
THAI = re.compile("[ก-๙]")


def cells(notebook: Path, kind: str) -> list[dict[str, Any]]:
    content = json.loads(notebook.read_text(encoding="utf-8"))
    return [cell for cell in content["cells"] if cell["cell_type"] == kind]


def is_figure(cell: dict[str, Any]) -> bool:
    return "figure" in cell["metadata"].get("tags", [])


def test_there_are_notebooks_for_each_step() -> None:
    assert [file.name[:2] for file in NOTEBOOKS] == ["01", "02", "03", "04", "05", "06"]
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [file.name for file in NOTEBOOKS if file.name not in readme] == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda file: file.stem)
def test_it_is_kept_without_outputs_but_for_figures(notebook: Path) -> None:
    code = cells(notebook, "code")
    kept = [cell["source"] for cell in code if cell["outputs"] and not is_figure(cell)]
    counted = [cell["source"] for cell in code if cell["execution_count"]]
    assert (kept, counted) == ([], [])


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda file: file.stem)
def test_its_figures_are_small_pictures_with_a_title(notebook: Path) -> None:
    figures = [cell["outputs"] for cell in cells(notebook, "code") if is_figure(cell)]
    assert 1 <= len(figures) <= 3
    for outputs in figures:  # without one: python notebooks/render.py
        [output] = outputs
        assert output["data"].keys() == {"image/png"}
        picture = base64.b64decode(output["data"]["image/png"])
        assert picture.startswith(b"\x89PNG")
        assert len(picture) < LARGEST_FIGURE
        assert THAI.search(output["metadata"]["image/png"]["alt"])


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
    patience = {"timeout": SECONDS_A_CELL, "startup_timeout": SECONDS_A_CELL}
    nbclient.NotebookClient(content, resources=place, **patience).execute()
    drawn = [cell.outputs for cell in content.cells if is_figure(cell)]
    assert all("image/svg+xml" in output.data for outputs in drawn for output in outputs[-1:])
    assert all(drawn)
