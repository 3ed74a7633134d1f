"""A wheel built from the source archive, installed in an empty environment, classifies a file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
VERSIONS = {"tested": ROOT / ".ci" / "constraints.txt", "lowest": ROOT / ".ci" / "lowest.txt"}


def run(*command: str | Path, cwd: Path) -> str:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    clean["XDG_CACHE_HOME"] = str(cwd / "cache")
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=clean, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, made from the source archive and not from the tree."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=folder)
    [made] = folder.glob("wara-*.whl")
    return made


@pytest.fixture(scope="module", params=VERSIONS)
def python(
    wheel: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The interpreter of an environment with nothing but the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", folder / "env", cwd=folder)
    python = folder / "env" / "bin" / "python"
    run(python, "-m", "pip", "install", "-q", "-c", VERSIONS[request.param], wheel, cwd=folder)
    return python


@pytest.mark.slow
def test_the_wheel_classifies_a_file(python: Path, tmp_path: Path) -> None:
    sample = ROOT / "corpora" / "samples" / "01-form-tourism-ranong.docx"
    wara = python.with_name("wara")
    run(wara, "classify", sample, "-o", tmp_path / "rows.jsonl", cwd=tmp_path)
    [row] = map(json.loads, (tmp_path / "rows.jsonl").read_text(encoding="utf-8").splitlines())
    assert row["error"] is None
    assert row["province"] == "ระนอง"
    assert row["agenda"]


@pytest.mark.slow
@pytest.mark.parametrize("python", ["tested"], indirect=True)
def test_the_bill_of_materials_names_what_is_installed(python: Path, tmp_path: Path) -> None:
    run(sys.executable, ROOT / ".ci" / "sbom.py", python, tmp_path, cwd=tmp_path)
    [file] = tmp_path.glob("wara-*.cdx.json")
    bill = json.loads(file.read_text(encoding="utf-8"))
    listed = run(python, "-m", "pip", "list", "--format", "json", cwd=tmp_path)
    installed = {(one["name"].lower(), one["version"]) for one in json.loads(listed)}
    parts = [bill["metadata"]["component"], *bill["components"]]
    assert {(part["name"].lower(), part["version"]) for part in parts} == installed
    assert len(installed) > 50
    assert [part["name"] for part in parts if not part["licenses"]] == []


@pytest.mark.slow
@pytest.mark.parametrize("versions", VERSIONS)
def test_the_extras_go_with_the_versions(wheel: Path, versions: str, tmp_path: Path) -> None:
    dry = ("install", "-q", "--dry-run", "--ignore-installed", "-c", VERSIONS[versions])
    run(sys.executable, "-m", "pip", *dry, f"{wheel}[all]", cwd=tmp_path)
