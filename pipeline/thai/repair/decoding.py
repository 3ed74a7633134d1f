"""The cheapest way through a lattice of readings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.thai.repair.channel import INTACT, Channel, mask_costs
from pipeline.thai.repair.edges import UNREACHED, Edges
from pipeline.thai.repair.events import Events, settle
from pipeline.thai.repair.lattice import OPENING, UNKNOWN, Lattice
from pipeline.thai.repair.lexicon import FloatArray, ranges
from pipeline.thai.repair.model import Model
from pipeline.thai.repair.slots import IntArray, MaskArray

_BLOCK = 1 << 18  # pairs of edges weighed at once


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
        return Paths(none, none, none, _nothing(lattice), lattice.events)
    way, events = _walk(lattice, channel, model)
    finals, cost = _finished(way, lattice)
    return _trace(way, finals, cost, events)


def decoding_costs(lattice: Lattice, channel: Channel, model: Model) -> FloatArray:
    """What the cheapest path through `lattice` costs, as `Paths.cost` has it."""
    if not len(lattice.start):
        return _nothing(lattice)
    way, _ = _walk(lattice, channel, model, traced=False)
    return _finished(way, lattice)[1]


def _nothing(lattice: Lattice) -> FloatArray:
    return np.zeros(len(lattice.slots.code) + 1, dtype=np.float32)


def _walk(
    lattice: Lattice, channel: Channel, model: Model, *, traced: bool = True
) -> tuple[_Way, Events]:
    """Viterbi in all stretches of letters at once: step `p` does letter `p` of each."""
    if channel is INTACT:
        events, edges = lattice.events, Edges.sound(lattice)
    else:
        events = settle(lattice.events, lattice.cells, channel)
        edges = Edges.of(lattice, events, channel)
    begin, _ = _stretches(lattice)
    place = edges.start - begin[np.searchsorted(begin, edges.start, side="right") - 1]
    order = np.argsort(place, kind="stable")
    way = _Way.of(edges.take(order), np.bincount(place))
    redeemed = mask_costs(channel.moved - channel.extra)
    for first, last in _blocks(way):
        _weigh(way, first, last, redeemed, model, traced=traced)
    return way, events


def _stretches(lattice: Lattice) -> tuple[IntArray, IntArray]:
    """Where stretches of letters begin and end."""
    inside = np.concatenate(([False], lattice.slots.code > 0, [False]))
    return np.flatnonzero(inside[1:] & ~inside[:-1]), np.flatnonzero(inside[:-1] & ~inside[1:])


def _finished(way: _Way, lattice: Lattice) -> tuple[IntArray, FloatArray]:
    """The last edge of each stretch, and `Paths.cost`."""
    _, stops = _stretches(lattice)
    finals = _cheapest(way, stops)
    cost = np.zeros(len(lattice.slots.code) + 1)
    cost[stops] = way.value[finals]
    return finals, cost.cumsum().astype(np.float32)


@dataclass(frozen=True, slots=True)
class _Way:
    """What the walk has found: by edge, the cheapest way through it and the edge before it.

    The edges come by the letter of their stretch at which they begin, those of letter `p` from
    `leaves[p]`. `arrivals` are the edges by their ends; those that end where edge `e` begins are
    the `count[e]` from `arrived[e]`. `took` are the marks that an edge has from the one before.
    """

    edges: Edges
    leaves: IntArray
    arrivals: IntArray
    ends: IntArray
    arrived: IntArray
    count: IntArray
    value: NDArray[np.float64]
    back: IntArray
    took: MaskArray

    @classmethod
    def of(cls, edges: Edges, leaving: IntArray) -> _Way:
        """`leaving` says how many edges begin at each letter of their stretch."""
        arrivals = np.argsort(edges.end, kind="stable")
        ends = edges.end[arrivals]
        arrived = np.searchsorted(ends, edges.start)
        count = np.searchsorted(ends, edges.start, side="right") - arrived
        first = slice(0, leaving[0])
        value = np.full(len(edges.start), UNREACHED)
        value[first] = edges.cost[first] + OPENING * (edges.word[first] == UNKNOWN)
        return cls(
            edges,
            np.append(0, np.cumsum(leaving)),
            arrivals,
            ends,
            arrived,
            count,
            value,
            np.full(len(value), -1),
            np.zeros(len(value), dtype=np.uint16),
        )


def _blocks(way: _Way) -> list[tuple[int, int]]:
    """Letters `first` to `last` (exclusive) whose edges are weighed at once; not the first ones."""
    total = np.append(0, np.cumsum(way.count))[way.leaves]
    blocks, first = [], 1
    while first < len(way.leaves) - 1:
        last = int(np.searchsorted(total, total[first] + _BLOCK, side="right")) - 1
        last = min(max(last, first + 1), len(way.leaves) - 1)
        blocks.append((first, last))
        first = last
    return blocks


def _weigh(
    way: _Way, first: int, last: int, redeemed: FloatArray, model: Model, *, traced: bool
) -> None:
    """Find the best way to each edge that leaves at letters `first` to `last`, exclusive."""
    here = slice(way.leaves[first], way.leaves[last])
    count = way.count[here]
    before = way.arrivals[ranges(way.arrived[here], count)]
    this = np.repeat(np.arange(here.start, here.stop), count)
    weight = way.edges.cost[this] + _joined(way.edges.word[before], way.edges.word[this], model)
    both = _redeem(way.edges, before, this, weight, redeemed)
    begin = np.cumsum(count) - count
    steps = (way.leaves[first : last + 1] - here.start).tolist()
    pairs = np.append(begin, len(before))[steps].tolist()
    within = begin - np.repeat(pairs[:-1], np.diff(steps))
    value = way.value
    for step in range(last - first):
        some = slice(pairs[step], pairs[step + 1])
        cost = value[before[some]] + weight[some]
        found = np.minimum.reduceat(cost, within[steps[step] : steps[step + 1]])
        value[here.start + steps[step] : here.start + steps[step + 1]] = found
    if not traced:
        return
    best = np.flatnonzero(value[before] + weight == value[this])
    # The first of equals: later ones are overwritten by it.
    way.back[this[best[::-1]]] = before[best[::-1]]
    way.took[this[best[::-1]]] = both[best[::-1]]


def _joined(last: IntArray, this: IntArray, model: Model) -> NDArray[np.float64]:
    """What readings cost after others, beside their own costs."""
    known, goes_on = last != UNKNOWN, this != UNKNOWN
    cost: NDArray[np.float64] = OPENING * (known & ~goes_on)
    pairs = np.flatnonzero(known & goes_on)
    cost[pairs] = model.pairs.gains(last[pairs], this[pairs])
    return cost


def _redeem(
    edges: Edges, before: IntArray, this: IntArray, weight: NDArray[np.float64],
    redeemed: FloatArray,
) -> MaskArray:  # fmt: skip
    """Improve `weight` where marks of the edge before may stand on this one; returns these."""
    left = edges.lacking[before]
    both = left & edges.surplus[this]
    pairs = np.flatnonzero(both)
    share = edges.paid[before[pairs]] * np.where(both[pairs] == left[pairs], 1.0, 0.5)
    saved = redeemed[edges.row[before[pairs]] | both[pairs]] - share - edges.refund[this[pairs]]
    both[pairs[saved >= 0]] = 0
    weight[pairs] += np.minimum(saved, 0)
    return both


def _cheapest(way: _Way, stops: IntArray) -> IntArray:
    """The cheapest of the edges that end at each of `stops`."""
    begin = np.searchsorted(way.ends, stops)
    count = np.searchsorted(way.ends, stops, side="right") - begin
    edges = way.arrivals[ranges(begin, count)]
    order = np.lexsort((way.value[edges], np.repeat(stops, count)))
    return np.asarray(edges[order[np.cumsum(count) - count]])


def _trace(way: _Way, finals: IntArray, cost: FloatArray, events: Events) -> Paths:
    # Only a few of many edges are on the path.
    back, took = way.back.data, way.took.data
    path, given = [], []
    for final in reversed(finals.tolist()):
        edge, left = final, 0
        while edge >= 0:
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
