"""Damage that is undone by one rule throughout, if the document reads better for it.

Marks written before their letter ('กาัจดกาาร'), vowels written before their letter that stand
behind it ('กาปรเป็น' as 'กาปรปเ็น'), and clusters with marks that a reader gave twice ('ขับขั
เคลื่อน', 'ผู้ว่ผู้ว่า'). No rule is safe by itself: 'ดีดี' may be meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from pipeline.thai.normalize import LOWER_VOWELS, MARKS
from pipeline.thai.repair.characters import repair_characters
from pipeline.thai.repair.screen import clean_share

_EARLY = re.compile(f"([{MARKS}]+)([ก-ฮ])")
# Vowels below a letter keep their place where marks were sorted by height.
_UPPER_EARLY = re.compile(f"([{re.sub(f'[{LOWER_VOWELS}]', '', MARKS)}]+)([ก-ฮ])")
_LATE = re.compile(f"([ก-ฮ][{MARKS}]*)([เแโใไ])")
_TWICE = re.compile(rf"([ก-ฮ][{MARKS}]+)([ก-ฺเ-๎]{{0,4}}?)[ \r\n]*\1[ \r\n]*")
_CLEAR = 0.08  # share of groups of letters that clean text lacks; nothing is tried below
_BETTER = 0.8  # what it must fall to, relatively
_READABLE = 0.2  # and what it must fall to at any rate
_TRIED = 4000  # characters
_ROUNDS = 3


def _marks_last(text: str) -> tuple[str, int]:
    return _EARLY.subn(r"\2\1", text)


def _upper_marks_last(text: str) -> tuple[str, int]:
    return _UPPER_EARLY.subn(r"\2\1", text)


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


Rule = Callable[[str], tuple[str, int]]
_RULES: dict[str, Rule] = {
    "early_mark": _marks_last,
    "early_upper_mark": _upper_marks_last,
    "late_vowel": _vowels_first,
    "double_cluster": _once,
}


# What clean text does not hold and text that needs the rule does: a mark on no letter, a vowel
# that is written before its letter with none behind it.
_STRAY = re.compile(f"[^ก-ฮ{MARKS}][{MARKS}]")
_HINTS = {
    "early_mark": _STRAY,
    "early_upper_mark": _STRAY,
    "late_vowel": re.compile("[เแโใไ][^ก-ฮ]"),
    "double_cluster": _TWICE,
}
_SEEN = 3


def learn_rewrites(pages: Sequence[str]) -> tuple[str, ...]:
    """The rules, by the codes of `CLASSES`, that make `pages` read much more like clean Thai."""
    text = "\n".join(pages)[:_TRIED]
    strange = _strange(text)
    if strange < _CLEAR:
        return ()
    seen = {hint for hint in set(_HINTS.values()) if len(hint.findall(text)) >= _SEEN}
    after = {code: _strange(rule(text)[0]) for code, rule in _RULES.items() if _HINTS[code] in seen}
    if not after:
        return ()
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
