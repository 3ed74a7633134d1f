"""The process that does units: loads the model once, then answers one unit after the other.

It talks with the process that started it over one socket: pickled values of ours both ways. What
it reads it reads in a sandbox of its own. It ends when the socket is closed.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any

from pipeline.batch.answers import Order, Result, result
from pipeline.batch.work import Outcome, in_turn, named
from pipeline.errors import WaraError
from pipeline.inputs import Item
from pipeline.records import Tagger

READY, READ = "ready", "read"


def main(descriptor: int, memory: int) -> None:
    """Serve the process at the other end of the socket until it closes it."""
    _limit(memory)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    connection = Connection(descriptor)
    try:
        order: Order = connection.recv()
        talk = _Talk(connection)
        try:
            tagger = order.load(order.job.model_folder)
        except WaraError as error:
            talk.send(error)
            return
        talk.send(READY)
        while True:
            _do(connection.recv(), tagger, order, talk)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


class _Talk:
    """Sends from several threads."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    def send(self, value: Any) -> None:
        with self._lock:
            self._connection.send(value)


def _do(items: Sequence[Item], tagger: Tagger, order: Order, talk: _Talk) -> None:
    outcomes = in_turn(
        [item.place for item in items], tagger, order.job, on_read=lambda: talk.send(READ)
    )
    for item, outcome in zip(items, outcomes, strict=True):
        talk.send(_result(named(outcome, item.place, item.file), order))


def _result(outcome: Outcome, order: Order) -> Result:
    if not order.packed or outcome.document is None:
        return result(outcome)
    from pipeline.kept import pack

    return result(Outcome(outcome.record), kept=pack(outcome))


def _limit(memory: int) -> None:
    """Cap this process' address space in bytes; its reader sets a limit of its own."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _end_with(parent: int) -> None:
    """End this process, and what it started, as soon as `parent` is gone."""
    while os.getppid() == parent:
        time.sleep(1)
    os.killpg(0, signal.SIGKILL)
