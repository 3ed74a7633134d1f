"""The cheapest way through a lattice of readings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.thai.repair.channel import NEVER, Channel, cell_costs, mask_costs
from pipeline.thai.repair.lattice import OPENING, UNKNOWN, Lattice
from pipeline.thai.repair.lexicon import FloatArray
from pipeline.thai.repair.model import Model
from pipeline.thai.repair.slots import IntArray, MaskArray

REAL_GAP = 2.5  # what a space between two words costs
_BEHIND = 8.0  # readings of one stretch that cost so much more than its best are dropped
_STATES = 4
_UNREACHED = 1e9


@dataclass(frozen=True, slots=True)
class Paths:
    """The cheapest way through the lattice under one channel.

    `moved[i]` are the marks that reading `i` leaves to the next one, `taken[i]` those it has from
    the one before; `cost[s]` is what the stretches of letters that end at slot `s` or before cost.
    """

    readings: IntArray
    moved: IntArray
    taken: IntArray
    cost: FloatArray


def decode(lattice: Lattice, channel: Channel, model: Model) -> Paths:
    """The cheapest path through `lattice`."""
    if not len(lattice.start):
        none = np.zeros(0, dtype=np.int64)
        return Paths(none, none, none, np.zeros(len(lattice.slots.code) + 1, dtype=np.float32))
    edges = _Edges.of(lattice, channel)
    return _walk(edges, lattice, channel, model)


@dataclass(frozen=True, slots=True)
class _Edges:
    """The readings worth a thought, ascending in `start`; `number` is their place in the lattice.

    One more edge, the last, stands for none.
    """

    number: IntArray
    start: IntArray
    end: IntArray
    word: IntArray
    cost: NDArray[np.float64]
    surplus: MaskArray
    lacking: MaskArray
    paid: FloatArray
    refund: FloatArray

    @classmethod
    def of(cls, lattice: Lattice, channel: Channel) -> _Edges:
        events, cells = lattice.events, lattice.cells
        by_cell = cell_costs(events, channel)
        final = np.append(lattice.cell[1:], len(by_cell)) - 1
        gap = (cells.gap[final] > 0) & (events.spaced[final] == 0) & ~events.arrived[final]
        own = np.add.reduceat(by_cell, lattice.cell)
        cost = own + lattice.prior + np.where(gap, min(REAL_GAP, channel.split), 0)
        lost = events.dropped[final] | events.spaced[final]
        paid = mask_costs(channel.dropped)[events.dropped[final]]
        paid = paid + mask_costs(channel.spaced)[events.spaced[final]]
        keep = np.flatnonzero(_promising(lattice, cost, _hopes(lattice, channel, lost, paid)))
        first, final = lattice.cell[keep], final[keep]
        passing = channel.moved.min() < NEVER
        return cls(
            np.append(keep, -1),
            np.append(lattice.start[keep], -1),
            np.append(lattice.end[keep], -1),
            np.append(lattice.word[keep], UNKNOWN),
            np.append(cost[keep].astype(np.float64), _UNREACHED),
            np.append(events.extra[first], np.uint16(0)),
            np.append(lost[keep], np.uint16(0)) * np.uint16(passing),
            np.append(paid[keep], np.float32(0)),
            np.append(np.where(events.split[first], channel.split, 0.0), 0.0),
        )


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


def _hopes(lattice: Lattice, channel: Channel, lost: MaskArray, paid: FloatArray) -> FloatArray:
    """What a reading may get back if its marks stand on the next letter, or others on its first."""
    if channel.moved.min() >= NEVER:
        return np.zeros(len(lost), dtype=np.float32)
    ahead = np.append(lattice.slots.mark, np.uint16(0))[lattice.end]
    extra = lattice.events.extra[lattice.cell]
    back = np.where((lost != 0) & (lost & ~ahead == 0), paid, 0)
    back = back + mask_costs(channel.extra)[extra]
    back = back + np.where((extra > 0) & lattice.events.split[lattice.cell], channel.split, 0)
    return np.asarray(back, dtype=np.float32)


def _walk(edges: _Edges, lattice: Lattice, channel: Channel, model: Model) -> Paths:
    """Viterbi in all stretches of letters at once: step `p` does letter `p` of each."""
    code = lattice.slots.code
    inside = np.concatenate(([False], code > 0, [False]))
    begin = np.flatnonzero(inside[1:] & ~inside[:-1])
    stops = np.flatnonzero(inside[:-1] & ~inside[1:])
    of = np.searchsorted(begin, edges.start[:-1], side="right") - 1
    way = _Way.of(edges, begin[of], stops)
    redeemed = mask_costs(channel.moved - channel.extra)
    for place in range(len(way.leaves) - 1):
        _step(way, place, redeemed, model)
    last = way.arriving[len(way.arriving) - len(stops) :]
    finals = last[np.arange(len(stops)), way.value[last].argmin(axis=1)]
    cost = np.zeros(len(code) + 1)
    cost[stops] = way.value[finals]
    return _trace(way, finals, cost.cumsum().astype(np.float32))


@dataclass(frozen=True, slots=True)
class _Way:
    """What the walk has found: by edge, the cheapest way through it and the edge before it.

    `leaving` are the edges by the letter of their stretch at which they begin, letter `p` from
    `leaves[p]`; `node` says from which node each of them leaves and `arriving[node]` which edges
    end there, padded with the edge that stands for none. The last nodes are the stretches' ends.
    `took` are the marks that an edge has from the one before.
    """

    edges: _Edges
    leaving: IntArray
    leaves: list[int]
    node: IntArray
    arriving: IntArray
    passing: bool
    value: NDArray[np.float64]
    back: IntArray
    took: MaskArray

    @classmethod
    def of(cls, edges: _Edges, begin: IntArray, stops: IntArray) -> _Way:
        """`begin` is where each edge's stretch begins, `stops` where stretches end."""
        start, end = edges.start[:-1], edges.end[:-1]
        none = len(start)
        leaving = np.argsort(start - begin, kind="stable")
        length = int((end - begin).max(initial=0))
        leaves = np.searchsorted((start - begin)[leaving], np.arange(length + 1))
        fresh = np.diff(start[leaving], prepend=-1) != 0
        nodes = np.concatenate((start[leaving][fresh], stops))
        return cls(
            edges,
            leaving,
            leaves.tolist(),
            np.cumsum(fresh) - 1,
            _arrivals(end, nodes, none),
            bool(edges.lacking.any()),
            np.full(none + 1, _UNREACHED),
            np.full(none + 1, none),
            np.zeros(none + 1, dtype=np.uint16),
        )


