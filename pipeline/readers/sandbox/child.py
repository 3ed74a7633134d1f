"""The process that reads: limits itself, then answers one file after the other."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.readers.sandbox.confinement import (
    cut_network,
    limit_cpu,
    limit_file_size,
    limit_files,
    limit_memory,
)
from pipeline.readers.sandbox.limits import Limits
from pipeline.readers.sandbox.process import HEADER, TOO_MUCH_MEMORY

# LibreOffice maps more than a reader needs; a program called for a file may use this much.
_HARD_FACTOR = 3


def main(descriptors: tuple[int, int]) -> None:
    """Serve the parent over two pipes, (questions, answers), until it closes them."""
    questions, answers = descriptors
    network = cut_network()  # before any library starts a thread
    folder, arriving = Path(tempfile.gettempdir()), _questions(questions)
    limits = Limits(**next(arriving)[0]["limits"])
    _warm_up()
    limit_memory(limits.memory, hard=_HARD_FACTOR * limits.memory)
    limit_file_size(limits.file_size)
    places = (*sys.path, sys.prefix, sys.base_prefix, str(Path(__file__).parents[3]))
    files = limit_files(folder, filter(None, places))
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    _send(answers, {"network": network, "files": files})
    for question, data in arriving:
        limit_cpu(limits.processor_seconds)
        answer = _answer(question, data, answers)
        data = b""
        _empty(folder)
        answer["reusable"] = _resident() < limits.kept
        try:
            _send(answers, answer)
        except MemoryError:  # while the answer was turned into JSON; nothing was written yet
            _send(answers, {"error": TOO_MUCH_MEMORY, "reusable": False})


def _questions(descriptor: int) -> Iterator[tuple[dict[str, Any], bytes]]:
    """The questions that come over a pipe, each with its data, until it is closed."""
    with os.fdopen(descriptor, "rb") as stream:
        while len(header := stream.read(HEADER.size)) == HEADER.size:
            length, size = HEADER.unpack(header)
            yield json.loads(stream.read(length)), stream.read(size)


def _end_with(parent: int) -> None:
    """Kill this process and what it started as soon as `parent` is gone.

    The kernel's own signal for this comes when the thread that started the process ends.
    """
    while os.getppid() == parent:
        time.sleep(1)
    os.killpg(0, signal.SIGKILL)


def _warm_up() -> None:
    """Load what every file needs, while files may still be written (caches of libraries)."""
    from pipeline.readers.assembling import read_here

    read_here("ทดสอบ ที่ ๑".encode(), file="")


def _answer(question: dict[str, Any], data: bytes, answers: int) -> dict[str, Any]:
    from pipeline.documents import to_json
    from pipeline.errors import ReadError
    from pipeline.readers.assembling import read_here

    try:
        document = read_here(
            data,
            file=question["file"],
            ocr=question["ocr"],
            on_page=lambda *done: _send(answers, {"progress": done}),
        )
        return {"document": to_json(document)}
    except ReadError as error:
        return {"error": [error.thai, error.english]}


def _send(descriptor: int, answer: dict[str, Any]) -> None:
    text = json.dumps(answer).encode()
    rest = memoryview(HEADER.pack(len(text), 0) + text)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _resident() -> int:
    """Bytes of memory that this process holds now, or held at most where that is not told."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
