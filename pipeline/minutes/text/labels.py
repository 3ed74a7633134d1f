"""Labels at the beginning of lines, found through typing slips and stray spaces.

`ครังที่`, `ผู้ ม า ประชุม` and `เลิกประชุมม` are read as what they mean: white space does not count,
and a label of eight letters or more may have one letter wrong, missing, doubled or swapped.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from pipeline.minutes.text.lines import ORNAMENT
from pipeline.thai.alternation import any_of

T = TypeVar("T")

SHORTEST_WITH_SLIP = 8
_HEAD = 64
_MARKER = re.compile(
    rf"[ \t*#|{ORNAMENT}]*(?:[(\[]?[0-9๐-๙]{{1,3}}(?:\.[0-9๐-๙]{{1,2}})?[ ]?[.)\]]?"
    r"(?=[ \t]|[^0-9๐-๙.:/])"
    rf"|[-–—•])?[ \t*#|{ORNAMENT}]*"
)


@dataclass(frozen=True, slots=True)
class Labels(Generic[T]):
    """Labels, without white space, with what each stands for; `before` may stand before one."""

    meanings: Mapping[str, T]
    before: re.Pattern[str]
    exact: re.Pattern[str]
    long: Mapping[str, tuple[_Long, ...]]


@dataclass(frozen=True, slots=True)
class _Long:
    """A label that may have a slip; with one, its `head` or its `tail` is still as it should be."""

    label: str
    head: str
    tail: str

    @classmethod
    def of(cls, label: str) -> _Long:
        half = len(label) // 2
        return cls(label, label[:half], label[half + 1 :])


def labels(meanings: Mapping[str, T], before: str = "") -> Labels[T]:
    """Prepare `meanings` for `find_label`; `before` is a pattern of words to pass over."""
    longest_first = sorted(meanings, key=len, reverse=True)
    long: defaultdict[str, list[_Long]] = defaultdict(list)
    for label in longest_first:
        if len(label) >= SHORTEST_WITH_SLIP:
            long[label[0]].append(_Long.of(label))
    return Labels(
        meanings,
        re.compile(before),
        re.compile(any_of(meanings)),
        {first: tuple(group) for first, group in long.items()},
    )


def marker_end(line: str) -> int:
    """Where the words of a line begin, after its number or bullet."""
    match = _MARKER.match(line)
    return match.end() if match else 0


def find_label(line: str, known: Labels[T]) -> tuple[T, int] | None:
    """What the label at the head of `line` stands for and where the rest begins.

    The longest label that fits counts; one that fits with a slip counts less. A number or
    bullet before the label is passed over.
    """
    begin = marker_end(line)
    compact = "".join(line[begin : begin + _HEAD].split())
    passed = known.before.match(compact)
    for cut in (passed.end(), 0) if passed and passed.end() else (0,):
        found = _best(compact[cut:], known)
        if found:
            label, end = found
            return known.meanings[label], _place(line, begin, cut + end)
    return None


def _place(line: str, begin: int, count: int) -> int:
    """Where `count` letters behind `begin` end, white space left out."""
    letters = (i for i in range(begin, len(line)) if not line[i].isspace())
    return next(islice(letters, count - 1, None)) + 1


def _best(compact: str, known: Labels[T]) -> tuple[str, int] | None:
    """The longest label at the head of `compact`; a slip costs two letters."""
    exact = known.exact.match(compact)
    best = (len(exact[0]), exact[0], len(exact[0])) if exact else (0, "", 0)
    for long in known.long.get(compact[:1], ()):
        label = long.label
        if len(label) - 2 <= best[0]:
            break
        if not (compact.startswith(long.head) or long.tail in compact):
            continue
        if end := _with_slip(compact, label):
            best = (len(label) - 2, label, end)
    return best[1:] if best[0] else None


def _with_slip(compact: str, label: str) -> int:
    """Where `label` ends in `compact` if it stands at its head with one slip, else 0."""
    at = next((i for i, (a, b) in enumerate(zip(compact, label, strict=False)) if a != b), None)
    if at is None:
        return 0
    swapped = label[at : at + 2][::-1] + label[at + 2 :]
    if compact.startswith(label[at + 1 :], at + 1) or compact.startswith(swapped, at):
        return len(label)
    if compact.startswith(label[at:], at + 1):
        return len(label) + 1
    dropped = at + 1 < len(label) and compact.startswith(label[at + 1 :], at)
    return len(label) - 1 if dropped else 0
