"""One reader process, seen from the process that started it: its pipes, deadlines and end."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

from pipeline.errors import OutputError, ReadError
from pipeline.readers.sandbox.confinement import Confinement
from pipeline.readers.sandbox.limits import Limits

HEADER = struct.Struct("<II")
"""What goes before each message: the lengths in bytes of its JSON and of the data behind it."""

# Three million characters, raw and repaired, are 36 MB as JSON.
_LARGEST_ANSWER = 1 << 27
_START_SECONDS = 120.0
_START = (
    "import sys; sys.path[:] = {path!r}; "
    "from pipeline.readers.sandbox.child import main; main({fds!r})"
)

TOO_MUCH_MEMORY = (
    "ต้องใช้หน่วยความจำเกินกำหนด ไฟล์อาจเสียหายหรือใหญ่เกินไป แบ่งไฟล์หรือพิมพ์เป็น PDF ใหม่",
    "Needs more memory than it may have; it may be damaged or too large. Split it, or print it to"
    " a new PDF",
)

OnPage = Callable[[int, int], None]


class ReaderProcess:
    """One reader process: its pipes, its temporary folder, how many files it has read."""

    def __init__(self, limits: Limits) -> None:
        self.files = 0
        self._limits = limits
        self._folder = _own_folder()
        ours_in, theirs_out = os.pipe()
        theirs_in, ours_out = os.pipe()
        self._in, self._out = ours_in, ours_out
        os.set_blocking(self._out, False)
        theirs = (theirs_in, theirs_out)
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _START.format(path=sys.path, fds=theirs)],
                pass_fds=theirs,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=self._folder,
                env=_environment(self._folder),
                start_new_session=True,  # one group to kill, programs that it calls included
            )
        finally:
            os.close(theirs_in)
            os.close(theirs_out)
        try:
            self._send({"limits": _as_json(limits)}, b"", time.monotonic() + _START_SECONDS)
            held = self._answer(_START_SECONDS, _START_SECONDS, _unheard)
            self.confinement = Confinement(bool(held["network"]), bool(held["files"]))
        except ReadError:
            self.end()
            raise

    def ask(self, question: dict[str, Any], data: bytes, on_page: OnPage) -> dict[str, Any]:
        """The answer about one file. Raises `ReadError` when the process dies or takes too long."""
        self.files += 1
        limits = self._limits
        self._send(question, data, time.monotonic() + limits.seconds)
        return self._answer(limits.seconds, limits.total_seconds, on_page)

    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def end(self) -> None:
        """Kill the process and all that it started; remove its folder."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for descriptor in (self._in, self._out):
            with contextlib.suppress(OSError):
                os.close(descriptor)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _send(self, question: dict[str, Any], data: bytes, deadline: float) -> None:
        text = json.dumps(question).encode()
        for part in (HEADER.pack(len(text), len(data)) + text, data):
            rest = memoryview(part)
            while rest:
                self._wait(self._out, select.POLLOUT, deadline)
                try:
                    rest = rest[os.write(self._out, rest[: 1 << 20]) :]
                except BrokenPipeError as error:
                    raise self._ended() from error

    def _answer(self, seconds: float, total: float, on_page: OnPage) -> dict[str, Any]:
        """The next answer that is no sign of progress; every sign gives it `seconds` more."""
        last = time.monotonic() + total
        while True:
            deadline = min(last, time.monotonic() + seconds)
            length, _ = HEADER.unpack(self._receive(HEADER.size, deadline))
            if length > _LARGEST_ANSWER:
                raise _too_much()
            try:
                answer = json.loads(self._receive(length, deadline))
            except ValueError as error:
                raise _stopped() from error
            if not isinstance(answer, dict):
                raise _stopped()
            if "progress" not in answer:
                return answer
            done, pages = answer["progress"]
            on_page(int(done), int(pages))

    def _receive(self, count: int, deadline: float) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            self._wait(self._in, select.POLLIN, deadline)
            part = os.read(self._in, min(1 << 20, count - len(parts)))
            if not part:
                raise self._ended()
            parts += part
        return bytes(parts)

    def _wait(self, descriptor: int, event: int, deadline: float) -> None:
        poll = select.poll()
        poll.register(descriptor, event)
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(1000 * left):
            raise _too_slow(self._limits.seconds)

    def _ended(self) -> ReadError:
        """Why the child closed its pipes."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        if self._process.returncode == -signal.SIGXCPU:
            return _too_slow(self._limits.processor_seconds)
        return _stopped()


def _unheard(_done: int, _pages: int) -> None:
    """Nobody listens to the progress."""


def _own_folder() -> str:
    try:
        return tempfile.mkdtemp(prefix="wara-read-")
    except OSError as error:
        raise OutputError(
            f"สร้างโฟลเดอร์ชั่วคราวไม่ได้: {error} โปรดตั้ง TMPDIR เป็นโฟลเดอร์ที่เขียนได้และมีที่ว่าง",
            f"cannot make a temporary folder: {error}. Set TMPDIR to a folder with space",
        ) from error


def _environment(folder: str) -> dict[str, str]:
    """The child's environment: its own folder for whatever is written, one thread per library."""
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_THREAD_LIMIT")
    places = ("TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "PYTHAINLP_DATA_DIR")
    return (
        {name: value for name, value in os.environ.items() if not name.startswith("COV_CORE")}
        | dict.fromkeys(threads, "1")
        | dict.fromkeys(places, folder)
        | {"MALLOC_ARENA_MAX": "2", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    )


def _as_json(limits: Limits) -> dict[str, float]:
    return {name: getattr(limits, name) for name in limits.__slots__}


def _too_slow(seconds: float) -> ReadError:
    return ReadError(
        f"อ่านไม่เสร็จใน {seconds:g} วินาที ไฟล์อาจเสียหายหรือซับซ้อนผิดปกติ"
        " แบ่งไฟล์ หรือพิมพ์เป็น PDF ใหม่แล้วลองอีกครั้ง",
        f"Not read within {seconds:g} seconds; the file may be damaged or abnormally complex."
        " Split it, or print it to a new PDF and try again",
    )


def _stopped() -> ReadError:
    return ReadError(
        "ตัวอ่านหยุดทำงานกลางคันเพราะไฟล์นี้ ไฟล์อาจเสียหาย เปิดในโปรแกรมเดิมแล้วบันทึกใหม่เป็น PDF หรือ DOCX",
        "The reader stopped on this file, which may be damaged. Open it in the program that made"
        " it and save it again as PDF or DOCX",
    )


def _too_much() -> ReadError:
    return ReadError(
        "เนื้อหาของไฟล์ใหญ่เกินกว่าจะอ่านได้ แบ่งไฟล์แล้วลองอีกครั้ง",
        "The file holds more than can be read. Split it and try again",
    )
