"""Reading in a child process that may die: whatever a file does, it costs one failed read.

The child (`child`) gets the bytes over a pipe and answers with JSON: nothing of it is
trusted more than text. It serves many files and is replaced when it was killed, has grown or is
used up, so that its start costs little. Limits are those of `Limits` and `confinement`.
"""

from __future__ import annotations

import atexit
import os
import threading
from functools import cache

from pipeline.documents import Document
from pipeline.errors import ReadError
from pipeline.readers.sandbox.confinement import Confinement
from pipeline.readers.sandbox.limits import Limits
from pipeline.readers.sandbox.process import OnPage, ReaderProcess


class Sandbox:
    """Reader processes for any number of threads; each reads one file at a time."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits.from_environment()
        self._idle: list[ReaderProcess] = []
        self._lock = threading.Lock()
        self._owner = os.getpid()

    def read(
        self, data: bytes, *, file: str, ocr: bool = True, on_page: OnPage = lambda *_: None
    ) -> Document:
        """Read a file's bytes as `read_here` does. Raises `ReadError` for whatever happens.

        `on_page` hears how many of the pages that need OCR are done, and how many there are.
        """
        child = self._take()
        keep = False
        try:
            answer = child.ask({"file": file, "ocr": ocr}, data, on_page)
            keep = bool(answer.get("reusable"))
        except ReadError as error:
            raise ReadError(f"{file}: {error.thai}", f"{file}: {error.english}") from error
        finally:
            self._give_back(child, keep=keep)
        if "error" in answer:
            raise ReadError(*answer["error"])
        return Document.from_json(answer["document"])

    def confinement(self) -> Confinement:
        """What the kernel grants on this system, told by a child."""
        child = self._take()
        self._give_back(child, keep=True)
        return child.confinement

    def close(self) -> None:
        """End all children that are not at work."""
        with self._lock:
            children, self._idle = self._idle, []
        for child in children:
            child.end()

    def _take(self) -> ReaderProcess:
        with self._lock:
            if self._owner != os.getpid():  # after a fork the children are another's
                self._owner, self._idle = os.getpid(), []
            while self._idle:
                child = self._idle.pop()
                if child.alive():
                    return child
                child.end()
        return ReaderProcess(self.limits)

    def _give_back(self, child: ReaderProcess, *, keep: bool) -> None:
        if keep and child.files < self.limits.files:
            with self._lock:
                self._idle.append(child)
        else:
            child.end()


@cache
def sandbox() -> Sandbox:
    """The sandbox of this process; its children end with it."""
    own = Sandbox()
    atexit.register(own.close)
    return own
