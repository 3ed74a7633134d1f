"""The original files: kept under their digest, whole or not at all."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline.errors import OutputError

WRITERS = 8  # files that are on their way to the disk at once
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


def suffix_of(name: str) -> str:
    """The suffix of a file's name in small letters; empty where it is none to be trusted."""
    suffix = Path(name).suffix.lower()
    return suffix if _SUFFIX.fullmatch(suffix) else ""


def place_of(folder: Path, sha256: str, suffix: str) -> Path:
    """Where a file is kept below `folder`."""
    return folder / sha256[:2] / f"{sha256}{suffix}"


def keep(path: Path, data: bytes) -> None:
    """Write `data` to `path` beside it first, so that a crash leaves all of it or nothing.

    What is there already is left as it is. Raises OutputError.
    """
    try:
        if path.exists() and path.stat().st_size == len(data):
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, data)
    except OSError as error:
        raise OutputError(
            f"เก็บไฟล์ต้นฉบับลง {path.parent} ไม่ได้ ({error.strerror}) ตรวจเนื้อที่และสิทธิ์ของโฟลเดอร์งาน",
            "the original file cannot be kept: check the space and permissions of the workspace",
        ) from error


def keep_all(files: Iterable[tuple[Path, bytes]]) -> None:
    """`keep` each of these; many at a time, since most of it is waiting for the disk."""
    given = list(files)
    if len(given) == 1:
        keep(*given[0])
        return
    with ThreadPoolExecutor(WRITERS) as threads:
        for _ in threads.map(lambda file: keep(*file), given):
            pass


def _write(path: Path, data: bytes) -> None:
    number, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