def _arrivals(end: IntArray, nodes: IntArray, none: int) -> IntArray:
    """For each of `nodes` (slots) the edges that end there, padded with `none`."""
    row = np.full(max(end.max(initial=0), nodes.max(initial=0)) + 1, -1)
    row[nodes] = np.arange(len(nodes))
    order = np.argsort(row[end], kind="stable")
    order = order[np.searchsorted(row[end][order], 0) :]
    at = row[end[order]]
    column = np.arange(len(order)) - np.searchsorted(at, at)
    arriving = np.full((len(nodes), int(column.max(initial=0)) + 1), none)
    arriving[at, column] = order
    return arriving


def _step(way: _Way, place: int, redeemed: FloatArray, model: Model) -> None:
    """Find the best way to each edge that leaves at letter `place` of its stretch."""
    here = slice(way.leaves[place], way.leaves[place + 1])
    leaving, node = way.leaving[here], way.node[here]
    this = way.edges.word[leaving]
    if not len(leaving):
        return
    if place == 0:
        way.value[leaving] = way.edges.cost[leaving] + np.where(this == UNKNOWN, OPENING, 0.0)
        return
    states = _best(way, way.arriving[node[0] : node[-1] + 1])[node - node[0]]
    value = way.value[states] + _joined(way.edges.word[states], this[:, None], model)
    each, chosen = np.arange(len(leaving)), value.argmin(axis=1)
    best, back = value[each, chosen], states[each, chosen]
    if way.passing:
        _redeem(way, leaving, states, value, best, back, redeemed)
    way.value[leaving] = best + way.edges.cost[leaving]
    way.back[leaving] = back


