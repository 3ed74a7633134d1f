"""Units of work: what one worker does at a time. Small files go together, big ones first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.batch.work import Job
from pipeline.inputs import Item

FILE_COST = 64 << 10
"""What a file costs beside its bytes, in bytes: opening, starting, one row."""

LARGEST, SMALLEST = 16 << 20, 256 << 10  # bytes of a unit
MOST_FILES = 500
UNITS_PER_WORKER = 8  # at least, so that all of them end at about the same time


@dataclass(frozen=True, slots=True)
class Unit:
    """Files that one worker does; `name` is made of them, their stamps, model and options.

    `part` names the part whose rows this unit's rows replace; None for files without a row.
    """

    name: str
    items: tuple[Item, ...]
    part: str | None = None

    @property
    def bytes(self) -> int:
        """What the unit weighs."""
        return sum(map(weight, self.items))

    def halves(self) -> tuple[Unit, Unit]:
        """The unit in two; it has to have two files."""
        middle = len(self.items) // 2
        first, second = self.items[:middle], self.items[middle:]
        return (
            Unit(f"{self.name[:12]}{_digest(_parts(first))[:8]}", first, self.part),
            Unit(f"{self.name[:12]}{_digest(_parts(second))[:8]}", second, self.part),
        )


def weight(item: Item) -> int:
    """What a file is taken to cost, in bytes."""
    return item.size + FILE_COST


def target(total: int, workers: int, largest: int = LARGEST) -> int:
    """How much a unit holds, in bytes, where `total` is to be shared by `workers`."""
    return max(SMALLEST, min(largest, total // (UNITS_PER_WORKER * workers)))


def cut(items: Iterable[Item], job: Job, size: int, part: str | None = None) -> Iterator[Unit]:
    """Units of about `size` bytes, in the order of the items."""
    held: list[Item] = []
    weighed = 0
    for item in items:
        if held and (weighed + weight(item) > size or len(held) >= MOST_FILES):
            yield _unit(held, job, part)
            held, weighed = [], 0
        held.append(item)
        weighed += weight(item)
    if held:
        yield _unit(held, job, part)


def _unit(items: list[Item], job: Job, part: str | None) -> Unit:
    asked = (job.model, str(job.kind), str(job.deadline), str(job.ocr), str(job.keep))
    return Unit(_digest([*asked, *_parts(items)])[:20], tuple(items), part)


def _parts(items: Iterable[Item]) -> list[str]:
    return [part for item in items for part in (item.place, item.stamp)]


def _digest(parts: Iterable[str]) -> str:
    hasher = hashlib.sha256()
    for part in parts:
        hasher.update(part.encode("utf-8", "surrogateescape") + b"\x00")
    return hasher.hexdigest()
