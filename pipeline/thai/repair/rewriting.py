"""Damage that is undone by one rule throughout, if the document reads better for it.

Marks written before their letter ('กาัจดกาาร'), vowels written before their letter that stand
behind it ('กาปรเป็น' as 'กาปรปเ็น'), and clusters with marks that a reader gave twice ('ขับขั
เคลื่อน', 'ผู้ว่ผู้ว่า'). No rule is safe by itself: 'ดีดี' may be meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from pipeline.thai.normalize import MARKS, TONES, UPPER_VOWELS
from pipeline.thai.repair.characters import repair_characters
from pipeline.thai.repair.screen import clean_share

_EARLY = re.compile(f"([{UPPER_VOWELS}{TONES}์]+)([ก-ฮ])")
_LATE = re.compile(f"([ก-ฮ][{MARKS}]*)([เแโใไ])")
_TWICE = re.compile(rf"([ก-ฮ][{MARKS}]+)([ก-ฺเ-๎]{{0,4}}?)[ \r\n]*\1[ \r\n]*")
_CLEAR = 0.08  # share of groups of letters that clean text lacks; nothing is tried below
_BETTER = 0.8  # what it must fall to, relatively
_READABLE = 0.2  # and what it must fall to at any rate
_TRIED = 4000  # characters
_ROUNDS = 3


def _letters_first(text: str) -> tuple[str, int]:
    return _EARLY.subn(r"\2\1", text)


def _vowels_first(text: str) -> tuple[str, int]:
    return _LATE.subn(r"\2\1", text)


def _once(text: str) -> tuple[str, int]:
    found = 0
    for _ in range(_ROUNDS):
        text, count = _TWICE.subn(r"\1\2", text)
        found += count
        if not count:
            break
    return text, found


_RULES: dict[str, Callable[[str], tuple[str, int]]] = {
    "early_mark": _letters_first,
    "late_vowel": _vowels_first,
    "double_cluster": _once,
}


def learn_rewrites(pages: Sequence[str]) -> tuple[str, ...]:
    """The rules, by the codes of `CLASSES`, that make `pages` read much more like clean Thai."""
    text = "\n".join(pages)[:_TRIED]
    strange = _strange(text)
    if strange < _CLEAR:
        return ()
    after = {code: _strange(rule(text)[0]) for code, rule in _RULES.items()}
    best = min(after, key=lambda code: after[code])
    return (best,) if after[best] < min(_BETTER * strange, _READABLE) else ()


def _strange(text: str) -> float:
    return 1 - clean_share(repair_characters(text))


def rewrite(text: str, codes: Sequence[str]) -> tuple[str, Counter[str]]:
    """`text` with those rules applied, and how many places each changed."""
    found: Counter[str] = Counter()
    for code in codes:
        text, count = _RULES[code](text)
        if count:
            found[code] += count
    return text, found
