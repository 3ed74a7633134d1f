"""How much of what Tesseract read is words: which of two readings is better, and what is none."""

from __future__ import annotations

import re

from pipeline.thai import words
from pipeline.thai.abbreviations import abbreviation_spans
from pipeline.thai.lexicon import dictionary
from pipeline.thai.normalize import order_marks

_LATIN = re.compile("[A-Za-z]")
_LONG = re.compile("[A-Za-z][a-z]{3,}")
_THAI = re.compile("[ก-ฮ]")
_NOISE = 0.1  # of a page's characters in words: less is no text


def is_good_thai(text: str) -> bool:
    """Whether a text is words of the dictionary and abbreviations, with signs and digits."""
    if not _THAI.search(text) or _LATIN.search(text):
        return False
    return all(len(word) > 1 and word in dictionary() for word in _thai_words(text, strict=True))


def _thai_words(text: str, *, strict: bool = False) -> list[str]:
    """The words of a text but for abbreviations: those of the dictionary, or all (`strict`)."""
    text = order_marks(text)
    kept, position = [], 0
    for span in abbreviation_spans(text):
        kept.append(text[position : span.start])
        position = span.end
    kept.append(text[position:])
    found = [word for word in words(" ".join(kept)) if _THAI.search(word)]
    return found if strict else [w for w in found if len(w) > 1 and w in dictionary()]


def share_known(text: str) -> float:
    """The share of a text's letters and signs in words of the dictionary, long Latin words too."""
    known = sum(map(len, _thai_words(text))) + sum(map(len, _LONG.findall(text)))
    return known / max(1, len("".join(text.split())))


def is_noise(text: str) -> bool:
    """Whether what was read of a page are Thai letters without a word: a picture, a pattern."""
    letters = sum(char.isalnum() for char in text)
    thai = len(_THAI.findall(text))
    return 2 * thai > letters > 0 and share_known(text) < _NOISE