def _joined(last: IntArray, this: IntArray, model: Model) -> NDArray[np.float64]:
    """What readings cost after others, beside their own costs."""
    known, goes_on = last != UNKNOWN, this != UNKNOWN
    cost = known * (~goes_on * OPENING)
    rows, columns = (known & goes_on).nonzero()
    cost[rows, columns] = model.pairs.gains(last[rows, columns], this[rows, 0])
    return cost


def _redeem(
    way: _Way, leaving: IntArray, states: IntArray, value: NDArray[np.float64],
    best: NDArray[np.float64], back: IntArray, redeemed: FloatArray,
) -> None:  # fmt: skip
    """Improve `best` and `back` where marks of the edge before may stand on this one."""
    surplus = way.edges.surplus[leaving]
    rows = surplus.nonzero()[0]
    if not len(rows):
        return
    before = states[rows]
    left = way.edges.lacking[before]
    both = left & surplus[rows, None]
    share = way.edges.paid[before] * np.where(both == left, 1.0, 0.5)
    cost = value[rows] + redeemed[both] - share - way.edges.refund[leaving[rows], None]
    cost[both == 0] = _UNREACHED
    chosen = cost.argmin(axis=1)
    each = np.arange(len(rows))
    better = cost[each, chosen] < best[rows]
    rows, each, chosen = rows[better], each[better], chosen[better]
    best[rows], back[rows] = cost[each, chosen], before[each, chosen]
    way.took[leaving[rows]] = both[each, chosen]


def _best(way: _Way, arriving: IntArray) -> IntArray:
    """The cheapest few edges of each row, then those that leave marks which the next may hold."""
    value = way.value[arriving]
    if not way.passing:
        return _fewest(arriving, value)
    pending = way.edges.lacking[arriving] != 0
    plain = _fewest(arriving, np.where(pending, _UNREACHED, value))
    hope = np.where(pending, value - way.edges.paid[arriving], _UNREACHED)
    return np.concatenate((plain, _fewest(arriving, hope)), axis=1)


def _fewest(edges: IntArray, value: NDArray[np.float64]) -> IntArray:
    if edges.shape[1] <= _STATES:
        return edges
    fewest = value.argpartition(_STATES, axis=1)[:, :_STATES]
    return edges[np.arange(len(edges))[:, None], fewest]


def _trace(way: _Way, finals: IntArray, cost: FloatArray) -> Paths:
    back, took = way.back.tolist(), way.took.tolist()
    none = len(back) - 1
    path, given = [], []
    for final in reversed(finals.tolist()):
        edge, left = final, 0
        while edge != none:
            path.append(edge)
            given.append(left)
            left = took[edge]
            edge = back[edge]
    chosen = np.array(path[::-1], dtype=np.int64)
    moved = np.array(given[::-1], dtype=np.int64)
    return Paths(way.edges.number[chosen], moved, way.took[chosen].astype(np.int64), cost)


def changed(lattice: Lattice, paths: Paths) -> NDArray[np.bool_]:
    """Which readings of the path differ from what the text holds."""
    cells, events = lattice.cells, lattice.events
    differs = (
        (cells.want != cells.seen)
        | events.split
        | ((cells.gap > 0) & (events.arrived | (events.spaced > 0)))
        | (events.unread > 0)
        | (events.stray > 0) & ~cells.last
    )
    by_reading = np.logical_or.reduceat(differs, lattice.cell) if len(differs) else differs
    return by_reading[paths.readings] | (paths.taken > 0) | (paths.moved > 0)
