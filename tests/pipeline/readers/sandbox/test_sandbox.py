"""Reading in a child process: the same result, and nothing a file does reaches further."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import ReadError, UsageError
from pipeline.readers import read, read_bytes
from pipeline.readers.assembling import read_here
from pipeline.readers.sandbox import Sandbox, sandbox
from pipeline.readers.sandbox.limits import Limits
from pipeline.readers.sandbox.process import ReaderProcess

DATA = Path(__file__).parents[3] / "data"
LETTER = "ที่ ลบ ๐๐๑๗/๒๕๖๗ เรื่อง ขอส่งข้อเสนอ".encode()


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    """One for all tests: a child takes a second of a core to start."""
    own = Sandbox(Limits())
    yield own
    own.close()


def child_of(box: Sandbox) -> int:
    """The process number of the idle child that reads next."""
    return box._idle[-1]._process.pid


def kill_when_asked(child: ReaderProcess, files: int) -> None:
    """Kill the child once it has one file more to read; were it dead before, another one read."""
    while child.files == files:
        time.sleep(0.01)
    os.kill(child._process.pid, signal.SIGKILL)


@pytest.mark.parametrize("name", ["chromium-form.pdf", "form.docx", "flow.docx"])
def test_the_result_is_that_of_reading_here(name: str) -> None:
    path = DATA / name
    assert read(path) == read_here(path.read_bytes(), file=str(path))


def test_odd_characters_come_through(box: Sandbox) -> None:
    data = "ก\ud800\x00\U000f0000 ข".encode("utf-16", "surrogatepass")
    here = read_here(data, file="a.txt")
    assert box.read(data, file="a.txt") == here


def test_a_child_serves_many_files_and_is_replaced(
    box: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    box.read(LETTER, file="a.txt")
    first = child_of(box)
    box.read(LETTER, file="b.txt")
    assert child_of(box) == first
    monkeypatch.setattr(box, "limits", Limits(files=2))
    box.read(LETTER, file="c.txt")
    assert first not in [child._process.pid for child in box._idle]


def test_a_refused_file_leaves_the_child_at_work(box: Sandbox) -> None:
    box.read(LETTER, file="a.txt")
    first = child_of(box)
    with pytest.raises(ReadError, match=r"^empty\.pdf: ไฟล์ว่างเปล่า"):
        box.read(b"", file="empty.pdf")
    assert child_of(box) == first


def test_a_killed_child_costs_its_file_only(box: Sandbox) -> None:
    box.read(LETTER, file="a.txt")
    child = box._idle[-1]
    os.kill(child._process.pid, signal.SIGSTOP)  # it takes the question and never answers
    asked = (child, child.files)
    threading.Thread(target=kill_when_asked, args=asked, daemon=True).start()
    with pytest.raises(ReadError, match=r"^b\.txt: .*stopped on this file"):
        box.read(LETTER, file="b.txt")
    assert box.read(LETTER, file="c.txt").file == "c.txt"


def test_an_idle_child_that_died_is_noticed(box: Sandbox) -> None:
    box.read(LETTER, file="a.txt")
    os.kill(child_of(box), signal.SIGKILL)
    box._idle[-1]._process.wait()
    assert box.read(LETTER, file="b.txt").file == "b.txt"


def test_a_child_that_hangs_is_killed_in_time() -> None:
    box = Sandbox(Limits())
    box.read(LETTER, file="a.txt")
    box._idle[-1]._limits = Limits(seconds=0.5)
    pid = child_of(box)
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(ReadError, match=r"Not read within 0\.5 seconds"):
        box.read(LETTER, file="b.txt")
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    box = Sandbox(Limits())
    box.read(LETTER, file="a.txt")
    assert len(list(tmp_path.iterdir())) == 1
    box.close()
    assert list(tmp_path.iterdir()) == []


def test_many_threads_read_at_once(box: Sandbox) -> None:
    found: dict[int, str] = {}
    threads = [
        threading.Thread(
            target=lambda n=n: found.update({n: box.read(LETTER, file=f"{n}.txt").file})
        )
        for n in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {n: f"{n}.txt" for n in range(3)}


PROBE = """
import json, os, resource, socket, sys, threading
from pathlib import Path
from pipeline.readers.sandbox.confinement import cut_network, limit_files, limit_memory, limit_cpu
folder, secret = Path(sys.argv[1]), Path(sys.argv[2])
said = {"network": cut_network()}
limit_memory(1 << 30, hard=1 << 31)
said["files"] = limit_files(folder, sys.path)
def tried(work):
    try:
        work()
        return "done"
    except Exception as error:
        return type(error).__name__
def connect():
    socket.create_connection(("127.0.0.1", int(sys.argv[3])), 2).close()
said["inside"] = tried(lambda: (folder / "a").write_text("x"))
said["outside"] = tried(lambda: (secret.parent / "b").write_text("x"))
said["secret"] = tried(secret.read_text)
said["connect"] = tried(connect)
said["memory"] = tried(lambda: bytearray(3 << 29))
print(json.dumps(said))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="network and file limits are Linux's")
def test_the_kernel_holds_what_it_granted(tmp_path: Path) -> None:
    import socket
    import subprocess

    folder, secret = tmp_path / "own", tmp_path / "theirs" / "secret.txt"
    folder.mkdir()
    secret.parent.mkdir()
    secret.write_text("x")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-c", PROBE, str(folder), str(secret), port],
            capture_output=True,
            text=True,
            check=True,
        )
    said = json.loads(done.stdout)
    assert said["inside"] == "done"
    assert said["memory"] == "MemoryError"
    if said["network"]:
        assert said["connect"] == "OSError"
    if said["files"]:
        assert said["outside"] == said["secret"] == "PermissionError"
    held = sandbox().confinement()
    assert (held.network, held.files) == (said["network"], said["files"])


def test_limits_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Limits.from_environment() == Limits()
    monkeypatch.setenv("WARA_READ_SECONDS", "30")
    monkeypatch.setenv("WARA_READ_MEMORY_MB", "1024")
    limits = Limits.from_environment()
    assert (limits.seconds, limits.total_seconds, limits.memory) == (30, 600, 1 << 30)
    monkeypatch.setenv("WARA_READ_SECONDS", "soon")
    with pytest.raises(UsageError, match="WARA_READ_SECONDS=soon"):
        Limits.from_environment()


def test_the_default_sandbox_serves_read_bytes() -> None:
    assert read_bytes(LETTER, file="a.txt").text.startswith("ที่ ลบ")
