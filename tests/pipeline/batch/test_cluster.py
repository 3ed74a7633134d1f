"""A real Dask cluster: the same rows, and every input once whatever is lost."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch import Job, archive, process_all
from pipeline.batch.answers import Order
from pipeline.batch.cluster import ClusterEngine
from pipeline.batch.manifest import Asked
from pipeline.errors import ClusterError
from tests.pipeline.batch import faults
from tests.pipeline.batch.folder import Unwatched, assert_accounted, manifest, rows
from tests.pipeline.command import Wara, wara

__all__ = ["wara"]
pytestmark = [pytest.mark.cluster, pytest.mark.slow]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two workers of two threads; a lost one comes back."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster:
        yield cluster


@pytest.fixture
def asked(tmp_path: Path, model_folder: Path) -> Asked:
    from classifiers.models.cards import read_card

    name = f"half@{read_card(model_folder)['digest'][:12]}"
    return Asked((str(tmp_path / "in"),), Job(model=name, model_folder=model_folder))


@pytest.fixture
def small_units(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two small files a unit."""
    monkeypatch.setattr("pipeline.batch.units.SMALLEST", 160 << 10)
    monkeypatch.setattr("pipeline.batch.units.LARGEST", 160 << 10)


def test_a_cluster_gives_the_rows_of_this_process(
    cluster: Any, tmp_path: Path, asked: Asked, tagger: Any
) -> None:
    files = [str(path) for path in faults.write(tmp_path / "in", "", "", "", "")]
    (tmp_path / "in" / "bad.pdf").write_bytes(b"")
    files.append(str(tmp_path / "in" / "bad.pdf"))
    here = dict(process_all(files, tagger, asked.job))
    there = process_all(files, None, asked.job, cluster=cluster.scheduler_address)
    assert dict(there) == here


def test_the_command_works_on_a_cluster_and_shows_its_dashboard(
    cluster: Any, wara: Wara, tmp_path: Path, asked: Asked
) -> None:
    files = faults.write(tmp_path / "in", "", "", "")
    out, address = tmp_path / "out", cluster.scheduler_address
    result = wara(
        *("classify", tmp_path / "in", "-o", f"{out}/", "--cluster", address),
        *("--model", asked.job.model_folder),
    )
    assert result.code == 0
    assert cluster.dashboard_link in result.err
    assert_accounted(out, files)


@pytest.mark.usefixtures("small_units")
def test_poison_costs_its_own_row_and_no_worker_of_the_cluster(
    cluster: Any, tmp_path: Path, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Order.__init__, "__defaults__", (False, faults.load))
    files = faults.write(tmp_path / "in", "", faults.DIE, "", faults.CRASH, "", "")
    before = {worker["pid"] for worker in workers(cluster)}
    out = tmp_path / "out"
    counts = archive.fill(str(out), asked, Unwatched(), cluster=cluster.scheduler_address)
    assert (counts.done, counts.failed, counts.quarantined) == (4, 1, 1)
    assert_accounted(out, files)
    assert {worker["pid"] for worker in workers(cluster)} == before


class KillsAWorker(Unwatched):
    """A worker of the cluster is lost, with its machine, after the first unit."""

    def __init__(self, cluster: Any) -> None:
        super().__init__()
        self._cluster = cluster
        self.killed = 0

    def step(self, *seen: Any) -> None:
        super().step(*seen)
        if not self.killed:
            self.killed = next(w["pid"] for w in workers(self._cluster) if w["processing"])
            os.kill(self.killed, signal.SIGKILL)


def workers(cluster: Any) -> list[dict[str, Any]]:
    """Pid of each worker, and how many units it is at."""
    found = cluster.scheduler.workers.values()
    pids = {
        name: pid
        for worker in cluster.workers.values()
        for name, pid in [(worker.worker_address, worker.pid)]
    }
    return [{"pid": pids[w.address], "processing": len(w.processing)} for w in found]


@pytest.mark.usefixtures("small_units")
def test_units_of_a_worker_that_is_lost_are_done_by_another(
    cluster: Any, tmp_path: Path, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Order.__init__, "__defaults__", (False, faults.load))
    files = faults.write(tmp_path / "in", *[faults.SLOW] * 12)
    watch = KillsAWorker(cluster)
    counts = archive.fill(str(tmp_path / "out"), asked, watch, cluster=cluster.scheduler_address)
    assert watch.killed
    assert counts.done == 12
    assert_accounted(tmp_path / "out", files)


def test_a_scheduler_that_does_not_answer_is_told_within_seconds(
    wara: Wara, tmp_path: Path, model_folder: Path
) -> None:
    faults.write(tmp_path / "in", "")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    began = time.monotonic()
    result = wara(
        *("classify", tmp_path / "in", "-o", f"{tmp_path}/out/", "--cluster", address),
        *("--model", model_folder),
    )
    assert result.code == 8
    assert address in result.err
    assert "--workers" in result.err
    assert time.monotonic() - began < 60


