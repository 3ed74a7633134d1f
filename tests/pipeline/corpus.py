"""The corpus rows that come with the package, normalized as `read` would."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

from pipeline.thai import normalize


@cache
def _rows(folder: str) -> tuple[dict[str, Any], ...]:
    base = files("corpora").joinpath(folder)
    paths = sorted(
        (path for path in base.iterdir() if path.name.endswith(".jsonl")), key=lambda p: p.name
    )
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(
        row | {"text": normalize(row["text"])}
        for row in (json.loads(line) for line in lines if line)
    )


def corpus_proposals() -> tuple[dict[str, Any], ...]:
    return _rows("proposals") or pytest.skip("no proposals in corpora/proposals")


def clear_proposals() -> tuple[dict[str, Any], ...]:
    """Those of the first six writers, by which the parsers were made."""
    return tuple(row for row in corpus_proposals() if int(row["voice"][1:]) <= 6)


def vague_proposals() -> tuple[dict[str, Any], ...]:
    """Those of the later writers, to whom no parser was fitted: as real pages are."""
    return tuple(row for row in corpus_proposals() if int(row["voice"][1:]) > 6)


def corpus_minutes() -> tuple[dict[str, Any], ...]:
    return _rows("minutes") or pytest.skip("no minutes in corpora/minutes")
