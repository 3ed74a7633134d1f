"""Tools as the tables see them: started in the right environment, left out with a note."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.ingestion import environments

WORKER = ("-m", "benchmarks.ingestion.workers")
# The rest of `workers.TOOLS` runs in the Python that runs the benchmark.
APART = ("markitdown", "pymupdf4llm", "docling-parse", "ocrmypdf", "fixthaipdf")
EXTRACTORS = (
    "wara",
    "pdfplumber",
    "pdfplumber-flow",
    "pdfminer",
    "pypdfium2",
    "pdftotext",
    "pdftotext-raw",
    "markitdown",
    "docling-parse",
    "pymupdf4llm",
)


@dataclass(frozen=True, slots=True)
class Run:
    """A tool's outputs: `texts` by column in the items' order, None where it failed."""

    tool: str
    texts: dict[str, list[str | None]]
    errors: list[str]
    seconds: list[float]
    peak: float  # MB
    version: str


def run_tool(tool: str, items: Sequence[str], cache: Path) -> Run | None:
    """Run one tool over paths or texts; None, with a note, where it is not installed."""
    python = None
    if tool in APART:
        python = environments.python_of(tool, cache)
        if python is None:
            return None
    try:
        answer = environments.run_python(python, *WORKER, tool, text=json.dumps(list(items)))
    except RuntimeError as error:
        environments.note(f"{tool} does not run here: {str(error).splitlines()[-1]}")
        return None
    return _run(tool, json.loads(answer))


def run_tools(
    tools: Sequence[str], items: Sequence[str], cache: Path, *, at_once: int = 2
) -> list[Run]:
    """Several tools over the same items; those that are missing are left out."""
    with ThreadPoolExecutor(at_once) as pool:
        runs = pool.map(lambda tool: run_tool(tool, items, cache), tools)
        return [run for run in runs if run is not None]


def _run(tool: str, answer: dict[str, Any]) -> Run:
    results = answer["results"]
    columns = dict.fromkeys(name for result in results for name in result["text"] or {})
    texts = {name: [(result["text"] or {}).get(name) for result in results] for name in columns}
    errors = [result["error"] for result in results if result["text"] is None]
    seconds = [result["seconds"] for result in results]
    return Run(tool, texts, errors, seconds, answer["peak"], answer["version"])
