"""What runs inside a worker of the cluster: it hands units to worker processes of ours."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from typing import Any

from pipeline.batch.answers import Order, Result
from pipeline.batch.bundles import Bundle, place, unfold
from pipeline.batch.processes import WorkerProcess
from pipeline.batch.units import Unit
from pipeline.errors import ClusterError

_lock = threading.Lock()
_idle: dict[str, list[tuple[WorkerProcess, float]]] = {}  # of each run, since when
IDLE_SECONDS = 300.0
"""How long a worker process waits for a unit: a caller that was killed ends nothing."""


def do(unit: Unit, order: Order, run: str) -> tuple[Result, ...]:
    """The results of a unit. Raises WaraError where this worker can do none."""
    process = _take(run, order)
    try:
        return process.do(unit).results
    finally:
        _give_back(run, process)


def plugin(run: str, sent: Bundle) -> Any:
    """What Dask sets up on every worker, also on one that comes later: the model, once."""
    from distributed import WorkerPlugin

    class Setup(WorkerPlugin):
        """The model of a run, and an end for its processes."""

        idempotent = True

        def __init__(self) -> None:
            self.name, self.version = run, version("wara")

        def setup(self, worker: Any) -> None:
            """Put the model in its place. Raises ClusterError for another version of wara."""
            del worker
            begin(run, sent, self.version)

        def teardown(self, worker: Any) -> None:
            """End the processes of the run."""
            del worker
            end(run)

    return Setup()


def begin(run: str, sent: Bundle, asked: str) -> None:
    """Make this worker ready for a run. Raises ClusterError and OSError."""
    if version("wara") != asked:
        raise ClusterError(
            f"worker มี wara {version('wara')} แต่ผู้สั่งใช้ {asked} ติดตั้งรุ่นเดียวกันทุกเครื่อง",
            "the worker has another version of wara than the caller: install the same everywhere",
        )
    unfold(sent)
    _reaper()
    with _lock:
        _idle.setdefault(run, [])


def end(run: str) -> None:
    """End the processes of a run that are not at work; the others end with their unit."""
    with _lock:
        processes = _idle.pop(run, [])
    for process, _ in processes:
        process.end()


def _reap() -> None:
    """End the processes that nobody has asked anything of for long."""
    while True:
        time.sleep(IDLE_SECONDS / 10)
        with _lock:
            before = time.monotonic() - IDLE_SECONDS
            old = [(run, w) for run, idle in _idle.items() for w in idle if w[1] < before]
            for run, waiting in old:
                _idle[run].remove(waiting)
        for _, (process, _) in old:
            process.end()


@cache
def _reaper() -> None:
    threading.Thread(target=_reap, daemon=True).start()


def _take(run: str, order: Order) -> WorkerProcess:
    with _lock:
        idle = _idle.get(run)
        if idle:
            return idle.pop()[0]
    digest, name = order.job.model_folder.parts
    return WorkerProcess(replace(order, job=replace(order.job, model_folder=place(digest, name))))


def _give_back(run: str, process: WorkerProcess) -> None:
    with _lock:
        if run in _idle:
            _idle[run].append((process, time.monotonic()))
            return
    process.end()
