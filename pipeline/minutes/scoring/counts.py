"""Counts of what was read right, by field, and the one-to-one pairing they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

W = TypeVar("W")
G = TypeVar("G")


@dataclass(frozen=True, slots=True)
class Count:
    """How many were `right` of those `wanted` (gold) and those `got` (parsed)."""

    right: int = 0
    wanted: int = 0
    got: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.wanted + other.wanted, self.got + other.got)

    @property
    def precision(self) -> float:
        """0 to 1; 1 where nothing was parsed."""
        return self.right / self.got if self.got else 1.0

    @property
    def recall(self) -> float:
        """0 to 1; 1 where nothing was wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """0 to 1; 1 where nothing was wanted and nothing parsed."""
        both = self.wanted + self.got
        return 2 * self.right / both if both else 1.0


@dataclass(frozen=True, slots=True)
class Miss:
    """A value that was not read as the gold has it; `got` is empty where nothing was read."""

    field: str
    wanted: str
    got: str


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts by field, in the order of the table, and what was wrong."""

    counts: Mapping[str, Count]
    misses: tuple[Miss, ...] = ()


Row = tuple[str, Count, list[tuple[str, str]]]
"""A field, its count and its misses as (wanted, got)."""


def total(scores: Iterable[Scores]) -> Scores:
    """The counts of several documents summed, so that every value weighs the same."""
    counts: dict[str, Count] = {}
    misses: list[Miss] = []
    for one in scores:
        for field, count in one.counts.items():
            counts[field] = counts.get(field, Count()) + count
        misses += one.misses
    return Scores(counts, tuple(misses))


def pairs(
    wanted: Sequence[W], got: Sequence[G], same: Callable[[W, G], bool]
) -> list[tuple[int, int]]:
    """Pair each wanted value with the first value not yet taken that is the same."""
    free = list(range(len(got)))
    found = []
    for i, want in enumerate(wanted):
        j = next((j for j in free if same(want, got[j])), None)
        if j is not None:
            free.remove(j)
            found.append((i, j))
    return found


def row(
    field: str, wanted: Sequence[object], got: Sequence[object], paired: Sequence[tuple[int, int]]
) -> Row:
    """The count of a list field; what is missing and what is too much are its misses."""
    missing = sorted(set(range(len(wanted))) - {i for i, _ in paired})
    extra = sorted(set(range(len(got))) - {j for _, j in paired})
    misses = [(str(wanted[i]), "") for i in missing] + [("", str(got[j])) for j in extra]
    return field, Count(len(paired), len(wanted), len(got)), misses


def table(scores: Scores) -> str:
    """The counts as lines of text, a field each."""
    lines = [f"{'field':24}{'right':>7}{'wanted':>8}{'got':>6}{'prec':>8}{'rec':>8}{'F1':>8}"]
    for field, c in scores.counts.items():
        rates = f"{c.precision:8.3f}{c.recall:8.3f}{c.f1:8.3f}"
        lines.append(f"{field:24}{c.right:7}{c.wanted:8}{c.got:6}{rates}")
    return "\n".join(lines)
