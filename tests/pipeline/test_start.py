"""What a command loads before it works: the heavy packages only where they are used."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "corpora" / "samples" / "12-letter-elderly-phayao.txt"
HEAVY = {
    "altair", "dask", "docx", "fastapi", "openpyxl", "pandas", "pdfminer", "pdfplumber", "pyarrow",
    "pythainlp", "scipy", "sklearn", "skops", "spacy", "sqlalchemy", "tantivy", "trafilatura",
}  # fmt: skip
RUN = """
import atexit, json, sys
atexit.register(lambda: print("\\nloaded", json.dumps(sorted(sys.modules)), file=sys.stderr))
sys.argv[0] = "wara"
from pipeline.cli import main
main()
"""


def modules(*arguments: str, workspace: Path) -> set[str]:
    """What a command has loaded in its own process when it ends."""
    command = [sys.executable, "-c", RUN, "--workspace", str(workspace), *arguments]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    lines = [line for line in ended.stderr.splitlines() if line.startswith("loaded ")]
    assert lines, ended.stderr
    return set(json.loads(lines[-1][7:]))


def loaded(*arguments: str, workspace: Path) -> set[str]:
    """The heavy packages among them."""
    return {name.partition(".")[0] for name in modules(*arguments, workspace=workspace)} & HEAVY


@pytest.mark.parametrize("command", ["classify", "search", "serve"])
def test_help_loads_nothing_heavy(command: str, tmp_path: Path) -> None:
    assert loaded(command, "--help", workspace=tmp_path) == set()


def test_the_list_of_commands_loads_nothing_heavy(tmp_path: Path) -> None:
    assert loaded("--help", workspace=tmp_path) == set()


def test_what_draws_help_and_errors_is_loaded_for_these_alone(tmp_path: Path) -> None:
    assert "typer.rich_utils" not in modules("--version", workspace=tmp_path)
    assert "typer.rich_utils" in modules("--help", workspace=tmp_path)


def test_reading_needs_neither_tables_nor_models(tmp_path: Path) -> None:
    # The reader's own packages stay in the process that reads.
    assert loaded("read", str(SAMPLE), workspace=tmp_path) == set()


def test_parsing_needs_words_and_no_model(tmp_path: Path) -> None:
    assert loaded("proposal", str(SAMPLE), workspace=tmp_path) <= {"pythainlp"}


def test_searching_needs_neither_tables_nor_models(tmp_path: Path) -> None:
    assert loaded("search", "ผู้สูงอายุ", workspace=tmp_path) <= {"pythainlp", "sqlalchemy", "tantivy"}


def test_rounds_need_the_store_alone(tmp_path: Path) -> None:
    assert loaded("round", "show", workspace=tmp_path) <= {"sqlalchemy"}
