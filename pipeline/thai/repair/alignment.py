"""Where each code point of repaired text stood in the raw text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.thai.normalize import MARKS

_LOOSE = re.compile(rf"[{MARKS}\s\u0000-\u001f\u007f-\u00a0\u200b-\u200f\ufffd]")
_SAME = str.maketrans({"ำ": "า", "แ": "เ"})
_KEY = 8  # letters that have to agree where two texts meet again
_TRIES = 48
_REACH = 4096


def align(raw: str, text: str) -> Sequence[int]:
    """For every code point of `text`, and for its end, an index of `raw`; never descending.

    Letters keep their order in nearly all that repair and normalization do, so texts are matched
    by their letters; marks and spaces lie between. What only `text` holds points at the place where
    it was put in. Takes linear time.
    """
    if raw == text:
        return range(len(text) + 1)
    old, new = _letters(raw), _letters(text)
    a = "".join(raw[place] for place in old).translate(_SAME)
    b = "".join(text[place] for place in new).translate(_SAME)
    matched = _match(a, b)
    return _spread(raw, text, [(old[i], new[j]) for i, j in matched])


def _letters(text: str) -> list[int]:
    return [place for place, letter in enumerate(text) if not _LOOSE.match(letter)]


def _match(a: str, b: str) -> list[tuple[int, int]]:
    """Pairs of places with the same letter, both ascending."""
    pairs, i, j = [], 0, 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
            continue
        if i and a[i] == a[i - 1] and a[i + 1 : i + 2] == b[j]:  # printed twice
            i += 1
            continue
        if a[i : i + 2] == b[j : j + 2][::-1]:  # a vowel behind its letter
            i, j = i + 2, j + 2
            continue
        for ahead in range(_TRIES):
            key = b[j + ahead : j + ahead + _KEY]
            found = a.find(key, i, i + _REACH) if key else -1
            if found >= 0:
                i, j = found, j + ahead
                break
        else:
            i, j = i + 1, j + 1
    return pairs


def _spread(raw: str, text: str, pairs: list[tuple[int, int]]) -> list[int]:
    offsets: list[int] = []
    old, new = 0, 0
    for place, target in [*pairs, (len(raw), len(text))]:
        # Between two letters: mark by mark, but not past the next letter.
        offsets.extend(min(old + step, place) for step in range(target - new))
        old, new = place, target
    offsets.append(len(raw))
    return offsets
