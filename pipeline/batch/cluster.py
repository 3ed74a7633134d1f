"""Units done on a Dask cluster: each thread of its workers attends to a worker process of ours.

The workers of the cluster run none of the risky work themselves: a file that kills its process
costs that process alone. A worker that is lost with its machine has its units done by another;
Dask gives one up that lost too many workers, and its files are then sent out in halves.
"""

from __future__ import annotations

import contextlib
import os
import queue
import time
import uuid
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from pipeline.batch import remote
from pipeline.batch.answers import TRIES, Answer, Order, died, quarantined
from pipeline.batch.bundles import bundle
from pipeline.batch.connecting import WORKERS_SECONDS, connect, gone, no_workers, unfit, unseen
from pipeline.batch.units import Unit
from pipeline.errors import WaraError

Future = Any
LOOK_SECONDS = 2.0  # between two looks at who is there
PER_THREAD = 2  # units in flight for each thread of the cluster


class ClusterEngine:
    """The workers of a scheduler, as many as it has at any time."""

    def __init__(self, order: Order, address: str) -> None:
        self._address = address
        self._run = f"wara-{uuid.uuid4().hex[:12]}"
        sent = bundle(order.job.model_folder)
        where = Path(sent.digest, sent.name)  # below each machine's own cache
        self._order = replace(order, job=replace(order.job, model_folder=where))
        self._client = connect(address)
        self._seen = False
        self._known: dict[str, Any] = {}
        self._known_until = 0.0
        try:
            plugin = remote.plugin(self._run, sent)
            self._client.register_plugin(plugin, name=self._run)
        except Exception as error:  # whatever a worker without wara, or of another version, raises
            self._client.close(timeout=2)
            raise unfit(address, error) from error

    @property
    def link(self) -> str | None:
        """The dashboard of the cluster."""
        return str(self._client.dashboard_link) if self._client.dashboard_link else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(Exception):  # the scheduler may be gone
            self._client.unregister_worker_plugin(self._run)
        with contextlib.suppress(Exception):
            self._client.close(timeout=5)

    def run(self, units: Iterable[Unit]) -> Iterator[Answer]:
        """The answers as they come; units in flight are a few for each thread of the cluster."""
        arrived: queue.SimpleQueue[Future] = queue.SimpleQueue()
        flying: dict[str, tuple[Future, Unit, int]] = {}
        again: deque[tuple[Unit, int]] = deque()
        fresh = iter(units)
        while True:
            while len(flying) < self._slots():
                unit, tries = again.popleft() if again else (next(fresh, None), 1)
                if unit is None:
                    break
                self._check_sight(unit)
                future = self._submit(unit)
                flying[future.key] = (future, unit, tries)
                future.add_done_callback(arrived.put)
            if not flying:
                return
            future = self._arrival(arrived)
            _, unit, tries = flying.pop(future.key)
            answer = self._answer(future, unit)
            if answer is not None:
                yield answer
            elif len(unit.items) > 1:
                again.extend((half, 1) for half in unit.halves())
            elif tries < TRIES:
                again.append((unit, tries + 1))
            else:
                yield Answer(unit, (quarantined(unit.items[0], died()),))

    def _submit(self, unit: Unit) -> Future:
        key = f"{self._run}-{unit.name}-{uuid.uuid4().hex[:8]}"
        try:
            return self._client.submit(remote.do, unit, self._order, self._run, key=key, pure=False)
        except Exception as error:  # the client notices the loss of its scheduler on its own
            raise gone(self._address) from error

    def _slots(self) -> int:
        threads: int = sum(worker["nthreads"] for worker in self._workers().values())
        return max(1, PER_THREAD * threads)

    def _workers(self) -> dict[str, Any]:
        """The workers by address, as they were a moment ago: workers come and go."""
        if time.monotonic() > self._known_until:
            try:
                found = self._client.scheduler_info(n_workers=-1)
            except Exception as error:  # of any kind, from the wire
                raise gone(self._address) from error
            self._known = dict(found.get("workers", {}))
            self._known_until = time.monotonic() + LOOK_SECONDS
        return self._known

    def _arrival(self, arrived: queue.SimpleQueue[Future]) -> Future:
        """The next future that has come to an end. Raises ClusterError when none will."""
        alone = 0.0
        while True:
            with contextlib.suppress(queue.Empty):
                return arrived.get(timeout=LOOK_SECONDS)
            if self._client.status not in ("running", "connecting"):
                raise gone(self._address)
            alone = 0.0 if self._workers() else alone + LOOK_SECONDS
            if alone > WORKERS_SECONDS:
                raise no_workers(self._address)

    def _answer(self, future: Future, unit: Unit) -> Answer | None:
        """What came of a unit; None where its workers died. Raises WaraError as the worker did."""
        from distributed import KilledWorker

        if future.status == "cancelled" or future.status == "lost":
            raise gone(self._address)
        try:
            answer = future.result()
        except KilledWorker:
            return None
        except WaraError:
            raise
        except Exception as error:
            lost = self._client.status != "running" or isinstance(error, CancelledError)
            raise gone(self._address) if lost else unfit(self._address, error) from error
        finally:
            future.release()
        return Answer(unit, answer)

    def _check_sight(self, unit: Unit) -> None:
        """Raise ClusterError where a file that is here cannot be seen by a worker; looks once."""
        here = next((item.place for item in unit.items if os.path.isfile(item.place)), None)  # noqa: PTH113
        if self._seen or here is None:
            return
        try:
            sight = self._client.run(os.path.isfile, here)
        except Exception as error:  # whatever a worker that is leaving raises
            raise gone(self._address) from error
        for worker, sees in sight.items():
            if not sees:
                raise unseen(worker, here)
        self._seen = True
