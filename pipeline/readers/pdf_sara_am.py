"""Sara am whose upper half has no text in the font's map.

A shaped ำ is two glyphs, a ring (with a tone mark in it, as one glyph: น้ำ) and า. Some producers
map the ring to nothing: น้ำ and ทำ then read as นา and ทา. A font that does map its plain tone
marks, but has a glyph without width and text before า, has rings there. Which tone a ring carries
is told by the letters that the same glyph stands on: น้ำ ซ้ำ ถ้ำ, but ต่ำ ค่ำ, and ทำ สำ จำ.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from pipeline.readers.pdf_values import UNKNOWN, Glyph

# No document holds the private use plane 16; a stand-in is a glyph code until the page is read.
_FIRST_STAND_IN = 0x100000
_MAX_STAND_INS = 1000

_NEVER_TONED = frozenset("ทสจกดบอว")
_MAI_EK, _MAI_THO = frozenset("ตคร"), frozenset("นซถช")


class Rings:
    """The rings of one document; what a page teaches about a glyph serves the next pages too."""

    def __init__(self) -> None:
        self._stand_ins: dict[tuple[Any, int], str] = {}
        self._texts: dict[str, str] = {}
        self._letters: dict[str, Counter[str]] = {}

    def stand_in(self, font: Any, code: int, *, text: str) -> str:
        """A character that stands for a glyph without width; `text` is what the font maps it to."""
        names = getattr(getattr(font, "unicode_map", None), "cid2unichr", None) or {}
        if len(self._stand_ins) >= _MAX_STAND_INS or not {"่", "้"} <= set(names.values()):
            return text
        char = chr(_FIRST_STAND_IN + len(self._stand_ins))
        self._texts[char] = text
        self._letters[char] = Counter()
        return self._stand_ins.setdefault((font, code), char)

    def resolve(self, glyphs: list[Glyph]) -> list[Glyph]:
        """The page's glyphs with every stand-in replaced by a mark or by the font's own text."""
        if not any(glyph.text in self._texts for glyph in glyphs):
            return glyphs
        places = [i for i, glyph in enumerate(glyphs) if glyph.text in self._texts]
        rings = [i for i in places if _is_ring(glyphs, i)]
        for i in rings:
            self._letters[glyphs[i].text][glyphs[i - 1].text[-1]] += 1
        tones = {char: self._tone(char) for char in self._texts}
        out = list(glyphs)
        for i in places:
            # Behind Thai, what has neither width nor text is a mark that got lost.
            lost = i > 0 and "ก" <= glyphs[i - 1].text[-1:] <= "๎"
            text = self._texts[glyphs[i].text] or (UNKNOWN if lost else "")
            out[i] = glyphs[i]._replace(text=text)
        for i in rings:
            out[i] = glyphs[i]._replace(text=tones[glyphs[i].text])
            out[i + 1] = glyphs[i + 1]._replace(text="ำ" + glyphs[i + 1].text[1:])
        return [glyph for glyph in out if glyph.text]

    def _tone(self, char: str) -> str:
        letters = self._letters[char]
        plain = any(_NEVER_TONED & set(other) for other in self._letters.values())
        if not plain or _NEVER_TONED & set(letters):
            return ""
        low = sum(letters[letter] for letter in _MAI_EK)
        return "่" if low > sum(letters[letter] for letter in _MAI_THO) else "้"


def _is_ring(glyphs: list[Glyph], i: int) -> bool:
    if not 0 < i < len(glyphs) - 1:
        return False
    before, after = glyphs[i - 1].text[-1:], glyphs[i + 1].text
    return "ก" <= before <= "ฮ" and after.startswith("า")
