"""What damage does to marks: how likely each mark is kept, lost, moved or replaced.

The rates are estimated from the document itself (`estimation`): damage belongs to a font and a
producer, so it hits each kind of mark in its own way but the same way throughout.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from pipeline.thai.repair.lexicon import FloatArray
from pipeline.thai.repair.slots import BITS

NEVER = 60.0
MARK_COUNT = len(BITS)


@dataclass(frozen=True, slots=True)
class Channel:
    """Costs in nats of what can happen, once or by mark.

    Fonts have one glyph for a tone right above its letter and one for a tone above a vowel, and
    often one of them alone is damaged. So there are two rows of `len(MARKS)` costs: for letters
    without a mark above beside the tone, and for those with one (`rows_of`).

    A mark that belongs on a letter is `kept`, `dropped`, `spaced` (a space stands instead), `moved`
    to the next letter or `unread` (an unreadable glyph stands instead); `extra` marks belong to no
    letter. `split` is a space inside a word, `whole` none, `stray` an unreadable glyph for nothing.
    """

    kept: FloatArray
    dropped: FloatArray
    spaced: FloatArray
    moved: FloatArray
    unread: FloatArray
    extra: FloatArray
    split: float
    whole: float
    stray: float


def _every(cost: float) -> FloatArray:
    return np.full((2, MARK_COUNT), cost, dtype=np.float32)


INTACT = Channel(
    _every(0), _every(NEVER), _every(NEVER), _every(NEVER), _every(NEVER), _every(NEVER),
    NEVER, 0.0, NEVER,
)  # fmt: skip
OPEN = Channel(
    _every(0.3), _every(3.0), _every(1.5), _every(1.5), _every(0.7), _every(7.0), 3.0, 0.05, 4.0
)


def _marks(costs: dict[str, float], other: float) -> FloatArray:
    return np.array([[costs.get(mark, other) for mark in BITS]] * 2, dtype=np.float32)


# In 45 pages read by Tesseract, 134 mai ek, 106 nikhahits and 76 mai tho were lost and 24 mai tho
# read as mai chattawa, but only 5 times ญ as ณ and other letters less: letters are never changed.
# In 21 pages of two columns one mai ek in five and one mai tho in eleven were lost, 1 to 2 % of
# ี ื ึ ุ ู; the marks of the next line were taken for ุ 15 and for ู 6 times.
SCANNED = Channel(
    _every(0),
    _marks(
        {"่": 2.5, "ํ": 2.5, "้": 3.0, "ื": 4.5, "ิ": 6.0, "็": 6.0} | dict.fromkeys("ัีึุู", 5.0),
        NEVER,
    ),
    _every(NEVER),
    _every(NEVER),
    _every(NEVER),
    _marks({"๋": 3.0, "ุ": 5.5, "ู": 6.0}, NEVER),
    NEVER,
    0.0,
    NEVER,
)


def mask_costs(by_mark: FloatArray) -> FloatArray:
    """The cost of each of the 65,536 sets of marks, one row after the other."""
    return _mask_costs(by_mark.astype(np.float32).tobytes())


@lru_cache(maxsize=32)
def _mask_costs(by_mark: bytes) -> FloatArray:
    table = np.zeros((2, 1), dtype=np.float32)
    for cost in np.frombuffer(by_mark, dtype=np.float32).reshape(2, -1, 1).swapaxes(0, 1):
        table = np.concatenate((table, table + cost), axis=1)
    return table.ravel()
