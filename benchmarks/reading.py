"""How fast and how exactly files are read.

Prints three tables: word errors of our reader beside pdfplumber, pdfminer.six and PDFium (with
pypdfium2 installed) on the PDFs of tests/data against their source; files and pages a second by
format; and where the time goes. Usage: python benchmarks/reading.py [ROUNDS]
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from pythainlp.tokenize import word_tokenize

from pipeline.readers import read, read_bytes
from pipeline.readers.pdf import read_pdf
from pipeline.readers.pdf.document import Document
from pipeline.readers.pdf.glyphs import GlyphReader
from pipeline.readers.pdf.lines import lines_of
from pipeline.readers.pdf.order import reading_order
from pipeline.readers.pdf.paragraphs import cell_texts, page_text
from pipeline.readers.pdf.tables import CellFinder, find_grids, place_tables
from pipeline.thai import normalize, repair

DATA = Path(__file__).parent.parent / "tests" / "data"
SOURCE: dict[str, Any] = json.loads((DATA / "texts.json").read_text(encoding="utf-8"))
MADE_BY = ("chromium", "fpdf2", "libreoffice", "reportlab", "weasyprint")


def source_text(name: str) -> str:
    """The text a sample was made from; its header and footer are not counted."""
    if name != "form":
        return "\n".join(SOURCE[name])
    rows = [
        [SOURCE["form_title"]],
        *SOURCE["form"],
        [SOURCE["budget_title"]],
        *SOURCE["budget"],
    ]
    return "\n".join("\n".join(row) for row in rows)


def words_of(text: str) -> list[str]:
    """Words by newmm; a newline inside Thai is nothing, elsewhere a space."""
    thai = "\u0e01-\u0e3a\u0e40-\u0e4e"
    text = re.sub(f"(?<=[{thai}])\\s*\n\\s*(?=[{thai}])", "", text)
    text = re.sub(r"\s+", " ", text)
    return [word for word in word_tokenize(text, keep_whitespace=False) if word.strip()]


def distance(reference: list[str], found: list[str]) -> int:
    """Levenshtein distance of two word lists."""
    codes = {word: code for code, word in enumerate(dict.fromkeys(reference + found))}
    columns = np.array([codes[word] for word in found], dtype=np.int64)
    steps = np.arange(len(found) + 1)
    row = steps.copy()
    for word in reference:
        change = row[:-1] + (columns != codes[word])
        best = np.minimum(np.r_[row[0] + 1, change], row + 1)
        row = np.minimum.accumulate(best - steps) + steps
    return int(row[-1])


def word_error_rate(reference: str, found: str) -> float:
    """Word errors in percent of the reference's words."""
    words = words_of(reference)
    return 100 * distance(words, words_of(found)) / len(words)


def ours(path: Path) -> str:
    """Our reader before repair."""
    without_header = [page.raw_text for page in read(path).pages]
    return "\n".join(without_header)


def ours_repaired(path: Path) -> str:
    """Our reader, repaired and normalized."""
    return read(path).text


def plumber(path: Path) -> str:
    """pdfplumber, its default text."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def miner(path: Path) -> str:
    """pdfminer.six, its default text."""
    from pdfminer.high_level import extract_text

    return str(extract_text(path))


def pdfium(path: Path) -> str:
    """PDFium, its text in reading order."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


EXTRACTORS: dict[str, Callable[[Path], str]] = {
    "wara raw": ours,
    "wara": ours_repaired,
    "pdfplumber": plumber,
    "pdfminer": miner,
    "pdfium": pdfium,
}


def samples() -> list[Path]:
    """The PDFs whose source is known."""
    return [p for p in sorted(DATA.glob("*.pdf")) if p.stem.split("-")[0] in MADE_BY]


def print_errors() -> None:
    """Word error rate by file and extractor."""
    print("word errors, %".ljust(28) + "".join(name.rjust(12) for name in EXTRACTORS))
    for path in samples():
        reference = source_text(path.stem.split("-")[-1])
        cells = []
        for extract in EXTRACTORS.values():
            try:
                # The running header and footer of LibreOffice's flow are no part of the source.
                text = re.sub("สำนักงานจังหวัดอุทัยธานี\n|\n?เอกสารประกอบการประชุม", "", extract(path))
                cells.append(f"{word_error_rate(reference, text):.1f}")
            except ImportError:
                cells.append("-")
        print(path.stem.ljust(28) + "".join(cell.rjust(12) for cell in cells))


def print_speed(rounds: int) -> None:
    """Files and pages a second by format, from bytes to `Document`."""
    print("\nformat".ljust(28) + "files/s".rjust(12) + "pages/s".rjust(12))
    flow = "\n".join(SOURCE["flow"])
    page = "".join(f"<p>{text}</p>" for text in SOURCE["flow"])
    files = {
        "text/UTF-8": [flow.encode()],
        "text/Windows-874": [flow.encode("cp874")],
        "html": [f"<html><title>น้ำ</title><body>{page}</body></html>".encode()],
        "docx": [path.read_bytes() for path in sorted(DATA.glob("*.docx"))],
        "pdf": [path.read_bytes() for path in samples()],
    }
    for name, contents in files.items():
        for data in contents:  # imports and caches are not what is measured
            read_bytes(data, file=name)
        start = time.perf_counter()
        pages = sum(
            len(read_bytes(data, file=name).pages) for _ in range(rounds) for data in contents
        )
        spent = time.perf_counter() - start
        print(f"{name:27s}{rounds * len(contents) / spent:12.0f}{pages / spent:12.0f}")


def print_stages(rounds: int) -> None:
    """Where the time of reading a PDF goes."""
    spent = dict.fromkeys(("parse", "boxes", "lines", "tables", "repair, normalize"), 0.0)

    def timed(stage: str, call: Callable[..., Any], *values: Any) -> Any:
        start = time.perf_counter()
        result = call(*values)
        spent[stage] += time.perf_counter() - start
        return result

    for data in [path.read_bytes() for path in samples()] * rounds:
        reader = GlyphReader()
        for page in timed("parse", lambda data: list(Document(data).pages()), data):
            content = timed("parse", reader.read, page)
            grids = timed("boxes", find_grids, content.rules, content.glyphs)
            painted = timed("lines", lines_of, content.glyphs, CellFinder(grids))
            lines = timed("lines", reading_order, painted, grids.cells())
            raw = timed("lines", page_text, lines, grids.cells())
            own = timed("tables", cell_texts, lines, grids.cells()) if grids.grids else {}
            timed("tables", partial(place_tables, page=1, height=842.0), grids, own)
            timed("repair, normalize", lambda text: normalize(repair(text)), raw)
    whole = sum(spent.values())
    print("\nstage of a PDF".ljust(28) + "share, %".rjust(12))
    for stage, seconds in spent.items():
        print(f"{stage:27s}{100 * seconds / whole:12.0f}")


def main(rounds: int = 5) -> None:
    """Print the tables; the first PDF warms the libraries up."""
    read_pdf((DATA / "chromium-form.pdf").read_bytes())
    print_errors()
    print_speed(rounds)
    print_stages(rounds)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