@pytest.mark.parametrize("address", ["nonsense", "tcp://no.such.host.invalid:8786", "127.0.0.1:1"])
def test_an_address_that_is_none_is_an_error_of_the_cluster(
    address: str, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.batch.connecting.CONNECT_SECONDS", 2.0)
    with pytest.raises(ClusterError, match="check the address"):
        ClusterEngine(Order(asked.job), address)


def test_without_dask_the_remedy_is_told(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"wara\[cluster\]"):
        ClusterEngine(Order(asked.job), "tcp://127.0.0.1:8786")


def test_files_that_the_workers_cannot_see_end_the_run(
    cluster: Any, tmp_path: Path, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults.write(tmp_path / "in", "")
    monkeypatch.setattr("os.path.isfile", partial(is_here, os.getpid()))
    with pytest.raises(ClusterError, match="shared storage"):
        archive.fill(str(tmp_path / "out"), asked, Unwatched(), cluster=cluster.scheduler_address)
    assert manifest(tmp_path / "out")["counts"]["waiting"] == 1


def is_here(caller: int, _path: str) -> bool:
    """Whether a file that lies on the machine of the caller is seen by this process."""
    return os.getpid() == caller


@pytest.mark.parametrize("options", [(), ("--workers", "2")])
def test_a_run_that_is_killed_is_gone_on_with(
    tmp_path: Path, asked: Asked, options: tuple[str, ...], wara: Wara
) -> None:
    files = faults.write(tmp_path / "in", *[""] * 40)
    (tmp_path / "in" / "bad.pdf").write_bytes(b"")
    files.append(tmp_path / "in" / "bad.pdf")
    out = tmp_path / "out"
    call = ["classify", str(tmp_path / "in"), "-o", f"{out}/", "--model"]
    call += [str(asked.job.model_folder), *options]
    killed_after_a_part(call, out)
    had = len(rows(out))
    assert 0 < had < len(files)
    result = wara(*call, "--resume")
    assert result.code == 4
    assert "there already" in result.err
    assert_accounted(out, files)
    assert manifest(out)["counts"]["failed"] == 1


ONE_PART = """
import sys, time
from pipeline.batch.filling import Filling
from pipeline.cli import main
commit = Filling.commit
def once(*given):
    commit(*given)
    Filling.commit = lambda *_: time.sleep(3600)
Filling.commit = once
main()
"""


def killed_after_a_part(call: list[str], out: Path) -> None:
    """Run the command in a process of its own that stands still after a part; kill it there."""
    running = subprocess.Popen(
        [sys.executable, "-c", ONE_PART, *call],
        cwd=Path(__file__).parents[3],
        stderr=subprocess.DEVNULL,
    )
    while not list(out.glob("rows/part-*.parquet")):
        assert running.poll() is None
        time.sleep(0.01)
    running.kill()
    running.wait()


@contextmanager
def own_cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The programs `dask scheduler` and `dask worker`, once both are there: address, processes."""
    from distributed import Client

    root, known = Path(__file__).parents[3], str(folder / "scheduler.json")
    place = ("--scheduler-file", known)
    calls = (
        ("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *place),
        ("worker", *place, "--nthreads", "1", "--no-dashboard", "--death-timeout", "120"),
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "dask", *call],
            cwd=root,
            env=os.environ | {"PYTHONPATH": str(root)},
            stderr=subprocess.DEVNULL,
        )
        for call in calls
    ]
    try:
        with Client(scheduler_file=known, timeout=120) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(1, timeout=120)  # a busy machine takes its time
            address = str(client.scheduler_info()["address"])
        yield address, processes
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


def test_a_scheduler_that_is_lost_ends_the_run_which_can_be_gone_on_with(
    tmp_path: Path, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Order.__init__, "__defaults__", (False, faults.load))
    monkeypatch.setattr("pipeline.batch.units.SMALLEST", 80 << 10)
    monkeypatch.setattr("pipeline.batch.units.LARGEST", 80 << 10)
    files = faults.write(tmp_path / "in", *[faults.SLOW] * 6)
    out = tmp_path / "out"
    with own_cluster(tmp_path) as (address, processes):

        class KillsTheScheduler(Unwatched):
            def step(self, *seen: Any) -> None:
                super().step(*seen)
                processes[0].kill()

        with pytest.raises(ClusterError, match="--resume"):
            archive.fill(str(out), asked, KillsTheScheduler(), cluster=address)
    assert 0 < len(rows(out)) < len(files)
    archive.fill(str(out), asked, Unwatched(), resume=True)
    assert_accounted(out, files)
