"""How a phrase opens a turn: with a label, with a verb and ว่า, or with a verb alone."""

from __future__ import annotations

import re

from pipeline.minutes.speakers.heads import Head
from pipeline.minutes.speakers.labelled import Labelled
from pipeline.minutes.speakers.layout import Layout
from pipeline.minutes.speakers.mentions import Mention, Mentions
from pipeline.minutes.speakers.roster import Roster, Speaker
from pipeline.minutes.speakers.untold import Untold
from pipeline.minutes.speakers.verbs import (
    BARE,
    OPEN,
    PROCEDURE,
    VERB,
    Verbs,
    is_attending,
    is_spaced,
)

_OPEN_BRACKET = re.compile(r"\([^)]*\Z")
_SO = re.compile("[ ]|(?:อย่าง|แบบ|ดัง)นี้[ ]")
# Lengths in characters, found by reading minutes: from a mention to its ว่า; from a verb to its ว่า;
# from a name to ว่า without a verb; a mention of someone unknown; what a first verb says itself.
_WINDOW, _REACH, _NO_VERB, _STRANGER, _OWN_CONTENT = 150, 55, 90, 110, 25


class Openings:
    """Reads the openings of one text without line breaks (`flat`)."""

    def __init__(
        self, flat: str, roster: Roster, verbs: Verbs, layout: Layout, *, formal: bool
    ) -> None:
        self._flat = flat
        self._roster = roster
        self._verbs = verbs
        self._formal = formal
        self._mentions = Mentions(flat, roster)
        self._labelled = Labelled(flat, roster, verbs, self._mentions, layout)
        self._untold = Untold(flat, roster, verbs, self._mentions, formal=formal)
        self._spaced = is_spaced(flat)

    def mention(
        self, who: int, core: int, end: int, *, first: bool, link: str, named: bool
    ) -> Mention:
        """The mention with the stretch behind it in which it may speak."""
        return Mention(who, core, min(end, core + _WINDOW), first, link, named)

    def read(self, mention: Mention) -> Head | None:
        """The head that a mention opens, if it does."""
        return self._labelled.read(mention) or self._that(mention) or self._untold.read(mention)

    def _that(self, mention: Mention) -> Head | None:
        """`… กล่าวว่า`, `… กล่าว “`."""
        for that in self._verbs.complementizers(mention.core, mention.limit):
            verbs = [
                verb
                for verb in self._verbs.speaking(mention.core, that.start())
                if not _OPEN_BRACKET.search(self._flat, mention.core, verb.start())
            ]
            near = any(that.start() - verb.end() <= _REACH for verb in verbs)
            if not near and not self._without_speaking(mention, that.start()):
                continue
            ends = [verb.start() for verb in verbs if verb.start() > mention.who]
            end = self._mentions.end(
                mention, verbs, self._mentions.phrase_end(mention.core, that.start())
            )
            speaker = self._mentions.speaker(mention, ends, end) if end > mention.who else None
            direct = any(one.end() == that.start() for one in verbs)
            if speaker is None and mention.first and direct:
                speaker = self._mentions.known(mention)[0]
            if speaker and not speaker.known and self._roster.named_at(self._flat, mention.who):
                speaker = self._mentions.known(mention)[0] or speaker
            if speaker is None or not self._may_say(mention, speaker, that, end):
                return None
            own = self._own_content(verbs, that) if mention.someone else None
            if own is not None:
                return Head(mention.who, own, speaker, told=False)
            return Head(mention.who, self._verbs.skip(that.end()), speaker)
        return None

    def _without_speaking(self, mention: Mention, that: int) -> bool:
        """`นาย ข มองในมุมตลาดว่า`: someone, and ว่า not far behind, though no verb of speaking."""
        stretch = self._flat[mention.core : that]
        behind = that + len("ว่า")
        if mention.someone and not stretch.strip() and _SO.match(self._flat, behind):
            return True
        if mention.someone and self._flat[behind : behind + 2].lstrip().startswith(OPEN):
            return True
        if not (mention.first or mention.named) or not mention.someone:
            return False
        return len(stretch) <= _NO_VERB and not is_attending(stretch) and stretch.count(" ") <= 4

    def _may_say(self, mention: Mention, speaker: Speaker, that: re.Match[str], end: int) -> bool:
        """Whether a phrase may open a turn: strangers in the middle need a blank behind ว่า.

        Else reports inside someone's words ("ช่างบอกว่างบหมด") would cut them.
        """
        if speaker.known:
            return True
        if end - mention.who > _STRANGER or not speaker.name:
            return False
        after = self._flat[that.end() : that.end() + 1]
        return mention.first or bool(mention.link) or not self._spaced or after in (" ", *OPEN)

    def _own_content(self, verbs: list[re.Match[str]], that: re.Match[str]) -> int | None:
        """Where the words begin if a first verb has content of its own before `และเตือนว่า`."""
        if self._formal:
            return None
        for verb in verbs:
            between = self._flat[verb.end() : that.start()]
            if PROCEDURE.match(self._flat, verb.start()) or not BARE.match(verb[0]):
                continue
            if "โดย" in between or len(between) < _OWN_CONTENT:
                return None
            joined = re.search("[ ](?:พร้อม|และ)", between)
            if not joined and VERB.fullmatch(between.rpartition(" ")[2]):
                return None
            return verb.start() if joined or len(between) > _REACH else None
        return None
