"""A workspace in which nothing is stored yet."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.settings import Settings
from pipeline.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path, no_rows: Path) -> Iterator[Workspace]:
    settings = Settings(tmp_path / "ws").begin()
    shutil.copy(no_rows, settings.workspace)
    with Workspace.open(settings) as opened:
        yield opened
