"""How a phrase opens a turn: with a label, with a verb and ว่า, or with a verb alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.minutes.speakers import Roster, Speaker
from pipeline.minutes.speakers.mentions import Mention, Mentions
from pipeline.minutes.speakers.verbs import (
    BARE,
    OPEN,
    PROCEDURE,
    THAT,
    VERB,
    Verbs,
    is_attending,
    is_spaced,
)
from pipeline.minutes.text.wording import DIGIT, any_word, wording

_BLANKS = re.compile(r"[ \t\u00a0]+")
_ADVERBS = re.compile(rf"[ ]?(?:{any_word('speech', 'adverbs')}[ ]?){{0,3}}")
_END_ADVERBS = re.compile(rf"(?:[ ]?{any_word('speech', 'adverbs')}[ ]?)+\Z")
_ALONE = re.compile(rf"{any_word('speech', 'alone')}(?=[ ])")
_COLON = re.compile(rf"[ ]?[:：](?![:/])(?!{DIGIT}{{2}}(?!{DIGIT}))[ ]*")
_COLUMN = re.compile(r"(?:[ ]{3,}|[ ]*\t[ ]*)(?=[ก-๎A-Za-z“\"(])")
_GAP = re.compile(r"[ ]{3,}|\t")
_NO_LABEL = re.compile(rf"{_GAP.pattern}|[|]|\A{wording()['roles']['lists']}\Z")
_LEAD_IN = re.compile(
    rf"[ ]*(?:ใน)?{DIGIT}{{1,2}}[ ](?:ประเด็น|เรื่อง|ข้อ)[ ](?:คือ|ดังนี้|ได้แก่)[ ]*|[ ]*ดังนี้[ ]*"
)
_OPEN_BRACKET = re.compile(r"\([^)]*\Z")
# Verbs so common that they report speech only right behind the speaker.
_WEAK = frozenset(("ให้", "จะ", "ขอ", "รับ", "แสดง", "มอบ", "ถาม", "ตอบ", "เทียบ"))
# Lengths in characters, found by reading minutes: a label; from a mention to its ว่า; from a verb
# to its ว่า; from a name to ว่า without a verb; a verb without ว่า; a mention of someone unknown.
_LABEL, _WINDOW, _REACH, _NO_VERB, _BARE_REACH, _STRANGER = 70, 150, 55, 90, 130, 110
_SHORT_LABEL, _SHORT_MENTION, _OWN_CONTENT = 40, 60, 25


@dataclass(frozen=True, slots=True)
class Head:
    """Someone begins to speak: the mention begins at `start`, the words at `said`.

    `end` is where the words end, if a quotation mark says so; `told` is False if only a verb, no
    ว่า, colon or quotation mark stands before them, `labelled` is True if they stand behind a
    colon or in a column, `someone` False if the mention begins like none.
    """

    start: int
    said: int
    speaker: Speaker
    end: int | None = None
    told: bool = True
    labelled: bool = False
    someone: bool = True


class Openings:
    """Reads the openings of one text without line breaks (`flat`)."""

    def __init__(self, flat: str, roster: Roster, verbs: Verbs, *, formal: bool) -> None:
        self._flat = flat
        self._roster = roster
        self._verbs = verbs
        self._formal = formal
        self._mentions = Mentions(flat, roster)
        self._spaced = is_spaced(flat)

    def mention(
        self, who: int, core: int, end: int, *, first: bool, link: str, named: bool
    ) -> Mention:
        """The mention with the stretch behind it in which it may speak."""
        return Mention(who, core, min(end, core + _WINDOW), first, link, named)

    def read(self, mention: Mention) -> Head | None:
        """The head that a mention opens, if it does."""
        return self._label(mention) or self._that(mention) or self._bare(mention)

    def skip(self, position: int) -> int:
        """The next position that is no blank."""
        blank = _BLANKS.match(self._flat, position)
        return blank.end() if blank else position

    def _label(self, mention: Mention) -> Head | None:
        """`ประธาน: …`, or in columns `ประธาน     …`."""
        limit = min(mention.limit, mention.who + _LABEL)
        colon = _COLON.search(self._flat, mention.core, limit)
        column = self._column(mention) if mention.first else None
        mark = min((m for m in (colon, column) if m), key=lambda m: m.start(), default=None)
        if mark is None or mark.end() >= mention.limit:
            return None
        surface = self._flat[mention.who : mark.start()]
        if _NO_LABEL.search(surface) or THAT.search(surface):
            return None
        speaker = self._roster.resolve(self._without_verb(surface, mention))
        plain = mention.someone and (mention.named or mark is colon)
        if speaker.known or (mention.first and plain and len(surface) <= _SHORT_LABEL):
            return Head(mention.who, mark.end(), speaker, labelled=True)
        return None

    def _without_verb(self, surface: str, mention: Mention) -> str:
        """`สื่อท้องถิ่นเสนอ: …`: the label without its verb."""
        verb = VERB.search(surface, min(mention.core - mention.who, len(surface)))
        if verb and verb.start() and self._verbs.is_word(mention.who + verb.start()):
            return surface[: verb.start()]
        return surface

    def _column(self, mention: Mention) -> re.Match[str] | None:
        """A wide gap behind the speaker, the only one of the line: else it is a table."""
        column = _COLUMN.search(self._flat, mention.core, min(mention.limit, mention.core + _LABEL))
        if column is None or _GAP.search(self._flat, column.end(), mention.limit):
            return None
        return column

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
            if speaker is None or not self._may_say(mention, speaker, that, end):
                return None
            own = self._own_content(verbs, that) if mention.someone else None
            if own is not None:
                return Head(mention.who, own, speaker, told=False)
            return Head(mention.who, self.skip(that.end()), speaker)
        return None

    def _without_speaking(self, mention: Mention, that: int) -> bool:
        """`นาย ข มองในมุมตลาดว่า`: someone, and ว่า not far behind, though no verb of speaking."""
        stretch = self._flat[mention.core : that]
        if mention.someone and not stretch and self._flat.startswith(" ", that + len("ว่า")):
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
            return verb.start() if joined or len(between) > _REACH else None
        return None

    def _bare(self, mention: Mention) -> Head | None:
        """`… เสนอ…` without ว่า."""
        if not mention.someone:
            return None
        verb = self._verbs.bare(
            mention.core,
            min(mention.limit, mention.core + _BARE_REACH),
            far=mention.first or mention.named,
            fits=lambda verb: verb[0] not in _WEAK or self._only_mention(mention, verb.start()),
        )
        if verb is None:
            return None
        verbs = [*self._verbs.speaking(mention.core, verb.start()), verb]
        ends = [one.start() for one in verbs if one.start() > mention.who]
        end = self._mentions.end(mention, verbs, verb.start())
        speaker = self._mentions.speaker(mention, ends, end) if end > mention.who else None
        if speaker is None:
            return None
        turned = mention.turns and verb[0] not in _WEAK
        near = (mention.first or turned) and verb.start() - mention.who <= _SHORT_MENTION
        if not (speaker.known or near or self._roster.is_office(speaker.name or "")):
            return None
        return Head(mention.who, self._said(verb), speaker, told=False)

    def _said(self, verb: re.Match[str]) -> int:
        """Where the words begin at a verb without ว่า."""
        if not self._formal and not _ALONE.match(self._flat, verb.start()):
            return verb.start()
        said = self.skip(verb.end())
        lead = _LEAD_IN.match(self._flat, said)
        return lead.end() if lead else said

    def _only_mention(self, mention: Mention, verb: int) -> bool:
        """Whether only the mention goes on up to a verb: its position, adverbs."""
        between = self._flat[mention.core : verb]
        if _ADVERBS.fullmatch(between):
            return True
        speaker = self._roster.resolve(self._flat[mention.who : verb])
        rest = _END_ADVERBS.sub("", between).strip()
        return speaker.known and (" " not in rest or rest in (speaker.position or ""))
