"""From the readings of a lattice back to text."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from pipeline.thai.repair.channel import NEVER, Channel
from pipeline.thai.repair.decoding import Paths, changed
from pipeline.thai.repair.events import REAL_GAP
from pipeline.thai.repair.lattice import UNKNOWN, Lattice
from pipeline.thai.repair.model import Model
from pipeline.thai.repair.slots import BASES, MARKS, NIKHAHIT, MaskArray

_NIKHAHIT = np.uint16(NIKHAHIT)


def write(
    text: str, lattice: Lattice, paths: Paths, channel: Channel, model: Model,
    damaged: NDArray[np.bool_],
) -> tuple[str, Counter[str]]:  # fmt: skip
    """`text` with the readings that are `damaged` written as read, and what was repaired there."""
    events, cells, slots = paths.events, lattice.cells, lattice.slots
    ends = np.append(lattice.cell[1:], len(lattice.within)) - 1
    pieces: list[str] = []
    at = 0
    altered = changed(lattice, paths) & damaged
    found = _damage(lattice, paths, altered)
    joins = channel.split < REAL_GAP
    inside = np.append(slots.code > 0, False)
    for place in np.flatnonzero(
        altered | (damaged & joins & (cells.gap[ends[paths.readings]] > 0))
    ):
        reading = paths.readings[place]
        begin = int(slots.start[lattice.start[reading]])
        end = int(slots.start[lattice.end[reading]])
        pieces.append(text[at:begin])
        body = _body(lattice, reading, model) if altered[place] else text[begin:end].rstrip(" ")
        final = ends[reading]
        gap = int(cells.gap[final])
        explained = int(events.spaced[final]).bit_count() if not paths.moved[place] else 0
        arrived = events.arrived[final] or (paths.taken[place] and lattice.cell[reading] == final)
        if explained or arrived:
            gap -= max(explained, 1)
            # 'ที ๑๖' where marks are also lost: the space before a number is the text's own.
            if gap == 0 and text[end : end + 1].isdigit() and channel.dropped.min() < NEVER:
                gap = 1
        elif events.unread[final]:
            # The reader's own space before an unreadable glyph, and the text's behind it.
            gap = min(gap, 1)
        elif joins and gap == 1 and inside[lattice.end[reading]]:
            gap = 0
        pieces.append(body + " " * max(gap, 0))
        at = end
    pieces.append(text[at:])
    return "".join(pieces), found


def _damage(lattice: Lattice, paths: Paths, changed: NDArray[np.bool_]) -> Counter[str]:
    """How many places of each class are repaired in the `changed` readings."""
    events = paths.events
    readings = paths.readings[changed]
    cells, size = lattice.cells_of(readings)
    lost = events.dropped[cells] | events.spaced[cells]
    given = paths.moved[changed].astype(np.uint16)
    lost[np.cumsum(size) - 1] &= ~given
    extra = events.extra[cells]
    extra[np.cumsum(size) - size] &= ~paths.taken[changed].astype(np.uint16)
    counts = {
        "moved": _bits(events.moved[cells]) + _bits(given),
        "spaced": _bits(lost & events.spaced[cells] & ~_NIKHAHIT),
        "dropped": _bits(lost & events.dropped[cells] & ~_NIKHAHIT),
        "lost_sara_am": _bits(lost & _NIKHAHIT),
        "extra_sara_am": _bits(extra & _NIKHAHIT),
        "unread": _bits(events.unread[cells]) + int(np.count_nonzero(events.stray[cells])),
        "split_word": int(events.split[cells].sum()),
    }
    return Counter({code: count for code, count in counts.items() if count})


def _bits(masks: MaskArray) -> int:
    return int(np.bitwise_count(masks).sum())


def _body(lattice: Lattice, reading: int, model: Model) -> str:
    number = int(lattice.word[reading])
    if number != UNKNOWN:
        return model.lexicon.word(number)
    base = BASES[int(lattice.slots.code[lattice.start[reading]]) - 1]
    want = int(lattice.cells.want[lattice.cell[reading]])
    return base + "".join(mark for bit, mark in enumerate(MARKS) if want >> bit & 1)
