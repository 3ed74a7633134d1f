"""How a phrase opens a turn: with a label, with a verb and ว่า, or with a verb alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.minutes.speakers import Roster, Speaker
from pipeline.minutes.speakers.layout import Layout, Sign
from pipeline.minutes.speakers.mentions import Mention, Mentions
from pipeline.minutes.speakers.verbs import (
    BARE,
    OPEN,
    PREDICATE,
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
# `ถาม (ป้าสายหยุด)`: what someone does, and who.
_ASKED = re.compile(rf"{VERB.pattern}[ ]?\(([^()]{{2,60}})\)\Z")
_COLUMN = re.compile(r"(?:[ ]{3,}|[ ]*\t[ ]*)(?=[ก-๎A-Za-z“\"(])")
_GAP = re.compile(r"[ ]{3,}|\t")
_NO_LABEL = re.compile(rf"{_GAP.pattern}|[|]|\A{wording()['roles']['lists']}\Z")
_LEAD_IN = re.compile(
    rf"[ ]*(?:ใน)?{DIGIT}{{1,2}}[ ](?:ประเด็น|เรื่อง|ข้อ)[ ](?:คือ|ดังนี้|ได้แก่)[ ]*|[ ]*ดังนี้[ ]*"
)
_OPEN_BRACKET = re.compile(r"\([^)]*\Z")
# Behind a mention: more of it, or what someone is or did.
_NO_WORDS = re.compile(
    r"[ ]?(?:[^ก-๎A-Za-z0-9“\"‘«]|(?:ท่าน|คน|ราย)หนึ่ง|และ|หรือ|กับ|ซึ่ง|ที่|ได้|เป็น|ใน"
    r"|ณ|พร้อม|จาก|ของ|โดย|แห่ง|มี|คน|ถูก|[ก-ฮ]{1,3}\.)"
)
_SO = re.compile("[ ]|(?:อย่าง|แบบ|ดัง)นี้[ ]")
_DONE = re.compile("แล้ว(?:$|[ ](?!จะ|ค่อย|ให้|ขอ))")
_QUOTATION = re.compile(f"[^{''.join(OPEN)}]*(?=[{''.join(OPEN)}])")
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
    colon or in a column, `someone` False if the mention begins like none. `guessed` if only
    someone known stands before the words, no verb of speaking.
    """

    start: int
    said: int
    speaker: Speaker
    end: int | None = None
    told: bool = True
    labelled: bool = False
    someone: bool = True
    guessed: bool = False


class Openings:
    """Reads the openings of one text without line breaks (`flat`)."""

    def __init__(
        self, flat: str, roster: Roster, verbs: Verbs, layout: Layout, *, formal: bool
    ) -> None:
        self._flat = flat
        self._roster = roster
        self._layout = layout
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
        return self._label(mention) or self._that(mention) or self._untold(mention)

    def skip(self, position: int) -> int:
        """The next position that is no blank."""
        blank = _BLANKS.match(self._flat, position)
        return blank.end() if blank else position

    def _label(self, mention: Mention) -> Head | None:
        """`ประธาน: …`, the sign as the text has it, or in columns `ประธาน     …`."""
        limit = min(mention.limit, mention.who + _LABEL)
        sign = self._layout.sign(self._flat, mention.core, limit)
        column = self._column(mention) if mention.first else None
        marks = ((m.start, m.end) for m in (sign, column) if m)
        start, said = min(marks, default=(0, mention.limit))
        if said >= mention.limit:
            return None
        surface = self._flat[mention.who : start]
        if _NO_LABEL.search(surface) or THAT.search(surface):
            return None
        asked = _ASKED.match(surface)
        speaker = self._roster.resolve(asked[1] if asked else self._without_verb(surface, mention))
        if not speaker.known and mention.first and mention.someone:
            speaker = self._mentions.known(mention)[0] or speaker
        signed = sign is not None and sign.start == start
        plain = mention.someone and (mention.named or signed)
        own = signed and sign is not None and self._layout.parts(self._flat, mention.who, sign)
        stranger = plain or asked or (own and self._mentions.is_somebody(surface))
        if speaker.known or (mention.first and stranger and len(surface) <= _SHORT_LABEL):
            return Head(mention.who, said, speaker, labelled=True)
        return None

    def _without_verb(self, surface: str, mention: Mention) -> str:
        """`สื่อท้องถิ่นเสนอ: …`: the label without its verb."""
        verb = VERB.search(surface, min(mention.core - mention.who, len(surface)))
        if verb and verb.start() and self._verbs.is_word(mention.who + verb.start()):
            return surface[: verb.start()]
        return surface

    def _column(self, mention: Mention) -> Sign | None:
        """A wide gap behind the speaker, the only one of the line: else it is a table."""
        column = _COLUMN.search(self._flat, mention.core, min(mention.limit, mention.core + _LABEL))
        if column is None or _GAP.search(self._flat, column.end(), mention.limit):
            return None
        return Sign("column", column.start(), column.end())

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
            return Head(mention.who, self.skip(that.end()), speaker)
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

    def _untold(self, mention: Mention) -> Head | None:
        """Words without ว่า: of someone known rather than of a stranger."""
        bare = self._bare(mention)
        return bare if bare and bare.speaker.known else self._known(mention) or bare

    def _known(self, mention: Mention) -> Head | None:
        """Someone known at the head of a paragraph, then anything: `ผู้กองศิรวิทย์ เสริมภาพ …`."""
        if not (mention.first and mention.someone):
            return None
        speaker, end = self._mentions.known(mention)
        rest = self._flat[end : mention.limit]
        if speaker is None or len(rest) < _OWN_CONTENT or _NO_WORDS.match(rest):
            return None
        opening = _QUOTATION.search(rest, 0, _REACH)
        if opening:
            return Head(mention.who, end + opening.end(), speaker)
        told = is_attending(rest) or _DONE.search(rest) or PREDICATE.search(rest.split(" ", 2)[0])
        begin = self.skip(end)
        if told or PROCEDURE.match(self._flat, begin) or self._roster.begins_at(self._flat, begin):
            return None
        return Head(mention.who, begin, speaker, told=False, guessed=True)

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
