"""Clean Thai: what each repairer changes that normalization does not, speed and memory."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from benchmarks.ingestion.printing import print_table
from benchmarks.ingestion.repairing import REPAIRERS
from benchmarks.ingestion.tools import run_tool
from pipeline.thai import normalize

SHORT = 200  # characters; shorter texts are counted apart


def print_clean(texts: Sequence[str], cache: Path, *, title: str) -> None:
    """Documents and characters changed beyond `normalize`, one repairer after the other.

    "letters changed" leaves out documents in which spaces and line breaks alone moved.
    """
    if not texts:
        return
    letters = sum(map(len, texts))
    rows = []
    shown = []
    for tool in REPAIRERS:
        run = run_tool(tool, texts, cache)
        if run is None:
            continue
        found = next(iter(run.texts.values()))
        changed = [
            (before, after or "")
            for before, after in zip(texts, found, strict=True)
            if normalize(after or "") != normalize(before)
        ]
        rows.append([tool, *_counts(texts, changed), letters / sum(run.seconds) / 1000, run.peak])
        if tool == "wara-repair":
            shown = changed
    heading = f"Clean {title}: {len(texts):,} documents, {letters:,} characters"
    columns = ["repairer", f"changed >= {SHORT}", "of", f"< {SHORT}", "of",
               "letters changed", "characters", "a million", "1,000 char/s", "MB"]  # fmt: skip
    print_table(heading, columns, rows)
    for before, after in shown[:5]:
        print(f"  changed: {_first_change(normalize(before), normalize(after))}")


def _counts(texts: Sequence[str], changed: list[tuple[str, str]]) -> list[object]:
    long = sum(len(before) >= SHORT for before, _ in changed)
    whole = sum(len(text) >= SHORT for text in texts)
    letters = sum(_characters_changed(normalize(a), normalize(b)) for a, b in changed)
    share = 1e6 * letters / sum(map(len, texts))
    in_letters = sum("".join(a.split()) != "".join(b.split()) for a, b in changed)
    short = len(changed) - long
    return [long, whole, short, len(texts) - whole, in_letters, letters, f"{share:,.0f}"]


def _characters_changed(before: str, after: str) -> int:
    """A changed letter breaks two neighbouring pairs: counting pairs costs one pass."""
    old, new = Counter(pairwise(f" {before} ")), Counter(pairwise(f" {after} "))
    broken = max((old - new).total(), (new - old).total())
    return math.ceil(broken / 2)


def _first_change(before: str, after: str) -> str:
    at = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    return f"{before[max(0, at - 15) : at + 15]!r} -> {after[max(0, at - 15) : at + 15]!r}"
