"""The way to a Dask scheduler, and what to say where it or its workers fail."""

from __future__ import annotations

import logging
import socket
import time
from typing import Any

from pipeline.errors import ClusterError

# The library's own types are partly missing.
Client = Any

CONNECT_SECONDS = 10.0
WORKERS_SECONDS = 30.0  # without a single worker, at the start and on the way


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
        raise no_workers(address) from error
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


def no_workers(address: str) -> ClusterError:
    """What to raise where a scheduler has nobody to work."""
    return ClusterError(
        f"scheduler ที่ {address} ไม่มี worker เริ่มด้วย dask worker {address} แล้วสั่งเดิมพร้อม --resume",
        f"the scheduler at {address} has no workers: start some with dask worker {address}, then "
        "give the same command with --resume",
    )


def unseen(worker: str, file: str) -> ClusterError:
    """What to raise where a worker cannot see a file."""
    return ClusterError(
        f"worker {worker} ไม่เห็นไฟล์ {file} ให้วางไฟล์ไว้ในที่เก็บร่วม (NFS หรือ s3://) ที่ทุกเครื่องเห็น",
        f"the worker {worker} cannot see {file}: put the files where every machine sees them, on "
        "shared storage or behind a URL such as s3://",
    )


def gone(address: str) -> ClusterError:
    """What to raise where the scheduler is lost."""
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
