"""Python environments for what must not be installed beside wara, made once in the cache folder."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ENVIRONMENTS = {
    "makers": (
        "weasyprint",
        "fpdf2",
        "reportlab",
        "uharfbuzz",
        "python-docx",
        "pythainlp",
        "fontpkg-sarabun",
    ),
    "fixthaipdf": ("fixthaipdf",),
    "markitdown": ("markitdown[pdf]",),
    "pymupdf4llm": ("pymupdf4llm<1", "pymupdf<2"),
    # docling itself needs models from the network: its parser alone gives the same text layer.
    "docling-parse": ("docling-parse",),
    "ocrmypdf": ("ocrmypdf",),
}
CHECKOUT = Path(__file__).parents[2]


def note(text: str) -> None:
    """Say what is missing, beside the tables."""
    print(f"  note: {text}", flush=True)


def python_of(name: str, cache: Path) -> str | None:
    """The interpreter of an environment; None, with a note, where it cannot be made."""
    folder = cache / "env" / name
    python = folder / "bin" / "python"
    if (folder / "ready").exists() or _failed(folder):
        return None if _failed(folder) else str(python)
    venv.create(folder, with_pip=True)
    install = [str(python), "-m", "pip", "install", "--quiet", *ENVIRONMENTS[name]]
    done = subprocess.run(install, capture_output=True, text=True)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        (folder / "failed").write_text(last)
        note(f"{name} could not be installed ({last})")
        return None
    (folder / "ready").touch()
    return str(python)


def _failed(folder: Path) -> bool:
    failed = folder / "failed"
    if failed.exists():
        note(f"{folder.name} was not installed ({failed.read_text()}); to retry, delete {folder}")
    return failed.exists()


def run_python(python: str | None, *arguments: str, text: str, timeout: float = 1800) -> str:
    """Run a module of this package with `text` on its standard input; returns what it printed."""
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT), "OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(
        [python or sys.executable, *arguments],
        input=text,
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        env=environment,
        cwd=CHECKOUT,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stderr[-2000:]}")
    return done.stdout
