"""The words of one document: which it uses often, and names that no dictionary has.

A name stands undamaged in one place and damaged in others, or each place has lost another mark.
What all its places show together is the name; it then helps to read every one of them alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.thai.repair.channel import Channel
from pipeline.thai.repair.decoding import Paths
from pipeline.thai.repair.lattice import UNKNOWN, Lattice
from pipeline.thai.repair.lexicon import LONGEST, FloatArray
from pipeline.thai.repair.model import Model
from pipeline.thai.repair.slots import BASES, MARKS, IntArray, MaskArray

_OWN = 0.15  # weight of the document's own counts beside the general ones
_GUESSED = 0.5  # what a place counts where a mark was made up
_RARE = 11.0  # nats; such words, and syllables that are no words, may be parts of a name
_SHORT = 2  # slots of a common word that may belong to a name all the same
_BESIDE = 2  # so many of them on either side
_SHORTEST = 3  # slots of a name
_TIMES = 2  # places that make a name
_CHANCE = 0.1  # that a mark is there although no place shows it
_Span = tuple[int, int]  # slots, end exclusive


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by number with their counts in a document, and its names with theirs."""

    words: IntArray
    counts: FloatArray
    names: dict[str, int]

    def adapt(self, model: Model) -> Model:
        """`model` with the costs that words have in this document."""
        total = float(self.counts.sum()) + sum(self.names.values())
        if not total:
            return model
        cost = model.lexicon.cost.copy()
        often = np.exp(-cost[self.words]) * (1 - _OWN) + _OWN / total * self.counts
        cost[self.words] = -np.log(often)
        own = -np.log(_OWN / total * np.array(list(self.names.values()), dtype=np.float32))
        lexicon = replace(model.lexicon, cost=cost).with_names(list(self.names), own)
        alone = np.append(model.pairs.alone, np.zeros(len(own), dtype=np.float32))
        return replace(model, lexicon=lexicon, pairs=replace(model.pairs, alone=alone))


def learn_words(lattice: Lattice, paths: Paths, channel: Channel, model: Model) -> Vocabulary:
    """The vocabulary of a text from its reading under `channel`."""
    seen = _seen(lattice, paths)
    word = lattice.word[paths.readings]
    known = word != UNKNOWN
    cells, size = lattice.cells_of(paths.readings[known])
    if not len(cells):
        return Vocabulary(cells, np.zeros(0, dtype=np.float32), {})
    lost = lattice.cells.want[cells] & ~seen[cells]
    made_up = np.logical_or.reduceat(lost != 0, np.cumsum(size) - size)
    counts = np.bincount(word[known], weights=np.where(made_up, _GUESSED, 1.0))
    words = np.flatnonzero(counts)
    names = _names(lattice, paths, seen, channel, model)
    return Vocabulary(words, counts[words].astype(np.float32), names)


def _seen(lattice: Lattice, paths: Paths) -> MaskArray:
    """By cell of the lattice, those marks of the path that the text shows somewhere."""
    events = paths.events
    seen = events.kept | events.moved | events.unread
    seen[_finals(lattice, paths)] |= paths.moved.astype(np.uint16)
    return np.asarray(seen & lattice.cells.want, dtype=np.uint16)


def _finals(lattice: Lattice, paths: Paths) -> IntArray:
    """The last cell of each reading of the path."""
    return np.asarray(np.append(lattice.cell[1:], len(lattice.within))[paths.readings] - 1)


def _names(
    lattice: Lattice, paths: Paths, seen: MaskArray, channel: Channel, model: Model
) -> dict[str, int]:
    """Names with how often they stand in the text."""
    places = _places(lattice.slots.code, list(_runs(lattice, paths, model)))
    cells, _ = lattice.cells_of(paths.readings)
    shown, read = np.zeros((2, len(lattice.slots.code)), dtype=np.uint16)
    shown[lattice.within[cells]] = seen[cells]
    read[lattice.within[cells]] = lattice.cells.want[cells]
    lost = 1 - np.exp(-channel.kept.max(axis=0))
    names = {}
    for spans in places:
        begin, end = spans[0]
        marks = (np.array([by_slot[a:b] for a, b in spans]).T for by_slot in (shown, read))
        letters = zip(lattice.slots.code[begin:end].tolist(), *marks, strict=True)
        name = "".join(BASES[code - 1] + _marks(s, r, lost) for code, s, r in letters)
        names[name.replace("ํา", "ำ")] = len(spans)
    return names


def _places(code: IntArray, runs: list[list[_Span]]) -> list[list[_Span]]:
    """Where names stand: the stretch of each run that returns most, by its letters."""
    times = Counter(code[a:b].tobytes() for run in runs for a, b in run)
    places: defaultdict[bytes, list[_Span]] = defaultdict(list)
    for run in runs:
        often = [
            ((times[letters] - 1) * (b - a), letters, (a, b))
            for a, b in run
            if times[letters := code[a:b].tobytes()] >= _TIMES
        ]
        if often:
            _, letters, span = max(often)
            places[letters].append(span)
    return [spans for spans in places.values() if len(spans) >= _TIMES]


def _marks(shown: MaskArray, read: MaskArray, lost: FloatArray) -> str:
    """The marks of one letter of a name, from those shown and those read in its places."""
    # A mark that one place shows may be lost in all the others.
    masks = shown[shown > 0] if shown.any() else read
    best = Counter(masks.tolist()).most_common(1)[0][0]
    bits = [bit for bit in range(len(MARKS)) if best >> bit & 1]
    # One that none of many shows, though it is often kept, was never there.
    if not shown.any() and float(lost[bits].prod()) ** len(shown) < _CHANCE:
        return ""
    return "".join(MARKS[bit] for bit in bits)


def _runs(lattice: Lattice, paths: Paths, model: Model) -> Iterator[list[_Span]]:
    """Of each run of unknown letters and rare words, the stretches that may be a name."""
    readings = paths.readings
    word, start, end = lattice.word[readings], lattice.start[readings], lattice.end[readings]
    rare = (word == UNKNOWN) | (model.lexicon.cost[word] >= _RARE)
    short = end - start <= _SHORT
    apart = np.append(True, (start[1:] != end[:-1]) | _gaps(lattice, paths)[:-1])
    opens = rare & (apart | ~np.append(False, rare[:-1]))
    closes = rare & np.append(apart[1:] | ~rare[1:], True)
    for first, last in zip(
        np.flatnonzero(opens).tolist(), np.flatnonzero(closes).tolist(), strict=True
    ):
        if first == last and word[first] != UNKNOWN:
            continue
        spans = [
            (int(start[a]), int(end[b]))
            for a in _reach(first, -1, short, apart)
            for b in _reach(last, 1, short, apart)
        ]
        yield [(a, b) for a, b in spans if _SHORTEST <= b - a <= LONGEST]


def _gaps(lattice: Lattice, paths: Paths) -> NDArray[np.bool_]:
    """Which readings of the path have a space behind them that no mark left there."""
    final, events = _finals(lattice, paths), paths.events
    left = np.bitwise_count(events.spaced[final]) * (paths.moved == 0)
    left = np.maximum(left, events.arrived[final] | (paths.moved > 0))
    return np.asarray(lattice.cells.gap[final] > left)


def _reach(at: int, step: int, short: NDArray[np.bool_], apart: NDArray[np.bool_]) -> list[int]:
    """Reading `at` and those beside it, in one direction, that may belong to a name."""
    found = [at]
    while len(found) <= _BESIDE:
        at += step
        if not 0 <= at < len(short) or not short[at] or apart[max(at, at - step)]:
            break
        found.append(at)
    return found
