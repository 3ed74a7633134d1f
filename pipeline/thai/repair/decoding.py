"""The cheapest way through a lattice of readings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.thai.repair.channel import Channel, Events, mask_costs, settle
from pipeline.thai.repair.edges import UNREACHED, Edges
from pipeline.thai.repair.lattice import OPENING, UNKNOWN, Lattice
from pipeline.thai.repair.lexicon import FloatArray
from pipeline.thai.repair.model import Model
from pipeline.thai.repair.slots import IntArray, MaskArray

_STATES = 4


@dataclass(frozen=True, slots=True)
class Paths:
    """The cheapest way through the lattice under one channel.

    `moved[i]` are the marks that reading `i` leaves to the next one, `taken[i]` those it has from
    the one before; `cost[s]` is what the stretches of letters that end at slot `s` or before cost;
    `events` are those of the lattice's cells under that channel.
    """

    readings: IntArray
    moved: IntArray
    taken: IntArray
    cost: FloatArray
    events: Events


def decode(lattice: Lattice, channel: Channel, model: Model) -> Paths:
    """The cheapest path through `lattice`."""
    if not len(lattice.start):
        none = np.zeros(0, dtype=np.int64)
        cost = np.zeros(len(lattice.slots.code) + 1, dtype=np.float32)
        return Paths(none, none, none, cost, lattice.events)
    events = settle(lattice.events, lattice.cells, channel)
    edges = Edges.of(lattice, events, channel)
    return _walk(edges, lattice, events, channel, model)


def _walk(edges: Edges, lattice: Lattice, events: Events, channel: Channel, model: Model) -> Paths:
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
    return _trace(way, finals, cost.cumsum().astype(np.float32), events)


@dataclass(frozen=True, slots=True)
class _Way:
    """What the walk has found: by edge, the cheapest way through it and the edge before it.

    `leaving` are the edges by the letter of their stretch at which they begin, letter `p` from
    `leaves[p]`; `node` says from which node each of them leaves and `arriving[node]` which edges
    end there, padded with the edge that stands for none. The last nodes are the stretches' ends.
    `took` are the marks that an edge has from the one before.
    """

    edges: Edges
    leaving: IntArray
    leaves: list[int]
    node: IntArray
    arriving: IntArray
    passing: bool
    value: NDArray[np.float64]
    back: IntArray
    took: MaskArray

    @classmethod
    def of(cls, edges: Edges, begin: IntArray, stops: IntArray) -> _Way:
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
            np.full(none + 1, UNREACHED),
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
    cost: NDArray[np.float64] = known * (~goes_on * OPENING)
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
    cost[both == 0] = UNREACHED
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
    plain = _fewest(arriving, np.where(pending, UNREACHED, value))
    hope = np.where(pending, value - way.edges.paid[arriving], UNREACHED)
    return np.concatenate((plain, _fewest(arriving, hope)), axis=1)


def _fewest(edges: IntArray, value: NDArray[np.float64]) -> IntArray:
    if edges.shape[1] <= _STATES:
        return edges
    fewest = value.argpartition(_STATES, axis=1)[:, :_STATES]
    return edges[np.arange(len(edges))[:, None], fewest]


def _trace(way: _Way, finals: IntArray, cost: FloatArray, events: Events) -> Paths:
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
    taken = way.took[chosen].astype(np.int64)
    return Paths(way.edges.number[chosen], moved, taken, cost, events)


def changed(lattice: Lattice, paths: Paths) -> NDArray[np.bool_]:
    """Which readings of the path differ from what the text holds."""
    cells, events = lattice.cells, paths.events
    differs = (
        (cells.want != cells.seen)
        | events.split
        | ((cells.gap > 0) & (events.arrived | (events.spaced > 0)))
        | (events.unread > 0)
        | (events.stray > 0) & ~cells.last
    )
    by_reading = np.logical_or.reduceat(differs, lattice.cell) if len(differs) else differs
    return by_reading[paths.readings] | (paths.taken > 0) | (paths.moved > 0)
