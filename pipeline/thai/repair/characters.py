"""Repair that needs no dictionary: what has a single reading.

Glyph codes of the private use area, sara am written twice or split, marks in the wrong order or
twice, and a gap before a mark. Clean text is unchanged.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import product

import numpy as np

from pipeline.thai.normalize import (
    LOWER_VOWELS,
    MARKS,
    SILENCERS,
    TONES,
    UPPER_VOWELS,
    order_marks,
)
from pipeline.thai.repair.slots import code_points

# From the cmaps of Garuda and Norasi (glyph names such as uni0E34.left). Tables published elsewhere
# differ from these fonts, for instance on U+F705 and U+F710.
_GLYPHS = dict(zip(range(0xF700, 0xF71B), "ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู", strict=True)) | {
    0xF71E: "ํ",
    0xF71F: "็",
}
# A symbol font holds the bytes of Windows-874 as U+F0A1 to U+F0FB. So does a bullet of Wingdings:
# only a run of them is Thai.
_SYMBOLS = "\uf0a1-\uf0da\uf0df-\uf0fb"
_SYMBOL_RUN = re.compile(f"[{_SYMBOLS}](?:[ {_SYMBOLS}]*[{_SYMBOLS}]){{5,}}")
_SYMBOL_TABLE = {code: code - 0xF0A1 + 0x0E01 for code in range(0xF0A1, 0xF0FC)}
# Hints of Mac OS on the form of the mark before them.
_MAC_HINT = re.compile("(?<=[ก-๎])[\uf873-\uf875]+")
_ALL_GLYPHS = re.compile(f"[{''.join(map(chr, _GLYPHS))}]")

# A gap goes only where base and mark then make a cluster: a vowel on a consonant, a tone or ์ on a
# consonant or its vowel, ำ on a consonant or its tone, า behind a nikhahit. A tab stays: it
# separates cells.
_GAP = re.compile(
    f"(?<=[ก-ฮ])[ \\n]+(?=[{MARKS}ำ])"
    f"|(?<=[{UPPER_VOWELS}{LOWER_VOWELS}ํ])[ \\n]+(?=[{TONES}์])"
    "|(?<=ํ)[ \\n]+(?=า)"
    f"|(?<=[ก-ฮ][{TONES}])[ \\n]+(?=ำ)"
)
_COUNTED = {
    "glyph_code": re.compile(f"{_ALL_GLYPHS.pattern}|[{_SYMBOLS}\uf873-\uf875]"),
    "split_sara_am": re.compile(f"ํ[{TONES}]?า"),
    "double_sara_am": re.compile(f"ำ[{TONES}]?า"),
    "mark_order": re.compile(f"[{TONES}์][{UPPER_VOWELS}{LOWER_VOWELS}]|([{MARKS}ะาโใไ])\\1|เเ"),
    "gap": _GAP,
}


# What all of this begins with, as pairs of characters: where none stands, there is nothing to do.
_VOWELS = UPPER_VOWELS + LOWER_VOWELS
_PAIRS = (
    *product(" \n", MARKS + "ำ"),
    *product("ํ", " \nา"),
    *product(TONES + SILENCERS, MARKS),
    *product(_VOWELS, _VOWELS),
    *product("ำ", MARKS + "ำา"),
    *zip("ะาโใไเแ", "ะาโใไเแ", strict=True),
)
_ALIKE = 16  # characters that begin or end the same pairs


def _pair_tables() -> tuple[np.ndarray, np.ndarray]:
    """The kind of each character, and whether a pair of kinds is one of `_PAIRS`."""
    role = {
        letter: (
            frozenset(b for a, b in _PAIRS if a == letter),
            frozenset(a for a, b in _PAIRS if b == letter),
        )
        for letter in {letter for pair in _PAIRS for letter in pair}
    }
    number = {kind: place for place, kind in enumerate(dict.fromkeys(role.values()), 1)}
    kinds = np.zeros(0x10000, dtype=np.uint8)
    for letter, kind in role.items():
        kinds[ord(letter)] = number[kind]
    pairs = np.zeros(_ALIKE * _ALIKE, dtype=np.bool_)
    for a, b in _PAIRS:
        pairs[number[role[a]] * _ALIKE + number[role[b]]] = True
    return kinds, pairs


_KIND, _BROKEN = _pair_tables()
_PRIVATE = (0xF0A1, 0xF875)


def _is_sound(text: str) -> bool:
    """Whether nothing that is repaired here can stand in `text`; seen in one pass."""
    points = code_points(text)
    if len(points) and (points.max() >= _PRIVATE[0]):
        if ((points >= _PRIVATE[0]) & (points <= _PRIVATE[1])).any():
            return False
        points = np.minimum(points, 0xFFFF)
    kinds = _KIND[points]
    return not _BROKEN[kinds[:-1] * np.uint8(_ALIKE) + kinds[1:]].any()


def _glyph(match: re.Match[str]) -> str:
    return _GLYPHS[ord(match[0])]


def _without_private_codes(text: str) -> str:
    text = _SYMBOL_RUN.sub(lambda run: run[0].translate(_SYMBOL_TABLE), text)
    return _MAC_HINT.sub("", text)


def repair_characters(text: str) -> str:
    """Repair what has one reading only. Idempotent; clean text comes back unchanged."""
    if _is_sound(text):
        return text
    ordered = order_marks(_ALL_GLYPHS.sub(_glyph, _without_private_codes(text)))
    return order_marks(_GAP.sub("", ordered))


def character_damage(text: str) -> Counter[str]:
    """The places that `repair_characters` repairs, by class; roughly, where they lie together."""
    counts = {code: len(pattern.findall(text)) for code, pattern in _COUNTED.items()}
    return Counter({code: count for code, count in counts.items() if count})
