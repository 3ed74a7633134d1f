"""What reading in a child process costs: the same files read here, in the sandbox, and tagged.

    python -m benchmarks.isolation [ROUNDS]

Rounds are interleaved; the best round of each way counts. "read, then tag" is one process that
does both, "read ahead" is `wara classify`: the child reads the next file while this one tags.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from classifiers import ProposalTagger
from classifiers.models.default import default_model
from pipeline.batch import Job, classify_all
from pipeline.errors import WaraError
from pipeline.readers import read_bytes
from pipeline.readers.assembling import read_here
from pipeline.readers.sandbox import Sandbox, sandbox
from pipeline.records import record_of

ROOT = Path(__file__).parent.parent
FOLDERS = (ROOT / "corpora" / "samples", ROOT / "tests" / "data")
SUFFIXES = {".pdf", ".docx", ".html", ".txt"}


def main(rounds: int = 5) -> None:
    """Print the table."""
    paths = [p for folder in FOLDERS for p in sorted(folder.iterdir()) if p.suffix in SUFFIXES]
    files = [(str(path), path.read_bytes()) for path in paths]
    model = default_model()
    tagger = ProposalTagger.load(model)
    job = Job("default", model)

    def each(work: Callable[[bytes, str], object]) -> None:
        for name, data in files:
            try:
                work(data, name)
            except WaraError:
                continue

    ways: dict[str, Callable[[], object]] = {
        "read here": lambda: each(lambda data, name: read_here(data, file=name)),
        "read in the sandbox": lambda: each(lambda data, name: read_bytes(data, file=name)),
        "read, then tag": lambda: each(
            lambda data, name: record_of(read_here(data, file=name), tagger, model="")
        ),
        "read ahead": lambda: list(classify_all([name for name, _ in files], tagger, job)),
    }
    best = dict.fromkeys(ways, float("inf"))
    for turn in range(rounds + 1):
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            if turn:  # the first round warms up
                best[name] = min(best[name], time.perf_counter() - began)
    print(f"{len(files)} files, best of {rounds} rounds; kernel: {sandbox().confinement()}")
    for name, seconds in best.items():
        print(f"{name:22} {1000 * seconds / len(files):7.1f} ms a file")
    began = time.perf_counter()
    box = Sandbox()
    box.read(b"x", file="x")
    print(f"start of a reader process {time.perf_counter() - began:.2f} s")
    box.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
