"""Make PDFs with every producer at hand. Runs in the environment `makers`.

Reads jobs as JSON from standard input (`set`: path of a text set, then producer, font, layout and
the PDF's path) and prints what could not be made as JSON: {path: reason}.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.ingestion.documents import docx_of, html_of
from benchmarks.ingestion.drawing import draw_with_fpdf, draw_with_reportlab
from benchmarks.ingestion.texts import TextSet, load

FONTS = {
    "Sarabun": "Sarabun-Regular.ttf",
    "Norasi": "Norasi.ttf",
    "Garuda": "Garuda.ttf",
    "Laksaman": "Laksaman.ttf",
    "Loma": "Loma.ttf",
    "Kinnari": "Kinnari.ttf",
    "Tlwg Typo": "TlwgTypo.ttf",
    "Noto Sans Thai": "NotoSansThai-Regular.ttf",
    "Noto Serif Thai": "NotoSerifThai-Regular.ttf",
}
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
Job = dict[str, str]


class NotMadeError(Exception):
    """A producer or a font is missing; the message names it."""


def font_file(name: str) -> Path:
    """The TTF of a font: from the system or from the wheel of Sarabun."""
    folders = [Path("/usr/share/fonts"), *_wheel_folders()]
    for folder in folders:
        for found in sorted(folder.rglob(FONTS[name])):
            return found
    raise NotMadeError(f"font {name} is not installed")


def _wheel_folders() -> list[Path]:
    try:
        import fontpkg_sarabun
    except ImportError:
        return []
    return [Path(fontpkg_sarabun.__file__).parent]


def _tool(*names: str) -> str:
    for name in names:
        if path := shutil.which(name):
            return path
    raise NotMadeError(f"{names[0]} is not installed")


def _run(*command: str, **more: Any) -> None:
    done = subprocess.run(command, capture_output=True, timeout=300, **more)
    if done.returncode:
        said = done.stderr.decode(errors="replace")[-200:]
        raise NotMadeError(f"{Path(command[0]).name}: {said}")


def _libreoffice(texts: TextSet, job: Job) -> None:
    """By way of a Word file; LibreOffice starts for each one, in a profile of its own."""
    office = _tool("soffice", "libreoffice")
    font_file(job["font"])  # LibreOffice would take another one without a word
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / (Path(job["path"]).stem + ".docx")
        docx_of(texts, job["layout"], job["font"], source)
        profile = f"-env:UserInstallation=file://{tempfile.gettempdir()}/wara-office"
        _run(office, profile, "--headless", "--convert-to", "pdf", "--outdir",
             str(Path(job["path"]).parent), str(source), env=_with_fonts())  # fmt: skip


@functools.cache
def _with_fonts() -> dict[str, str]:
    """An environment in which fontconfig also finds the font of the wheel."""
    folders = "".join(f"<dir>{folder}</dir>" for folder in _wheel_folders())
    path = Path(tempfile.mkdtemp()) / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><fontconfig><include ignore_missing="yes">'
        f"/etc/fonts/fonts.conf</include>{folders}</fontconfig>"
    )
    return os.environ | {"FONTCONFIG_FILE": str(path)}


def _chromium(texts: TextSet, job: Job) -> None:
    browser = _tool(*CHROMIUMS)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(_html(texts, job), encoding="utf-8")
        _run(browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
             f"--user-data-dir={folder}/profile", f"--print-to-pdf={job['path']}",
             f"file://{source}")  # fmt: skip


def _weasyprint(texts: TextSet, job: Job) -> None:
    from weasyprint import HTML

    HTML(string=_html(texts, job)).write_pdf(job["path"])


def _html(texts: TextSet, job: Job) -> str:
    return html_of(texts, job["layout"], font_file(job["font"]))


def _reportlab(texts: TextSet, job: Job, **how: bool) -> None:
    draw_with_reportlab(texts, job["layout"], font_file(job["font"]), job["path"], **how)


def _fpdf2(texts: TextSet, job: Job, **how: bool) -> None:
    draw_with_fpdf(texts, job["layout"], font_file(job["font"]), job["path"], **how)


def _ghostscript(_texts: TextSet, job: Job) -> None:
    source = job.get("source", "")
    if not Path(source).exists():
        raise NotMadeError("the PDF to distil is missing")
    _run(_tool("gs"), "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite",
         f"-sOutputFile={job['path']}", source)  # fmt: skip


PRODUCERS: dict[str, Callable[[TextSet, Job], None]] = {
    "libreoffice": _libreoffice,
    "chromium": _chromium,
    "weasyprint": _weasyprint,
    "reportlab": _reportlab,
    "reportlab-shaped": functools.partial(_reportlab, shaped=True),
    "reportlab-codes": functools.partial(_reportlab, coded=True),
    "fpdf2": _fpdf2,
    "fpdf2-shaped": functools.partial(_fpdf2, shaped=True),
    "gs": _ghostscript,
}


def main() -> None:
    """Make every job's file; a missing program is a reason, not the end."""
    failures = {}
    for job in json.load(sys.stdin):
        try:
            PRODUCERS[job["producer"]](load(Path(job["set"])), job)
        except (NotMadeError, ImportError, subprocess.TimeoutExpired) as error:
            failures[job["path"]] = str(error)
    json.dump(failures, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
