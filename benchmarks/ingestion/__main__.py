"""How right every kind of Thai document is read, in one run.

    python -m benchmarks.ingestion [PART ...] [--cache FOLDER] [--shared FOLDER] [--quick]

Parts: pdf, repair, clean, scans, forms, speed; all of them without a name. PDFs and scans are made
on the spot, in environments of their own, and kept in the cache. What is not installed is noted.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.ingestion import (
    corpora,
    extraction,
    forms,
    heldout,
    repairing,
    samples,
    scans,
    speed,
    texts,
)
from benchmarks.ingestion.clean import print_clean
from benchmarks.ingestion.samples import Sample
from benchmarks.ingestion.scans import Scan

DEV = Path(__file__).with_name("dev.json")
UNSEEN = Path(__file__).with_name("unseen.json")


@dataclass(frozen=True, slots=True)
class Bench:
    """The folders, how much is asked for, and the PDFs by the file of their text set."""

    cache: Path
    shared: Path
    quick: bool
    made: dict[Path, list[Sample]]

    def scans(self, path: Path, *, dpi: tuple[int, ...]) -> list[Scan]:
        """The scans of a set."""
        pages = samples.scan_pages(texts.load(path), path, self.cache)
        return scans.make_scans(pages, dpi=dpi)


def print_pdf(bench: Bench) -> None:
    """Every extractor on every PDF, set by set."""
    for found in bench.made.values():
        extraction.print_extraction(found, bench.cache)


def print_repair(bench: Bench) -> None:
    """Classes of damage: modelled, held out, and other programs' real output."""
    count = 4 if bench.quick else 10
    documents = corpora.documents(bench.shared, count, part=0)
    repairing.print_modelled(documents, bench.cache)
    others = corpora.documents(bench.shared, count, part=1)
    cases = repairing.damaged(others, heldout.HELD_OUT)
    repairing.print_repairs("classes held out", cases, bench.cache)
    cases = repairing.damaged(others, heldout.FORMERLY_HELD_OUT)
    repairing.print_repairs("classes held out at first", cases, bench.cache)
    cases = repairing.extracted(bench.made[UNSEEN], heldout.REAL, bench.cache)
    light = [scan for scan in bench.scans(UNSEEN, dpi=(200,)) if scan.level == "light"]
    cases += repairing.ocr_layers(light, bench.cache)
    repairing.print_repairs("other programs' output on unseen files", cases, bench.cache)


def print_clean_texts(bench: Bench) -> None:
    """What is changed in clean Thai."""
    print_clean(corpora.own_texts(), bench.cache, title="own corpora")
    public = corpora.public_texts(bench.shared)
    print_clean(public, bench.cache, title="public sets (Wikipedia articles)")


def print_scans(bench: Bench) -> None:
    """Scans of both sets."""
    for path in bench.made:
        found = bench.scans(path, dpi=(200,) if bench.quick else scans.DPI)
        scans.print_scans(found, bench.cache)


def print_forms(bench: Bench) -> None:
    """Tables and label/value rows of both sets."""
    for found in bench.made.values():
        forms.print_forms(found, bench.cache)


def print_speed(bench: Bench) -> None:
    """Pages a second and memory."""
    speed.print_speed(bench.made[DEV], bench.cache, rounds=1 if bench.quick else 3)


PARTS: dict[str, Callable[[Bench], None]] = {
    "pdf": print_pdf,
    "repair": print_repair,
    "clean": print_clean_texts,
    "scans": print_scans,
    "forms": print_forms,
    "speed": print_speed,
}


def main() -> None:
    """Print the parts that are asked for."""
    options = _options()
    cache = options.cache.expanduser().resolve()
    start = time.perf_counter()
    made = {path: samples.samples_of(texts.load(path), path, cache) for path in (DEV, UNSEEN)}
    print(f"PDFs: {sum(map(len, made.values()))}, {time.perf_counter() - start:.0f} s", flush=True)
    bench = Bench(cache, options.shared, options.quick, made)
    for part in options.parts or PARTS:
        start = time.perf_counter()
        print(f"\n== {part} ==", flush=True)
        PARTS[part](bench)
        print(f"  {part}: {time.perf_counter() - start:.0f} s", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ingestion")
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PART")
    parser.add_argument("--cache", type=Path, default=Path("~/.cache/wara-benchmarks"))
    shared = Path(os.environ.get("WARA_SHARED", corpora.default_shared()))
    parser.add_argument("--shared", type=Path, default=shared, help="folder of public data sets")
    parser.add_argument("--quick", action="store_true", help="fewer documents, rounds and scans")
    return parser.parse_args()


if __name__ == "__main__":
    main()
