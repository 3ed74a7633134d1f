"""Files and folders of this machine."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.inputs.archives import is_member
from pipeline.inputs.values import Item, nothing_there

# What file managers and Office leave lying about; never a submission.
IGNORED_NAMES = {"thumbs.db", "desktop.ini"}
IGNORED_STARTS = (".", "~$")


def local_file(file: str, position: int = 0) -> Item:
    """One file by name, as far as a look at it tells. Never raises."""
    try:
        size, stamp = _stamp(os.stat(file))  # noqa: PTH116 - a name with a NUL is no Path
    except (OSError, ValueError):
        size, stamp = 0, ""
    return Item(file, _place(file), size, stamp, position)


def follow_local(name: str) -> Iterator[Item]:
    """The files that a path, a folder or a pattern stands for. Raises ReadError for none."""
    if not name:  # Path("") would be the current folder
        raise nothing_there(name)
    path = Path(name)
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except (OSError, ValueError) as error:  # a name too long, or with a NUL
        raise nothing_there(name) from error
    if is_folder:
        files = _files_below(name)
        first = next(files, None)
        if first is None:
            raise ReadError(
                f"โฟลเดอร์ {name} ไม่มีไฟล์ ให้ระบุโฟลเดอร์ที่มีเอกสาร",
                "the folder holds no files: name one that does",
            )
        yield first
        yield from files
    elif exists or is_member(name):
        yield local_file(name)
    else:
        matches = sorted(glob.glob(name, recursive=True)) if glob.has_magic(name) else []
        if not matches:
            raise nothing_there(name)
        for match in matches:
            if Path(match).is_dir():
                yield from _files_below(match)
            elif not is_ignored(Path(match).name):
                yield local_file(match)


def is_empty_folder(name: str) -> bool:
    """Whether a name is that of a folder without any file to read in or below it."""
    try:
        return bool(name) and Path(name).is_dir() and next(_files_below(name), None) is None
    except (OSError, ValueError):  # a name too long, or with a NUL
        return False


def is_ignored(name: str) -> bool:
    """Whether a file's name is that of a hidden file, or of one that programs leave behind."""
    return name.startswith(IGNORED_STARTS) or name.lower() in IGNORED_NAMES


def _files_below(folder: str) -> Iterator[Item]:
    """The files of a folder by name, then those of its folders; links to folders are left alone."""
    try:
        with os.scandir(folder) as found:
            entries = sorted((e for e in found if not is_ignored(e.name)), key=lambda e: e.name)
    except OSError:  # one of the folders below may not be opened
        return
    yield from (_entry(folder, entry) for entry in entries if not _is_folder(entry))
    for entry in entries:
        if _is_folder(entry) and not entry.is_symlink():
            yield from _files_below(entry.path)


def _entry(folder: str, entry: os.DirEntry[str]) -> Item:
    file = str(Path(entry.path))
    try:
        if not entry.is_symlink():
            return Item(file, f"{_resolved(folder)}/{entry.name}", *_stamp(entry.stat()))
    except OSError:  # gone since
        pass
    return local_file(file)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _stamp(found: os.stat_result) -> tuple[int, str]:
    return found.st_size, f"{found.st_size}-{found.st_mtime_ns}"


def _place(name: str) -> str:
    """The absolute path of a file, links followed."""
    try:
        return str(Path(name).resolve())
    except (OSError, RuntimeError, ValueError):  # a link that leads to itself: reading it says so
        return os.path.abspath(name)  # noqa: PTH100 - works on any string


@lru_cache(1024)
def _resolved(folder: str) -> str:
    return _place(folder).rstrip("/")
