"""One input, and the names that lead nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.errors import ReadError

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


def nothing_there(name: str) -> ReadError:
    """What is said of a name that leads nowhere."""
    return ReadError(
        f"ไม่พบไฟล์หรือโฟลเดอร์ {name} ให้ตรวจชื่อและตำแหน่ง",
        "no such file or folder: check the name and where it lies",
    )
