"""One tool over many files or texts, in a process of its own, in whichever Python has the tool.

    python -m benchmarks.ingestion.workers TOOL < items.json

`items` are paths (extractors) or texts (repairers). Prints JSON: `results`, one a item, each with
`text` by column (None where it failed, with `error`) and `seconds`; `processor` seconds of all
after the first call; `peak` in MB; `version`.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import json
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Texts = dict[str, str]
Tool = Callable[[str], Texts]


def _wara() -> Tool:
    from pipeline.readers import read

    def extract(path: str) -> Texts:
        document = read(path)
        return {
            "wara raw": "\n".join(page.raw_text for page in document.pages),
            "wara": document.text,
            "warnings": "\n".join(document.warnings),
        }

    return extract


def _wara_reader() -> Tool:
    """Our PDF reader alone: no child process, no repair."""
    from pipeline.readers.pdf import read_pdf

    def extract(path: str) -> Texts:
        reading = read_pdf(Path(path).read_bytes())
        return {"wara, reader alone": "\n".join(page.text for page in reading.pages)}

    return extract


def _wara_tables() -> Tool:
    from pipeline.readers import read

    return lambda path: {"tables": json.dumps([table.rows for table in read(path).tables])}


def _pdfplumber_tables() -> Tool:
    import pdfplumber

    def extract(path: str) -> Texts:
        with pdfplumber.open(path) as pdf:
            tables = [table for page in pdf.pages for table in page.extract_tables()]
        rows = [[[cell or "" for cell in row] for row in table] for table in tables]
        return {"tables": json.dumps(rows)}

    return extract


def _pdfplumber(**options: bool) -> Tool:
    import pdfplumber

    column = "pdfplumber flow" if options else "pdfplumber"

    def extract(path: str) -> Texts:
        with pdfplumber.open(path) as pdf:
            return {column: "\n".join(page.extract_text(**options) for page in pdf.pages)}

    return extract


def _pdfminer() -> Tool:
    from pdfminer.high_level import extract_text

    return lambda path: {"pdfminer": str(extract_text(path))}


def _pypdfium2() -> Tool:
    import pypdfium2

    def extract(path: str) -> Texts:
        document = pypdfium2.PdfDocument(path)
        pages = [page.get_textpage().get_text_range() for page in document]
        return {"pypdfium2": "\n".join(pages)}

    return extract


def _pdftotext(*options: str) -> Tool:
    column = " ".join(("pdftotext", *options))

    def extract(path: str) -> Texts:
        command = ["pdftotext", *options, path, "-"]
        done = subprocess.run(command, capture_output=True, check=True, timeout=120)
        return {column: done.stdout.decode("utf-8", "replace")}

    subprocess.run(["pdftotext", "-v"], capture_output=True, check=True)
    return extract


def plain(markdown: str) -> str:
    """The text without Markdown's signs, which would count as errors: tables, headings, bold."""
    text = re.sub(r"(?m)^[|:\s-]*-{3}[|:\s-]*$", "", markdown)
    return re.sub(r"(?m)<br>|\||^#+ |\*\*|^- ", " ", text)


def _markitdown() -> Tool:
    from markitdown import MarkItDown

    converter = MarkItDown()
    return lambda path: {"markitdown": plain(converter.convert(path).text_content)}


def _pymupdf4llm() -> Tool:
    import pymupdf4llm

    return lambda path: {
        "pymupdf4llm": plain(str(pymupdf4llm.to_markdown(path, show_progress=False)))
    }


def _docling_parse() -> Tool:
    from docling_core.types.doc.page import TextCellUnit
    from docling_parse.pdf_parser import DoclingPdfParser

    parser = DoclingPdfParser(loglevel="fatal")

    def extract(path: str) -> Texts:
        document = parser.load(path)
        lines = [
            cell.text
            for _, page in document.iterate_pages()
            for cell in page.iterate_cells(unit_type=TextCellUnit.LINE)
        ]
        return {"docling-parse": "\n".join(lines)}

    return extract


def _docling() -> Tool:
    """DOCX as docling reads it, PDF by its pipeline without models: the other fetches them."""
    from docling.datamodel.base_models import InputFormat
    from docling.document_converter import DocumentConverter, PdfFormatOption
    from docling.pipeline.native_pdf_pipeline import NativePdfPipeline

    options = {InputFormat.PDF: PdfFormatOption(pipeline_cls=NativePdfPipeline)}
    converter = DocumentConverter(format_options=options)
    return lambda path: {"docling": plain(converter.convert(path).document.export_to_text())}


def _unstructured() -> Tool:
    from unstructured.partition.docx import partition_docx
    from unstructured.partition.pdf import partition_pdf

    def extract(path: str) -> Texts:
        if path.endswith(".pdf"):
            parts = partition_pdf(path, strategy="fast", languages=["tha"])
        else:
            parts = partition_docx(path, languages=["tha"])
        return {"unstructured": "\n".join(part.text for part in parts)}

    return extract


