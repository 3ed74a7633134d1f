"""A ZIP archive is a folder too: what is in it is named as if it lay below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.errors import ReadError
from pipeline.inputs.values import Item, Missing
from pipeline.readers.archive import has_member, is_archive, member_names
from pipeline.readers.loading import load


def inside(found: Item) -> Iterator[Item | Missing]:
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


def is_member(name: str) -> bool:
    """Whether `name` is a file in an archive that is there: `papers.zip/a.pdf`."""
    try:
        return has_member(name)
    except Exception:  # each file system raises its own
        return False
