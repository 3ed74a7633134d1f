"""Words in flat arrays, found at all places of a text at once by the hash of their skeleton."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.thai.repair.slots import IntArray, MaskArray, Slots, cut_slots

LONGEST = 20  # slots; longer words are left to their parts
_FACTOR = 0x9E3779B97F4A7C15
_INVERSE = pow(_FACTOR, -1, 1 << 64)
_SPREAD = np.uint64(0xD1B54A32D192ED03)
_FILTER_BITS = 21
FloatArray = NDArray[np.float32]
HashArray = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words in the order of their skeletons' hashes.

    Word `w` is `text[begin[w]:begin[w + 1] - 1]`, costs `cost[w]` nats, and its slots begin at
    `first[w]` of `mark`. The words of skeleton `s` are `group[s]` to `group[s + 1]`.
    """

    text: str
    begin: IntArray
    first: IntArray
    length: IntArray
    mark: MaskArray
    cost: FloatArray
    skeleton: HashArray
    group: IntArray
    prefixes: NDArray[np.bool_]
    names: Lexicon | None = None

    def with_names(self, names: list[str], cost: FloatArray) -> Lexicon:
        """The same with some more words, whose numbers follow on those of these."""
        if not names:
            return self
        order = sort_words(names)
        more = make_lexicon([names[place] for place in order], cost[order])
        return Lexicon(
            self.text + more.text,
            np.append(self.begin[:-1], more.begin + len(self.text)),
            np.append(self.first, more.first + len(self.mark)),
            np.append(self.length, more.length),
            np.append(self.mark, more.mark),
            np.append(self.cost, more.cost),
            self.skeleton,
            self.group,
            self.prefixes,
            more,
        )

    def word(self, number: int) -> str:
        """The word of that number."""
        return self.text[self.begin[number] : self.begin[number + 1] - 1]

    def words(self) -> list[str]:
        """All words by number."""
        return self.text.split("\n")[:-1]


def sort_words(words: list[str]) -> IntArray:
    """The order in which `make_lexicon` wants `words`."""
    slots = cut_slots("\n".join(words) + "\n")
    first, end = _bounds(slots)
    return np.argsort(_slice_hash(_prefix_sums(slots.code), first, end), kind="stable")


def make_lexicon(words: list[str], cost: FloatArray) -> Lexicon:
    """A lexicon of `words`, each of 1 to `LONGEST` slots and in the order of `sort_words`."""
    text = "\n".join(words) + "\n"
    slots = cut_slots(text)
    first, end = _bounds(slots)
    sums = _prefix_sums(slots.code)
    hashes = _slice_hash(sums, first, end)
    skeleton, group = np.unique(hashes, return_index=True)
    prefixes = np.zeros(1 << _FILTER_BITS, dtype=np.bool_)
    for size in range(1, LONGEST + 1):
        long = first[end - first >= size]
        prefixes[_place(_slice_hash(sums, long, long + size))] = True
    begin = np.append(slots.start[first], len(text))
    return Lexicon(
        text,
        begin,
        first,
        end - first,
        slots.mark,
        cost,
        skeleton,
        np.append(group, len(words)),
        prefixes,
    )


def find_words(lexicon: Lexicon, slots: Slots) -> tuple[IntArray, IntArray]:
    """Every word whose skeleton stands in `slots`: starts and words."""
    start, word = _find(lexicon, slots)
    if lexicon.names is None:
        return start, word
    other, name = _find(lexicon.names, slots)
    return np.append(start, other), np.append(word, name + lexicon.group[-1])


def _find(lexicon: Lexicon, slots: Slots) -> tuple[IntArray, IntArray]:
    sums = _prefix_sums(slots.code)
    alive = np.flatnonzero(slots.room > 0)
    starts, groups = [], []
    for size in range(1, LONGEST + 1):
        alive = alive[slots.room[alive] >= size]
        hashes = _slice_hash(sums, alive, alive + size)
        possible = lexicon.prefixes[_place(hashes)]
        alive, hashes = alive[possible], hashes[possible]
        if not len(alive):
            break
        place = np.searchsorted(lexicon.skeleton, hashes)
        place[place == len(lexicon.skeleton)] = 0
        found = lexicon.skeleton[place] == hashes
        starts.append(alive[found])
        groups.append(place[found])
    if not starts:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    start, group = np.concatenate(starts), np.concatenate(groups)
    sizes = lexicon.group[group + 1] - lexicon.group[group]
    return np.repeat(start, sizes), ranges(lexicon.group[group], sizes)


def ranges(first: IntArray, size: IntArray) -> IntArray:
    """`first[0], first[0] + 1, …` for `size[0]` values, then the next: ranges put end to end."""
    ends = np.cumsum(size)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) + np.repeat(first - ends + size, size)


def _bounds(slots: Slots) -> tuple[IntArray, IntArray]:
    end = np.flatnonzero(slots.code == 0)
    return np.concatenate(([0], end[:-1] + 1)), end


def _prefix_sums(code: IntArray) -> HashArray:
    powers = _powers(_FACTOR, len(code) + 1)
    sums = np.zeros(len(code) + 1, dtype=np.uint64)
    np.cumsum(code.astype(np.uint64) * powers[:-1], out=sums[1:])
    return sums


def _slice_hash(sums: HashArray, start: IntArray, end: IntArray) -> HashArray:
    """The same for the same letters wherever they stand, modulo 2 to the 64."""
    hashes: HashArray = (sums[end] - sums[start]) * _powers(_INVERSE, len(sums))[start]
    return hashes


def _place(hashes: HashArray) -> HashArray:
    places: HashArray = (hashes * _SPREAD) >> np.uint64(64 - _FILTER_BITS)
    return places


_POWERS: dict[int, HashArray] = {}


def _powers(factor: int, count: int) -> HashArray:
    """The first powers of `factor`, kept between calls as they grow."""
    known = _POWERS.get(factor)
    if known is None or len(known) < count:
        size = max(4096, 1 << count.bit_length())
        known = np.full(size, factor, dtype=np.uint64)
        known[0] = 1
        known = np.cumprod(known, dtype=np.uint64)
        _POWERS[factor] = known
    return known[:count]
