"""Glyphs that a font names wrongly: which letter each stands for, learned from the document.

A font without a usable table of characters shows one letter throughout as the same odd character:
'สĠานักงาน', 'นัก(cid:3)น'. The letter that makes its surroundings read as Thai is the one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from pipeline.thai.repair.characters import repair_characters
from pipeline.thai.repair.screen import clean_share
from pipeline.thai.repair.slots import BASES, MARKS

_GLYPH = re.compile(
    r"(?<=[ก-ฺเ-๎])\(cid:\d{1,5}\)"
    r"|(?<=[ก-ฺเ-๎])[\x00-\x08\x0e-\x1f\x7f-\x9f\u00c0-\u0dff\u0e80-\u1fff\u2e80-\uffff\U000f0000-\U0010ffff]"
)
_SIGN = "[?*\u2022\u25a0-\u25ff\u2610-\u2612]"
_INSIDE = re.compile(f"(?<=[ก-ฺเ-๎])({_SIGN})(?={_SIGN}{{0,3}}[ก-ฺเ-๎])")
_BEHIND = re.compile(f"(?<=[ก-ฺเ-๎])({_SIGN})")
_UNNAMED = re.compile(r"(?<=[ก-ฺเ-๎])\(cid:\d{1,5}\)")
_HINT = re.compile(
    f"{_SIGN[:-1]}\x00-\x08\x0e-\x1f\x7f-\x9f\u00c0-\u0dff\u0e80-\u1fff\u2e80-\uffff\U000f0000-\U0010ffff]|\\(cid:"
)
_ANY = re.compile(f"{_GLYPH.pattern}|(?<=[ก-ฺเ-๎\ufffd])(?:{_SIGN}|\\(cid:\\d{{1,5}}\\))")
_ON_ONE_LETTER = 3  # glyphs, each seen when the one before it has its name
_CUT = re.compile(r"\(cid:\d*\)?|[^ก-๎ \n]+")
_THAI = re.compile("[ก-ฺเ-๎]")
_MANY, _SHARE, _MOSTLY = 5, 0.02, 0.5  # signs, of the letters, of those behind a letter
_ROUNDS = 3
_CANDIDATES = (*MARKS, *BASES, "ำ", "")
_FEW = 4
_PLACES = 40  # so many surroundings of a glyph are tried
_AROUND = 6
_READABLE = 0.65
_AHEAD = 0.08
_RIVALS = 5
_DISSENT = 0.15


def learn_glyphs(pages: Sequence[str]) -> dict[str, str]:
    """The letter, or nothing, for each odd glyph that stands for one letter throughout `pages`.

    What stands for several letters, or for none that is known, becomes U+FFFD.
    """
    text = "\n".join(page for page in pages if _HINT.search(page))
    learned: dict[str, str] = {}
    if not text:
        return learned
    for _ in range(_ROUNDS):
        # What is learned makes the surroundings of other glyphs clearer.
        more = _learned(replace_glyphs(text, learned)[0], learned)
        learned |= more
        if not more:
            break
    return learned | _unreadable(replace_glyphs(text, learned)[0])


def _learned(text: str, known: Mapping[str, str]) -> dict[str, str]:
    places: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for match in _GLYPH.finditer(text):
        if len(places[match[0]]) < _PLACES and match[0] not in known:
            start, end = match.span()
            before, behind = text[max(start - _AROUND, 0) : start], text[end : end + _AROUND]
            places[match[0]].append((_CUT.split(before)[-1], _CUT.split(behind)[0]))
    learned = {}
    for glyph, around in places.items():
        letter = _letter(around) if len(around) >= _FEW else None
        if letter or (letter == "" and _may_vanish(glyph)):
            learned[glyph] = letter
    return learned


def _unreadable(text: str) -> dict[str, str]:
    """Boxes and question marks that stand inside words, and glyphs that a reader could not name."""
    inside, behind = Counter(_INSIDE.findall(text)), Counter(_BEHIND.findall(text))
    letters = len(_THAI.findall(text)) if inside else 0
    signs = {
        sign
        for sign, count in inside.items()
        if count >= max(_MANY, _SHARE * letters) and count >= _MOSTLY * behind[sign]
    }
    return dict.fromkeys(signs | set(_UNNAMED.findall(text)), "\ufffd")


def _letter(around: list[tuple[str, str]]) -> str | None:
    readings = {}
    for letter in _CANDIDATES:
        text = repair_characters("\n".join(left + letter + right for left, right in around))
        readings[letter] = (clean_share(text), text)
    ranked = sorted(readings, key=lambda letter: readings[letter][0], reverse=True)
    best = ranked[0]
    share, text = readings[best]
    others = [letter for letter in ranked[1:] if readings[letter][1] != text]
    if share < _READABLE or share - readings[others[0]][0] < _AHEAD:
        return None
    return best if _stands_alone(around, best, others[:_RIVALS]) else None


def _stands_alone(around: list[tuple[str, str]], best: str, rivals: Sequence[str]) -> bool:
    """Whether hardly a place reads better with a rival: one glyph may stand for several marks."""

    def strange(place: tuple[str, str], letter: str) -> float:
        return 1 - clean_share(repair_characters(place[0] + letter + place[1]))

    better = sum(
        strange(place, best) > min(strange(place, rival) for rival in rivals) for place in around
    )
    return better <= _DISSENT * len(around)


def _may_vanish(glyph: str) -> bool:
    """Whether it is no character: a control, U+FFFD or a reader's note. '中' is never dropped."""
    return len(glyph) > 1 or glyph == "\ufffd" or not glyph.isprintable()


def replace_glyphs(text: str, letters: Mapping[str, str]) -> tuple[str, Counter[str]]:
    """`text` with the odd glyphs of `letters` replaced, and how many they were."""
    if not letters:
        return text, Counter()
    found: Counter[str] = Counter()

    def letter(match: re.Match[str]) -> str:
        named = letters.get(match[0], match[0])
        found["unread"] += named not in (match[0], "\ufffd")
        return named

    for _ in range(_ON_ONE_LETTER):
        done = _ANY.sub(letter, text)
        if done == text:
            break
        text = done
    return text, +found
