"""From files to rows: wara beside the loop that one would write, and beside the limit.

    python -m benchmarks.end_to_end [--files 2000] [--rounds 3] [--seed 0]
    python -m benchmarks.end_to_end --files 200 --with docling=PYTHON unstructured=PYTHON

Makes an archive of PDFs and DOCX files (`benchmarks.papers`) and has it read by

- `wara classify` with one and with two workers, on one and on two cores,
- a loop of pdfplumber or python-docx, PyThaiNLP's newmm and the same scikit-learn model, one core,
- the limit: pypdfium2's bare text (of DOCX what stands in its `w:t`) and nlpo3, no model, one core.

Every run is a process of its own and writes its rows to a file. What a run with one file takes,
start-up above all, is taken off. Rounds change the order; ratios are of the same round.

`--with` compares reading alone with other systems, each in the Python in which it is installed.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from benchmarks.beside import OURS, print_reading
from benchmarks.papers import make, texts
from benchmarks.stages import print_stages

LOOP, LIMIT, ONE, TWO = "straightforward loop", "limit", "wara, 1 worker", "wara, 2 workers"
WARA = "from pipeline.cli import main; main()"
CORES = {LOOP: 1, LIMIT: 1, ONE: 1, TWO: 2}


class Run(NamedTuple):
    """Seconds of the clock and of all processors for the files after the first."""

    wall: float
    cpu: float


def main(arguments: list[str] | None = None) -> None:
    """Print both tables, or those of `--with`."""
    options = _options(arguments)
    if options.run:
        SYSTEMS[options.run](options.folder)
        return
    with tempfile.TemporaryDirectory() as folder:
        whole, one = Path(folder) / "whole", Path(folder) / "one"
        files = make(whole, options.files, seed=options.seed)
        print(f"{len(files)} files; load before {os.getloadavg()[0]:.1f}")
        if options.beside:
            told = texts(options.files, seed=options.seed)
            print_reading(files, told, {OURS: sys.executable, **dict(options.beside)})
            return
        one.mkdir()
        shutil.copy(files[0], one)
        runs = _measured(whole, one, options.rounds)
        _print(runs, len(files) - 1)
        # Drawn, since the kinds of files come in turns.
        print_stages(random.Random(options.seed).sample(files, min(200, len(files))))


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, add_help=False)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--with", dest="beside", nargs="+", default=[], type=_named, metavar="NAME=PYTHON"
    )
    parser.add_argument("--run", choices=SYSTEMS)
    parser.add_argument("folder", nargs="?", type=Path)
    return parser.parse_args(sys.argv[1:] if arguments is None else arguments)


def _named(option: str) -> tuple[str, str]:
    name, sign, python = option.partition("=")
    if not sign or shutil.which(python) is None:
        raise argparse.ArgumentTypeError(
            f"{option}: NAME=PYTHON, a Python in which NAME is installed"
        )
    return name, python


def _measured(whole: Path, one: Path, rounds: int) -> dict[str, list[Run]]:
    orders = itertools.cycle(itertools.permutations(CORES))
    runs: defaultdict[str, list[Run]] = defaultdict(list)
    _spent(ONE, one)  # trains the model on first use
    for order in itertools.islice(orders, 0, 7 * rounds, 7):
        for system in order:
            first, all_of_them = _spent(system, one), _spent(system, whole)
            runs[system].append(Run(*(a - b for a, b in zip(all_of_them, first, strict=True))))
    return dict(runs)


def _spent(system: str, folder: Path) -> Run:
    """Run a system over the files of a folder, on as many cores as it has workers."""
    command = [sys.executable, "-m", "benchmarks.end_to_end", "--run", system, str(folder)]
    with tempfile.TemporaryDirectory() as out:
        if system in (ONE, TWO):
            rows = ["-o", f"{out}/rows.jsonl", "--workers", str(CORES[system])]
            command = [sys.executable, "-c", WARA, "classify", str(folder), *rows]
        before, start = _children(), time.perf_counter()
        pinned = ["taskset", "-c", f"0-{CORES[system] - 1}"] if shutil.which("taskset") else []
        environment = os.environ | {"OMP_NUM_THREADS": "1", "WARA_WORKSPACE": f"{out}/workspace"}
        subprocess.run(
            [*pinned, *command], check=True, capture_output=True, text=True, env=environment
        )
        return Run(time.perf_counter() - start, _children() - before)


def _children() -> float:
    """Processor seconds of all processes that have ended below this one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _print(runs: dict[str, list[Run]], files: int) -> None:
    print(f"{'':22}{'s':>8}{'files/s':>9}{'CPU s':>8}{'x loop':>8}{'by CPU':>8}{'x limit':>9}")
    for system in (LOOP, ONE, TWO, LIMIT):
        own = runs[system]
        wall, cpu = (statistics.median(getattr(run, name) for run in own) for name in Run._fields)
        speedup, by_cpu = (_ratio(runs[LOOP], own, name) for name in Run._fields)
        above = _ratio(own, runs[LIMIT], "wall")
        print(f"{system:22}{wall:8.1f}{files / wall:9.1f}{cpu:8.1f}", end="")
        print(f"{speedup:8.2f}{by_cpu:8.2f}{above:9.2f}")
    print(f"from 1 to 2 workers: {_ratio(runs[ONE], runs[TWO], 'wall'):.2f}")


