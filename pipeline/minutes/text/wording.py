"""The wording of minutes, from `pipeline/data/minutes.toml`, as patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.thai.alternation import any_of

DIGIT = "[0-9๐-๙]"


@cache
def wording() -> dict[str, Any]:
    """The tables of the data file."""
    source = files("pipeline").joinpath("data", "minutes.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


def words(table: str, name: str) -> tuple[str, ...]:
    """A list of words, the longest first."""
    return tuple(sorted(set(wording()[table][name].split()), key=len, reverse=True))


def plain(found: Iterable[str]) -> str:
    """An alternation of words as they stand, the longest first."""
    return f"(?:{any_of(found)})"


def any_word(table: str, name: str) -> str:
    """An alternation of the words of a list."""
    return plain(words(table, name))


def any_pattern(table: str, name: str) -> str:
    """An alternation of the regular expressions of a list; blanks stand in it as `[ ]`."""
    found = re.split(r"(?<!\[)[ \n]+", wording()[table][name].strip())
    return f"(?:{'|'.join(found)})"
