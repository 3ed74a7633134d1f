"""The readings of a lattice that a path may take, with what they cost under a channel."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from pipeline.thai.repair.channel import NEVER, Channel, mask_costs
from pipeline.thai.repair.events import REAL_GAP, Events, RowArray, cell_costs
from pipeline.thai.repair.lattice import Lattice
from pipeline.thai.repair.lexicon import FloatArray
from pipeline.thai.repair.slots import IntArray, MaskArray

UNREACHED = 1e9
_BEHIND = 8.0  # readings of one stretch that cost so much more than its best are dropped


@dataclass(frozen=True, slots=True)
class Edges:
    """The readings worth a thought; `number` is their place in the lattice."""

    number: IntArray
    start: IntArray
    end: IntArray
    word: IntArray
    cost: NDArray[np.float64]
    surplus: MaskArray
    lacking: MaskArray
    paid: FloatArray
    refund: FloatArray
    row: RowArray

    @classmethod
    def of(cls, lattice: Lattice, events: Events, channel: Channel) -> Edges:
        """The edges of `lattice` where `events` happen."""
        cells = lattice.cells
        by_cell = cell_costs(events, cells, channel)
        final = np.append(lattice.cell[1:], len(by_cell)) - 1
        gap = (cells.gap[final] > 0) & (events.spaced[final] == 0) & ~events.arrived[final]
        own = np.add.reduceat(by_cell, lattice.cell)
        cost = own + lattice.prior + np.where(gap, min(REAL_GAP, channel.split), 0)
        lost = events.dropped[final] | events.spaced[final]
        row = cells.row[final]
        paid = mask_costs(channel.dropped)[row | events.dropped[final]]
        paid = paid + mask_costs(channel.spaced)[row | events.spaced[final]]
        keep = np.flatnonzero(
            _promising(lattice, cost, _hopes(lattice, events, channel, lost, paid))
        )
        first, final = lattice.cell[keep], final[keep]
        passing = channel.moved.min() < NEVER
        return cls(
            keep,
            lattice.start[keep],
            lattice.end[keep],
            lattice.word[keep],
            cost[keep].astype(np.float64),
            events.extra[first],
            lost[keep] * np.uint16(passing),
            paid[keep],
            np.where(events.split[first], channel.split, 0.0),
            row[keep],
        )

    @classmethod
    def sound(cls, lattice: Lattice) -> Edges:
        """The edges of `lattice` that read what stands there, nothing being damaged."""
        cells, events = lattice.cells, lattice.events
        wrong = (cells.want != cells.seen) | events.split | (events.stray > 0)
        wrong |= (events.unread | cells.pushed) > 0
        keep = np.flatnonzero(~np.logical_or.reduceat(wrong, lattice.cell))
        final = np.append(lattice.cell[1:], len(wrong))[keep] - 1
        cost = lattice.prior[keep] + np.where(cells.gap[final] > 0, np.float32(REAL_GAP), 0)
        near = cost < lattice.bound[keep]
        keep, cost = keep[near], cost[near]
        none = np.zeros(len(keep), dtype=np.uint16)
        return cls(
            keep,
            lattice.start[keep],
            lattice.end[keep],
            lattice.word[keep],
            cost.astype(np.float64),
            none,
            none,
            none.astype(np.float32),
            none.astype(np.float64),
            none.astype(np.uint32),
        )

    def take(self, order: IntArray) -> Edges:
        """The same edges in another order."""
        return Edges(*(getattr(self, field.name)[order] for field in fields(self)))


def _promising(lattice: Lattice, cost: FloatArray, hopes: FloatArray) -> NDArray[np.bool_]:
    """Readings better than unknown letters and not far behind the best of the same stretch."""
    hoped = cost - hopes
    fresh = np.append(True, (np.diff(lattice.start) > 0) | (np.diff(lattice.end) > 0))
    stretch = np.flatnonzero(fresh)
    number = np.cumsum(fresh) - 1
    good = hoped < lattice.bound
    good &= hoped < np.minimum.reduceat(cost, stretch)[number] + _BEHIND
    left = np.logical_or.reduceat(good, stretch)
    return np.asarray(good | (np.isinf(lattice.bound) & ~left[number]))


def _hopes(
    lattice: Lattice, events: Events, channel: Channel, lost: MaskArray, paid: FloatArray
) -> FloatArray:
    """What a reading may get back if its marks stand on the next letter, or others on its first."""
    if channel.moved.min() >= NEVER:
        return np.zeros(len(lost), dtype=np.float32)
    ahead = np.append(lattice.slots.mark, np.uint16(0))[lattice.end]
    extra = events.extra[lattice.cell]
    back = np.where((lost != 0) & (lost & ~ahead == 0), paid, 0)
    back = back + mask_costs(channel.extra)[extra]
    back = back + np.where((extra > 0) & events.split[lattice.cell], channel.split, 0)
    return np.asarray(back, dtype=np.float32)
