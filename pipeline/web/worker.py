"""The process that works in the background: `python -m pipeline.web.worker LANE WORKSPACE`.

It goes on where the last one left off, and lives no longer than the server that started it.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pipeline.locking import alone
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.workspace import Workspace

IDLE = 300.0  # seconds after which a worker without work leaves and gives its memory back
PAUSE = 0.5  # seconds between two looks at the queue
NICE = 5  # pages come first


class Lane(Protocol):
    """What a worker does: `recover` once, then `step` as long as there is work."""

    def recover(self) -> None:
        """Go on where a worker that died left off."""

    def step(self) -> bool:
        """Do one piece of work; whether there was any."""
        ...


def main(lane: str, folder: str) -> None:
    """Work in this process until there is nothing to do for a while, or the server is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, which ends us
    threading.Thread(target=_leave_with_server, daemon=True).start()
    os.nice(NICE)
    from pipeline.workspace import Workspace  # once it is sure that nothing interrupts us

    settings = Settings(Path(folder))
    with alone(settings.workspace / f"worker-{lane}.lock"), Workspace.open(settings) as workspace:
        work(_lane(lane, workspace))


def work(lane: Lane, *, idle: float = IDLE) -> None:
    """Go on where the last worker left off, until there was nothing to do for `idle` seconds."""
    lane.recover()
    last = time.monotonic()
    while time.monotonic() - last <= idle:
        if lane.step():
            last = time.monotonic()
        else:
            time.sleep(PAUSE)


def _lane(name: str, workspace: Workspace) -> Lane:
    from pipeline.web.models.retraining import Retraining
    from pipeline.web.uploads.receiving import Receiving

    return Receiving(workspace) if name == "upload" else Retraining(workspace)


def _leave_with_server() -> None:
    """Stop at once when the server closes the pipe, or dies: whatever was half done is done anew.

    Nothing is tidied up here, just as if the power went: one way to stop needs one proof.
    """
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
