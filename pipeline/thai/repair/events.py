"""What happened to the marks of a text, cell by cell: kept, lost, moved, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.thai.repair.channel import MARK_COUNT, Channel, mask_costs
from pipeline.thai.repair.lexicon import FloatArray
from pipeline.thai.repair.slots import BITS, IntArray, MaskArray

RowArray = NDArray[np.uint32]
REAL_GAP = 2.5  # what a space between two words costs
_ABOVE = np.uint16(sum(BITS[mark] for mark in "ัิีึื็ํ"))


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
    return np.where(want & _ABOVE, np.uint32(1 << MARK_COUNT), np.uint32(0))


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


def _ahead(mask: MaskArray) -> MaskArray:
    return np.append(mask[1:], np.uint16(0))


def _after(mask: MaskArray, first: NDArray[np.bool_]) -> MaskArray:
    behind = np.insert(mask[:-1], 0, np.uint16(0))
    return np.where(first, np.uint16(0), behind).astype(np.uint16)
