"""The language model of the repair: what words cost, alone and after the word before.

Costs are natural logarithms of probabilities, negated (nats).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from pipeline.thai.repair.lexicon import FloatArray, Lexicon, make_lexicon, ranges

FILE = Path(__file__).parent.parent / "data" / "repair.npz"
PAIR_SHIFT = 18


@dataclass(frozen=True, slots=True)
class Model:
    """Words, pairs of words, and marks on letters.

    `pair[w << 18 | v]` is what `v` costs after `w` more or less than alone, `alone[w]` the same for
    the pairs that were not seen; `marks[m]` is the cost of a set of marks on an unknown letter.
    """

    lexicon: Lexicon
    alone: list[float]
    pair: dict[int, float]
    marks: FloatArray


@cache
def model() -> Model:
    """Read the data file."""
    with np.load(FILE, allow_pickle=False) as data:
        words = data["words"].tobytes().decode("utf-8").split("\n")
        cost = data["cost"].astype(np.float32) / 100
        keys = np.cumsum(data["pair"])
        gain = (data["gain"].astype(np.float32) / 100).tolist()
        alone = (data["alone"].astype(np.float32) / 100).tolist()
    pair = dict(zip(keys.tolist(), gain, strict=True))
    lexicon = make_lexicon(words, cost)
    return Model(lexicon, alone, pair, _mark_costs(lexicon))


def _mark_costs(lexicon: Lexicon) -> FloatArray:
    """What a set of marks costs on a letter of an unknown word."""
    letters = ranges(lexicon.first, lexicon.length)
    weight = np.repeat(np.exp(-lexicon.cost), lexicon.length)
    share = np.bincount(lexicon.mark[letters], weights=weight, minlength=1 << 16)
    costs: FloatArray = -np.log(share / share.sum() + 1e-6).astype(np.float32)
    return costs
