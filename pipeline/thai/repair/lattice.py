"""All readings of damaged text: words that fit its letters, and each letter as an unknown one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.thai.repair.events import Cells, Events, explain, rows_of
from pipeline.thai.repair.lexicon import FloatArray, find_words, ranges
from pipeline.thai.repair.model import Model
from pipeline.thai.repair.slots import BITS, IntArray, MaskArray, Slots

UNKNOWN = -1  # the number of an unknown letter in place of a word's
OPENING = 5.0  # what an unknown word costs before its letters
_LETTER = 3.8
_UNREADABLE = 6.0
_MARGIN = 4.0
_LOWER = np.uint16(BITS["ุ"] | BITS["ู"] | BITS["ฺ"])


@dataclass(frozen=True, slots=True)
class Lattice:
    """Readings of parts of a text, ascending in `start`, then in `end` (slots, `end` exclusive).

    Reading `e` is the word `word[e]`, or `UNKNOWN` for a single letter, and costs `prior[e]` before
    damage; one that comes to more than `bound[e]` is worse than unknown letters. Its cells begin at
    `cell[e]`; `within` is the slot of each cell.
    """

    slots: Slots
    start: IntArray
    end: IntArray
    word: IntArray
    prior: FloatArray
    bound: FloatArray
    cell: IntArray
    cells: Cells
    events: Events
    within: IntArray

    def cells_of(self, readings: IntArray) -> tuple[IntArray, IntArray]:
        """The cells of some readings end to end, and how many each has."""
        size = self.end[readings] - self.start[readings]
        return ranges(self.cell[readings], size), size


def make_lattice(slots: Slots, model: Model) -> Lattice:
    """All readings of `slots`, with what would have happened to their marks."""
    lexicon = model.lexicon
    start, word = find_words(lexicon, slots)
    again = np.flatnonzero(_pushable(slots, model, start, word))
    letter, want = _unknown_letters(slots)
    number = np.concatenate((word, word[again], np.full(len(letter), UNKNOWN)))
    at = np.concatenate((start, start[again], letter))
    words = np.concatenate((word, word[again]))
    size = np.concatenate((lexicon.length[words], np.ones(len(letter), dtype=np.int64)))
    source = np.concatenate((lexicon.first[words], len(lexicon.mark) + np.arange(len(letter))))
    pushed = (np.arange(len(number)) >= len(word)) & (number != UNKNOWN)
    order = np.lexsort((size, at))
    number, at, size, source = number[order], at[order], size[order], source[order]
    wanted = np.concatenate((lexicon.mark, want))[ranges(source, size)]
    cell = np.cumsum(size) - size
    within = ranges(at, size)
    cells = _cells(slots, within, wanted, cell, pushed[order])
    as_is = (number == UNKNOWN) & (wanted[cell] == slots.mark[at])
    events = explain(cells)
    events.stray[cell[as_is]] = 0
    prior, bound = _costs(slots, model, number, at, size, wanted[cell], as_is)
    return Lattice(slots, at, at + size, number, prior, bound, cell, cells, events, within)


def _cells(
    slots: Slots, within: IntArray, wanted: MaskArray, cell: IntArray, pushed: NDArray[np.bool_]
) -> Cells:
    first = np.zeros(len(within), dtype=np.bool_)
    first[cell] = True
    last = np.append(first[1:], True)[: len(first)]
    seen = slots.mark[within]
    push = np.zeros(len(within), dtype=np.uint16)
    ahead = _next(slots.mark)[within]
    follows = np.where(last, np.uint16(0), _next(wanted))
    both = cell[pushed]
    push[both] = (wanted & seen & ahead & ~follows)[both]
    return Cells(
        wanted, seen, slots.gap[within], slots.unknown[within], first, last, push, rows_of(wanted)
    )


def _costs(
    slots: Slots, model: Model, number: IntArray, at: IntArray, size: IntArray,
    wanted: MaskArray, as_is: NDArray[np.bool_],
) -> tuple[FloatArray, FloatArray]:  # fmt: skip
    """What readings cost before damage, and what their letters would as unknown ones."""
    spelled = _LETTER + model.marks[wanted]
    prior = np.where(number == UNKNOWN, spelled, model.lexicon.cost[number])
    prior = prior + np.where(as_is, _UNREADABLE * (slots.unknown[at] > 0), 0)
    total = np.concatenate(([0.0], np.cumsum(_LETTER + model.marks[slots.mark])))
    bound = total[at + size] - total[at] + OPENING + _MARGIN
    return prior.astype(np.float32), np.where(as_is, np.inf, bound).astype(np.float32)


def _pushable(slots: Slots, model: Model, start: IntArray, word: IntArray) -> NDArray[np.bool_]:
    """Words whose first mark may be the one before's, their own standing on the next letter."""
    lexicon = model.lexicon
    first = lexicon.first[word]
    long = lexicon.length[word] > 1
    second = np.where(long, lexicon.mark[np.where(long, first + 1, 0)], np.uint16(0))
    pushed = lexicon.mark[first] & slots.mark[start] & _next(slots.mark)[start] & ~second
    return np.asarray(pushed != 0)


def _unknown_letters(slots: Slots) -> tuple[IntArray, MaskArray]:
    """Each letter with its own marks, with none, and with those above the next letter."""
    letters = np.flatnonzero(slots.code > 0)
    own = slots.mark[letters]
    ahead = np.where(slots.room[letters] > 1, _next(slots.mark)[letters] & ~_LOWER, np.uint16(0))
    other = (ahead != own) & (ahead != 0)
    bare = letters[own != 0]
    none = np.zeros(len(bare), dtype=np.uint16)
    return np.concatenate((letters, bare, letters[other])), np.concatenate(
        (own, none, ahead[other])
    )


def _next(mask: MaskArray) -> MaskArray:
    return np.append(mask[1:], np.uint16(0))
