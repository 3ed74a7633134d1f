"""The cheapest way through a lattice of readings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.thai.repair.channel import NEVER, Channel, cell_costs, mask_costs
from pipeline.thai.repair.lattice import OPENING, UNKNOWN, Lattice
from pipeline.thai.repair.lexicon import FloatArray
from pipeline.thai.repair.model import PAIR_SHIFT, Model
from pipeline.thai.repair.slots import IntArray, MaskArray

REAL_GAP = 2.5  # what a space between two words costs
_BEHIND = 8.0  # readings of one stretch that cost so much more than its best are dropped
_STATES = 4
_UNREACHED = 1e9


@dataclass(frozen=True, slots=True)
class Paths:
    """The cheapest way through the lattice under one channel.

    `moved[i]` are the marks that reading `i` leaves to the next one, `taken[i]` those it has from
    the one before; `cost[s]` is what the path has cost before slot `s`, where a reading begins.
    """

    readings: IntArray
    moved: IntArray
    taken: IntArray
    cost: FloatArray


def decode(lattice: Lattice, channel: Channel, model: Model) -> Paths:
    """The cheapest path through `lattice`."""
    edges = _Edges.of(lattice, channel)
    return _walk(edges, lattice, channel, model)


@dataclass(frozen=True, slots=True)
class _Edges:
    number: IntArray
    start: list[int]
    end: list[int]
    word: list[int]
    cost: list[float]
    surplus: list[int]
    lacking: list[int]
    paid: list[float]
    refund: list[float]

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
        hoped = cost - _hopes(lattice, channel, lost, paid)
        good = hoped < lattice.bound
        fresh = np.append(True, (np.diff(lattice.start) > 0) | (np.diff(lattice.end) > 0))
        best = np.minimum.reduceat(cost, np.flatnonzero(fresh))
        good &= hoped < best[np.cumsum(fresh) - 1] + _BEHIND
        keep = np.flatnonzero(good)
        first, final, lost, paid = lattice.cell[keep], final[keep], lost[keep], paid[keep]
        refund = np.where(events.split[first], channel.split, 0.0)
        return cls(
            keep,
            lattice.start[keep].tolist(),
            lattice.end[keep].tolist(),
            lattice.word[keep].tolist(),
            cost[keep].tolist(),
            events.extra[first].tolist(),
            lost.tolist(),
            paid.tolist(),
            refund.tolist(),
        )


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


# Cost, word, marks it leaves to the next, what those cost it, edge, state before, marks it took.
_State = tuple[float, int, int, float, int, "_State | None", int]
_START: _State = (0.0, -2, 0, 0.0, -1, None, 0)


def _walk(edges: _Edges, lattice: Lattice, channel: Channel, model: Model) -> Paths:
    """Viterbi from slot to slot; a slot with code 0 ends a way and starts a new one."""
    code = [*lattice.slots.code.tolist(), 0]
    cost = np.zeros(len(code), dtype=np.float32)
    waiting: dict[int, list[_State]] = {}
    done: list[_State] = []
    walker = _Walker(edges, model, mask_costs(channel.moved - channel.extra), waiting)
    total, edge, fresh = 0.0, 0, True
    for place, letter in enumerate(code):
        arrived = waiting.pop(place, None)
        if not letter:
            if arrived:
                done.append(min(arrived))
                total += done[-1][0]
            cost[place], fresh = total, True
            continue
        states = [_START] if fresh else _best(arrived) if arrived else []
        if states:
            cost[place] = total + min(state[0] for state in states)
        edge, fresh = walker.go_on(states, place, edge), False
    return _trace(done, edges.number, cost)


@dataclass(frozen=True, slots=True)
class _Walker:
    edges: _Edges
    model: Model
    redeemed: FloatArray
    waiting: dict[int, list[_State]]

    def go_on(self, states: list[_State], place: int, edge: int) -> int:
        """Add what follows `states` at `place` to those waiting; gives the next place's first edge.

        `edge` is the first one that begins at `place`.
        """
        edges, waiting = self.edges, self.waiting
        start, end, word, cost = edges.start, edges.end, edges.word, edges.cost
        pair, alone = self.model.pair.get, self.model.alone
        pending = [state for state in states if state[2]]
        while edge < len(start) and start[edge] == place:
            this = word[edge]
            lowest, chosen, passed = _UNREACHED, _START, 0
            for state in states:
                value, last = state[0], state[1]
                # Written out rather than called: this line runs for every pair of readings.
                if this >= 0:
                    if last >= 0:
                        gain = pair((last << PAIR_SHIFT) | this)
                        value += alone[last] if gain is None else gain
                elif last != UNKNOWN:
                    value += OPENING
                if value < lowest:
                    lowest, chosen = value, state
            if pending and edges.surplus[edge]:
                lowest, chosen, passed = self._redeem(pending, edge, (lowest, chosen, 0))
            if lowest < _UNREACHED:
                left, paid = edges.lacking[edge], edges.paid[edge]
                state = (lowest + cost[edge], this, left, paid, edge, chosen, passed)
                if end[edge] in waiting:
                    waiting[end[edge]].append(state)
                else:
                    waiting[end[edge]] = [state]
            edge += 1
        return edge

    def _redeem(
        self, pending: list[_State], edge: int, best: tuple[float, _State, int]
    ) -> tuple[float, _State, int]:
        """The best predecessor where marks of the one before may stand on this reading."""
        edges = self.edges
        for state in pending:
            both = state[2] & edges.surplus[edge]
            if both:
                share = state[3] if both == state[2] else state[3] * 0.5
                value = state[0] + _step(state[1], edges.word[edge], self.model)
                value += float(self.redeemed[both]) - share - edges.refund[edge]
                if value < best[0]:
                    best = (value, state, both)
        return best


def _step(last: int, this: int, model: Model) -> float:
    """What a reading costs after another, beside its own cost."""
    if this == UNKNOWN:
        return 0.0 if last == UNKNOWN else OPENING
    if last < 0:
        return 0.0
    return model.pair.get((last << PAIR_SHIFT) | this, model.alone[last])


def _best(states: list[_State]) -> list[_State]:
    """The cheapest few, and the cheapest for each set of marks that the next word may hold."""
    if len(states) == 1:
        return states
    states.sort()
    pending = [state for state in states if state[2]]
    if not pending:
        return states[:_STATES]
    plain = [state for state in states if not state[2]]
    return plain[:_STATES] + sorted(pending, key=_hope)[:_STATES]


def _hope(state: _State) -> float:
    return state[0] - state[3]


def _trace(done: list[_State], number: IntArray, before: FloatArray) -> Paths:
    readings, moved, taken = [], [], []
    for final in done:
        state: _State | None = final
        left = 0
        segment = []
        while state is not None and state[5] is not None:
            segment.append((state[4], left, state[6]))
            left = state[6]
            state = state[5]
        for pointer, given, had in reversed(segment):
            readings.append(pointer)
            moved.append(given)
            taken.append(had)
    whole = number[np.array(readings, dtype=np.int64)] if readings else np.zeros(0, np.int64)
    return Paths(whole, np.array(moved, np.int64), np.array(taken, np.int64), before)


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
