"""Speaker turns and resolution of one item, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.documents import Turn
from pipeline.minutes.items.resolutions import Resolution, extended, goes_on, resolution_in
from pipeline.minutes.speakers.heads import Head
from pipeline.minutes.speakers.roster import Roster
from pipeline.minutes.speakers.speech import Speech
from pipeline.minutes.text.paragraphs import Paragraph, is_listed
from pipeline.minutes.text.wording import any_pattern

_ASIDE = re.compile(rf"[ \n]{any_pattern('body', 'aside')}")
_NARRATION = re.compile(any_pattern("body", "narration"))
_CONTINUES = re.compile(any_pattern("body", "continues"))
_AWAITS = re.compile(r"(?:ดังนี้|ได้แก่|คือ|:|ประกอบด้วย|ดังต่อไปนี้)[ \t]*\Z")
_NOTE = re.compile(r"[(\[]|[^\n:]{1,30}[:：][ ]|[|]")
_TABLE = re.compile(r"[ ]{3,}[^\n]*?\S[ ]{3,}\S")
_ROW = 200
_EDGE = " \t\n\u00a0"
# Emoji behind the words are the writer's.
_EMOJI = re.compile(r"[ \n][\u2600-\u27bf\U0001f300-\U0001faff\ufe0f]{1,12}\Z")


@dataclass(slots=True)
class Said:
    """What an item holds: its turns and its resolution."""

    turns: list[Turn] = field(default_factory=list)
    resolutions: list[Resolution] = field(default_factory=list)


class Listener:
    """Collects what is said in the paragraphs of an item."""

    def __init__(
        self,
        text: str,
        speech: Speech,
        roster: Roster,
        marks: frozenset[str] = frozenset(),
        *,
        formal: bool,
    ) -> None:
        self._text = text
        self._speech = speech
        self._roster = roster
        self._marks = marks
        self._formal = formal
        self._resolutions: dict[Paragraph, Resolution | None] = {}

    def heads(self, paragraph: Paragraph) -> tuple[Head, ...]:
        """Where someone begins to speak in a paragraph, in order."""
        return self._speech.heads(paragraph.body, paragraph.end)

    def tellers(self, paragraph: Paragraph) -> tuple[Head, ...]:
        """The heads that show that someone speaks: what a heading does not hold."""
        return tuple(head for head in self.heads(paragraph) if not head.guessed)

    def resolution(self, paragraph: Paragraph) -> Resolution | None:
        """What the paragraph says was resolved, if anything."""
        if paragraph not in self._resolutions:
            found = resolution_in(self._text, paragraph, self.heads(paragraph), self._marks)
            self._resolutions[paragraph] = found
        return self._resolutions[paragraph]

    def listen(self, found: Sequence[Paragraph]) -> Said:
        """Turns and resolutions of the paragraphs, in order."""
        said = Said()
        running: bool | None = False
        announced: Head | None = None
        for paragraph in found:
            last = said.resolutions[-1] if said.resolutions else None
            if last and running is None and goes_on(self._text, last, paragraph):
                said.resolutions[-1] = extended(self._text, last, paragraph)
                continue
            if announced and is_listed(paragraph):
                announced = self._listed(announced, paragraph, said)
                continue
            running = self._paragraph(paragraph, said, running=bool(running))
            announced = self._announced(paragraph)
        return said

    def _announced(self, paragraph: Paragraph) -> Head | None:
        """Who has announced a list below: `รองผู้ว่าฯ มีข้อสั่งการ ดังนี้`."""
        heads = self.heads(paragraph)
        last = heads[-1] if heads else None
        left = self._text[last.said : paragraph.end].strip(_EDGE + ":") if last else "-"
        return last if left in ("", "ดังนี้", "ดังต่อไปนี้") else None

    def _listed(self, head: Head, paragraph: Paragraph, said: Said) -> Head:
        """Give the next point of the list to who announced it."""
        if said.turns and said.turns[-1].start > head.said:
            last = said.turns[-1]
            text = self._text[last.start : paragraph.end]
            said.turns[-1] = replace(last, text=text, end=paragraph.end)
        else:
            turn = self._turn(replace(head, said=paragraph.start), paragraph.end)
            said.turns += [turn] if turn else []
        return head

    def _paragraph(self, paragraph: Paragraph, said: Said, *, running: bool) -> bool | None:
        """Whether the last turn may run on below; None if a resolution may."""
        heads = self.heads(paragraph)
        resolution = self.resolution(paragraph)
        if resolution:
            said.resolutions.append(resolution)
            taken = (resolution.start, resolution.said.end)
            heads = tuple(head for head in heads if not taken[0] <= head.start < taken[1])
        elif not heads:
            return running and self._run_on(paragraph, said)
        added = self._turns(paragraph, heads, resolution)
        said.turns += added
        if resolution and resolution.said.end >= paragraph.end - 1:
            return None
        return bool(added) and added[-1].end >= paragraph.end

    def _turns(
        self, paragraph: Paragraph, heads: Sequence[Head], resolution: Resolution | None
    ) -> list[Turn]:
        turns = []
        for place, head in enumerate(heads):
            end = head.end if head.end is not None else paragraph.end
            if place + 1 < len(heads):
                end = min(end, heads[place + 1].start)
            if resolution and head.said <= resolution.start:
                end = min(end, resolution.start)
            aside = _ASIDE.search(self._text, head.said, end)
            if aside and head.end is None:
                end = aside.start()
            turn = self._turn(head, end)
            if turn:
                turns.append(turn)
        return turns

    def _turn(self, head: Head, end: int) -> Turn | None:
        surface = self._text[head.said : end]
        start = head.said + len(surface) - len(surface.lstrip(_EDGE))
        stop = head.said + len(_EMOJI.sub("", surface.rstrip(_EDGE)).rstrip(_EDGE))
        if stop - start < 3:
            return None
        speaker = head.speaker
        return Turn(speaker.name, speaker.position, self._text[start:stop], start, stop)

    def _run_on(self, paragraph: Paragraph, said: Said) -> bool:
        """Add a paragraph to the last turn if it goes on there."""
        if not said.turns or not self._belongs(paragraph, said.turns[-1]):
            return False
        last = said.turns[-1]
        text = self._text[last.start : paragraph.end]
        said.turns[-1] = replace(last, text=text, end=paragraph.end)
        return True

    def _belongs(self, paragraph: Paragraph, turn: Turn) -> bool:
        start = paragraph.body
        if _NARRATION.match(self._text, start, paragraph.end):
            return False
        if _CONTINUES.match(self._text, start, paragraph.end):
            return True
        if is_listed(paragraph) and (self._formal or _AWAITS.search(turn.text)):
            return True
        if not self._formal or _NOTE.match(self._text, paragraph.start, paragraph.end):
            return False
        if not paragraph.indent and _TABLE.search(
            self._text, start, min(paragraph.end, start + _ROW)
        ):
            return False
        return self._roster.begins_at(self._text, start) is None
