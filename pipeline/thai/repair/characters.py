"""Repair that needs no dictionary: what has a single reading.

Glyph codes of the private use area, sara am written twice or split, marks in the wrong order or
twice, and a gap before a mark. Clean text is unchanged.
"""

from __future__ import annotations

import re
from collections import Counter

from pipeline.thai.normalize import LOWER_VOWELS, MARKS, TONES, UPPER_VOWELS, order_marks

# From the cmaps of Garuda and Norasi (glyph names such as uni0E34.left). Tables published elsewhere
# differ from these fonts, for instance on U+F705 and U+F710.
_GLYPHS = dict(zip(range(0xF700, 0xF71B), "ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู", strict=True)) | {
    0xF71E: "ํ",
    0xF71F: "็",
}
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
    "glyph_code": _ALL_GLYPHS,
    "split_sara_am": re.compile(f"ํ[{TONES}]?า"),
    "double_sara_am": re.compile(f"ำ[{TONES}]?า"),
    "mark_order": re.compile(f"[{TONES}์][{UPPER_VOWELS}{LOWER_VOWELS}]|([{MARKS}ะาโใไ])\\1|เเ"),
    "gap": _GAP,
}


def _glyph(match: re.Match[str]) -> str:
    return _GLYPHS[ord(match[0])]


def repair_characters(text: str) -> str:
    """Repair what has one reading only. Idempotent; clean text comes back unchanged."""
    ordered = order_marks(_ALL_GLYPHS.sub(_glyph, text))
    return order_marks(_GAP.sub("", ordered))


def character_damage(text: str) -> Counter[str]:
    """The places that `repair_characters` repairs, by class; roughly, where they lie together."""
    counts = {code: len(pattern.findall(text)) for code, pattern in _COUNTED.items()}
    return Counter({code: count for code, count in counts.items() if count})
