"""Damage done to clean text on purpose, to teach the screen what damaged text looks like.

`FORMS` are forms of damage that PDF readers were seen to do; each takes clean text and returns it
damaged.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from itertools import pairwise

from pipeline.thai.normalize import TONES

_UPPER = f"ัิีึื็{TONES}์ํ"
_MARKS = _UPPER + "ุู"
_CLUSTER = re.compile(f"[ก-ฮ][{_MARKS}]*|.", re.DOTALL)
_LETTER = re.compile("[ก-ฮเ-ไะาำ]")


def move_marks(text: str, *, space: str = " ") -> str:
    """Marks above a letter stand on the next one, with `space` behind: 'จัดตั้ง' -> 'จดั ตงั้ '."""
    pieces, carried = [], ""
    clusters = _CLUSTER.findall(text.replace("ำ", "ํา"))
    for cluster, following in pairwise([*clusters, ""]):
        letter, marks = cluster[0], cluster[1:]
        leaving = "".join(mark for mark in marks if mark in _UPPER)
        if not _LETTER.match(following):
            leaving = ""
        staying = "".join(mark for mark in marks if mark not in leaving)
        pieces.append(letter + staying + carried + (space if carried else ""))
        carried = leaving
    return "".join(pieces)


def _replace(marks: str, by: str) -> Callable[[str], str]:
    pattern = re.compile(f"[{marks}]+")
    return lambda text: pattern.sub(by, text.replace("ำ", "ํา") if "ํ" in marks else text)


def _drop(marks: str, share: float) -> Callable[[str], str]:
    pattern = re.compile(f"[{marks}]")

    def drop(text: str) -> str:
        chance = random.Random(len(text))
        return pattern.sub(lambda match: match[0] if chance.random() >= share else "", text)

    return drop


def split_words(text: str) -> str:
    """A space before every eighth letter or so."""
    chance = random.Random(len(text))
    return re.sub("(?<=[ก-๎])(?=[ก-ฮเ-ไ])", lambda _: " " if chance.random() < 0.12 else "", text)


FORMS: dict[str, Callable[[str], str]] = {
    "moved": move_marks,
    "moved, no space": lambda text: move_marks(text, space=""),
    "marks to spaces": _replace(_MARKS, " "),
    "tones to spaces": _replace(TONES + "์", " "),
    "sara aa to am": lambda text: text.replace("า", "ำ"),
    "sara am to aa": lambda text: text.replace("ำ", "า"),
    "sara am to space": lambda text: text.replace("ำ", " า"),
    "half the tones lost": _drop(TONES, 0.5),
    "a third of the marks lost": _drop(_MARKS, 0.33),
    "marks lost": _drop(_MARKS, 1.0),
    "words split": split_words,
    "vowels late": lambda text: re.sub("([เแโใไ])([ก-ฮ])", r"\2\1", text),
}
