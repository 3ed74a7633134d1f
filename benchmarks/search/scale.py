"""500,000 passages: building, size, memory, latency with and without filters, adding meanwhile.

Passages are glued from sentences of public texts until they have some 73 words, each with a date, a
province and a topic: their words are real, their order is not, so postings compress somewhat better
than those of real text. Queries are two to four neighbouring words of real questions. wara answers
with passages and highlights, FTS5 with row ids alone; the engines take turns on every query.
"""

from __future__ import annotations

import datetime as dt
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.search.collections import iapp, xquad
from benchmarks.search.engines import THAI_SAFE, Fts5
from pipeline.search import Index, Passage
from pipeline.thai import PROVINCES, sentences, words

WORDS = 73
QUERIES = 200
TOPICS = ("poverty", "livelihood", "tourism", "environment", "safety", "digital", "service", "data")
_FIRST_DAY = dt.date(2017, 10, 1)


def fragments(shared: Path) -> list[tuple[str, int]]:
    """Sentences of the public texts with their number of words."""
    texts = [p.text for part in (xquad(shared), iapp(shared, "train")) for p in part.passages]
    pieces = (span.of(text).strip() for text in texts for span in sentences(text))
    counted = ((piece, len(words(piece))) for piece in pieces)
    return [(piece, count) for piece, count in counted if 3 <= count <= WORDS]


def passages(
    pieces: Sequence[tuple[str, int]], number: int, prefix: str = "p"
) -> Iterator[Passage]:
    """The same ones on every run."""
    chance = random.Random(prefix)
    provinces = sorted(PROVINCES)
    for key in range(number):
        taken, length = [], 0
        while length < WORDS:
            piece, count = chance.choice(pieces)
            taken.append(piece)
            length += count
        yield Passage(
            f"{prefix}{key}",
            " ".join(taken),
            document=f"{prefix}{key // 20}",
            document_kind="minutes",
            kind=chance.choice(("turn", "item", "resolution")),
            date=_FIRST_DAY + dt.timedelta(days=chance.randrange(3000)),
            provinces=(chance.choice(provinces),),
            topics=(chance.choice(TOPICS),),
        )


def queries(shared: Path) -> list[str]:
    """Neighbouring words of questions: two, three or four of them."""
    chance = random.Random("queries")
    found = []
    for question, _ in chance.sample(list(iapp(shared, "valid").questions), QUERIES):
        tokens = words(question)
        count = min(len(tokens), chance.choice((2, 3, 4)))
        start = chance.randrange(len(tokens) - count + 1)
        found.append(" ".join(tokens[start : start + count]))
    return found


Ask = Callable[[str], object]


def latencies(asks: dict[str, Ask], asked: Sequence[str]) -> Table:
    """Milliseconds at three percentiles, the engines in turn; the first round warms up."""
    taken: dict[str, list[float]] = {name: [] for name in asks}
    for turn in range(2):
        for query in asked:
            for name, ask in asks.items():
                start = time.perf_counter()
                ask(query)
                if turn:
                    taken[name].append((time.perf_counter() - start) * 1000)
    table = Table("query", "p50 ms", "p95 ms", "p99 ms", title=f"{len(asked)} queries, top 10")
    for name, values in taken.items():
        cuts = statistics.quantiles(values, n=100)
        table.add_row(name, *(f"{cuts[percent - 1]:.2f}" for percent in (50, 95, 99)))
    return table


def adding(index: Index, more: Sequence[Passage], asked: Sequence[str]) -> str:
    """A thread searches while passages are added in ten steps."""
    slowest: list[float] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            for query in asked:
                start = time.perf_counter()
                index.search(query)
                slowest.append((time.perf_counter() - start) * 1000)
                if done.is_set():
                    return

    reader = threading.Thread(target=read)
    reader.start()
    start = time.perf_counter()
    for step in range(10):
        index.add(more[step::10])
    seconds = time.perf_counter() - start
    done.set()
    reader.join()
    seen = len(index)
    cuts = statistics.quantiles(slowest, n=100)
    return (
        f"{len(more)} passages added in ten commits while searching: {seconds:.2f} s; "
        f"{len(slowest)} searches meanwhile, p50 {cuts[49]:.2f} ms, p95 {cuts[94]:.2f} ms; "
        f"{seen} passages after it"
    )


def megabytes(folder: Path) -> float:
    """The size of the files below."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def memory() -> float:
    """The most that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def searching_memory(folder: Path, asked: Sequence[str]) -> str:
    """What a process that only searches holds at most, in MB; pages of the index count as well."""
    code = (
        "import sys; from pipeline.search import Index\n"
        "index = Index.open(sys.argv[1])\n"
        "for query in sys.argv[2:]: index.search(query)\n"
        "lines = open('/proc/self/status').read().splitlines()\n"
        "print(next(int(s.split()[1]) // 1000 for s in lines if s.startswith('VmHWM')))"
    )
    command = [sys.executable, "-c", code, str(folder), *asked]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _taken(start: float, cpu: float) -> str:
    seconds, busy = time.perf_counter() - start, time.process_time() - cpu
    return f"{seconds:.0f} s ({busy:.0f} s of CPU)"


def main(shared: Path, number: int = 500_000, folder: Path | None = None) -> None:
    """Measure and print."""
    show = Console()
    with tempfile.TemporaryDirectory(dir=folder) as name:
        root = Path(name)
        pieces = fragments(shared)
        start, cpu = time.perf_counter(), time.process_time()
        index = Index.create(root / "wara")
        index.add(passages(pieces, number))
        size = megabytes(root / "wara")
        show.print(f"wara: {number} passages, {_taken(start, cpu)}, {size:.0f} MB on disk")
        show.print(f"{memory():.0f} MB of memory at most while building")
        start, cpu = time.perf_counter(), time.process_time()
        fts = Fts5(passages(pieces, number), "FTS5", THAI_SAFE, is_cut=True, path=root / "fts.db")
        size = (root / "fts.db").stat().st_size / 1e6
        show.print(f"FTS5 over words: {_taken(start, cpu)}, {size:.0f} MB on disk")
        asked = queries(shared)
        asks: dict[str, Ask] = {
            "wara": index.search,
            "wara, one topic": lambda q: index.search(q, topic="tourism"),
            "wara, province and year": lambda q: index.search(q, province="น่าน", fiscal_year=2565),
            "wara with facets and total": index.find,
            "FTS5, OR": lambda q: fts.search(q, 10),
        }
        show.print(latencies(asks, asked))
        show.print(f"a process that searches holds {searching_memory(root / 'wara', asked)} MB")
        show.print(adding(index, list(passages(pieces, 1000, "new")), asked))
