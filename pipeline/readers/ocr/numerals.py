"""Thai digits put right in a line that Tesseract has read, by the look of each glyph.

Tesseract reads ๒๕๖๗ as ๒๕๒๐, ญ-ฒ๕ or ณ๒: sometimes a digit, sometimes a letter, sometimes one
character for two. So the cells of the image decide what is a digit; Tesseract's characters are a
second opinion, and stay wherever a cell is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.readers.ocr.digits import ARABIC_DIGITS, CLASSES, SEPARATORS, THAI_DIGITS
from pipeline.readers.ocr.engine import Char, Line
from pipeline.readers.ocr.glyphs import Ink
from pipeline.readers.ocr.read_cells import ONE_DIGIT, Glyph, glyphs_of

_THAI = [CLASSES.index(char) for char in THAI_DIGITS + "฿"]
_REST = [index for index in range(len(CLASSES)) if index not in _THAI]
_SIGNS = [CLASSES.index(char) for char in SEPARATORS]
_LIMIT = 9.0  # of what the image may say, in nats: it is never beyond doubt
_SURE = 2.2  # nats between the best and the second digit, and for being a digit at all
_CLEARLY = -0.5  # log probability from which the image alone decides on a sign
_SWITCH, _SWITCH_AT_GAP = 2.5, 0.3  # nats for a number to begin or end within a word, at its edge


@dataclass(frozen=True, slots=True)
class Numeral:
    """Neighbouring cells that are a number: digits, and signs within."""

    glyphs: tuple[Glyph, ...]
    is_digit: tuple[bool, ...]

    def chars(self) -> Iterator[Char]:
        """The number as characters."""
        space = next((glyph.chars[0].space for glyph in self.glyphs if glyph.chars), True)
        for glyph, is_digit in zip(self.glyphs, self.is_digit, strict=True):
            text = _digit(glyph)[0] if is_digit else _sign(glyph)
            if text:
                yield Char(text, glyph.cell.box, 100.0, space)
                space = False

    @property
    def unsure(self) -> int:
        """How many digits another reading comes close to."""
        digits = [g for g, is_digit in zip(self.glyphs, self.is_digit, strict=True) if is_digit]
        return sum(_odds(glyph) < _SURE or _digit(glyph)[1] < _SURE for glyph in digits)


def with_thai_digits(line: Line, ink: Ink) -> tuple[Line, int]:
    """The line with its Thai digits as the image shows them, and how many of them are unsure."""
    glyphs = glyphs_of(line, ink)
    numerals = list(_numerals(glyphs))
    foreign = {id(char) for glyph in glyphs if glyph.low for char in glyph.chars}
    read = [c for c in line.chars if id(c) not in foreign or c.text not in ONE_DIGIT]
    chars = tuple(_merged(read, numerals))
    inside = {id(glyph) for numeral in numerals for glyph in numeral.glyphs}
    denied = sum(id(glyph) not in inside and glyph.read in ONE_DIGIT for glyph in glyphs)
    return replace(line, chars=chars), denied + sum(numeral.unsure for numeral in numerals)


def _numerals(glyphs: Sequence[Glyph]) -> Iterator[Numeral]:
    """The numbers of a line, a gap or a letter apart."""
    if not glyphs:
        return
    states = _states(glyphs, [_odds(glyph) for glyph in glyphs])
    first = last = -1
    for index, (glyph, is_digit) in enumerate(zip(glyphs, states, strict=True)):
        if first >= 0 and (glyph.gap or not (is_digit or _sign(glyph))):
            yield Numeral(tuple(glyphs[first : last + 1]), tuple(states[first : last + 1]))
            first = -1
        if is_digit:
            first, last = (index if first < 0 else first), index
    if first >= 0:
        yield Numeral(tuple(glyphs[first : last + 1]), tuple(states[first : last + 1]))


def _merged(chars: Sequence[Char], numerals: Sequence[Numeral]) -> Iterator[Char]:
    """The characters in Tesseract's order, those of numbers replaced.

    A number for which Tesseract has nothing goes before the first character to its right.
    """
    owners = {id(char): number for number in numerals for g in number.glyphs for char in g.chars}
    waiting = list(numerals)
    for char in chars:
        owner = owners.get(id(char))
        while waiting and (waiting[0] is owner or waiting[0].glyphs[0].cell.box[2] <= char.box[0]):
            yield from waiting.pop(0).chars()
        if owner is None:
            yield char
    for number in waiting:
        yield from number.chars()


def _odds(glyph: Glyph) -> float:
    """Nats for the cell being a Thai digit: the image, and what Tesseract's reading tells."""
    if glyph.low:
        return -2 * _LIMIT
    thai = np.logaddexp.reduce(glyph.scores[_THAI])
    rest = np.logaddexp.reduce(glyph.scores[_REST])
    image = float(np.clip(thai - rest, -_LIMIT, _LIMIT))
    return image + _prior(glyph.read)


def _prior(read: str) -> float:
    if not read:
        return 0.0
    if read[0] in THAI_DIGITS or read == "฿":
        return 5.0
    if len(read) > 1:
        return -4.0
    if read in ARABIC_DIGITS:
        return -2.0
    if "ก" <= read <= "ฮ":
        return -2.5
    # A Latin word that is still there has been read twice.
    return -6.0 if read.isalpha() else -1.0


def _states(glyphs: Sequence[Glyph], odds: Sequence[float]) -> list[bool]:
    """The likeliest series of digit and no digit: Viterbi over two states."""
    best = np.zeros(2)
    back: list[tuple[int, int]] = []
    for index, glyph in enumerate(glyphs):
        loose = glyph.gap or _is_sign(glyph) or (index > 0 and _is_sign(glyphs[index - 1]))
        switch = _SWITCH_AT_GAP if loose else _SWITCH
        moves = [int(best[1 - state] - switch > best[state]) for state in (0, 1)]
        came = (moves[0], 1 - moves[1])
        best = np.array(
            [
                max(best[0], best[1] - switch),
                max(best[1], best[0] - switch) + odds[index],
            ]
        )
        back.append(came)
    state = int(best[1] > best[0])
    states = []
    for came in reversed(back):
        states.append(state == 1)
        state = came[state]
    return states[::-1]


def _is_sign(glyph: Glyph) -> bool:
    return bool(_sign(glyph))


def _sign(glyph: Glyph) -> str:
    """The full stop, comma, hyphen, slash, colon or bracket of a cell; empty where it is none."""
    best = int(np.argmax(glyph.scores[_SIGNS]))
    if glyph.scores[_SIGNS[best]] > _CLEARLY:
        return SEPARATORS[best]
    if glyph.scores[_THAI].max() > _CLEARLY:  # a digit, whatever Tesseract made of it
        return ""
    return glyph.read if len(glyph.read) == 1 and glyph.read in SEPARATORS else ""


def _digit(glyph: Glyph) -> tuple[str, float]:
    """The likeliest Thai digit and the nats by which it leads."""
    scores = glyph.scores[_THAI]
    order = np.argsort(scores)
    return CLASSES[_THAI[order[-1]]], float(scores[order[-1]] - scores[order[-2]])
