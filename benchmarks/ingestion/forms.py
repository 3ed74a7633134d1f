"""Forms and tables: rows and cells that come out exactly, by pdfplumber and by wara."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks.ingestion.printing import print_table
from benchmarks.ingestion.samples import Sample
from benchmarks.ingestion.texts import Grid, Rows
from benchmarks.ingestion.tools import run_tools
from pipeline.thai import normalize

FORMS = ("form", "labels", "budget")
TOOLS = ("pdfplumber-tables", "wara-tables")


def print_forms(samples: list[Sample], cache: Path) -> None:
    """Rows and cells exact, whitespace aside, by producer and layout."""
    with_tables = [s for s in samples if s.layout in FORMS]
    if not with_tables:
        return
    runs = run_tools(TOOLS, [str(sample.path) for sample in with_tables], cache)
    counts: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0, 0]))
    for run in runs:
        for sample, text in zip(with_tables, run.texts["tables"], strict=True):
            wanted = _wanted(sample)
            found = [row for table in json.loads(text or "[]") for row in table]
            for group in (f"{sample.layout}, {sample.producer}", f"all {sample.layout}"):
                for i, count in enumerate(_exact(wanted, found)):
                    counts[group][run.tool][i] += count
    rows = []
    for group in sorted(counts, key=lambda group: group.startswith("all")):
        cells = []
        for run in runs:
            exact, of, right, whole = counts[group][run.tool]
            cells += [f"{exact} of {of}", f"{right} of {whole}"]
        rows.append([group, *cells])
    columns = [f"{run.tool.removesuffix('-tables')} {unit}" for run in runs for unit in UNITS]
    print_table(f"Tables, set {samples[0].texts.name}: exact", ["layout, producer", *columns], rows)
    for run in runs:
        if run.errors:
            print(f"  {run.tool}: {len(run.errors)} files failed, first: {run.errors[0]}")


UNITS = ("rows", "cells")


def _wanted(sample: Sample) -> Rows:
    grids = [block for block in sample.texts.blocks(sample.layout) if isinstance(block, Grid)]
    return tuple(row for grid in grids for row in grid.rows)


def _exact(wanted: Rows, found: Sequence[Sequence[str]]) -> tuple[int, int, int, int]:
    """Rows exact, rows, cells exact, cells. Each row is held against the found row most like it."""
    have = [tuple(map(_letters, row)) for row in found]
    rows = cells = whole = 0
    for row in wanted:
        want = tuple(map(_letters, row))
        best = max((_cells_right(want, other) for other in have), default=0)
        rows += want in have
        cells += best
        whole += len(want)
    return rows, len(wanted), cells, whole


def _cells_right(want: tuple[str, ...], have: tuple[str, ...]) -> int:
    if len(want) != len(have):
        return 0
    return sum(a == b for a, b in zip(want, have, strict=True))


def _letters(cell: str) -> str:
    return "".join(normalize(cell).split())
