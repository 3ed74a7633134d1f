"""The command `wara` as a user calls it, inside this process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.cli import main


@dataclass
class Result:
    code: int
    out: str
    err: str


Wara = Callable[..., Result]


@pytest.fixture
def wara(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Wara:
    def call(*arguments: str | Path) -> Result:
        monkeypatch.setattr(sys, "argv", ["wara", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return call
