"""What the user named, turned into single files: files, folders, globs and fsspec URLs.

A ZIP archive is a folder too: what is in it is named as if it lay below, `papers.zip/a.pdf`.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.readers.archive import has_member, is_archive, member_names
from pipeline.readers.loading import load

# What file managers and Office leave lying about; never a submission.
IGNORED_NAMES = {"thumbs.db", "desktop.ini"}
IGNORED_STARTS = (".", "~$")


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files to read, in order and without doubles, and the named paths that lead nowhere."""

    files: tuple[str, ...]
    missing: tuple[tuple[str, ReadError], ...]


def expand(names: Iterable[str], *, leave_out: Path | None = None) -> Inputs:
    """Follow every name: a folder stands for all files below it, a pattern for what it matches.

    Hidden files, Office lock files and `leave_out` (the output of this very run) are skipped in
    folders and patterns. A name that leads to nothing is returned in `missing`.
    """
    files: dict[str, str] = {}
    missing: list[tuple[str, ReadError]] = []
    skipped = leave_out.resolve() if leave_out else None
    for name in names:
        try:
            found = list(_follow(name))
        except ReadError as error:
            missing.append((name, error))
            continue
        for file in found:
            place = file if _is_url(file) else _resolve(file)
            if place == skipped:
                continue
            try:
                inside = _inside(file)
            except ReadError as error:
                missing.append((file, error))
                continue
            for member in inside:
                files.setdefault(f"{place}{member.removeprefix(file)}", member)
    return Inputs(tuple(files.values()), tuple(missing))


def _follow(name: str) -> Iterator[str]:
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
        files = list(_files_below(path))
        if not files:
            raise ReadError(
                f"โฟลเดอร์ {name} ไม่มีไฟล์ ให้ระบุโฟลเดอร์ที่มีเอกสาร",
                "the folder holds no files: name one that does",
            )
        yield from files
    elif exists or _is_member(name):
        yield name
    else:
        matches = sorted(glob.glob(name, recursive=True)) if glob.has_magic(name) else []
        if not matches:
            raise _nothing_there(name)
        for match in matches:
            if Path(match).is_dir():
                yield from _files_below(Path(match))
            elif not _ignored(Path(match).name):
                yield match


def _files_below(folder: Path) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not _ignored(f))
        yield from (str(Path(parent, name)) for name in sorted(names) if not _ignored(name))


def _follow_url(url: str) -> Iterator[str]:
    import fsspec

    try:
        system, path = fsspec.core.url_to_fs(url)
        if glob.has_magic(path):
            found = system.glob(path)
        else:
            found = system.find(path) if system.isdir(path) else [path] * system.exists(path)
    except Exception as error:  # each file system raises its own
        raise ReadError(
            f"{url}: เปิดที่เก็บไฟล์ไม่ได้ ({error}) ให้ตรวจ URL และสิทธิ์การเข้าถึง",
            "the file system cannot be opened: check the URL, the package it needs and your access",
        ) from error
    if not found and _is_member(url):
        yield url
        return
    if not found:
        raise _nothing_there(url)
    yield from (system.unstrip_protocol(f) for f in sorted(found) if not _ignored(Path(f).name))


def _inside(file: str) -> list[str]:
    """The members of a ZIP archive; any other file, also one that is no more than packed as ZIP."""
    if not file.lower().endswith(".zip"):
        return [file]
    try:
        data = load(file)
    except ReadError:  # reading it as a file says why
        return [file]
    if not is_archive(data):
        return [file]
    members = member_names(data)
    if not members:
        raise ReadError(
            f"ไฟล์ zip {file} ไม่มีไฟล์ข้างใน ขอไฟล์ใหม่จากผู้ส่ง",
            "the archive holds no files: ask the sender for it again",
        )
    return [f"{file}/{member}" for member in members]


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


def _resolve(name: str) -> Path:
    try:
        return Path(name).resolve()
    except (OSError, RuntimeError):  # a link that leads to itself: reading it says so
        return Path(name).absolute()


def _nothing_there(name: str) -> ReadError:
    return ReadError(
        f"ไม่พบไฟล์หรือโฟลเดอร์ {name} ให้ตรวจชื่อและตำแหน่ง",
        "no such file or folder: check the name and where it lies",
    )
