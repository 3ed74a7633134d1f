"""Pages a second and memory of every extractor, in interleaved rounds on the same files."""

from __future__ import annotations

import statistics
from collections import defaultdict
from pathlib import Path

from benchmarks.ingestion.printing import print_table
from benchmarks.ingestion.samples import Sample
from benchmarks.ingestion.tools import EXTRACTORS, run_tool

TEXT_LAYOUTS = ("flow", "justified", "columns")
PLAIN = ("libreoffice", "chromium", "weasyprint", "reportlab", "fpdf2")
ORDER = ("wara", "wara-reader", *EXTRACTORS[1:])


def print_speed(samples: list[Sample], cache: Path, *, rounds: int) -> None:
    """Pages a second: median of the rounds, and the median ratio to pdfplumber of the same round.

    Every round starts each tool anew; a first file, which pays for imports, does not count.
    """
    files = [s.path for s in samples if s.producer in PLAIN and s.layout in TEXT_LAYOUTS]
    if not files:
        return
    pages = sum(_pages(path) for path in files)
    speeds: dict[str, list[float]] = defaultdict(list)
    peaks: dict[str, float] = defaultdict(float)
    for turn in range(rounds):
        for tool in ORDER:
            if turn == 0 or tool in speeds:
                run = run_tool(tool, [str(path) for path in files], cache)
                if run is not None:
                    speeds[tool].append(pages / sum(run.seconds))
                    peaks[tool] = max(peaks[tool], run.peak)
    base = speeds.get("pdfplumber", [])
    rows = []
    for tool, found in speeds.items():
        ratios = [speed / plumber for speed, plumber in zip(found, base, strict=False)]
        ratio = statistics.median(ratios) if ratios else None
        spread = f"{min(found):.0f}-{max(found):.0f}"
        rows.append([tool, f"{statistics.median(found):.0f}", spread, ratio, f"{peaks[tool]:.0f}"])
    title = f"Speed: {len(files)} text PDFs, {pages} pages, {rounds} interleaved rounds"
    print_table(title, ["tool", "pages/s", "range", "x pdfplumber", "peak MB"], rows)
    print("  wara: end to end with isolation, repair and tables; wara-reader: its PDF reader alone")


def _pages(path: Path) -> int:
    from pdfminer.pdfpage import PDFPage

    with path.open("rb") as stream:
        return sum(1 for _ in PDFPage.get_pages(stream))
