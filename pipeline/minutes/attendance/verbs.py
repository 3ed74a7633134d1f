"""Where what someone does begins behind a name or a position, also without a space before it."""

from __future__ import annotations

import re

from pipeline.minutes.attendance.wordlists import listed
from pipeline.thai import tokenize
from pipeline.thai.alternation import any_of

_FUNCTION = frozenset(listed("function_words"))
_STRONG = frozenset(listed("decisive"))
_VERBS = _STRONG | frozenset(listed("verbs"))
_VERB = re.compile(any_of(_VERBS))
VERB_AHEAD = re.compile(any_of(v for v in _VERBS if len(v) > 3))


def is_verb(word: str) -> bool:
    """Whether `word` begins what someone does or the next clause."""
    return word in _FUNCTION or begins_with_verb(word[:24])


def begins_with_verb(piece: str) -> bool:
    """Whether the first word of `piece` is a verb."""
    return _VERB.match(piece.lstrip()) is not None and next(iter(_tokens(piece)), "") in _VERBS


def _tokens(piece: str) -> list[str]:
    return [token.text for token in tokenize(piece) if token.text.strip()]


def verb_start(text: str, start: int, end: int) -> int:
    """Where a verb glued to a position begins, else `end`: 'ผู้ว่าราชการจังหวัดน่าน|แจ้งว่า'."""
    if not _VERB.search(text, start, end):
        return end
    at = start
    words = _tokens(text[start:end])
    for i, word in enumerate(words):
        verb = word in _VERBS and i > 0 and words[i - 1] not in _MAKE_NOUNS
        ordinal = word == "ที่" and text[at + 3 : at + 4] in " 0123456789๐๑๒๓๔๕๖๗๘๙"
        if verb and not ordinal and (word in _STRONG or _speaks(words[i + 1 :])):
            return at
        at += len(word)
    return end


# Before a verb these make a noun of it: ผู้แจ้ง, งานรายงาน.
_MAKE_NOUNS = ("ผู้", "การ", "และ", "งาน", "นัก", "ด้าน", "กลุ่ม", "ฝ่าย")


def _speaks(following: list[str]) -> bool:
    return bool(following) and following[0] in ("ว่า", "ให้", "ถึง", "ต่อ", "กับ", "ที่ประชุม", "การ")
