"""Speakers set off by the text's own signs: `ประธาน: …`, or columns with a wide gap between."""

from __future__ import annotations

import re

from pipeline.minutes.speakers.heads import Head
from pipeline.minutes.speakers.layout import Layout, Sign
from pipeline.minutes.speakers.mentions import Mention, Mentions
from pipeline.minutes.speakers.roster import Roster
from pipeline.minutes.speakers.verbs import (
    THAT,
    VERB,
    Verbs,
)
from pipeline.minutes.text.wording import wording

# `ถาม (ป้าสายหยุด)`: what someone does, and who.
_ASKED = re.compile(rf"{VERB.pattern}[ ]?\(([^()]{{2,60}})\)\Z")
_COLUMN = re.compile(r"(?:[ ]{3,}|[ ]*\t[ ]*)(?=[ก-๎A-Za-z“\"(])")
_GAP = re.compile("   |\t")
_NO_LABEL = re.compile(rf"{_GAP.pattern}|[|]|\A{wording()['roles']['lists']}\Z")
# Lengths in characters, found by reading minutes: a label, and one of someone unknown.
_LABEL, _SHORT_LABEL = 70, 40


class Labelled:
    """Reads the labels of one text without line breaks (`flat`)."""

    def __init__(
        self, flat: str, roster: Roster, verbs: Verbs, mentions: Mentions, layout: Layout
    ) -> None:
        self._flat = flat
        self._roster = roster
        self._verbs = verbs
        self._mentions = mentions
        self._layout = layout

    def read(self, mention: Mention) -> Head | None:
        """`ประธาน: …`, the sign as the text has it, or in columns `ประธาน     …`."""
        limit = min(mention.limit, mention.who + _LABEL)
        sign = self._layout.sign(self._flat, mention.core, limit)
        column = self._column(mention) if mention.first else None
        marks = ((m.start, m.end) for m in (sign, column) if m)
        start, said = min(marks, default=(0, mention.limit))
        if said >= mention.limit:
            return None
        surface = self._flat[mention.who : start]
        if _NO_LABEL.search(surface) or ("ว่า" in surface and THAT.search(surface)):
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
        limit = min(mention.limit, mention.core + _LABEL)
        if not _GAP.search(self._flat, mention.core, limit):
            return None
        column = _COLUMN.search(self._flat, mention.core, limit)
        if column is None or _GAP.search(self._flat, column.end(), mention.limit):
            return None
        return Sign("column", column.start(), column.end())
