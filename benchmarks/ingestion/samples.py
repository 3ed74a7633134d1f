"""Which PDFs are made of a text set, made once in the cache folder.

The folder bears the digest of the texts: after a change to how files are made, delete it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from benchmarks.ingestion import environments
from benchmarks.ingestion.producers import FONTS
from benchmarks.ingestion.texts import LAYOUTS, TextSet

CODED_FONTS = ("Norasi", "Kinnari")  # of those with glyph codes in their cmap
DISTILLED = (("libreoffice", "flow"), ("chromium", "flow"), ("weasyprint", "justified"),
             ("reportlab-shaped", "flow"), ("reportlab-codes", "flow"))  # fmt: skip
SCANNED = ("page-0", "page-1", "page-columns", "page-form")


@dataclass(frozen=True, slots=True)
class Sample:
    """One PDF and what it was made from; `source` is the producer of a re-distilled file."""

    path: Path
    texts: TextSet
    producer: str
    font: str
    layout: str
    source: str = ""

    @property
    def reference(self) -> str:
        """What a reader should get, running lines aside."""
        return self.texts.reference(self.layout)

    @property
    def references(self) -> tuple[str, ...]:
        """The reference with lines, tabs or both between cells: all are right.

        A line break inside Thai counts as none, so words meet there that a tab keeps apart.
        """
        between = ("\n", "\n"), ("\t", "\n"), ("\t", "\t")
        found = (self.texts.reference(self.layout, cells=c, rows=r) for c, r in between)
        return tuple(dict.fromkeys(found))


def samples_of(texts: TextSet, path: Path, cache: Path) -> list[Sample]:
    """The samples of a set, whose file is `path`; what cannot be made is noted and left out."""
    folder = cache / "pdf" / f"{texts.name}-{texts.digest}"
    return _made(_plan(texts, folder), path, cache)


def scan_pages(texts: TextSet, path: Path, cache: Path) -> list[Sample]:
    """One-page PDFs to be rendered as scans."""
    folder = cache / "pdf" / f"{texts.name}-{texts.digest}"
    fonts = ("Sarabun", "Norasi", "Laksaman", "Noto Serif Thai")
    turn = 0 if texts.name == "dev" else 1
    producers = ("libreoffice", "chromium")
    plan = [
        _sample(texts, folder, producers[i % 2], fonts[(i + turn) % 4], layout)
        for i, layout in enumerate(SCANNED)
    ]
    return _made(plan, path, cache)


def _plan(texts: TextSet, folder: Path) -> list[Sample]:
    """Every layout in two fonts, fonts in turn, so that each producer sets all of them."""
    fonts = list(FONTS)
    turn = 0 if texts.name == "dev" else 5
    plan = []
    for p, producer in enumerate(("libreoffice", "chromium", "weasyprint")):
        for i, layout in enumerate(LAYOUTS):
            for k in (0, 4):
                font = fonts[(2 * i + 3 * p + k + turn) % len(fonts)]
                plan.append(_sample(texts, folder, producer, font, layout))
    # Drawn text has no fallback font: those of Noto, which hold Thai alone, would lose the rest.
    whole = [font for font in fonts if not font.startswith("Noto")]
    for p, producer in enumerate(("reportlab", "reportlab-shaped", "fpdf2", "fpdf2-shaped")):
        for i, layout in enumerate(("flow", "justified")):
            for k in (0, 3):
                font = whole[(4 * i + 2 * p + k + turn) % len(whole)]
                plan.append(_sample(texts, folder, producer, font, layout))
    for font, layout in zip(CODED_FONTS, ("flow", "justified"), strict=True):
        plan.append(_sample(texts, folder, "reportlab-codes", font, layout))
    return plan + [_distilled(plan, folder, *what) for what in DISTILLED]


def _sample(texts: TextSet, folder: Path, producer: str, font: str, layout: str) -> Sample:
    name = f"{producer}-{font.replace(' ', '')}-{layout}.pdf".lower()
    return Sample(folder / name, texts, producer, font, layout)


def _distilled(plan: list[Sample], folder: Path, producer: str, layout: str) -> Sample:
    source = next(s for s in plan if s.producer == producer and s.layout == layout)
    path = folder / f"gs-{source.path.name}"
    return Sample(path, source.texts, "gs", source.font, layout, source=producer)


def _made(plan: list[Sample], path: Path, cache: Path) -> list[Sample]:
    missing = [sample for sample in plan if not sample.path.exists()]
    if missing and (python := environments.python_of("makers", cache)):
        missing[0].path.parent.mkdir(parents=True, exist_ok=True)
        jobs = [
            {
                "set": str(path),
                "producer": s.producer,
                "font": s.font,
                "layout": s.layout,
                "path": str(s.path),
                "source": str(s.path.with_name(s.path.name.removeprefix("gs-"))),
            }
            for s in missing
        ]
        answer = environments.run_python(
            python, "-m", "benchmarks.ingestion.producers", text=json.dumps(jobs), timeout=3600
        )
        reasons = json.loads(answer.splitlines()[-1])
        for reason in sorted(set(reasons.values())):
            environments.note(f"{list(reasons.values()).count(reason)} files not made: {reason}")
    return [sample for sample in plan if sample.path.exists()]
