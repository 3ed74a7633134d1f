"""What damage does to marks: how likely each mark is kept, lost, moved or replaced.

The rates are estimated from the document itself (`estimate`): damage belongs to a font and a
producer, so it hits each kind of mark in its own way but the same way throughout.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.thai.repair.lexicon import FloatArray
from pipeline.thai.repair.slots import BITS, IntArray, MaskArray

RowArray = NDArray[np.uint32]
NEVER = 60.0
REAL_GAP = 2.5  # what a space between two words costs
_COUNT = len(BITS)
_ABOVE = np.uint16(sum(BITS[mark] for mark in "ัิีึื็ํ"))


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
    return np.full((2, _COUNT), cost, dtype=np.float32)


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


@dataclass(frozen=True, slots=True)
class Cells:
    """One expected slot of one reading each, readings one after another.

    `want` are the marks of the word, `seen` those of the text; `first` and `last` tell the ends of
    a reading. Marks that are `pushed` came from the letter before although the word wants them too.
    `row` is that of `Channel` (`rows_of`).
    """

    want: MaskArray
    seen: MaskArray
    gap: IntArray
    unknown: IntArray
    first: NDArray[np.bool_]
    last: NDArray[np.bool_]
    pushed: MaskArray
    row: RowArray


@dataclass(frozen=True, slots=True)
class Events:
    """What happened in each cell: masks of marks, and whether its gap splits a word."""

    kept: MaskArray
    dropped: MaskArray
    spaced: MaskArray
    moved: MaskArray
    unread: MaskArray
    extra: MaskArray
    split: NDArray[np.bool_]
    whole: NDArray[np.bool_]
    stray: IntArray
    arrived: NDArray[np.bool_]


def rows_of(want: MaskArray) -> RowArray:
    """For each letter, by the marks of its word, where its row begins in `mask_costs`."""
    return np.where(want & _ABOVE, np.uint32(1 << _COUNT), np.uint32(0))


def explain(cells: Cells) -> Events:
    """The likeliest story of each cell, looking at the cell behind it for marks that moved."""
    kept = cells.want & cells.seen
    missing = cells.want & ~cells.seen
    extra = cells.seen & ~cells.want
    inner = ~cells.last
    # The same mark on two letters in a row, both moved: the middle one only looks kept.
    beyond = np.where(inner, _ahead(extra), np.uint16(0))
    chain: MaskArray = (_after(missing, cells.first) & kept & beyond) | cells.pushed
    missing, extra, kept = missing | chain, extra | chain, kept & ~chain
    moved = np.where(inner, missing & _ahead(extra), 0).astype(np.uint16)
    missing = missing & ~moved
    arrived = _after(moved, cells.first)
    extra = extra & ~arrived
    unread = np.where(cells.unknown > 0, missing, 0).astype(np.uint16)
    missing = missing & ~unread
    free = (cells.gap > 0) & (arrived == 0) & (unread == 0)
    spaced = np.where(free, missing, 0).astype(np.uint16)
    split = free & (spaced == 0) & inner
    return Events(
        kept,
        missing & ~spaced,
        spaced,
        moved,
        unread,
        extra,
        split,
        inner & (cells.gap == 0),
        np.where(unread == 0, cells.unknown, 0),
        arrived != 0,
    )


def settle(events: Events, cells: Cells, channel: Channel) -> Events:
    """`events` with marks lost beside a space that stood there anyway, where that is likelier."""
    gap = np.where(cells.last, min(REAL_GAP, channel.split), channel.split)
    spaced = cells.row | events.spaced
    lost = mask_costs(channel.dropped)[spaced] + gap.astype(np.float32)
    beside = (events.spaced > 0) & (lost < mask_costs(channel.spaced)[spaced])
    if not beside.any():
        return events
    return replace(
        events,
        dropped=np.where(beside, events.dropped | events.spaced, events.dropped),
        spaced=np.where(beside, np.uint16(0), events.spaced),
        split=events.split | (beside & ~cells.last),
    )


def cell_costs(events: Events, cells: Cells, channel: Channel) -> FloatArray:
    """The cost of each cell's events."""
    cost = np.zeros(len(events.kept), dtype=np.float32)
    for field in fields(events):
        if field.name in _BY_MARK:
            cost += mask_costs(getattr(channel, field.name))[
                cells.row | getattr(events, field.name)
            ]
    cost += np.where(events.split, np.float32(channel.split), 0)
    cost += np.where(events.whole, np.float32(channel.whole), 0)
    cost += events.stray * np.float32(channel.stray)
    return cost


_BY_MARK = ("kept", "dropped", "spaced", "moved", "unread", "extra")


def mask_costs(by_mark: FloatArray) -> FloatArray:
    """The cost of each of the 65,536 sets of marks, one row after the other."""
    return _mask_costs(by_mark.astype(np.float32).tobytes())


@lru_cache(maxsize=32)
def _mask_costs(by_mark: bytes) -> FloatArray:
    table = np.zeros((2, 1), dtype=np.float32)
    for cost in np.frombuffer(by_mark, dtype=np.float32).reshape(2, -1, 1).swapaxes(0, 1):
        table = np.concatenate((table, table + cost), axis=1)
    return table.ravel()


def _ahead(mask: MaskArray) -> MaskArray:
    return np.append(mask[1:], np.uint16(0))


def _after(mask: MaskArray, first: NDArray[np.bool_]) -> MaskArray:
    behind = np.insert(mask[:-1], 0, np.uint16(0))
    return np.where(first, np.uint16(0), behind).astype(np.uint16)
