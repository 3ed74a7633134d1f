"""Units done on a Dask cluster: each thread of its workers attends to a worker process of ours.

The workers of the cluster run none of the risky work themselves: a file that kills its process
costs that process alone. A worker that is lost with its machine has its units done by another;
Dask gives one up that lost too many workers, and its files are then sent out in halves.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import socket
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
from pipeline.batch.units import Unit
from pipeline.errors import ClusterError, WaraError

# The library's own types are partly missing.
Client = Any
Future = Any

CONNECT_SECONDS = 10.0
WORKERS_SECONDS = 30.0  # without a single worker, at the start and on the way
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
            raise _gone(self._address) from error

    def _slots(self) -> int:
        threads: int = sum(worker["nthreads"] for worker in self._workers().values())
        return max(1, PER_THREAD * threads)

    def _workers(self) -> dict[str, Any]:
        """The workers by address, as they were a moment ago: workers come and go."""
        if time.monotonic() > self._known_until:
            try:
                found = self._client.scheduler_info(n_workers=-1)
            except Exception as error:  # of any kind, from the wire
                raise _gone(self._address) from error
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
                raise _gone(self._address)
            alone = 0.0 if self._workers() else alone + LOOK_SECONDS
            if alone > WORKERS_SECONDS:
                raise _no_workers(self._address)

    def _answer(self, future: Future, unit: Unit) -> Answer | None:
        """What came of a unit; None where its workers died. Raises WaraError as the worker did."""
        from distributed import KilledWorker

        if future.status == "cancelled" or future.status == "lost":
            raise _gone(self._address)
        try:
            answer = future.result()
        except KilledWorker:
            return None
        except WaraError:
            raise
        except Exception as error:
            lost = self._client.status != "running" or isinstance(error, CancelledError)
            raise _gone(self._address) if lost else unfit(self._address, error) from error
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
            raise _gone(self._address) from error
        for worker, sees in sight.items():
            if not sees:
                raise _unseen(worker, here)
        self._seen = True


def connect(address: str) -> Client:
    """A client of the scheduler at `address` with at least one worker. Raises ClusterError."""
    try:
        from distributed import Client as Connected
        from distributed.comm.addressing import get_address_host_port
    except ImportError as error:
        raise ClusterError(
            "ยังไม่ได้ติดตั้ง Dask ติดตั้งด้วย pip install 'wara[cluster]'",
            "Dask is not installed: pip install 'wara[cluster]'",
        ) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what it tells, errors say
    try:
        # A client that finds nobody stays half made, and its end can block the next one.
        _reach(get_address_host_port(address))
        client: Any = Connected(  # type: ignore[no-untyped-call]
            address, timeout=CONNECT_SECONDS, name="wara"
        )
    except Exception as error:  # OSError, TimeoutError, ValueError of an address, TLS
        raise ClusterError(
            f"ติดต่อ scheduler ที่ {address} ไม่ได้ใน {CONNECT_SECONDS:g} วินาที ตรวจที่อยู่ "
            "เริ่มด้วย dask scheduler และ dask worker หรือใช้ --workers แทน",
            f"no scheduler answers at {address} within {CONNECT_SECONDS:g} seconds: check the "
            "address, start one with dask scheduler and dask worker, or use --workers instead",
        ) from error
    try:
        client.wait_for_workers(1, timeout=WORKERS_SECONDS)
    except Exception as error:
        client.close(timeout=2)
        raise _no_workers(address) from error
    return client


def _reach(host: tuple[str, int]) -> None:
    """Wait until somebody listens, for one may just be starting. Raises OSError."""
    end = time.monotonic() + CONNECT_SECONDS
    while True:
        try:
            socket.create_connection(host, CONNECT_SECONDS).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
        time.sleep(0.2)


def _no_workers(address: str) -> ClusterError:
    return ClusterError(
        f"scheduler ที่ {address} ไม่มี worker เริ่มด้วย dask worker {address} แล้วสั่งเดิมพร้อม --resume",
        f"the scheduler at {address} has no workers: start some with dask worker {address}, then "
        "give the same command with --resume",
    )


def _unseen(worker: str, file: str) -> ClusterError:
    return ClusterError(
        f"worker {worker} ไม่เห็นไฟล์ {file} ให้วางไฟล์ไว้ในที่เก็บร่วม (NFS หรือ s3://) ที่ทุกเครื่องเห็น",
        f"the worker {worker} cannot see {file}: put the files where every machine sees them, on "
        "shared storage or behind a URL such as s3://",
    )


def _gone(address: str) -> ClusterError:
    return ClusterError(
        f"ขาดการติดต่อกับ scheduler ที่ {address} เริ่มใหม่แล้วสั่งเดิมพร้อม --resume ส่วนที่เสร็จแล้วไม่หาย",
        f"the scheduler at {address} is lost: start it again and give the same command with "
        "--resume. What was done is kept",
    )


def unfit(address: str, error: Exception) -> ClusterError:
    """What to raise where the workers of `address` failed with `error`, which is not wara's."""
    cause = f"{type(error).__name__}: {error}"[:300]
    return ClusterError(
        f"worker ของ {address} ทำงานไม่ได้ ({cause}) ติดตั้ง wara[cluster] รุ่นเดียวกันทุกเครื่อง",
        f"the workers of {address} cannot do the work ({cause}): install the same wara[cluster] "
        "on every machine",
    )
