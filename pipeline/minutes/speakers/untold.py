"""Who speaks without ว่า: with a verb alone, or with nothing but the name before the words."""

from __future__ import annotations

import re

from pipeline.minutes.speakers.heads import Head
from pipeline.minutes.speakers.mentions import Mention, Mentions
from pipeline.minutes.speakers.offices import is_office
from pipeline.minutes.speakers.roster import Roster
from pipeline.minutes.speakers.verbs import (
    OPEN,
    PREDICATE,
    PROCEDURE,
    Verbs,
    is_attending,
)
from pipeline.minutes.text.wording import DIGIT, any_word

_ADVERBS = re.compile(rf"[ ]?(?:{any_word('speech', 'adverbs')}[ ]?){{0,3}}")
_END_ADVERBS = re.compile(rf"(?:[ ]?{any_word('speech', 'adverbs')}[ ]?)+\Z")
_ALONE = re.compile(rf"{any_word('speech', 'alone')}(?=[ ])")
_LEAD_IN = re.compile(
    rf"[ ]*(?:ใน)?{DIGIT}{{1,2}}[ ](?:ประเด็น|เรื่อง|ข้อ)[ ](?:คือ|ดังนี้|ได้แก่)[ ]*|[ ]*ดังนี้[ ]*"
)
# Behind a mention: more of it, or what someone is or did.
_NO_WORDS = re.compile(
    r"[ ]?(?:[^ก-๎A-Za-z0-9“\"‘«]|(?:ท่าน|คน|ราย)หนึ่ง|และ|หรือ|กับ|ซึ่ง|ที่|ได้|เป็น|ใน"
    r"|ณ|พร้อม|จาก|ของ|โดย|แห่ง|มี|คน|ถูก|[ก-ฮ]{1,3}\.)"
)
_DONE = re.compile("แล้ว(?:$|[ ](?!จะ|ค่อย|ให้|ขอ))")
_QUOTATION = re.compile(f"[^{''.join(OPEN)}]*(?=[{''.join(OPEN)}])")
# Verbs so common that they report speech only right behind the speaker.
_WEAK = frozenset(("ให้", "จะ", "ขอ", "รับ", "แสดง", "มอบ", "ถาม", "ตอบ", "เทียบ"))
# Lengths in characters, found by reading minutes: from a mention to its verb, the same of someone
# unknown, from a name to a quotation mark, and the least that is said.
_BARE_REACH, _SHORT_MENTION, _TO_QUOTATION, _SHORTEST = 130, 60, 55, 25


class Untold:
    """Reads such openings in one text without line breaks (`flat`)."""

    def __init__(
        self, flat: str, roster: Roster, verbs: Verbs, mentions: Mentions, *, formal: bool
    ) -> None:
        self._flat = flat
        self._roster = roster
        self._verbs = verbs
        self._mentions = mentions
        self._formal = formal

    def read(self, mention: Mention) -> Head | None:
        """Words without ว่า: of someone known rather than of a stranger."""
        bare = self._bare(mention)
        return bare if bare and bare.speaker.known else self._known(mention) or bare

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
        if not (speaker.known or near or is_office(speaker.name or "")):
            return None
        return Head(mention.who, self._said(verb), speaker, told=False)

    def _known(self, mention: Mention) -> Head | None:
        """Someone known at the head of a paragraph, then anything: `ผู้กองศิรวิทย์ เสริมภาพ …`."""
        if not (mention.first and mention.someone):
            return None
        speaker, end = self._mentions.known(mention)
        rest = self._flat[end : mention.limit]
        if speaker is None or len(rest) < _SHORTEST or _NO_WORDS.match(rest):
            return None
        opening = _QUOTATION.search(rest, 0, _TO_QUOTATION)
        if opening:
            return Head(mention.who, end + opening.end(), speaker)
        told = is_attending(rest) or _DONE.search(rest) or PREDICATE.search(rest.split(" ", 2)[0])
        begin = self._verbs.skip(end)
        if told or PROCEDURE.match(self._flat, begin) or self._roster.begins_at(self._flat, begin):
            return None
        return Head(mention.who, begin, speaker, told=False, guessed=True)

    def _said(self, verb: re.Match[str]) -> int:
        """Where the words begin at a verb without ว่า."""
        if not self._formal and not _ALONE.match(self._flat, verb.start()):
            return verb.start()
        said = self._verbs.skip(verb.end())
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
