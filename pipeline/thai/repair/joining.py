"""Lines that end inside words: 'สำนั|กงานจั|งหวั|ด', a new line behind each letter with a mark.

Some readers give a piece of text for every glyph that is drawn by itself. Where that is so, a line
that ends inside a word goes on in the next one; line ends between words stay.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from pipeline.thai.repair.channel import INTACT, Channel
from pipeline.thai.repair.decoding import decode
from pipeline.thai.repair.lattice import UNKNOWN, make_lattice
from pipeline.thai.repair.model import Model, model
from pipeline.thai.repair.slots import IntArray, cut_slots

_BREAK = re.compile("(?<=[ก-ฮะ-ฺเ-ๅ็-๎])\n+(?=[ก-ฮะาำเ-ๅ])")
_LINE = 15  # characters; lines of whole words are longer on the average, but for lists
_SAMPLE = 1500
_INSIDE = 0.3  # of the line ends; between words, a few seem to stand inside one
_FEWEST = 8


def ends_inside_words(text: str) -> bool:
    """Whether the lines of `text` are short and many of them end inside a known word."""
    if text.count("\n") * _LINE < len(text):
        return False
    sample = text[:_SAMPLE]
    ends = _inside(sample, INTACT, model(), known=True)
    return bool(ends.sum() >= max(_FEWEST, _INSIDE * len(ends)))


def join_lines(text: str, channel: Channel, language: Model) -> tuple[str, int]:
    """`text`, damaged as `channel` says, without line ends inside words, and how many they were."""
    inside = iter(_inside(text, channel, language).tolist())
    joined = _BREAK.sub(lambda match: "" if next(inside) else match[0], text)
    return joined, text.count("\n") - joined.count("\n")


def _inside(
    text: str, channel: Channel, language: Model, *, known: bool = False
) -> NDArray[np.bool_]:
    """For each line end between two Thai letters, whether a word goes on behind it.

    Unknown letters in a row may be one word, unless only `known` ones count.
    """
    pieces = _BREAK.split(text)
    ends: IntArray = np.cumsum([len(piece) for piece in pieces])[:-1]
    lattice = make_lattice(cut_slots("".join(pieces)), language)
    readings = decode(lattice, channel, language).readings
    strange = lattice.word[readings] == UNKNOWN
    apart = ~strange | ~np.append(False, strange[:-1]) | known
    begins = lattice.start[readings[apart]]
    return np.isin(ends, lattice.slots.start[begins], invert=True)