def _tesseract(psm: str = "3") -> Tool:
    def extract(path: str) -> Texts:
        command = ["tesseract", path, "-", "-l", "tha+eng", "--psm", psm]
        done = subprocess.run(command, capture_output=True, check=True, timeout=300)
        return {"Tesseract": done.stdout.decode("utf-8", "replace")}

    subprocess.run(["tesseract", "--version"], capture_output=True, check=True)
    return extract


def _ocrmypdf_layer() -> Tool:
    """The text layer that OCRmyPDF puts behind a page image, as PDFium gets it."""
    import tempfile

    import ocrmypdf
    import pypdfium2

    def extract(path: str) -> Texts:
        with tempfile.TemporaryDirectory() as folder:
            made = f"{folder}/layer.pdf"
            ocrmypdf.ocr(path, made, language=["tha", "eng"], image_dpi=200, progress_bar=False,
                         force_ocr=True, output_type="pdf", optimize=0)  # fmt: skip
            document = pypdfium2.PdfDocument(made)
            pages = [page.get_textpage().get_text_range() for page in document]
        return {"ocrmypdf": "\n".join(pages)}

    return extract


def _wara_repair() -> Tool:
    from pipeline.thai.repair import repair

    return lambda text: {"wara": repair(text)}


def _pythainlp_normalize() -> Tool:
    from pythainlp.util import normalize

    return lambda text: {"PyThaiNLP": normalize(text)}


def _fixthaipdf() -> Tool:
    from fixthaipdf import clean

    return lambda text: {"fixthaipdf": clean(text)}


TOOLS: dict[str, tuple[Callable[[], Tool], str]] = {
    "wara": (_wara, "wara"),
    "wara-reader": (_wara_reader, "wara"),
    "wara-tables": (_wara_tables, "wara"),
    "wara-repair": (_wara_repair, "wara"),
    "pdfplumber": (_pdfplumber, "pdfplumber"),
    "pdfplumber-flow": (lambda: _pdfplumber(use_text_flow=True), "pdfplumber"),
    "pdfplumber-tables": (_pdfplumber_tables, "pdfplumber"),
    "pdfminer": (_pdfminer, "pdfminer.six"),
    "pypdfium2": (_pypdfium2, "pypdfium2"),
    "pdftotext": (_pdftotext, ""),
    "pdftotext-raw": (lambda: _pdftotext("-raw"), ""),
    "markitdown": (_markitdown, "markitdown"),
    "pymupdf4llm": (_pymupdf4llm, "pymupdf4llm"),
    "docling-parse": (_docling_parse, "docling-parse"),
    "docling": (_docling, "docling"),
    "unstructured": (_unstructured, "unstructured"),
    "tesseract": (_tesseract, ""),
    "ocrmypdf": (_ocrmypdf_layer, "ocrmypdf"),
    "pythainlp": (_pythainlp_normalize, "pythainlp"),
    "fixthaipdf": (_fixthaipdf, "fixthaipdf"),
}


def run(tool: str, items: list[str]) -> dict[str, Any]:
    """The tool over the items, one after the other."""
    make, package = TOOLS[tool]
    call = make()
    with contextlib.suppress(Exception):
        call(items[0])  # models and imports are loaded at the first call
    results = []
    before = _processor_seconds()
    for item in items:
        start = time.perf_counter()
        try:
            result: dict[str, Any] = {"text": call(item)}
        except Exception as error:  # a file that a tool cannot read is one of its results
            result = {"text": None, "error": f"{type(error).__name__}: {error}"[:300]}
        results.append(result | {"seconds": time.perf_counter() - start})
    spent = _processor_seconds() - before
    told = {"processor": spent, "peak": _peak(), "version": _version(package)}
    return {"results": results} | told


def _processor_seconds() -> float:
    """Of this process and its children, ended or not."""
    ended = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    spent = sum(used.ru_utime + used.ru_stime for used in ended)
    with contextlib.suppress(OSError):
        for child in _living():
            fields = Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()
            spent += sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
    return spent


def _living() -> list[str]:
    """The numbers of the children that have not ended."""
    listed = [path.read_text() for path in Path("/proc/self/task").glob("*/children")]
    return " ".join(listed).split()


def _peak() -> float:
    """Peak resident memory in MB of the largest process: this one or a child, ended or not."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with contextlib.suppress(OSError):
        # Linux hands a parent's ru_maxrss on through exec; VmHWM starts anew.
        states = [Path(f"/proc/{process}/status").read_text() for process in ("self", *_living())]
        own = max(int(state.split("VmHWM:")[1].split()[0]) for state in states)
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def _version(package: str) -> str:
    return importlib.metadata.version(package) if package else ""


if __name__ == "__main__":
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a tool prints must not fall into the answer
    json.dump(run(sys.argv[1], json.load(sys.stdin)), answer)
    answer.close()
