"""What it takes to load a million passages: documents and passages a second, memory, disk.

    python -m benchmarks.bulk_load [DOCUMENTS] [--workers N] [--folder DIR]

Documents are made of the training texts of the corpus, proposals and minutes alike: two words in
five give way to others of the same length, so that what was parsed still fits and no two are near
duplicates. They are written as `wara classify --keep -o OUT/` writes them, and loaded by a process
of its own: store, lists, index. 5,000 documents if no number is given; about six passages each.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.bulk_output import write_output
from classifiers import ProposalTagger
from classifiers.models.default import default_model
from classifiers.topics import default_topics
from corpora import load_minutes, load_proposals
from pipeline import bulk
from pipeline.batch import Job, Outcome, process
from pipeline.documents import Document, Page
from pipeline.records import Analysis
from pipeline.search import Index
from pipeline.settings import Settings
from pipeline.store import standings
from pipeline.thai import Token, tokenize
from pipeline.workspace import Workspace

PROPOSALS, MINUTES = 120, 20  # texts that are drawn from
CHANGED = 0.4  # share of the Thai words
TEXT_FIELDS = ("text", "quote")  # of values that hold a stretch of the document


@dataclass(frozen=True)
class Sources:
    """Outcomes to draw from, the words of each, and all words by their length."""

    outcomes: list[Outcome]
    tokens: list[list[Token]]
    pool: dict[int, list[str]]


def sources(folder: Path) -> Sources:
    """Read, parse and tag the texts that all documents are made of."""
    model = default_model()
    tagger, job = ProposalTagger.load(model), Job("default", model, ocr=False, keep=True)
    proposals = load_proposals(part="train").sample(PROPOSALS, random_state=0)
    minutes = load_minutes(part="train").sample(MINUTES, random_state=0, replace=True)
    outcomes = []
    for number, text in enumerate([*proposals["text"], *minutes["text"]]):
        file = folder / f"source{number}.txt"
        file.write_text(text, encoding="utf-8")
        outcomes.append(process(str(file), tagger, job))
    outcomes = [outcome for outcome in outcomes if outcome.document is not None]
    tokens = [tokenize(outcome.document.text) for outcome in outcomes if outcome.document]
    pool: defaultdict[int, list[str]] = defaultdict(list)
    for token in (token for part in tokens for token in part if token.kind == "thai"):
        pool[len(token.text)].append(token.text)
    return Sources(outcomes, tokens, dict(pool))


def documents(given: Sources, number: int, folder: Path) -> Iterator[Outcome]:
    """That many documents, their files written below `folder`; always the same ones."""
    rng = random.Random(0)
    for at in range(number):
        which = rng.randrange(len(given.outcomes))
        text = "".join(
            rng.choice(given.pool[len(token.text)])
            if token.kind == "thai" and rng.random() < CHANGED
            else token.text
            for token in given.tokens[which]
        )
        file = folder / f"{at // 1000}" / f"{at}.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        yield changed(given.outcomes[which], text, str(file))


def changed(outcome: Outcome, text: str, file: str) -> Outcome:
    """The outcome as if it had been made of this text, which is as long as its own."""
    document, analysis = outcome.document, outcome.analysis
    assert document is not None
    assert analysis is not None
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    record = replace(outcome.record, file=file, sha256=sha256)
    pages, start = [], 0
    for page in document.pages:
        own = text[start : start + len(page.text)]
        pages.append(Page(page.number, own, own, page.method))
        start += len(page.text) + 1
    return Outcome(
        record,
        Document(file, sha256, document.media_type, document.kind, tuple(pages)),
        Analysis(record, replace(resliced(analysis.parsed, text), text=text), analysis.tagging),
    )


def resliced(value: Any, text: str) -> Any:
    """The value with every stretch of the document that it holds taken from `text`."""
    if isinstance(value, tuple):
        return tuple(resliced(item, text) for item in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    fields = {f.name: resliced(getattr(value, f.name), text) for f in dataclasses.fields(value)}
    for name in TEXT_FIELDS:
        if name in fields and "start" in fields:
            fields[name] = text[fields["start"] : fields["end"]]
    return replace(value, **fields)


def measure(output: Path, folder: Path, workers: int) -> None:
    """Load the output into a workspace in `folder` and print what it took."""
    topics = default_topics()
    with Workspace.open(Settings(folder)) as workspace:
        peaks = []
        started = time.perf_counter()
        loaded = bulk.load_output(
            workspace, str(output), topics, on_step=lambda *_: peaks.append(peak())
        )
        number = loaded.new
        say("store", number, started, f"peak {peaks[len(peaks) // 5]:.0f} MiB after a fifth")
        started = time.perf_counter()
        standings.follow(workspace.store)
        say("lists", number, started)
        started = time.perf_counter()
        workspace.catch_up(workers=workers)
        [pointer] = folder.glob("index/*/current")
        passages = len(Index.open(pointer.parent / pointer.read_text(encoding="utf-8")))
        say(f"index, {passages:,} passages, {workers} workers", passages, started)
        started = time.perf_counter()
        again = bulk.load_output(workspace, str(output), topics)
        say("the same again", again.known, started)
        started = time.perf_counter()
        found = workspace.find("ท่องเที่ยวชุมชน")
        print(
            f"first search: {(time.perf_counter() - started) * 1e3:.0f} ms, {found.total:,} found"
        )
    sizes = {name: size_of(folder / name) for name in ("wara.db", "files", "index")}
    print(", ".join(f"{name} {size / passages:.0f} bytes/passage" for name, size in sizes.items()))


def say(what: str, number: int, started: float, more: str = "") -> None:
    """One line: how many, how fast, the most memory so far."""
    seconds = time.perf_counter() - started
    print(
        f"{what}: {number:,} in {seconds:.1f} s, {number / seconds:,.0f}/s, "
        f"peak {peak():.0f} MiB{f' ({more})' if more else ''}",
        flush=True,
    )


def peak() -> float:
    """The most memory that this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files below a folder."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files)


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the documents, then load them in another process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int, nargs="?", default=5000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--load", type=Path)
    given = parser.parse_args(arguments)
    if given.load is not None:
        measure(given.load, given.folder, given.workers)
        return
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        originals, output = folder / "originals", folder / "out"
        originals.mkdir()
        started = time.perf_counter()
        write_output(documents(sources(folder), given.documents, originals), output)
        print(f"made {given.documents:,} in {time.perf_counter() - started:.0f} s", flush=True)
        command = [sys.executable, "-m", "benchmarks.bulk_load", "--load", str(output)]
        command += ["--folder", str(folder / "workspace"), "--workers", str(given.workers)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
