"""A worker process seen from the process that started it, and what to do when it dies.

A file that takes its process with it, or never ends, is tried once more in a new process and then
quarantined; the other files of the unit go on from where the process stood.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from multiprocessing.connection import Connection

from pipeline.batch.answers import TRIES, Answer, Order, Result, died, hung, quarantined
from pipeline.batch.child import READ, READY
from pipeline.batch.limits import WorkerLimits
from pipeline.batch.units import Unit
from pipeline.errors import ModelError, ReadError, WaraError
from pipeline.inputs import Item

START_SECONDS = 600.0  # to load the model, on a machine that is busy with others
_START = (
    "import sys; sys.path[:] = {path!r}; from pipeline.batch.child import main; "
    "main({descriptor}, {memory})"
)


class WorkerProcess:
    """One worker process, started when there is work, and again when it was lost."""

    def __init__(self, order: Order, limits: WorkerLimits | None = None) -> None:
        self._order = order
        self._limits = limits or WorkerLimits.from_environment()
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._files = 0
        self._folder = ""  # where it and its reader keep what is only for now
        self._ended = False

    def do(self, unit: Unit) -> Answer:
        """The answer to a unit. Raises WaraError where no process can do any unit."""
        results: list[Result] = []
        tries = 1
        while (at := len(results)) < len(unit.items):
            # What took a process with it goes alone the next time: its neighbours are not at risk.
            items = unit.items[at:] if tries == 1 else unit.items[at : at + 1]
            reason = self._some(items, results, tries)
            if reason is None:
                tries = 1
                continue
            tries = tries + 1 if len(results) == at else 2
            if tries > TRIES:
                results.append(quarantined(items[0], reason))
                tries = 1
        return Answer(unit, tuple(results))

    def start(self) -> None:
        """Start the process if it does not run; it is ready when it answers."""
        if self._ended:
            raise _stopped()
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._begin()

    def end(self) -> None:
        """End the process for good, from any thread: whoever waits for it hears of it."""
        self._ended = True
        self._kill()

    def _some(self, items: Sequence[Item], results: list[Result], tries: int) -> ReadError | None:
        """Add results while the process lives; why it does not live any more, None at the end."""
        if self._files >= self._limits.files:
            self._end()
        self.start()
        connection = self._connection
        assert connection is not None
        read = 0
        try:
            connection.send(items)
            for number in range(1, len(items) + 1):
                found, read = self._next(connection, number, read)
                results.append(replace(found, tries=tries if number == 1 else 1))
                self._files += 1
        except (EOFError, OSError) as error:
            self._end()
            if self._ended:
                raise _stopped() from error
            late = isinstance(error, TimeoutError)
            return hung(self._limits.row_seconds) if late else died()
        return None

    def _next(self, connection: Connection, number: int, read: int) -> tuple[Result, int]:
        """The result of a file, the first being 1, and how many files were read until then."""
        while True:
            is_read = read >= number
            seconds = self._limits.row_seconds if is_read else self._limits.read_seconds
            if not connection.poll(seconds):
                raise TimeoutError
            value = connection.recv()
            if isinstance(value, Result):
                return value, read
            read += value == READ

    def _begin(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="wara-work-")
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _call(theirs.fileno(), self._limits.memory)],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(self._folder),
                start_new_session=True,  # one group to kill, its reader apart
            )
        self._connection, self._files = Connection(ours.detach()), 0
        self._connection.send(self._order)
        try:
            said = self._connection.recv() if self._connection.poll(START_SECONDS) else None
        except (EOFError, OSError):
            said = None
        if said != READY:
            self._end()
            raise said if isinstance(said, WaraError) else _no_start()

    def _end(self) -> None:
        self._kill()
        if self._connection is not None:
            self._connection.close()
        self._connection = self._process = None

    def _kill(self) -> None:
        if (process := self._process) is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            shutil.rmtree(self._folder, ignore_errors=True)


def _call(descriptor: int, memory: int) -> str:
    return _START.format(path=sys.path, descriptor=descriptor, memory=memory)


def _environment(folder: str) -> dict[str, str]:
    """One thread per library, as there are as many processes as cores; `folder` for the rest."""
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    return (
        dict(os.environ) | dict.fromkeys(threads, "1") | {"MALLOC_ARENA_MAX": "2", "TMPDIR": folder}
    )


def _stopped() -> WaraError:
    return WaraError("หยุดทำงานตามที่สั่ง ทำต่อด้วย --resume", "stopped as asked: --resume goes on")


def _no_start() -> ModelError:
    return ModelError(
        "เริ่มโปรเซสทำงานไม่ได้ (หน่วยความจำไม่พอ หรือการติดตั้งเสียหาย) ลด --workers หรือติดตั้ง wara ใหม่",
        "a worker process cannot be started (too little memory, or a broken installation): "
        "use fewer --workers, or install wara again",
    )
