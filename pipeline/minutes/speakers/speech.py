"""Where people begin to speak in a paragraph, phrase by phrase as blanks divide it.

A phrase opens a turn if it begins with someone (a name, a role; the first phrase of a paragraph
with anyone) and says that they speak: `pipeline.minutes.speakers.openings`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from pipeline.minutes.speakers.heads import Head
from pipeline.minutes.speakers.layout import Layout
from pipeline.minutes.speakers.openings import Openings
from pipeline.minutes.speakers.roster import Roster, Speaker
from pipeline.minutes.speakers.verbs import BARE, OPEN, THAT, VERB, Verbs
from pipeline.minutes.text.wording import any_pattern, any_word

_BLANK = re.compile(r"[ \t\u00a0]+")
_CONNECTIVES = re.compile(rf"(?:{any_pattern('speech', 'connectives')}[ ]?){{1,3}}")
_RESUMES = re.compile(
    rf"{any_word('speech', 'resumes')}(?:ก่อน|เมื่อ|ใน)?[^ ]{{0,24}}?"
    rf"(?=(?:ยัง|ได้|ก็){{0,2}}(?:{VERB.pattern}|(?<=ยัง)ให้|(?<=ได้)ให้))(?:ยัง|ได้|ก็){{0,2}}"
)
_PRONOUN = re.compile(rf"{any_word('roles', 'pronouns')}(?={VERB.pattern}|ยัง)")
_SELF = re.compile(rf"เจ้าตัว(?:ยัง|ก็|จึง|ได้)*(?={VERB.pattern})")
_GROUP = re.compile("กลุ่ม|เครือข่าย|ศูนย์|สภา|กองทุน|องค์การ|การ|สำนักงาน|โรง|มหาวิทยาลัย|เทศบาล")
_MEETING = re.compile("(?:มติ)?ที่ประชุม|มติ|วาระ|ระเบียบวาระ")
_CLOSE = {"“": "”", '"': '"', "«": "»", "‘": "’"}
_CLOSING = tuple('”"»’)')
_NO_LAYOUT = Layout()
_LONGEST_LINK, _RESUME_REACH, _BEHIND_QUOTATION = 120, 55, 40
_SHORTEST, _SHORTEST_QUOTATION, _LONGEST_QUOTATION = 8, 12, 6000


class Speech:
    """Finds the heads of turns in one text.

    `formal`: as in minutes, the words begin behind a verb without ว่า, else with the verb. Up to
    `quiet`, in titles and the introduction of a post, only ว่า or a quotation mark begins a turn.
    """

    def __init__(
        self,
        text: str,
        roster: Roster,
        layout: Layout = _NO_LAYOUT,
        *,
        formal: bool,
        quiet: int = 0,
    ) -> None:
        self._flat = text.replace("\n", " ")
        self._roster = roster
        self._formal = formal
        self._quiet = quiet
        self._verbs = Verbs(self._flat)
        self._openings = Openings(self._flat, roster, self._verbs, layout, formal=formal)
        self._people = {one.start: roster.name_end(one) for one in roster.mentions}
        self._mention_starts = sorted(self._people)
        self._found: dict[tuple[int, int], tuple[Head, ...]] = {}

    def heads(self, start: int, end: int) -> tuple[Head, ...]:
        """The heads of the paragraph that is `text[start:end]`, list mark left out."""
        if end - start < _SHORTEST:
            return ()
        if (start, end) not in self._found:
            self._found[start, end] = tuple(self._heads(start, end))
        return self._found[start, end]

    def _heads(self, start: int, end: int) -> list[Head]:
        found: list[Head] = []
        for phrase in self._phrases(start, end):
            if found and phrase <= (found[-1].end or found[-1].said):
                if not self._nearer(phrase, start, end, found[-1]):
                    continue
                found.pop()
            head = self._quoted_before(phrase, end) or self._head(phrase, start, end, found)
            if head and self._counts(head, found):
                found.append(self._with_quotation(head, end))
        return found

    def _counts(self, head: Head, before: list[Head]) -> bool:
        """Whether a head counts; in titles and introductions fewer do."""
        if head.start >= self._quiet or before:
            return True
        return head.told and (head.speaker.known or not head.labelled)

    def _phrases(self, start: int, end: int) -> Iterator[int]:
        yield start
        for blank in _BLANK.finditer(self._flat, start, end):
            yield blank.end()
            if self._flat.startswith(_CLOSING, blank.end()):
                yield blank.end() + 1

    def _head(self, phrase: int, start: int, end: int, before: list[Head]) -> Head | None:
        first = phrase == start
        link = _CONNECTIVES.match(self._flat, phrase, min(end, phrase + _LONGEST_LINK))
        who = link.end() if link else phrase
        core = self._someone(who)
        if core is None and link:
            who, core = phrase, self._someone(phrase)
        if core is None:
            resumed = self._resumed(phrase, start, end, before)
            if resumed or not first or _MEETING.match(self._flat, phrase):
                return resumed
            who = core = phrase
        named, words = who in self._people, link[0].strip() if link else ""
        mention = self._openings.mention(who, core, end, first=first, link=words, named=named)
        head = self._openings.read(mention)
        return replace(head, start=phrase, someone=mention.someone) if head else None

    def _someone(self, position: int) -> int | None:
        """End of the name or role that begins at `position`, not of the whole phrase."""
        if _MEETING.match(self._flat, position):
            return None
        return self._people.get(position) or self._roster.begins_at(self._flat, position)

    def _nearer(self, phrase: int, start: int, end: int, last: Head) -> bool:
        """Whether someone known stands nearer to the words that a stranger was to say."""
        if phrase >= last.said:
            return False
        if last.start != start and last.speaker.known:
            return self._is_name(phrase) and not self._is_name(last.start)
        head = self._head(phrase, start, end, [])
        if head is None or not (head.speaker.known or not last.speaker.known):
            return False
        before = self._flat[last.start : phrase]
        if not last.someone or (_GROUP.match(before) and not before.rstrip().endswith("โดย")):
            return True
        by = self._flat.startswith("โดย", phrase)
        return head.speaker.known and (by or not last.speaker.known)

    def _is_name(self, position: int) -> bool:
        link = _CONNECTIVES.match(self._flat, position, position + _LONGEST_LINK)
        return any(
            at in self._people or self._roster.named_at(self._flat, at) is not None
            for at in (position, link.end() if link else position)
        )

    def _with_quotation(self, head: Head, end: int) -> Head:
        """The head with its words inside the quotation marks, if they open with one."""
        mark = self._flat[head.said : head.said + 1]
        if head.end is not None or mark not in OPEN:
            return head
        close = self._closed(head.said, end)
        inside = close if close >= 0 else end
        if inside - head.said < _SHORTEST_QUOTATION and inside < end - 3:
            return head
        return replace(head, said=head.said + 1, end=inside)

    def _closed(self, opening: int, end: int) -> int:
        """Where the quotation that opens at `opening` closes, -1 if it does not."""
        close = _CLOSE[self._flat[opening]]
        return self._flat.find(close, opening + 1, min(end, opening + _LONGEST_QUOTATION))

    def _quoted_before(self, phrase: int, end: int) -> Head | None:
        """A quotation and behind it who said it: “…” นางสาวยุพเรศฯ ตอบ."""
        if self._flat[phrase : phrase + 1] not in OPEN:
            return None
        close = self._closed(phrase, end)
        if close - phrase < _SHORTEST_QUOTATION:
            return None
        who = close + 1 + self._flat.startswith(" ", close + 1)
        core = self._someone(who)
        verb = VERB.search(self._flat, core, min(end, core + _BEHIND_QUOTATION)) if core else None
        if verb is None or THAT.match(self._flat, verb.end()):
            return None
        speaker = self._roster.resolve(self._flat[who : verb.start()])
        return Head(phrase, phrase + 1, speaker, close) if speaker.known else None

    def _resumed(self, phrase: int, start: int, end: int, before: list[Head]) -> Head | None:
        """`… และบอกด้วยว่า`: the one who spoke, or was named, goes on."""
        closed = bool(before) and before[-1].end is not None
        link = _RESUMES.match(self._flat, phrase, min(end, phrase + 60))
        pronoun = (_PRONOUN if closed else _SELF).match(self._flat, phrase, end)
        if not (link or pronoun) or (before and before[-1].labelled):
            return None
        speaker = before[-1].speaker if before else self._last_named(start, phrase)
        if speaker is None:
            return None
        verb = link.end() if link else pronoun.end() if pronoun else phrase
        that = next(self._verbs.complementizers(verb, min(end, verb + _RESUME_REACH)), None)
        if that and self._verbs.is_word(verb):
            said = self._verbs.skip(that.end())
            told = not before or before[-1].told or self._flat[said : said + 1] in OPEN
            return Head(phrase, said, speaker) if told else None
        then = self._flat.startswith("แล้ว", phrase)
        if closed and not then and not self._formal and BARE.match(self._flat, verb):
            return Head(phrase, verb, speaker, told=False)
        return None

    def _last_named(self, start: int, end: int) -> Speaker | None:
        """Whoever is named last between two positions."""
        place = bisect_left(self._mention_starts, end) - 1
        if place < 0 or self._mention_starts[place] < start:
            return None
        at = self._mention_starts[place]
        return self._roster.resolve(self._flat[at : self._people[at]])
