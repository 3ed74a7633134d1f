"""The word lists about people and posts, from `pipeline/data/attendance.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _tables() -> dict[str, str]:
    source = files("pipeline").joinpath("data", "attendance.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


def listed(table: str) -> list[str]:
    """The words of a table, in its order."""
    return _tables()[table].split()
