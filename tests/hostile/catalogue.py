"""What a hostile file is: a name, its bytes, and what reading it has to come to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Maker = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file that means harm or is broken; `make` gives the same bytes every time.

    `refused` is a pattern that the Thai message has to hold, `read` a stretch of the text that has
    to come out; with neither, both a document and a refusal will do. `slow` files take long to
    make or to read; `ocr` ones are for whoever renders their pages, all others are read without.
    """

    name: str
    make: Maker
    refused: str | None = None
    read: str | None = None
    slow: bool = False
    ocr: bool = False


_files: dict[str, Hostile] = {}


def hostile(
    name: str,
    *,
    refused: str | None = None,
    read: str | None = None,
    slow: bool = False,
    ocr: bool = False,
) -> Callable[[Maker], Maker]:
    """Enter the file that the decorated function makes."""

    def enter(make: Maker) -> Maker:
        if name in _files:
            raise ValueError(f"two hostile files are named {name}")
        _files[name] = Hostile(name, make, refused, read, slow, ocr)
        return make

    return enter


def entered() -> tuple[Hostile, ...]:
    """Every file entered so far, in the order of entry."""
    return tuple(_files.values())
