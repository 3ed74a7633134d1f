"""A quick look whether text may be damaged, at millions of characters a second.

Four letters in a row tell much: those that clean Thai never showed and damaged Thai often did. What
looks suspicious is only looked at more closely; nothing is repaired on this ground alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.thai.repair.model import FILE
from pipeline.thai.repair.slots import code_points, unreadable_glyphs

_LENGTH = 4
_BASE = 80
_DAMAGED = 0.015  # share of groups; 95 % of encyclopedia texts stay below
_STRANGE = 0.30
# How often marks stand among Thai characters, the rarest of five kinds of text.
_USUAL = {"ั": 0.025, "ิ": 0.016, "ี": 0.016, "ุ": 0.010, "ู": 0.007, "่": 0.035, "้": 0.025}
_FEWEST = 0.2
_ENOUGH = 8
# 'ครัง้ ที่', 'สัง่ ที่': a tone that went one letter to the right, with the space it left behind.
_MOVED = re.compile("[ัิีึื][ก-ฮ][่้๊๋] ")
_MOVES = 3
GramArray = NDArray[np.uint32]

_LETTERS = np.zeros(0x10000, dtype=np.uint32)
_LETTERS[0x0E01:0x0E4F] = np.arange(1, 0x4F)
_LETTERS[0x20] = 0x4F


@dataclass(frozen=True, slots=True)
class Grams:
    """A set of groups of letters, one bit for each there is."""

    bits: NDArray[np.uint8]

    @classmethod
    def of(cls, members: GramArray) -> Grams:
        """The set of `members` (ascending)."""
        bits = np.zeros(_BASE**_LENGTH // 8, dtype=np.uint8)
        own = np.uint8(1) << (members & 7).astype(np.uint8)
        first = np.flatnonzero(np.diff(members >> 3, prepend=np.uint32(0xFFFFFFFF)))
        bits[members[first] >> 3] = np.bitwise_or.reduceat(own, first)
        return cls(bits)

    def members(self, grams: GramArray) -> NDArray[np.uint8]:
        """1 for each of `grams` that is a member, else 0."""
        own: NDArray[np.uint8] = self.bits[grams >> 3] >> (grams & 7).astype(np.uint8)
        return own & np.uint8(1)

    def count(self, grams: GramArray) -> int:
        """How many of `grams` are members."""
        return int(np.count_nonzero(self.members(grams)))


def grams_of(text: str) -> GramArray:
    """Each group of four Thai letters, marks or spaces of `text` as a number, in order."""
    grams, thai = _groups(text)
    return grams[thai]


def _groups(text: str) -> tuple[GramArray, NDArray[np.bool_]]:
    """The group of characters that begins at each place, and whether all are of that kind."""
    letters = _LETTERS[np.minimum(code_points(text), 0xFFFF)]
    if len(letters) < _LENGTH:
        return letters[:0], letters[:0] > 0
    size = len(letters) - _LENGTH + 1
    grams = letters[:size].copy()
    thai = grams > 0
    for step in range(1, _LENGTH):
        following = letters[step : step + size]
        grams *= np.uint32(_BASE)
        grams += following
        thai &= following > 0
    return grams, thai


@cache
def _known() -> tuple[Grams, Grams]:
    with np.load(FILE, allow_pickle=False) as data:
        clean, damaged = (
            np.cumsum(data[name], dtype=np.uint32) for name in ("clean_grams", "damaged_grams")
        )
    return Grams.of(clean), Grams.of(damaged)


def suspicious(text: str) -> bool:
    """Whether `text` is worth a closer look."""
    points = code_points(text)
    if unbalanced(text) or unreadable_glyphs(points) or len(_MOVED.findall(text)) >= _MOVES:
        return True
    grams = grams_of(text)
    if len(grams) < _LENGTH:
        return False
    clean, damaged = _known()
    found = damaged.count(grams)
    if found >= 2 and found >= _DAMAGED * len(grams):
        return True
    part = grams[:2000]
    return len(part) > 40 and clean.count(part) < (1 - _STRANGE) * len(part)


def damaged_groups(text: str, spans: Sequence[tuple[int, int]]) -> list[int]:
    """How many groups of letters only damage brings in each of `spans` (`end` exclusive)."""
    grams, thai = _groups(text)
    before = np.append(0, np.cumsum(_known()[1].members(grams) * thai, dtype=np.int32))
    begin, end = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    end = np.clip(end - _LENGTH + 1, begin, len(grams))
    found: list[int] = (before[end] - before[np.minimum(begin, end)]).tolist()
    return found


def damaged_share(text: str) -> float:
    """The share of groups of letters that only damage brings, 0 to 1."""
    grams = grams_of(text)
    return _known()[1].count(grams) / len(grams) if len(grams) else 0.0


def clean_share(text: str) -> float:
    """The share of groups of letters that clean text has, 0 to 1."""
    grams = grams_of(text)
    return _known()[0].count(grams) / len(grams) if len(grams) else 0.0


def unbalanced(text: str) -> bool:
    """Whether a mark is missing that Thai text has, or sara am is out of proportion to sara aa.

    Sara am is a sixth of both as a rule.
    """
    am, aa = text.count("ำ"), text.count("า")
    if (am + aa >= 25 and not 0.02 < am / (am + aa) < 0.4) or text.count(" า") > 1:
        return True
    letters = 12 * aa  # sara aa is one character in nine to fourteen
    return any(
        letters * share >= _ENOUGH and text.count(mark) < _FEWEST * letters * share
        for mark, share in _USUAL.items()
    )
