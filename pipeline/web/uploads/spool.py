"""Where uploaded files are kept from the moment they are accepted until the store has them."""

from __future__ import annotations

import os
import secrets
import tempfile
import time
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import OutputError
from pipeline.readers.loading import MAX_BYTES, too_large
from pipeline.settings import Settings
from pipeline.store.documents.files import suffix_of

CHUNK = 1 << 20
LEFT_BEHIND = 3600.0  # seconds; a younger file may belong to a request that is just being answered


@dataclass(frozen=True, slots=True)
class Spool:
    """The folder of files that wait, each under a name of ours: theirs never reaches a path."""

    folder: Path

    @classmethod
    def of(cls, settings: Settings) -> Spool:
        """The spool of a workspace."""
        return cls(settings.workspace / "uploads")

    def keep(self, stream: BinaryIO, name: str) -> tuple[str, int]:
        """(place, bytes): all of `stream` on the disk for good, or nothing.

        Raises ReadError for a file that is too large, OutputError where the disk refuses.
        """
        place = f"{secrets.token_hex(16)}{suffix_of(name)}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            size = self._write(stream, self.folder / place)
        except OSError as error:
            raise OutputError(
                f"เก็บไฟล์ไม่ได้ ({error.strerror}) ให้ผู้ดูแลตรวจเนื้อที่และสิทธิ์ของโฟลเดอร์งาน แล้วส่งใหม่",
                "the file cannot be kept: let the administrator check the space and permissions "
                "of the workspace, then send it again",
            ) from error
        if size > MAX_BYTES:
            self.forget(place)
            raise too_large(name)
        return place, size

    def path(self, place: str) -> Path:
        """Where a file lies, or a member of an archive that does."""
        return self.folder / place

    def forget(self, place: str) -> None:
        """Remove a file that the store has, or that nobody was told is accepted."""
        with suppress(OSError):
            self.path(place).unlink()

    def sweep(self, needed: Collection[str]) -> None:
        """Remove what no request lives to tell of, and what the store has by now."""
        kept = {place.split("/")[0] for place in needed}
        before = time.time() - LEFT_BEHIND
        for path in self.folder.glob("*") if self.folder.is_dir() else ():
            with suppress(OSError):
                if path.name not in kept and path.stat().st_mtime < before:
                    path.unlink()

    def _write(self, stream: BinaryIO, path: Path) -> int:
        number, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=self.folder)
        temporary, size = Path(name), 0
        try:
            with os.fdopen(number, "wb") as file:
                while size <= MAX_BYTES and (chunk := stream.read(CHUNK)):
                    size += len(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
            _sync(self.folder)
        finally:
            temporary.unlink(missing_ok=True)
        return size


def _sync(folder: Path) -> None:
    """Write down the folder's new entry, or a power cut could lose the name of a kept file."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
