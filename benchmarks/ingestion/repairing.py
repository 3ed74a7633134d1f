"""Damaged documents: raw, PyThaiNLP's normalize, fixthaipdf, wara's repair."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.ingestion.damage import MODELLED, Damage
from benchmarks.ingestion.printing import print_table
from benchmarks.ingestion.samples import Sample
from benchmarks.ingestion.scans import Scan
from benchmarks.ingestion.scoring import (
    character_errors,
    percent,
    without_running_lines,
    word_errors,
)
from benchmarks.ingestion.tools import EXTRACTORS, Run, run_tool, run_tools
from pipeline.thai import normalize

TEXT_LAYOUTS = ("flow", "justified")
Pair = tuple[float, float]
REPAIRERS = ("pythainlp", "fixthaipdf", "wara-repair")


@dataclass(frozen=True, slots=True)
class Case:
    """A damaged text, its class and what it was."""

    group: str
    text: str
    reference: str


def damaged(documents: Sequence[str], classes: Mapping[str, Damage]) -> list[Case]:
    """Every document in every class; the same damage in every run."""
    cases = []
    for group, damage in classes.items():
        for i, document in enumerate(documents):
            cases.append(Case(group, damage(document, random.Random(f"{group} {i}")), document))
    return cases


def extracted(
    samples: list[Sample], wanted: Mapping[str, Sequence[str]], cache: Path
) -> list[Case]:
    """What other extractors make of whole PDFs; `wanted` has the producers by column."""
    texts = [sample for sample in samples if sample.layout in TEXT_LAYOUTS]
    cases = []
    for run in run_tools(EXTRACTORS[1:], [str(sample.path) for sample in texts], cache):
        for column, outputs in run.texts.items():
            for sample, text in zip(texts, outputs, strict=True):
                if text and not sample.source and sample.producer in wanted.get(column, ()):
                    found = without_running_lines(text, sample.texts)
                    group = f"{column} on {sample.producer}"
                    cases.append(Case(group, found, normalize(sample.reference)))
    return sorted(cases, key=lambda case: case.group)


def ocr_layers(scans: Sequence[Scan], cache: Path) -> list[Case]:
    """The text layer of another OCR program, behind these pages."""
    run = run_tool("ocrmypdf", [str(scan.path) for scan in scans], cache)
    if run is None:
        return []
    return [
        Case("OCRmyPDF's layer", text, normalize(scan.sample.reference))
        for scan, text in zip(scans, run.texts.get("ocrmypdf", ()), strict=False)
        if text
    ]


def print_modelled(documents: list[str], cache: Path) -> None:
    """The classes that repair was developed with, on documents that it has not seen."""
    print_repairs("classes modelled in development", damaged(documents, MODELLED), cache)


def print_repairs(title: str, cases: list[Case], cache: Path) -> None:
    """Character and word errors of each class: raw and after each repairer."""
    if not cases:
        return
    runs = run_tools(REPAIRERS, [case.text for case in cases], cache)
    columns = _columns(cases, runs)
    groups: dict[str, list[int]] = defaultdict(list)
    for i, case in enumerate(cases):
        groups[case.group].append(i)
    pairs = [
        [_errors([(cases[i].reference, texts[i]) for i in which]) for texts in columns.values()]
        for which in groups.values()
    ]
    means = [_mean(list(column)) for column in zip(*pairs, strict=True)]
    names = [(group, len(which)) for group, which in groups.items()]
    names.append(("mean of classes", len(cases)))
    rows = [
        [*name, *(f"{characters:.1f} / {words:.1f}" for characters, words in row)]
        for name, row in zip(names, [*pairs, means], strict=True)
    ]
    heading = f"Repair, {title}: errors, % without spaces of characters / of words"
    print_table(heading, ["class", "n", *columns], rows)
    _print_speeds(runs, sum(len(case.text) for case in cases))


def _columns(cases: list[Case], runs: list[Run]) -> dict[str, list[str]]:
    columns = {"raw": [case.text for case in cases]}
    for run in runs:
        for name, texts in run.texts.items():
            columns[name] = [text or "" for text in texts]
    if "wara" in columns:  # as the readers do
        columns["wara"] = [normalize(text) for text in columns["wara"]]
    return columns


def _print_speeds(runs: list[Run], letters: int) -> None:
    for run in runs:
        speed = letters / sum(run.seconds) / 1000
        failed = f", {len(run.errors)} failed: {run.errors[0]}" if run.errors else ""
        print(f"  {run.tool}: {speed:,.0f} thousand characters a second, {run.peak:.0f} MB{failed}")


def _errors(found: list[tuple[str, str]]) -> Pair:
    """Character and word errors in percent over all pairs of reference and text together."""
    characters = percent([character_errors(*pair) for pair in found])
    return characters, percent([word_errors(*pair) for pair in found])


def _mean(pairs: list[Pair]) -> Pair:
    characters, words = zip(*pairs, strict=True)
    return sum(characters) / len(pairs), sum(words) / len(pairs)
