"""Other systems' reading beside wara's, on the archive of `end_to_end`.

Reading only: none of them makes a row. Each runs in its own Python, on one core and told to stay
offline. The first file is read once more before, so that imports do not count.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.ingestion.environments import run_python
from benchmarks.ingestion.printing import print_table
from benchmarks.ingestion.scoring import mean_percent, word_errors
from benchmarks.ingestion.tools import WORKER

OURS = "wara"
OFFLINE = {"HF_HUB_OFFLINE": "1", "DO_NOT_TRACK": "true", "SCARF_NO_ANALYTICS": "true"}
ONE_CORE = ("taskset", "-c", "0") if shutil.which("taskset") else ()
HEAD = ["system", "ms/file", "x wara", "peak MB", "words wrong, %", "of files", "without text"]


class Reading(NamedTuple):
    """What a system made of some files: processor seconds a file and one text or None a file."""

    version: str
    seconds: float
    peak: float  # MB, its largest process
    texts: list[str | None]
    errors: list[str]


def print_reading(
    files: Sequence[Path], texts: Mapping[str, str], pythons: Mapping[str, str]
) -> None:
    """A table for each format; `texts` is what stands in a file, by name without the suffix.

    A file of which a system gives no text takes no part in its words, and is counted beside them.
    """
    os.environ.update(OFFLINE)
    for suffix in sorted({file.suffix for file in files}):
        own = [file for file in files if file.suffix == suffix]
        readings = {name: _read(name, python, own) for name, python in pythons.items()}
        rows = [_row(name, readings, own, texts) for name in readings]
        print_table(f"{suffix}: reading alone, {len(own)} files, one core", HEAD, rows)
        for name, reading in readings.items():
            failed = f"; first failure: {reading.errors[0]}" if reading.errors else ""
            print(f"  {name} {reading.version}{failed}")


def _read(name: str, python: str, files: Sequence[Path]) -> Reading:
    command = [*ONE_CORE, python, *WORKER, name]
    answer = json.loads(run_python(*command, text=json.dumps([str(file) for file in files])))
    results = answer["results"]
    texts = [(result["text"] or {}).get(name) for result in results]
    errors = [result["error"] for result in results if result["text"] is None]
    each = answer["processor"] / len(files)
    return Reading(answer["version"], each, answer["peak"], texts, errors)


def _row(
    name: str, readings: Mapping[str, Reading], files: Sequence[Path], texts: Mapping[str, str]
) -> list[Any]:
    reading = readings[name]
    pairs = zip(files, reading.texts, strict=True)
    errors = [word_errors(texts[f.stem], text) for f, text in pairs if text and text.strip()]
    wrong = mean_percent(errors) if errors else None
    ratio = reading.seconds / readings[OURS].seconds
    without = len(files) - len(errors)
    return [name, 1000 * reading.seconds, ratio, f"{reading.peak:.0f}", wrong, len(errors), without]
