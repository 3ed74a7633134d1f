"""PDFs by producer and layout: word errors of every extractor."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from benchmarks.ingestion.printing import print_table
from benchmarks.ingestion.samples import Sample
from benchmarks.ingestion.scoring import mean_percent, without_running_lines, word_errors
from benchmarks.ingestion.tools import EXTRACTORS, Run, run_tools

KINDS = {
    "flow": "text",
    "justified": "text",
    "columns": "two columns",
    "form": "form",
    "labels": "label : value",
    "budget": "long table",
}
Errors = list[tuple[int, int]]


def print_extraction(samples: list[Sample], cache: Path) -> list[Run]:
    """Word error rate by producer, layout and extractor; returns the runs for other tables."""
    runs = run_tools(EXTRACTORS, [str(sample.path) for sample in samples], cache)
    columns = [name for run in runs for name in run.texts if name != "warnings"]
    errors = {name: _errors(samples, run.texts[name]) for run in runs for name in run.texts}
    rows: dict[str, list[int]] = defaultdict(list)
    for i, sample in enumerate(samples):
        rows[_row(sample)].append(i)
        if not sample.source:
            rows["all but gs"].append(i)
    table = [
        [f"{row} ({len(which)})", *(_cell(errors[name], which) for name in columns)]
        for row, which in sorted(rows.items(), key=lambda item: item[0] == "all but gs")
    ]
    name = samples[0].texts.name
    pages = "mean over files; in brackets the number of files"
    print_table(f"PDFs, set {name}: word errors, % ({pages})", ["producer", *columns], table)
    _print_worst(samples, errors, columns)
    for run in runs:
        if run.errors:
            print(f"  {run.tool}: {len(run.errors)} files failed, first: {run.errors[0]}")
    print("  versions: " + ", ".join(f"{run.tool} {run.version}" for run in runs if run.version))
    return runs


def _errors(samples: list[Sample], texts: list[str | None]) -> Errors:
    """A file that failed counts as read empty."""
    errors = []
    for sample, text in zip(samples, texts, strict=True):
        found = without_running_lines(text or "", sample.texts)
        errors.append(min(word_errors(reference, found) for reference in sample.references))
    return errors


def _row(sample: Sample) -> str:
    if sample.source:
        return f"gs of {sample.source}"
    return f"{sample.producer}, {KINDS[sample.layout]}"


def _cell(errors: Errors, which: list[int]) -> float:
    return mean_percent([errors[i] for i in which])


def _print_worst(samples: list[Sample], errors: dict[str, Errors], columns: list[str]) -> None:
    """The files that each extractor read worst, gs aside."""
    plain = [i for i, sample in enumerate(samples) if not sample.source]
    rows = []
    for name in columns:
        shares = [100 * errors[name][i][0] / errors[name][i][1] for i in plain]
        worst = max(range(len(plain)), key=lambda k: shares[k])
        over = sum(share > 1 for share in shares)
        rows.append([name, shares[worst], samples[plain[worst]].path.stem, over, len(plain)])
    print_table(
        "Worst file of each", ["extractor", "errors, %", "file", "files over 1 %", "of"], rows
    )
