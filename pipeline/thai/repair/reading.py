"""Reading a damaged text as words, and writing what was read."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np

from pipeline.thai.repair.channel import INTACT, Channel
from pipeline.thai.repair.characters import repair_characters
from pipeline.thai.repair.decoding import decode, decoding_costs
from pipeline.thai.repair.estimation import line_breaks, line_costs, lines_of
from pipeline.thai.repair.lattice import make_lattice
from pipeline.thai.repair.model import Model
from pipeline.thai.repair.slots import Slots, cut_slots
from pipeline.thai.repair.writing import write

_LINE = 1.0
# 'ก.พ.ร.', 'พ.ศ. 2565', 'น.ส.': single letters that no mark is missing on.
_ABBREVIATION = re.compile(r"(?<![ก-๎])[ก-ฮ]{1,4}(?=\.)|(?<=\.)[ก-ฮ]{1,4}(?=\.|(?![ก-๎ ]))")


def read_as_words(text: str, channel: Channel, language: Model) -> tuple[str, Counter[str]]:
    """`text` with the lines put right that read better as damaged, and the places by class."""
    lattice = make_lattice(guarded(cut_slots(text), text), language)
    breaks = line_breaks(lattice)
    intact = line_costs(decoding_costs(lattice, INTACT, language), breaks)
    paths = decode(lattice, channel, language)
    damaged = line_costs(paths.cost, breaks) + _LINE < intact
    in_line = lines_of(lattice, paths, breaks)
    out, found = write(text, lattice, paths, channel, language, damaged[in_line])
    return repair_characters(out), found


def guarded(slots: Slots, text: str) -> Slots:
    """`slots` with the letters of abbreviations as if they were no Thai letters."""
    places = [p for m in _ABBREVIATION.finditer(text) for p in range(m.start(), m.end())]
    code = slots.code.copy()
    code[np.searchsorted(slots.start, places, side="right") - 1] = 0
    return slots.with_code(code)
