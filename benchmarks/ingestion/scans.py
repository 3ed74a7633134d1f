"""Pages as a scanner gives them: word errors and digits, Tesseract as it is and wara."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.ingestion.environments import note
from benchmarks.ingestion.printing import print_table
from benchmarks.ingestion.samples import Sample
from benchmarks.ingestion.scoring import digits_right, percent, word_errors
from benchmarks.ingestion.tools import Run, run_tools
from pipeline.thai import normalize

DPI = (150, 200, 300)
LAYOUTS = {
    "page-0": "text",
    "page-1": "text",
    "page-columns": "two columns",
    "page-form": "form",
}
THAI_DIGITS, ARABIC_DIGITS = "๐๑๒๓๔๕๖๗๘๙", "0123456789"


Texts = list[str | None]


@dataclass(frozen=True, slots=True)
class Wear:
    """What a scanner does: degrees, noise and shade in grey levels, blur in pixels at 200 dpi."""

    turn: float = 0.0
    noise: float = 0.0
    blur: float = 0.0
    shade: float = 0.0


WEAR = {
    "dev": {
        "clean": Wear(),
        "light": Wear(turn=0.4, noise=8, blur=0.4, shade=8),
        "hard": Wear(turn=-1.1, noise=20, blur=0.9, shade=50),
    },
    "unseen": {
        "clean": Wear(),
        "light": Wear(turn=-0.6, noise=6, blur=0.6, shade=15),
        "hard": Wear(turn=0.9, noise=26, blur=0.8, shade=35),
    },
}


@dataclass(frozen=True, slots=True)
class Scan:
    """A page image and the sample that it shows."""

    path: Path
    sample: Sample
    dpi: int
    level: str


def make_scans(samples: list[Sample], *, dpi: tuple[int, ...] = DPI) -> list[Scan]:
    """Render each sample at each resolution and level; reuses what is there."""
    try:
        import pypdfium2
    except ImportError:
        note("scans need pypdfium2 and pillow: pip install 'wara[ocr]'")
        return []
    scans = []
    for seed, sample in enumerate(samples):
        for level, wear in WEAR[sample.texts.name].items():
            for resolution in dpi:
                path = sample.path.with_name(f"{sample.path.stem}-{resolution}-{level}.png")
                scans.append(Scan(path, sample, resolution, level))
                if not path.exists():
                    page = pypdfium2.PdfDocument(sample.path)[0]
                    clean = page.render(scale=resolution / 72).to_pil().convert("L")
                    _worn(clean, wear, resolution, seed).save(path, dpi=(resolution,) * 2)
    return scans


def _worn(image: Any, wear: Wear, resolution: int, seed: int) -> Any:
    from PIL import Image, ImageFilter

    if wear.turn:
        image = image.rotate(wear.turn, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if wear.blur:
        image = image.filter(ImageFilter.GaussianBlur(wear.blur * resolution / 200))
    grey = np.asarray(image, dtype=np.float32)
    shade = wear.shade * np.linspace(0, 1, grey.shape[1], dtype=np.float32)
    noise = np.random.default_rng(seed).normal(0, wear.noise, grey.shape) if wear.noise else 0
    return Image.fromarray(np.clip(grey - shade + noise, 0, 255).astype(np.uint8))


def print_scans(scans: list[Scan], cache: Path) -> None:
    """Word errors and digits by resolution and level."""
    runs = run_tools(("tesseract", "wara"), [str(scan.path) for scan in scans], cache)
    if not scans or not runs:
        return
    groups: dict[str, list[int]] = defaultdict(list)
    for i, scan in enumerate(scans):
        groups[f"{scan.dpi} dpi, {scan.level}"].append(i)
    for i, scan in enumerate(scans):
        if scan.dpi == 200:
            groups[f"200 dpi, {LAYOUTS[scan.sample.layout]}"].append(i)
        groups["all"].append(i)
    columns = {
        name: (run, texts)
        for run in runs
        for name, texts in run.texts.items()
        if name in {"Tesseract", "wara"}
    }
    if "Tesseract" in columns:
        run, texts = columns["Tesseract"]
        columns["normalized"] = (run, [normalize(text or "") for text in texts])
    for title, measure in MEASURES.items():
        rows = []
        for group, which in groups.items():
            cells = [measure(scans, *column, which) for column in columns.values()]
            rows.append([f"{group} ({len(which)})", *cells])
        heading = f"Scans, set {scans[0].sample.texts.name}: {title} (in brackets: pages)"
        print_table(heading, ["", *columns], rows)
    for run in runs:
        if run.errors:
            print(f"  {run.tool}: {len(run.errors)} pages failed, first: {run.errors[0]}")


def _words(scans: list[Scan], _run: Run, texts: Texts, which: list[int]) -> float:
    return percent(
        [
            min(word_errors(reference, texts[i] or "") for reference in scans[i].sample.references)
            for i in which
        ]
    )


def _digits(scans: list[Scan], _run: Run, texts: Texts, which: list[int], *, digits: str) -> str:
    pairs = [digits_right(scans[i].sample.reference, texts[i] or "", digits) for i in which]
    return f"{percent(pairs):.1f} of {sum(n for _, n in pairs)}"


MEASURES: dict[str, Any] = {
    "word errors, %": _words,
    "Thai digits right, %": partial(_digits, digits=THAI_DIGITS),
    "Arabic digits right, %": partial(_digits, digits=ARABIC_DIGITS),
    "seconds a page": lambda _scans, run, _texts, which: float(
        np.mean([run.seconds[i] for i in which])
    ),
}
