"""Worker processes for what takes long: `Workers` in the server sees to it that they run.

Each lane has one worker, and of several servers on one workspace only one works at a time (a lock
that ends with its process). What is to be done, and how far it is, stands in the database; so the
server, the worker or the machine may stop at any moment, and the next start goes on.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import Self

from pipeline.errors import WaraError
from pipeline.settings import Settings
from pipeline.store import Store, jobs

PULSE = 0.5  # seconds between two looks at the queue
AGAIN = 15.0  # seconds before a worker that failed is started anew
STOPPING = 5.0
log = logging.getLogger("pipeline.web")


class Workers:
    """The worker processes of a server: started when there is work, ended with the server."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings, self._store = settings, store
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._begun: dict[str, float] = {}
        self._stop = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="workers", daemon=True)

    def __enter__(self) -> Self:
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._watcher.join()
        for process in self._running.values():
            _end(process)

    def _watch(self) -> None:
        while not self._stop.wait(PULSE):
            for lane, kinds in jobs.LANES.items():
                try:
                    self._see_to(lane, kinds)
                except (WaraError, OSError):  # the database is away: it may come back
                    log.warning("worker %s", lane, exc_info=True)

    def _see_to(self, lane: str, kinds: tuple[jobs.JobKind, ...]) -> None:
        process = self._running.get(lane)
        if process is not None and process.poll() is None:
            return
        failed = process is not None and process.returncode > 0  # not killed: it ended by itself
        if failed and time.monotonic() - self._begun[lane] < AGAIN:
            return
        with self._store.read() as session:
            needed = jobs.any_open(session, kinds)
        if needed:
            self._running[lane], self._begun[lane] = _start(lane, self._settings), time.monotonic()


def _start(lane: str, settings: Settings) -> subprocess.Popen[bytes]:
    """A worker that lives no longer than this process: it watches its standard input."""
    folder = str(settings.workspace.resolve())
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline.web.worker", lane, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    with suppress(OSError):
        process.stdin.close()
    try:
        process.wait(STOPPING)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
