"""What is on a PDF page: glyphs, ruling lines. Points throughout, origin bottom left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

UNKNOWN = "\ufffd"

_MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎") | {
    chr(code) for code in (*range(0xF701, 0xF70F), *range(0xF710, 0xF71B), 0xF71E, 0xF71F)
}


def is_mark(char: str) -> bool:
    """Whether `char` is a Thai mark, also as a glyph code of the private use area."""
    return char in _MARKS


class Glyph(NamedTuple):
    """A piece of text at a place: points, origin bottom left, `y` the baseline.

    `text` is what was painted without a gap, mostly a word or a line; an `/ActualText` span is one
    glyph, too. `size` is the font's height. Text that does not run from left to right has
    coordinates along its own direction.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float


class Rule(NamedTuple):
    """A horizontal (`y0 == y1`) or vertical (`x0 == x1`) ruling line, in points."""

    x0: float
    y0: float
    x1: float
    y1: float


class PageContent(NamedTuple):
    """What one page shows, in the order in which it is painted.

    `complete` is False when the page is damaged and its end could not be read; `blank` is True
    when nothing is painted: no letter, image or path. `excessive` is True when reading stopped at
    a limit that no real page comes near. `pictured` is the share of the page, 0 to 1, that its
    largest picture covers; `invisible` is True when most letters are there only to be searched, the
    text that an OCR program lays under a scan. `asides` is text that runs another way than most,
    a list for each way: a note up the margin, a watermark across the page.
    """

    glyphs: list[Glyph]
    rules: list[Rule]
    height: float
    complete: bool = True
    blank: bool = False
    excessive: bool = False
    pictured: float = 0.0
    invisible: bool = False
    asides: Sequence[list[Glyph]] = ()
