"""How a document is damaged, learned from a sample of its own lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.thai.repair.channel import INTACT, NEVER, OPEN, Channel
from pipeline.thai.repair.decoding import Paths, changed, decode, decoding_costs
from pipeline.thai.repair.lattice import UNKNOWN, Lattice, make_lattice
from pipeline.thai.repair.lexicon import FloatArray
from pipeline.thai.repair.model import Model
from pipeline.thai.repair.slots import BITS, MARKS, IntArray, MaskArray, cut_slots

_ROUNDS = 2
# Damage that hits a smaller share of the marks is a slip of the pen.
_RARE = {"dropped": 0.02, "spaced": 0.01, "moved": 0.01, "unread": 0.005}
_STRAY = 4.0
_FEW = 3  # marks; in a line or two, one less
_LINE_OF_MARKS = 40
_HOPELESS = 0.012  # nats for each letter
_NIKHAHIT = MARKS.index("ํ")
_KINDS = ("kept", "dropped", "spaced", "moved", "unread")
_UNREAD = _KINDS.index("unread")
_BOTH_ROWS = 4.0  # marks; what a row without observations takes over from the other
_FIRST_GUESS = np.array([0.90, 0.02, 0.02, 0.02, 0.04])


@dataclass(frozen=True, slots=True)
class Estimate:
    """How a sample is damaged.

    `gain` is what the channel explains better than no damage, in nats for each slot of `size`;
    `words` how many different words it repairs. `lattice` and `paths` are how the sample reads.
    """

    channel: Channel
    gain: float
    size: int
    words: int
    lattice: Lattice
    paths: Paths

    @property
    def spelling(self) -> float:
        """What the words read cost without the damage, in nats for each slot."""
        return float(self.lattice.prior[self.paths.readings].sum()) / max(self.size, 1)


def glimpse(sample: str, model: Model) -> float:
    """What damage of any kind explains better than none, in nats for each letter."""
    lattice = make_lattice(cut_slots(sample), model)
    breaks = line_breaks(lattice)
    intact, damaged = (
        line_costs(decoding_costs(lattice, channel, model), breaks) for channel in (INTACT, OPEN)
    )
    size = int(np.count_nonzero(lattice.slots.code))
    return float(np.maximum(intact - damaged, 0).sum()) / max(size, 1)


def estimate(sample: str, model: Model) -> Estimate:
    """The channel that explains `sample` best (lines of one document), found in some rounds."""
    lattice = make_lattice(cut_slots(sample), model)
    breaks = line_breaks(lattice)
    intact = line_costs(decoding_costs(lattice, INTACT, model), breaks)
    size = int(np.count_nonzero(lattice.slots.code))
    channel = OPEN
    for _ in range(_ROUNDS):
        paths = decode(lattice, channel, model)
        better = intact - line_costs(paths.cost, breaks)
        gain = float(np.maximum(better, 0).sum()) / max(size, 1)
        if gain < _HOPELESS:
            return Estimate(INTACT, gain, size, 0, lattice, paths)
        channel = learn(lattice, paths, (better > 0)[lines_of(lattice, paths, breaks)])
    paths = decode(lattice, channel, model)
    costs = line_costs(paths.cost, breaks)
    gain = float((intact - np.minimum(costs, intact)).sum()) / max(size, 1)
    damaged = (costs < intact)[lines_of(lattice, paths, breaks)] & changed(lattice, paths)
    words = lattice.word[paths.readings[damaged]]
    repaired = len(np.unique(words[words != UNKNOWN]))
    return Estimate(channel, gain, size, repaired, lattice, paths)


def line_breaks(lattice: Lattice) -> IntArray:
    """Where lines end, as slots; the end of the text is the last one."""
    slots = lattice.slots
    return np.append(np.flatnonzero(slots.line), len(slots.code))


def line_costs(cost: FloatArray, breaks: IntArray) -> FloatArray:
    """What each line costs, by `Paths.cost`."""
    return np.diff(cost[breaks], prepend=np.float32(0))


def lines_of(lattice: Lattice, paths: Paths, breaks: IntArray) -> IntArray:
    """The line in which each reading of the path stands."""
    return np.searchsorted(breaks, lattice.start[paths.readings], side="right")


def learn(lattice: Lattice, paths: Paths, counted: NDArray[np.bool_]) -> Channel:
    """The rates of what happened on the path, in the readings that are `counted`."""
    readings, given = paths.readings[counted], paths.moved[counted].astype(np.uint16)
    cells, size = lattice.cells_of(readings)
    events = {name: getattr(paths.events, name)[cells] for name in (*_KINDS, "extra")}
    final, first = np.cumsum(size) - 1, np.cumsum(size) - size
    events["moved"][final] |= given
    events["dropped"][final] &= ~given
    events["spaced"][final] &= ~given
    taken = paths.taken[counted].astype(np.uint16)
    events["extra"][first] &= ~taken
    raised = lattice.cells.row[cells] > 0
    counts = np.array([_count(events[name], raised) for name in _KINDS], dtype=np.float64)
    split = paths.events.split[cells]
    split[first] &= taken == 0
    return _channel(
        counts,
        _count(events["extra"], raised),
        len(cells),
        int(split.sum()),
        int(paths.events.whole[cells].sum()),
    )


def _count(masks: MaskArray, raised: NDArray[np.bool_]) -> IntArray:
    """How many of `masks` hold each mark, those of letters that are `raised` in the second row."""
    bits = np.unpackbits(
        masks.astype("<u2").view(np.uint8).reshape(-1, 2), axis=1, bitorder="little"
    )[:, : len(BITS)]
    above = bits[raised].sum(axis=0)
    return np.array([bits.sum(axis=0) - above, above], dtype=np.int64)


def _channel(
    counts: NDArray[np.float64], extra: IntArray, cells: int, split: int, whole: int
) -> Channel:
    """The channel of `counts`, which are by kind, row and mark."""
    total = counts.sum()
    pooled = (counts.sum(axis=(1, 2)) + 20 * _FIRST_GUESS) / (total + 20)
    by_mark = counts.sum(axis=1)
    expected = (by_mark + 4 * pooled[:, None]) / (by_mark.sum(axis=0) + 4)
    rates = (counts + _BOTH_ROWS * expected[:, None]) / (counts.sum(axis=0) + _BOTH_ROWS)
    costs = -np.log(rates)
    share = counts.sum(axis=(1, 2)) / max(total, 1)
    few = _FEW if total >= _LINE_OF_MARKS else _FEW - 1
    portion = counts / np.maximum(counts.sum(axis=0), 1)
    for kind, name in enumerate(_KINDS):
        if name == "kept":
            continue
        # Misspelt and old words lack marks as well, so a lost mark needs more of its kind.
        enough = _FEW if name == "dropped" else few
        often = (share[kind] >= _RARE[name]) & (counts[kind].sum() >= enough)
        costs[kind, ~(often | ((portion[kind] >= 0.25) & (counts[kind] >= enough)))] = NEVER
    more = np.full(extra.shape, NEVER)
    nikhahit = int(extra[:, _NIKHAHIT].sum())
    if nikhahit >= few and nikhahit >= 0.003 * cells:
        more[:, _NIKHAHIT] = -np.log((nikhahit + 0.5) / (cells + 1))
    places = split + whole
    splits = -np.log((split + 0.5) / (places + 1))
    return Channel(
        **{name: row.astype(np.float32) for name, row in zip(_KINDS, costs, strict=True)},
        extra=more.astype(np.float32),
        split=float(splits) if split >= few and split >= 0.004 * places else NEVER,
        whole=float(-np.log((whole + 0.5) / (places + 1))),
        stray=_STRAY if counts[_UNREAD].sum() >= few else NEVER,
    )
