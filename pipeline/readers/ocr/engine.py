"""Tesseract as a subprocess: one page in, its lines with the box of every character out."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image

from pipeline.readers.ocr.glyphs import Box
from pipeline.readers.ocr.pixels import DPI, Grey
from pipeline.thai.normalize import MARKS

PAGE_SECONDS = 90
ONE_BLOCK = 6
_CLOCKWISE = re.compile(r"Rotate: (\d+)")
_REMEDY = "apt-get install tesseract-ocr tesseract-ocr-tha tesseract-ocr-eng"


class EngineError(Exception):
    """Tesseract failed on a page or ran past its deadline; the message is its own last line."""


@dataclass(frozen=True, slots=True)
class Char:
    """One character as read; `confidence` is 0 to 100, `space` whether a space stands before."""

    text: str
    box: Box
    confidence: float
    space: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; `opens` says that a paragraph begins with it."""

    box: Box
    chars: tuple[Char, ...]
    opens: bool = False

    @property
    def text(self) -> str:
        """The line as a string."""
        return "".join(" " * char.space + char.text for char in self.chars)


def missing() -> tuple[str, str] | None:
    """What is missing for OCR, in Thai and English with the remedy; None where nothing is."""
    languages = _languages()
    if languages is None:
        return (
            f"ไม่พบโปรแกรม Tesseract สำหรับอ่านภาพสแกน ติดตั้งด้วย {_REMEDY}",
            f"Tesseract, which reads scans, is not installed. Run: {_REMEDY}",
        )
    if "tha" not in languages:
        return (
            f"Tesseract ไม่มีข้อมูลภาษาไทย ติดตั้งด้วย {_REMEDY}",
            f"Tesseract has no Thai language data. Run: {_REMEDY}",
        )
    return None


def recognize(grey: Grey, *, psm: int, languages: str = "") -> list[Line]:
    """Read one page image at `DPI` with `--psm`, in Thai and English unless told otherwise.

    Raises `EngineError`; the process and its group end with the call.
    """
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "page"
        Image.fromarray(grey).save(f"{base}.pgm")
        _run(
            [
                _program(), f"{base}.pgm", str(base), "-l", languages or _best(),
                "--psm", str(psm), "--dpi", str(DPI), "-c", "hocr_char_boxes=1", "hocr", "txt",
            ]
        )  # fmt: skip
        text = Path(f"{base}.txt").read_text(encoding="utf-8", errors="replace")
        return list(_lines(f"{base}.hocr", text))


def recognize_thai(grey: Grey) -> list[Line]:
    """Read lines cut out of a page, one below the other, with the Thai model alone."""
    return recognize(grey, psm=ONE_BLOCK, languages="tha")


def quarter_turns(grey: Grey) -> int:
    """How many quarter turns counter-clockwise set a page image upright, 0 to 3.

    0 also where Tesseract cannot tell. It takes as long as reading the page.
    """
    if "osd" not in (_languages() or ()):
        return 0
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "page"
        Image.fromarray(grey).save(f"{base}.pgm")
        try:
            _run(
                [_program(), f"{base}.pgm", str(base), "-l", "osd", "--psm", "0", "--dpi", str(DPI)]
            )
        except EngineError:  # too few characters to tell
            return 0
        told = _CLOCKWISE.search(Path(f"{base}.osd").read_text(encoding="utf-8"))
    return -int(told[1]) // 90 % 4 if told else 0


def _run(command: list[str]) -> None:
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},  # threads of its own make it slower, not faster
        start_new_session=True,
    )
    try:
        _, said = process.communicate(timeout=PAGE_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise EngineError(f"no answer within {PAGE_SECONDS} s") from error
    finally:
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    if process.returncode:
        lines = said.decode("utf-8", "replace").strip().splitlines()
        raise EngineError(lines[-1][:200] if lines else f"exit status {process.returncode}")


def _lines(path: str, text: str) -> Iterator[Line]:
    """The lines of an hOCR file. Its words are clusters: where spaces stand, `text` alone says."""
    spaces = _spaces(text)
    for paragraph in ElementTree.parse(path).getroot().iter():
        if paragraph.get("class") != "ocr_par":
            continue
        for number, line in enumerate(paragraph):
            chars = tuple(_without_stray_marks(_chars(line, spaces)))
            if chars:
                yield Line(_box(line.get("title", "")), chars, number == 0)


def _without_stray_marks(chars: Iterator[Char]) -> Iterator[Char]:
    """Without marks behind a full stop: the tail of ย in ก.ย. is read as ก.ุย."""
    before = ""
    for char in chars:
        if not (before == "." and char.text[0] in MARKS):
            yield char
        before = char.text[-1]


def _chars(line: ElementTree.Element, spaces: Iterator[bool]) -> Iterator[Char]:
    for element in line.iter():
        if element.get("class") != "ocrx_cinfo" or not (element.text or "").strip():
            continue
        char = (element.text or "").strip()
        before = [next(spaces, False) for _ in char]
        title = element.get("title", "")
        yield Char(char, _box(title), float(title.rsplit(" ", 1)[-1]), before[0])


def _box(title: str) -> Box:
    numbers = [int(word.rstrip(";")) for word in title.split()[1:5]]
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _spaces(text: str) -> Iterator[bool]:
    """For each character that is not white space: whether a space (no line end) precedes it."""
    before = "\n"
    for char in text:
        if not char.isspace():
            yield before == " "
        before = char


@cache
def _languages() -> frozenset[str] | None:
    program = shutil.which("tesseract")
    if program is None:
        return None
    done = subprocess.run(
        [program, "--list-langs"], capture_output=True, text=True, timeout=30, check=False
    )
    return frozenset(done.stdout.split())


def _program() -> str:
    return shutil.which("tesseract") or "tesseract"


def _best() -> str:
    return "tha+eng" if "eng" in (_languages() or ()) else "tha"
