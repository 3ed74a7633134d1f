"""Thai text as slots: a base letter, the marks on it and the spaces behind it.

Damage moves, drops and replaces marks but keeps the base letters, so text is compared with words by
its bases (the skeleton) first and by its marks afterwards. Sara am is a nikhahit on the consonant
before it and an า, as fonts draw it: what happens to nikhahit then needs no rules of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

MARKS = "ัิีึืุู็่้๊๋์ํฺ๎"
BITS = {mark: 1 << place for place, mark in enumerate(MARKS)}
NIKHAHIT = BITS["ํ"]
BASES = "".join(map(chr, range(0x0E01, 0x0E2F))) + "ะาเแโใไๅ"
CODES = {base: number for number, base in enumerate(BASES, 1)} | {"ำ": BASES.index("า") + 1}

IntArray = NDArray[np.int64]
MaskArray = NDArray[np.uint16]

_OTHER, _BASE, _MARK, _SPACE, _UNKNOWN = range(5)
_BLOCK = 0x0E00


def _table(values: dict[str, int]) -> NDArray[np.uint16]:
    table = np.zeros(0x80, dtype=np.uint16)
    for letter, value in values.items():
        table[ord(letter) - _BLOCK] = value
    return table


_CODE_OF = _table(CODES)
_BIT_OF = _table(BITS)
_SARA_AM = ord("ำ")
_NEWLINE = 0x0A
_LETTER_WEIGHT = 16
_PRIVATE_PLANES = 0xF0000
_THAI_KIND = np.where(_CODE_OF > 0, _BASE, np.where(_BIT_OF > 0, _MARK, _OTHER)).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Slots:
    """`n` slots of a text; a character that is no Thai letter is a slot of its own, with code 0.

    `code` is the place of the base in `BASES` counted from 1, `mark` the bits of the marks, `gap`
    the number of spaces, `unknown` the number of unreadable glyphs (a letter of another script
    counts as 16: it may stand for a mark but is never dropped), `start` the code point where the
    slot begins (`n + 1` values, the last is the text's length), `room` how many slots are left up
    to the next one with code 0, `line` whether it is a newline.
    """

    code: IntArray
    mark: MaskArray
    gap: IntArray
    unknown: IntArray
    start: IntArray
    room: IntArray
    line: NDArray[np.bool_]

    def with_code(self, code: IntArray) -> Slots:
        """The same slots with other bases."""
        return replace(self, code=code, room=_room(code))


def code_points(text: str) -> NDArray[np.uint32]:
    """The code points of `text`, lone surrogates included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def cut_slots(text: str) -> Slots:
    """Cut `text` into slots. Marks and spaces before the first base belong to an added slot 0."""
    if not text:
        empty = np.zeros(0, dtype=np.int64)
        none = empty.astype(np.uint16)
        return Slots(
            empty, none, empty, empty, np.zeros(1, np.int64), empty, empty.astype(np.bool_)
        )
    points = code_points(text)
    kinds = _kinds(points)
    inside = points - np.uint32(_BLOCK)
    places = np.where(inside < 0x80, inside, 0)
    base = (kinds == _BASE) | (kinds == _OTHER)
    at = np.flatnonzero(base)
    if not len(at) or at[0]:
        at = np.concatenate(([0], at))
    bits = np.where(inside < 0x80, _BIT_OF[places], 0).astype(np.uint16)
    mark = np.bitwise_or.reduceat(bits, at)
    code = np.where((inside < 0x80) & base, _CODE_OF[places], 0)[at].astype(np.int64)
    _spread_sara_am(points[at] == _SARA_AM, code, mark)
    gap = np.add.reduceat((kinds == _SPACE).astype(np.int64), at)
    printable = (points > 0xA0) & (points < 0xE000)
    weight = np.where(kinds == _UNKNOWN, np.where(printable, _LETTER_WEIGHT, 1), 0)
    unknown = np.add.reduceat(weight.astype(np.int64), at)
    start = np.concatenate((at, [len(points)]))
    return Slots(code, mark, gap, unknown, start, _room(code), points[at] == _NEWLINE)


def _room(code: IntArray) -> IntArray:
    """For each slot, how many follow up to the next slot with code 0, itself counted."""
    n = len(code)
    stops = np.flatnonzero(code == 0)
    following = np.searchsorted(stops, np.arange(n))
    ends = np.append(stops, n)[following]
    return np.asarray(ends - np.arange(n), dtype=np.int64)


def _spread_sara_am(sara_am: NDArray[np.bool_], code: IntArray, mark: MaskArray) -> None:
    places = np.flatnonzero(sara_am)
    # A sara am with no letter before it keeps its nikhahit, so that it is not taken for an า.
    before = np.where((places > 0) & (code[places - 1] > 0), places - 1, places)
    mark[before] |= NIKHAHIT


def unreadable_glyphs(points: NDArray[np.uint32]) -> bool:
    """Whether a character that is no Thai and no usual sign stands right behind a Thai one."""
    behind = points[1:][points[:-1] - np.uint32(_BLOCK + 1) < 0x4E]
    return bool(_strange(behind[behind - np.uint32(_BLOCK) >= 0x80]).any())


def _kinds(points: NDArray[np.uint32]) -> NDArray[np.uint8]:
    inside = points - np.uint32(_BLOCK)
    thai = inside < 0x80
    kinds = np.where(thai, _THAI_KIND[np.where(thai, inside, 0)], _OTHER).astype(np.uint8)
    kinds[points == 0x20] = _SPACE
    strange = np.flatnonzero(_strange(points) & ~thai)
    strange = strange[strange > 0]
    if len(strange):
        letter = (kinds == _BASE) & thai | (kinds == _MARK)
        last = points[strange - 1]
        behind = letter[strange - 1] | (last == points[strange])
        # A reader that found no glyph often puts a space before it: 'สั \x00ง'.
        behind |= (last == 0x20) & letter[np.maximum(strange - 2, 0)]
        kinds[strange[behind]] = _UNKNOWN
    return kinds


def _strange(points: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Controls, letters of most other scripts, private use and U+FFFD; no punctuation."""
    controls = (points < 0x20) & (points != 0x0A) & (points != 0x0D) & (points != 0x09)
    high = (points >= 0x7F) & (points < 0xA0) | (points >= 0xC0) & (points < 0x2000)
    # Not emoji, and not the selectors that follow them.
    rest = (points >= 0x2E80) & (points <= 0xFFFF) & ~((points >= 0xFE00) & (points < 0xFE10))
    return np.asarray(controls | high | rest | (points >= _PRIVATE_PLANES))
