"""What the user named, turned into single files: files, folders, globs and fsspec URLs.

A ZIP archive is a folder too: what is in it is named as if it lay below, `papers.zip/a.pdf`.
`follow` finds them one after the other, so that there may be any number; `expand` lists them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.errors import NothingReadError, ReadError
from pipeline.inputs.archives import inside
from pipeline.inputs.local import follow_local, is_empty_folder, local_file
from pipeline.inputs.urls import follow_url, is_url
from pipeline.inputs.values import Inputs, Item, Missing

__all__ = ["Inputs", "Item", "Missing", "check_not_empty", "expand", "follow", "located"]


def check_not_empty(names: Sequence[str]) -> None:
    """Raise NothingReadError where all that is named are folders without a file to read."""
    if names and all(not is_url(name) and is_empty_folder(name) for name in names):
        raise NothingReadError(
            f"ไม่มีไฟล์ให้อ่านใน {', '.join(names)} ให้ระบุไฟล์หรือโฟลเดอร์ที่มีเอกสาร",
            f"no files to read: {', '.join(names)} holds none. Name files, or a folder that does",
        )


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
                    yield from inside(found)
        except ReadError as error:
            yield name, error


def located(file: str, position: int = 0) -> Item:
    """One file by name, as far as a look at it tells. Never raises."""
    if is_url(file):
        return Item(file, file, position=position)
    return local_file(file, position)


def _follow(name: str) -> Iterator[Item]:
    yield from follow_url(name) if is_url(name) else follow_local(name)
