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


@pytest.mark.slow
@pytest.mark.parametrize("versions", VERSIONS)
def test_the_wheel_classifies_a_file(wheel: Path, versions: str, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    python = tmp_path / "env" / "bin" / "python"
    run(python, "-m", "pip", "install", "-q", "-c", VERSIONS[versions], wheel, cwd=tmp_path)
    sample = ROOT / "corpora" / "samples" / "01-form-tourism-ranong.docx"
    wara = tmp_path / "env" / "bin" / "wara"
    run(wara, "classify", sample, "-o", tmp_path / "rows.jsonl", cwd=tmp_path)
    [row] = map(json.loads, (tmp_path / "rows.jsonl").read_text(encoding="utf-8").splitlines())
    assert row["error"] is None
    assert row["province"] == "ระนอง"
    assert row["agenda"]
