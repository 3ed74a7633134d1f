"""Whom a phrase means that may open a turn: its words up to the verb, without what is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from pipeline.minutes.speakers.roster import Roster, Speaker
from pipeline.minutes.speakers.verbs import PREDICATE
from pipeline.minutes.text.wording import any_pattern, any_word, words
from pipeline.thai import tokenize

_TURNING = re.compile(any_word("speech", "turning"))
_NOBODY = re.compile(any_pattern("roles", "nobody"))
_BRACKETS = re.compile(r"\([^)]*\)")
_SERIAL = "(?:แล้ว|พลาง|ก่อน|จึง|ก็|เลย)*"
# What someone does before the words: ลุกขึ้น, หัวเราะแล้ว.
_GESTURE = re.compile(
    rf"(?:[ ]?(?:ก็|จึง|เลย|ได้|พลาง)*{any_pattern('speech', 'gestures')}[^ ]*)?[ ]?{_SERIAL}\Z"
)
_ELDERS = ("ยาย", "ตา", "ลุง", "ป้า", "น้า", "หลวงพ่อ", "หลวงตา", "คุณยาย", "คุณตา")
_ELDER = re.compile(rf"(?:^|[ ])({'|'.join(_ELDERS)})\Z")
_NOMINAL = frozenset(words("speech", "nominal"))
_ELDER_REACH = 300
_LONGEST, _MOST_TOKENS = 90, 24


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that may begin with someone: from `who`, a name or role up to `core`.

    `first` in its paragraph, behind a connective (`link`, else empty), `named` with a title and
    a name; nothing from `limit` on is looked at.
    """

    who: int
    core: int
    limit: int
    first: bool
    link: str
    named: bool

    @property
    def turns(self) -> bool:
        """Whether the connective turns from one speaker to another: ด้าน, ขณะที่."""
        return _TURNING.fullmatch(self.link) is not None

    @property
    def someone(self) -> bool:
        """Whether it begins with a name or a role at all."""
        return self.core > self.who


class Mentions:
    """Reads who is meant in one text without line breaks (`flat`)."""

    def __init__(self, flat: str, roster: Roster) -> None:
        self._flat = flat
        self._roster = roster

    def end(self, mention: Mention, verbs: list[re.Match[str]], other: int) -> int:
        """Where the mention ends: at the first verb that is no part of an office's name."""
        for verb, behind in pairwise(verbs):
            glued = " " not in self._flat[verb.end() : behind.start()]
            if verb.start() > mention.who and not (verb[0] in _NOMINAL and glued):
                return verb.start()
        return verbs[-1].start() if verbs else other

    def speaker(self, mention: Mention, ends: list[int], end: int) -> Speaker | None:
        """Who the phrase up to one of `ends` means if known, else up to `end`.

        None if the phrase tells something or means nobody.
        """
        surface = self._surface(mention, end)
        if PREDICATE.search(self._predicate(mention, surface)):
            return None
        for other in (end, *reversed(ends)):
            speaker = self._roster.resolve(self._surface(mention, other))
            if speaker.known:
                return speaker
        nobody = not mention.someone and _NOBODY.match(surface)
        return None if nobody else self._roster.resolve(surface)

    def known(self, mention: Mention) -> tuple[Speaker | None, int]:
        """Who known the phrase begins with, and where name and position end."""
        stretch = self._flat[mention.who : min(mention.limit, mention.who + _LONGEST)]
        found: tuple[Speaker | None, int] = (None, mention.core)
        for token in tokenize(stretch)[:_MOST_TOKENS]:
            end = mention.who + token.end
            if end < mention.core:
                continue
            speaker = self._roster.resolve(stretch[: token.end])
            if speaker.known and (end == mention.core or self._roster.says(speaker, token.text)):
                found = (speaker, end + self._flat.startswith("ฯ", end))
            elif found[0] and token.text.strip():
                break
        return found

    def is_somebody(self, surface: str) -> bool:
        """Whether a label may name someone: no matter, no document, no number."""
        return not (_NOBODY.match(surface.lstrip("([ ")) or PREDICATE.search(surface))

    def _surface(self, mention: Mention, end: int) -> str:
        """The phrase up to `end`; ยาย alone is the ยายคำมูล who was named before."""
        rest = _GESTURE.sub("", self._flat[mention.core : end])
        surface = f"{self._flat[mention.who : mention.core]}{rest}".strip()
        elder = _ELDER.search(surface) if surface.endswith(_ELDERS) else None
        if elder is None:
            return surface
        named = re.compile(elder[1] + "[ก-ฮเ-ไ][ก-๎]{1,20}").findall(
            self._flat, max(0, mention.who - _ELDER_REACH), mention.who + len(surface)
        )
        return str(named[-1]) if named else surface

    def _predicate(self, mention: Mention, surface: str) -> str:
        """What of a phrase may tell something: behind a name no brackets and no ซึ่ง."""
        rest = _BRACKETS.sub("", surface[mention.core - mention.who :])
        return rest.split("ซึ่ง", 1)[0] if mention.named else rest

    def phrase_end(self, core: int, limit: int) -> int:
        """Where the phrase around `core` ends: at the next blank, or at `limit`."""
        blank = self._flat.find(" ", core, limit)
        return blank if blank > 0 else limit
