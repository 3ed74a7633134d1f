"""What the user named, turned into single files: files, folders, globs and fsspec URLs.

A ZIP archive is a folder too: what is in it is named as if it lay below, `papers.zip/a.pdf`.
`follow` finds them one after the other, so that there may be any number; `expand` lists them.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.errors import ReadError
from pipeline.readers.archive import has_member, is_archive, member_names
from pipeline.readers.loading import load

# What file managers and Office leave lying about; never a submission.
IGNORED_NAMES = {"thumbs.db", "desktop.ini"}
IGNORED_STARTS = (".", "~$")
Missing = tuple[str, ReadError]
"""A name that leads nowhere, and why."""


@dataclass(frozen=True, slots=True)
class Item:
    """One input: the name the user gave it, and where it lies for every process of the system.

    `stamp` changes when the file does: its size and time, or the tag that a store gives it.
    `position` is that of its row. `size` is in bytes, 0 where it is not known.
    """

    file: str
    place: str
    size: int = 0
    stamp: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files to read, in order and without doubles, and the named paths that lead nowhere."""

    files: tuple[str, ...]
    missing: tuple[Missing, ...]


def expand(names: Iterable[str], *, leave_out: Path | None = None) -> Inputs:
    """List what `follow` finds, each file once."""
    files: dict[str, str] = {}
    missing: list[Missing] = []
    for found in follow(names, leave_out=leave_out):
        if isinstance(found, Item):
            files.setdefault(found.place, found.file)
        else:
            missing.append(found)
    return Inputs(tuple(files.values()), tuple(missing))


def follow(names: Iterable[str], *, leave_out: Path | None = None) -> Iterator[Item | Missing]:
    """Follow every name: a folder stands for all files below it, a pattern for what it matches.

    Hidden files, Office lock files and `leave_out` (the output of this very run, and what lies
    below it) are skipped in folders and patterns. A file that is named twice is found twice.
    """
    skipped = str(leave_out.resolve()) if leave_out else None
    for name in names:
        try:
            for found in _follow(name):
                if skipped is None or not f"{found.place}/".startswith(f"{skipped}/"):
                    yield from _inside(found)
        except ReadError as error:
            yield name, error


def located(file: str, position: int = 0) -> Item:
    """One file by name, as far as a look at it tells. Never raises."""
    if _is_url(file):
        return Item(file, file, position=position)
    try:
        size, stamp = _stamp(os.stat(file))  # noqa: PTH116 - a name with a NUL is no Path
    except (OSError, ValueError):
        size, stamp = 0, ""
    return Item(file, _place(file), size, stamp, position)


def _follow(name: str) -> Iterator[Item]:
    if _is_url(name):
        yield from _follow_url(name)
        return
    if not name:  # Path("") would be the current folder
        raise _nothing_there(name)
    path = Path(name)
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except (OSError, ValueError) as error:  # a name too long, or with a NUL
        raise _nothing_there(name) from error
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
    elif exists or _is_member(name):
        yield located(name)
    else:
        matches = sorted(glob.glob(name, recursive=True)) if glob.has_magic(name) else []
        if not matches:
            raise _nothing_there(name)
        for match in matches:
            if Path(match).is_dir():
                yield from _files_below(match)
            elif not _ignored(Path(match).name):
                yield located(match)


def _files_below(folder: str) -> Iterator[Item]:
    """The files of a folder by name, then those of its folders; links to folders are left alone."""
    try:
        with os.scandir(folder) as found:
            entries = sorted((e for e in found if not _ignored(e.name)), key=lambda e: e.name)
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
    return located(file)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _stamp(found: os.stat_result) -> tuple[int, str]:
    return found.st_size, f"{found.st_size}-{found.st_mtime_ns}"


def _follow_url(url: str) -> Iterator[Item]:
    import fsspec

    try:
        system, path = fsspec.core.url_to_fs(url)
        if glob.has_magic(path):
            found = system.glob(path, detail=True)
        elif system.isdir(path):
            found = system.find(path, detail=True)
        else:
            found = {path: system.info(path)} if system.exists(path) else {}
    except Exception as error:  # each file system raises its own
        raise ReadError(
            f"{url}: เปิดที่เก็บไฟล์ไม่ได้ ({error}) ให้ตรวจ URL และสิทธิ์การเข้าถึง",
            "the file system cannot be opened: check the URL, the package it needs and your access",
        ) from error
    if not found and _is_member(url):
        yield Item(url, url)
        return
    if not found:
        raise _nothing_there(url)
    for name in sorted(found):
        if not _ignored(Path(name).name) and found[name].get("type") != "directory":
            file = system.unstrip_protocol(name)
            yield Item(file, file, *_told(found[name]))


def _told(details: Mapping[str, Any]) -> tuple[int, str]:
    """Size and stamp of what a file system says of a file; each has its own words for its tag."""
    size = int(details.get("size") or 0)
    tags = ("ETag", "etag", "md5Hash", "content_md5", "mtime", "LastModified", "created")
    tag = next((details[name] for name in tags if details.get(name)), "")
    return size, f"{size}-{tag}"


def _inside(found: Item) -> Iterator[Item | Missing]:
    """The members of a ZIP archive; any other file, also one that is no more than packed as ZIP."""
    file = found.file
    if not file.lower().endswith(".zip"):
        yield found
        return
    try:
        data = load(file)
    except ReadError:  # reading it as a file says why
        yield found
        return
    if not is_archive(data):
        yield found
        return
    try:
        members = member_names(data)
    except ReadError as error:
        yield file, error
        return
    if not members:
        empty = ReadError(
            f"ไฟล์ zip {file} ไม่มีไฟล์ข้างใน ขอไฟล์ใหม่จากผู้ส่ง",
            "the archive holds no files: ask the sender for it again",
        )
        yield file, empty
    for member in members:
        size = len(data) // len(members)
        yield replace(found, file=f"{file}/{member}", place=f"{found.place}/{member}", size=size)


def _is_member(name: str) -> bool:
    """Whether `name` is a file in an archive that is there: `papers.zip/a.pdf`."""
    try:
        return has_member(name)
    except Exception:  # each file system raises its own
        return False


def _ignored(name: str) -> bool:
    return name.startswith(IGNORED_STARTS) or name.lower() in IGNORED_NAMES


def _is_url(name: str) -> bool:
    return "://" in name


def _place(name: str) -> str:
    """The absolute path of a file, links followed."""
    try:
        return str(Path(name).resolve())
    except (OSError, RuntimeError, ValueError):  # a link that leads to itself: reading it says so
        return os.path.abspath(name)  # noqa: PTH100 - works on any string


@lru_cache(1024)
def _resolved(folder: str) -> str:
    return _place(folder).rstrip("/")


def _nothing_there(name: str) -> ReadError:
    return ReadError(
        f"ไม่พบไฟล์หรือโฟลเดอร์ {name} ให้ตรวจชื่อและตำแหน่ง",
        "no such file or folder: check the name and where it lies",
    )
