"""The README against the code: every command, option, file and example in it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from pipeline import read
from pipeline.cli import app
from pipeline.records import COLUMNS
from pipeline.tables import WRITERS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
SHELL_LINES = [
    line
    for language, block in BLOCKS
    if language == "sh"
    for line in block.splitlines()
    if line.strip()
]
COMMANDS = get_command(app).commands  # type: ignore[attr-defined]


def documented_calls() -> list[list[str]]:
    calls = [shlex.split(line, comments=True) for line in SHELL_LINES]
    return [call[1:] for call in calls if call and call[0] == "wara"]


@pytest.mark.parametrize("call", documented_calls(), ids=" ".join)
def test_every_call_in_the_readme_parses(call: list[str]) -> None:
    name, *rest = call
    command = COMMANDS[name]
    while rest and rest[0] in getattr(command, "commands", ()):
        command = command.commands[rest.pop(0)]
    given = command.make_context(name, rest).params.values()
    assert any(given) or not rest


def test_every_command_is_in_the_readme() -> None:
    assert set(COMMANDS) <= {call[0] for call in documented_calls()}


@pytest.mark.parametrize("target", re.findall(r"^make (\w+)", "\n".join(SHELL_LINES), re.MULTILINE))
def test_every_make_target_in_the_readme_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_every_column_and_output_is_in_the_readme() -> None:
    table = README[README.index("### The columns") : README.index("Exit codes:")]
    named = set(re.findall(r"\w+", " ".join(re.findall(r"^\| ([\w, ]+) \|", table, re.MULTILINE))))
    assert set(COLUMNS) <= named
    assert all(f"`{suffix}`" in README for suffix in WRITERS if suffix)


@pytest.mark.parametrize("link", re.findall(r"\]\((?!http)([^)]+)\)", README))
def test_links_lead_to_files(link: str) -> None:
    assert (ROOT / link).exists()


def test_the_messages_explained_are_those_of_the_code() -> None:
    table = README[README.index("## When something fails") : README.index("## Questions")]
    cells = re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)
    messages = [message for cell in cells for message in re.findall(r"`([^`]+)`", cell)]
    modules = (p for name in ("pipeline", "classifiers") for p in (ROOT / name).rglob("*.py"))
    code = "\n".join(module.read_text(encoding="utf-8") for module in modules)
    assert len(messages) >= 10
    assert [message for message in messages if message not in code] == []


def test_the_exit_codes_are_those_of_the_errors() -> None:
    from pipeline import errors

    codes = {
        cls.exit_code
        for cls in vars(errors).values()
        if isinstance(cls, type) and issubclass(cls, errors.WaraError)
    } | {errors.EXIT_DONE, errors.EXIT_SOME_FAILED}
    line = README[README.index("Exit codes:") :].splitlines()[0]
    assert {int(code) for code in re.findall(r"(?:: |· )(\d) ", line)} == codes


@pytest.mark.slow
def test_the_python_examples_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "corpora").symlink_to(ROOT / "corpora")
    monkeypatch.chdir(tmp_path)
    labels, tags = [block for language, block in BLOCKS if language == "python"]
    names: dict[str, Any] = {}
    exec(compile(labels, "README.md", "exec"), names)
    assert len(names["proposals"]) > 1000
    exec(compile(tags, "README.md", "exec"), {})
    assert "tourism" in capsys.readouterr().out


def test_the_gallery_is_true() -> None:
    [raw, repaired] = [block.strip() for language, block in BLOCKS if language == "text"]
    page = read(ROOT / "tests" / "data" / "reportlab-unmapped-flow.pdf").pages[0]
    assert raw in page.raw_text
    assert repaired in page.text
