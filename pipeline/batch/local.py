"""Units done by worker processes of this machine, started and ended with the run."""

from __future__ import annotations

import queue
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Self

from pipeline.batch.answers import Answer, Order
from pipeline.batch.processes import WorkerProcess
from pipeline.batch.units import Unit


class LocalEngine:
    """As many worker processes as asked for; a thread of this process attends to each.

    Own processes instead of a local Dask cluster: they start at once and need no scheduler, no
    nannies and no dashboard; a lost one is known by name and costs the file it was at.
    """

    link = None

    def __init__(self, order: Order, workers: int) -> None:
        self._workers = [WorkerProcess(order) for _ in range(workers)]
        self._idle: queue.SimpleQueue[WorkerProcess] = queue.SimpleQueue()
        self._pool = ThreadPoolExecutor(workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.end()

    def run(self, units: Iterable[Unit]) -> Iterator[Answer]:
        """The answers as they come; one unit more than there are workers is held at a time."""
        waiting: set[Future[Answer]] = set()
        for number, unit in enumerate(units):
            if number < len(self._workers):
                self._idle.put(self._workers[number])  # it starts with its first unit
            waiting.add(self._pool.submit(self._do, unit))
            if len(waiting) > len(self._workers):
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)

    def _do(self, unit: Unit) -> Answer:
        worker = self._idle.get()
        try:
            return worker.do(unit)
        finally:
            self._idle.put(worker)
