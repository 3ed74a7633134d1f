"""The language model of the repair: what words cost, alone and after the word before.

Costs are natural logarithms of probabilities, negated (nats).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.thai.repair.lexicon import FloatArray, Lexicon, make_lexicon, ranges
from pipeline.thai.repair.slots import IntArray

FILE = Path(__file__).parent.parent / "data" / "repair.npz"
PAIR_SHIFT = 18
_FILTER_BITS = 21
_MIXED = 0x2545F4914F6CDD


@dataclass(frozen=True, slots=True)
class Pairs:
    """What words cost after others, more or less than alone.

    `seen` are the pairs `w << 18 | v` (ascending) and `gain` their costs, `alone[w]` is that of the
    pairs that were not seen; `table` sorts most of these out.
    """

    seen: IntArray
    gain: FloatArray
    alone: FloatArray
    table: NDArray[np.bool_]

    @classmethod
    def of(cls, seen: IntArray, gain: FloatArray, alone: FloatArray) -> Pairs:
        """The pairs of the data file."""
        table = np.zeros(1 << _FILTER_BITS, dtype=np.bool_)
        table[_place(seen)] = True
        return cls(seen, gain, alone, table)

    def gains(self, last: IntArray, this: IntArray) -> FloatArray:
        """What each of `this` costs after that of `last`."""
        keys = (last << PAIR_SHIFT) | this
        gains = self.alone[last]
        maybe = self.table[_place(keys)].nonzero()[0]
        wanted = keys[maybe]
        at = self.seen[:-1].searchsorted(wanted)
        known = self.seen[at] == wanted
        gains[maybe[known]] = self.gain[at[known]]
        return gains


def _place(keys: IntArray) -> IntArray:
    return ((keys * _MIXED) >> 20) & ((1 << _FILTER_BITS) - 1)


@dataclass(frozen=True, slots=True)
class Model:
    """Words, pairs of words, and marks on letters.

    `marks[m]` is the cost of a set of marks on an unknown letter.
    """

    lexicon: Lexicon
    pairs: Pairs
    marks: FloatArray


@cache
def model() -> Model:
    """Read the data file."""
    with np.load(FILE, allow_pickle=False) as data:
        words = data["words"].tobytes().decode("utf-8").split("\n")
        cost = data["cost"].astype(np.float32) / 100
        keys = np.cumsum(data["pair"])
        gain = data["gain"].astype(np.float32) / 100
        alone = data["alone"].astype(np.float32) / 100
    lexicon = make_lexicon(words, cost)
    return Model(lexicon, Pairs.of(keys, gain, alone), _mark_costs(lexicon))


def _mark_costs(lexicon: Lexicon) -> FloatArray:
    """What a set of marks costs on a letter of an unknown word."""
    letters = ranges(lexicon.first, lexicon.length)
    weight = np.repeat(np.exp(-lexicon.cost), lexicon.length)
    share = np.bincount(lexicon.mark[letters], weights=weight, minlength=1 << 16)
    costs: FloatArray = -np.log(share / share.sum() + 1e-6).astype(np.float32)
    return costs