def _ratio(above: list[Run], below: list[Run], name: str) -> float:
    ratios = [getattr(a, name) / getattr(b, name) for a, b in zip(above, below, strict=True)]
    return float(statistics.median(ratios))


# ------------------------------------------------------------------------ what wara is measured by


def run_loop(folder: Path) -> None:
    """What one would write: a library for each step, one file after the other."""
    import docx
    import pdfplumber
    from pythainlp.tokenize import word_tokenize

    from classifiers import ProposalTagger
    from classifiers.models.default import default_model

    fitted = ProposalTagger.load(default_model()).fitted_

    def text_of(path: Path) -> str:
        if path.suffix == ".pdf":
            with pdfplumber.open(path) as pdf:
                return "\n".join(page.extract_text() for page in pdf.pages)
        document = docx.Document(str(path))
        rows = (row for table in document.tables for row in table.rows)
        lines = [paragraph.text for paragraph in document.paragraphs]
        return "\n".join([*lines, *("\t".join(cell.text for cell in row.cells) for row in rows)])

    with tempfile.TemporaryFile("w") as out:
        for path in sorted(folder.iterdir()):
            words = word_tokenize(text_of(path), engine="newmm", keep_whitespace=False)
            matrix = fitted.features.transform([" ".join(words)])
            parts = (fitted.agenda, fitted.mode, fitted.modes)
            row = {"file": str(path), "said": [part.predict(matrix).tolist() for part in parts]}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def run_limit(folder: Path) -> None:
    """The least there is to do: the text as it comes, and words from it."""
    import pypdfium2
    from nlpo3 import segment

    from pipeline.thai.lexicon import dictionary_name

    name = dictionary_name()
    run = re.compile(r"<w:t(?: [^>]*)?>([^<]*)")

    def text_of(path: Path) -> str:
        if path.suffix == ".pdf":
            document = pypdfium2.PdfDocument(path)
            return "\n".join(page.get_textpage().get_text_range() for page in document)
        with zipfile.ZipFile(path) as package:
            return "\n".join(run.findall(package.read("word/document.xml").decode()))

    with tempfile.TemporaryFile("w") as out:
        for path in sorted(folder.iterdir()):
            out.write(" ".join(segment(text_of(path), name, safe=False)) + "\n")


SYSTEMS = {LOOP: run_loop, LIMIT: run_limit}


if __name__ == "__main__":
    main()
