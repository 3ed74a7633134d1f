"""A folder for results, on this machine or behind a URL: files appear in it whole or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from pipeline.errors import OutputError

HALF = ".part"
"""How the names of files end that are still being written; no name of ours else does."""


class Place:
    """The folder at a path or fsspec URL. Every method raises OutputError for what goes wrong."""

    def __init__(self, address: str) -> None:
        import fsspec

        self.address = address
        try:
            self._files, self._root = fsspec.core.url_to_fs(address.removeprefix("file://"))
        except Exception as error:  # an unknown protocol, a package that is missing
            raise _unusable(address, error) from error
        # Object stores have no half written files, and no rename that is one step.
        self._renames = not getattr(self._files, "protocol", "") or (
            _first(self._files.protocol) in {"file", "local", "sftp", "ssh", "smb", "hdfs"}
        )
        self.local = Path(self._root) if _first(self._files.protocol) in {"file", "local"} else None

    def names(self, folder: str = "") -> dict[str, int]:
        """The files of a folder of this one, with their sizes; none where there is no folder."""
        with self._told(folder):
            try:
                self._files.invalidate_cache()
                found = self._files.ls(self._at(folder), detail=True)
            except (FileNotFoundError, NotADirectoryError):
                return {}
            return {e["name"].rsplit("/", 1)[-1]: int(e.get("size") or 0) for e in found}

    def write(self, name: str, data: bytes) -> None:
        """Put a file in its place in one step, over the one that may be there."""
        with self._told(name):
            if not self._renames:
                self._files.pipe_file(self._at(name), data)
                return
            self._files.makedirs(self._at(name).rpartition("/")[0], exist_ok=True)
            half = self._at(f"{name}{HALF}")
            try:
                self._write_half(half, data)
                if self.local is not None:
                    os.replace(half, self._at(name))  # noqa: PTH105
                else:
                    self._files.mv(half, self._at(name))
            except BaseException:
                with contextlib.suppress(Exception):
                    self._files.rm_file(half)
                raise

    def read(self, name: str) -> bytes:
        """All bytes of a file."""
        with self._told(name):
            return bytes(self._files.cat_file(self._at(name)))

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """A file, to read parts of it."""
        with self._told(name), self._files.open(self._at(name), "rb") as stream:
            yield stream

    def remove(self, name: str) -> None:
        """Remove a file that may be there."""
        with self._told(name), contextlib.suppress(FileNotFoundError):
            self._files.rm_file(self._at(name))

    def _write_half(self, half: str, data: bytes) -> None:
        if self.local is None:
            self._files.pipe_file(half, data)
            return
        with Path(half).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def _at(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}".rstrip("/")

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        try:
            yield
        except OutputError:
            raise
        except Exception as error:  # each file system raises its own
            raise _unusable(f"{self.address.rstrip('/')}/{name}", error) from error


def _first(protocol: Any) -> str:
    return str(protocol if isinstance(protocol, str) else protocol[0])


def _unusable(address: str, error: Exception) -> OutputError:
    cause = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return OutputError(
        f"เขียนหรือเปิด {address} ไม่ได้ ({cause}) ให้เพิ่มที่ว่างหรือสิทธิ์ แล้วสั่งเดิมพร้อม --resume"
        " ส่วนที่เสร็จแล้วไม่หาย",
        f"{address} cannot be written or opened ({cause}): make room or get access, then give the "
        "same command with --resume. What was done is kept",
    )
