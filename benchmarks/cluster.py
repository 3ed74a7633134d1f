"""A cluster of this machine on any number of short texts: rate, memory, how it scales.

    python -m benchmarks.cluster [TEXTS] [WORKERS] [--files N]

TEXTS (200,000) short texts, resampled from the labelled proposals, go through a Dask cluster of
WORKERS (2) workers into a folder of Parquet. Rate and the memory of each kind of process are
printed on the way, at a fortieth of the inputs and then whenever they have doubled. Before that
`--files` (200) of them are done by one worker process of this machine and by WORKERS.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from classifiers.models.cards import read_card
from classifiers.models.default import default_model
from corpora import load_proposals
from pipeline.batch import Job, archive
from pipeline.batch.answers import Answer
from pipeline.batch.manifest import Asked, Counts

SENTENCES = 6  # of one text
PER_FOLDER = 1000


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="?", type=int, default=200_000)
    parser.add_argument("workers", nargs="?", type=int, default=2)
    parser.add_argument("--files", type=int, default=200)
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
    with tempfile.TemporaryDirectory(prefix="wara-bench-") as folder:
        root = Path(folder)
        scaling(root, options.files, options.workers)
        on_a_cluster(root, options.texts, options.workers)


def scaling(root: Path, files: int, workers: int) -> None:
    """One worker process against several, on the same files."""
    write_texts(root / "few", files)
    rates = {}
    for number in (1, workers):
        watch = Clock()
        began = time.perf_counter()
        archive.fill(str(root / f"few-{number}"), asked(root / "few"), watch, workers=number)
        rates[number] = files / (time.perf_counter() - began)
        print(
            f"{number} worker processes: first rows after {watch.first - began:.1f} s, "
            f"{rates[number]:.1f} files/s, start included; {watch.rate(files):.1f} after it"
        )
    print(f"1 -> {workers} workers: {rates[workers] / rates[1]:.2f} times")


def on_a_cluster(root: Path, texts: int, workers: int) -> None:
    """Rate and memory on a cluster, as the run goes on."""
    from distributed import LocalCluster

    began = time.perf_counter()
    write_texts(root / "many", texts)
    print(f"{texts:,} texts written in {time.perf_counter() - began:.0f} s")
    started = LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=workers, threads_per_worker=1, dashboard_address=None
    )
    with started as cluster:
        memory = Memory({worker.pid for worker in cluster.workers.values()})
        watch = Clock(memory, first=max(1, texts // 40))
        began = time.perf_counter()
        counts = archive.fill(
            str(root / "many-out"), asked(root / "many"), watch, cluster=cluster.scheduler_address
        )
        spent = time.perf_counter() - began
    print(f"{counts}; {texts / spent:.1f} texts/s in all, {spent:.0f} s")


def asked(folder: Path) -> Asked:
    """The built-in model on a folder."""
    model = default_model()
    name = f"{model.name}@{read_card(model)['digest'][:12]}"
    return Asked((str(folder),), Job(name, model))


def write_texts(folder: Path, number: int) -> None:
    """Short texts out of sentences of the training corpus; no two the same."""
    lines = [
        line.strip()
        for text in load_proposals(part="train")["text"]
        for line in text.splitlines()
        if len(line.strip()) > 40
    ]
    draw = random.Random(8)
    for at in range(number):
        place = folder / f"{at // PER_FOLDER:04}"
        if at % PER_FOLDER == 0:
            place.mkdir(parents=True)
        text = "\n".join([f"โครงการที่ {at}", *draw.choices(lines, k=SENTENCES)])
        (place / f"{at:07}.txt").write_text(text, encoding="utf-8")


class Memory:
    """The largest resident memory of each kind of process below this one, in MiB."""

    def __init__(self, cluster: set[int]) -> None:
        self._cluster = cluster
        self._largest: dict[str, float] = defaultdict(float)
        self._lock = threading.Lock()
        threading.Thread(target=self._look, daemon=True).start()

    def peaks(self) -> dict[str, float]:
        """The peaks since the last call."""
        with self._lock:
            found, self._largest = dict(self._largest), defaultdict(float)
        return found

    def _look(self) -> None:
        import psutil

        own = psutil.Process()
        while True:
            for process in (own, *own.children(recursive=True)):
                try:
                    kind, held = self._kind(process), process.memory_info().rss / 2**20
                except psutil.Error:
                    continue
                with self._lock:
                    self._largest[kind] = max(self._largest[kind], held)
            time.sleep(0.5)

    def _kind(self, process: Any) -> str:
        if process.pid == os.getpid():
            return "client and scheduler"
        if process.pid in self._cluster:
            return "Dask worker"
        call = " ".join(process.cmdline())
        kinds = {"pipeline.batch.child": "worker process", "sandbox.child": "reader"}
        return next((kind for part, kind in kinds.items() if part in call), "other")


class Clock:
    """Takes the time of a run (`archive.Watch`)."""

    def __init__(self, memory: Memory | None = None, first: int = 1 << 62) -> None:
        self._memory, self._next = memory, first
        self._begun = self._told = 0.0
        self._had = self._before = 0
        self.first = 0.0

    def begin(self, counts: Counts, link: str | None) -> None:
        """The run begins."""
        del counts, link
        self._begun = self._told = time.perf_counter()

    def step(self, counts: Counts, answer: Answer) -> None:
        """A unit is done; tell how it stands when its turn has come."""
        now, done = time.perf_counter(), counts.inputs - counts.waiting
        if not self.first:
            self.first, self._before = now, len(answer.results)
        if self._memory is not None and (done >= self._next or not counts.waiting):
            rate = (done - self._had) / (now - self._told)
            held = ", ".join(f"{k} {v:.0f}" for k, v in sorted(self._memory.peaks().items()))
            print(f"{done:>8,} done, {rate:6.1f} texts/s since the last line; peak MiB: {held}")
            self._next, self._had, self._told = done * 2, done, now

    def rate(self, files: int) -> float:
        """Files a second after the first unit."""
        return (files - self._before) / max(time.perf_counter() - self.first, 1e-6)


if __name__ == "__main__":
    main()
