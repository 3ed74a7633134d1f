"""How a document is damaged, learned from a sample of its own lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.thai.repair.channel import INTACT, NEVER, OPEN, Channel
from pipeline.thai.repair.decoding import Paths, changed, decode
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


def estimate(sample: str, model: Model, *, rounds: int = _ROUNDS) -> Estimate:
    """The channel that explains `sample` best (lines of one document), found in some rounds."""
    lattice = make_lattice(cut_slots(sample), model)
    breaks = line_breaks(lattice)
    sound = decode(lattice, INTACT, model)
    intact = line_costs(sound, breaks)
    size = int(np.count_nonzero(lattice.slots.code))
    channel = OPEN
    for _ in range(rounds):
        paths = decode(lattice, channel, model)
        better = intact - line_costs(paths, breaks)
        gain = float(np.maximum(better, 0).sum()) / max(size, 1)
        if gain < _HOPELESS or rounds == 1:
            return Estimate(INTACT, gain, size, 0, lattice, sound)
        channel = learn(lattice, paths, (better > 0)[lines_of(lattice, paths, breaks)])
    paths = decode(lattice, channel, model)
    costs = line_costs(paths, breaks)
    gain = float((intact - np.minimum(costs, intact)).sum()) / max(size, 1)
    damaged = (costs < intact)[lines_of(lattice, paths, breaks)] & changed(lattice, paths)
    words = lattice.word[paths.readings[damaged]]
    repaired = len(np.unique(words[words != UNKNOWN]))
    return Estimate(channel, gain, size, repaired, lattice, paths)


def line_breaks(lattice: Lattice) -> IntArray:
    """Where lines end, as slots; the end of the text is the last one."""
    slots = lattice.slots
    return np.append(np.flatnonzero(slots.line), len(slots.code))


def line_costs(paths: Paths, breaks: IntArray) -> FloatArray:
    """What each line costs."""
    return np.diff(paths.cost[breaks], prepend=np.float32(0))


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
    counts = np.array([_count(events[name]) for name in _KINDS], dtype=np.float64)
    split = paths.events.split[cells]
    split[first] &= taken == 0
    return _channel(
        counts,
        _count(events["extra"]),
        len(cells),
        int(split.sum()),
        int(paths.events.whole[cells].sum()),
    )


def _count(masks: MaskArray) -> IntArray:
    """How many of `masks` hold each mark."""
    table = np.bincount(masks, minlength=1 << len(BITS))
    sets = np.flatnonzero(table)
    held = (sets[:, None] >> np.arange(len(BITS))) & 1
    return np.asarray(table[sets] @ held, dtype=np.int64)


def _channel(
    counts: NDArray[np.float64], extra: IntArray, cells: int, split: int, whole: int
) -> Channel:
    total = counts.sum()
    pooled = (counts.sum(axis=1) + 20 * _FIRST_GUESS) / (total + 20)
    rates = (counts + 4 * pooled[:, None]) / (counts.sum(axis=0) + 4)
    costs = -np.log(rates)
    share = counts.sum(axis=1) / max(total, 1)
    few = _FEW if total >= _LINE_OF_MARKS else _FEW - 1
    by_mark = counts / np.maximum(counts.sum(axis=0), 1)
    for kind, name in enumerate(_KINDS):
        if name == "kept":
            continue
        # Misspelt and old words lack marks as well, so a lost mark needs more of its kind.
        enough = _FEW if name == "dropped" else few
        often = (share[kind] >= _RARE[name]) & (counts[kind].sum() >= enough)
        costs[kind, ~(often | ((by_mark[kind] >= 0.25) & (counts[kind] >= enough)))] = NEVER
    more = np.full(len(extra), NEVER)
    nikhahit = int(extra[_NIKHAHIT])
    if nikhahit >= few and nikhahit >= 0.003 * cells:
        more[_NIKHAHIT] = -np.log((nikhahit + 0.5) / (cells + 1))
    places = split + whole
    splits = -np.log((split + 0.5) / (places + 1))
    return Channel(
        **{name: row.astype(np.float32) for name, row in zip(_KINDS, costs, strict=True)},
        extra=more.astype(np.float32),
        split=float(splits) if split >= few and split >= 0.004 * places else NEVER,
        whole=float(-np.log((whole + 0.5) / (places + 1))),
        stray=_STRAY if counts[_UNREAD].sum() >= few else NEVER,
    )
