"""What a folder of results holds, read as its users read it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds

from pipeline.batch.answers import Answer
from pipeline.batch.manifest import Counts


class Unwatched:
    """Nobody looks on; what was seen is kept."""

    def __init__(self) -> None:
        self.seen: list[Counts] = []
        self.first: Counts | None = None

    def begin(self, counts: Counts, link: str | None) -> None:
        del link
        self.first = counts

    def step(self, counts: Counts, answer: Answer) -> None:
        del answer
        self.seen.append(counts)


def rows(out: Path) -> list[dict[str, Any]]:
    """All rows, in the order of their files' names."""
    found = ds.dataset(out / "rows", format="parquet").to_table().to_pylist()
    return sorted(found, key=lambda row: str(row["file"]))


def manifest(out: Path) -> dict[str, Any]:
    value = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert isinstance(value, dict)
    return value


def assert_accounted(out: Path, files: list[Path]) -> None:
    """Every input has one row, and the counts of the manifest add up to the inputs."""
    assert [row["file"] for row in rows(out)] == sorted(map(str, files))
    counts = manifest(out)["counts"]
    assert counts["inputs"] == len(files)
    assert counts["waiting"] == 0
    assert counts["done"] + counts["failed"] + counts["quarantined"] == len(files)
    units = manifest(out)["units"]
    for state in ("done", "failed", "quarantined"):
        assert sum(unit[state] for unit in units) == counts[state]
