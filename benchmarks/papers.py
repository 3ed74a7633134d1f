"""Makes an archive of PDFs and DOCX files out of the corpus, for the measurements of speed.

A file holds one or two texts of the corpus, in one of four forms: written by python-docx as
paragraphs or as a form (a table of heading and answer), drawn by reportlab, or printed by
LibreOffice. The same seed gives the same files, but for the dates that programs write into them.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpora import load_minutes, load_proposals

FORMS = ("paragraphs", "drawn", "form", "printed")
FONTS = ("Garuda", "Loma", "Norasi", "Laksaman", "Kinnari")
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
TWO_TEXTS, MINUTES = 0.25, 0.2  # shares of the files
WIDTH, HEIGHT, MARGIN = 595.28, 841.89, 70.0  # points, A4
AT_ONCE = 100  # files that LibreOffice prints in one run


@dataclass(frozen=True)
class Paper:
    """One file to be made."""

    name: str
    form: str
    font: str
    size: int
    lines: tuple[str, ...]

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Heading and answer of each line, for a form; "" where it has no short heading."""
        split = [(line, *line.partition(":")) for line in self.lines]
        return [
            (heading, answer.strip()) if colon and len(heading) < 40 else ("", line)
            for line, heading, colon, answer in split
        ]

    @property
    def text(self) -> str:
        """What stands in the file."""
        if self.form == "form":
            return "\n".join(" ".join(row).strip() for row in self.rows)
        return "\n".join(self.lines)


def make(folder: Path, files: int, *, seed: int = 0) -> list[Path]:
    """Write `files` files into `folder` and return their paths, in order of their names.

    Where LibreOffice is missing, reportlab draws its share. Raises `FileNotFoundError` without
    any of the Thai fonts (Debian: fonts-tlwg-*-ttf).
    """
    folder.mkdir(parents=True, exist_ok=True)
    fonts = _fonts()
    office = shutil.which("soffice") or shutil.which("libreoffice")
    to_print: list[Paper] = []
    for paper in _papers(files, sorted(fonts), random.Random(seed)):
        if paper.form == "printed" and office is not None:
            to_print.append(paper)
        elif paper.form in ("drawn", "printed"):
            _draw(paper, fonts[paper.font], folder / f"{paper.name}.pdf")
        else:
            _write_docx(paper, folder / f"{paper.name}.docx")
    for start in range(0, len(to_print), AT_ONCE):
        _print(to_print[start : start + AT_ONCE], str(office), folder)
    return sorted(path for path in folder.iterdir() if path.suffix in (".docx", ".pdf"))


def texts(files: int, *, seed: int = 0) -> dict[str, str]:
    """What stands in the files that `make` makes of these, by their names without the suffix."""
    return {p.name: p.text for p in _papers(files, sorted(_fonts()), random.Random(seed))}


def _papers(files: int, fonts: Sequence[str], drawn: random.Random) -> Iterator[Paper]:
    given = load_proposals(part="train")
    proposals = list(zip(given["title"], given["text"], strict=True))
    minutes = [("", text) for text in load_minutes(part="train")["text"]]
    for number in range(files):
        source = minutes if drawn.random() < MINUTES else proposals
        texts = drawn.sample(source, 2 if drawn.random() < TWO_TEXTS else 1)
        lines = tuple(line for title, text in texts for line in (title, *text.split("\n")) if line)
        form = FORMS[number % len(FORMS)]
        yield Paper(f"{number:05d}-{form}", form, drawn.choice(fonts), drawn.randint(12, 16), lines)


def _fonts() -> dict[str, Path]:
    fonts = {name: path for name in FONTS if (path := _font(name)) is not None}
    if not fonts:
        raise FileNotFoundError(f"none of the fonts {', '.join(FONTS)} is installed")
    return fonts


def _font(name: str) -> Path | None:
    return next((path for top in FONT_FOLDERS for path in sorted(top.rglob(f"{name}.ttf"))), None)


def _write_docx(paper: Paper, path: Path) -> None:
    from docx import Document
    from docx.shared import Pt

    document = Document()
    document.styles["Normal"].font.name = paper.font
    document.styles["Normal"].font.size = Pt(paper.size)
    if paper.form == "form":
        table = document.add_table(rows=0, cols=2)
        table.style = "Table Grid"
        for heading, answer in paper.rows:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = heading, answer
    else:
        for line in paper.lines:
            document.add_paragraph(line)
    document.save(str(path))


def _draw(paper: Paper, font: Path, path: Path) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont(paper.font, str(font)))
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    canvas.setFont(paper.font, paper.size)
    y = HEIGHT - MARGIN
    for line in _wrapped(paper):
        if y < MARGIN:
            canvas.showPage()
            canvas.setFont(paper.font, paper.size)
            y = HEIGHT - MARGIN
        canvas.drawString(MARGIN, y, line)
        y -= 1.5 * paper.size
    canvas.save()


def _wrapped(paper: Paper) -> Iterator[str]:
    """The lines as wide as the page has room, broken between words."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    from pipeline.thai import tokenize

    for paragraph in paper.lines:
        line, wide = "", 0.0
        for token in tokenize(paragraph):
            own = stringWidth(token.text, paper.font, paper.size)
            if wide + own > WIDTH - 2 * MARGIN and line.strip():
                yield line.rstrip()
                line, wide = "", 0.0
            line, wide = line + token.text, wide + own
        yield line


def _print(papers: Sequence[Paper], office: str, folder: Path) -> None:
    """Turn Word files into PDFs with LibreOffice, in one run and in a profile of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        sources = []
        for paper in papers:
            sources.append(Path(scratch) / f"{paper.name}.docx")
            _write_docx(paper, sources[-1])
        profile = f"-env:UserInstallation=file://{scratch}/profile"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
        subprocess.run([*command, *map(str, sources)], check=True, capture_output=True)
