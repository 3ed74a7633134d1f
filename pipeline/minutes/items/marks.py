"""Which marks of an outline begin the items of one text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.minutes.items import outline, shapes
from pipeline.minutes.items.outline import Mark
from pipeline.minutes.items.turns import Listener
from pipeline.minutes.text.paragraphs import Paragraph, is_listed
from pipeline.thai import find_people

_OTHER = re.compile("เรื่อง|ประเด็น|หัวข้อ|ข้อ|[(]?[0-9๐-๙]")
_AWAITS = re.compile(r"(?:ดังนี้|ได้แก่|คือ|ดังต่อไปนี้)[ ]*\Z")
INTRODUCTION = 110
"""The least length of a post's paragraph that introduces the meeting, in characters."""


class Marks:
    """Finds the marks of one text."""

    def __init__(
        self, text: str, found: Sequence[Paragraph], listener: Listener, *, formal: bool
    ) -> None:
        self._text = text
        self._all = found
        self._listener = listener
        self._formal = formal

    def agenda(self) -> list[Mark]:
        """`วาระที่ ๑`, and under it ๑.๑."""
        marks: list[Mark] = []
        above: str | None = None
        for place, paragraph in enumerate(self._all):
            if marks and shapes.is_end(self._text, paragraph):
                break
            mark = outline.agenda_mark(self._text, paragraph, formal=self._formal)
            if mark is None and above:
                mark = outline.sub_mark(self._text, paragraph, above)
            if mark is None and self._formal:
                mark = self._unnumbered(place, marks)
            if mark:
                marks.append(mark)
                above = mark.no or above
        return self._of_agenda(marks)

    def _unnumbered(self, place: int, before: Sequence[Mark]) -> Mark | None:
        """A heading of the agenda without a number, a usual one or a bare one above bullets."""
        paragraph = self._all[place]
        inline = outline.inline_standard_mark(self._text, paragraph)
        if inline and any(head.told for head in self._listener.tellers(paragraph)):
            return inline
        if before and before[-1].end + 2 >= paragraph.start:
            return self._subheading(place) if before[-1].kind != "heading" else None
        mark = outline.standard_mark(self._text, paragraph)
        return mark or (self._subheading(place) if before else None)

    def _subheading(self, place: int) -> Mark | None:
        """A bare heading between what is said behind bullets: `การสกัดกั้น…` above `- ผู้การฯ : …`."""
        one, below = self._all[place], self._all[min(place + 1, len(self._all) - 1)]
        above = self._all[max(0, place - 1)]
        heading = shapes.is_heading(self._text, one) and not _AWAITS.search(
            self._text, one.start, one.end
        )
        if not (heading and is_listed(below)) or is_listed(above):
            return None
        said = any(head.told for head in self._listener.tellers(below))
        if not said or self._listener.tellers(one) or self._listener.resolution(one):
            return None
        return Mark(one.start, one.start, one.end, None, "heading", 2)

    def _of_agenda(self, marks: list[Mark]) -> list[Mark]:
        """Without counted points that stand under an item of the agenda."""
        named = {mark for mark in marks if mark.no and not _OTHER.match(self._text, mark.start)}
        if not named:
            return marks if any(mark.no for mark in marks) else []
        return [mark for mark in marks if mark in named or mark.no is None or mark.level > 1]

    def numbers(self) -> list[Mark]:
        """Plain numbers, and under them ๓.๑."""
        numbered = (one for one in self._all if outline.is_numbered(self._text, one))
        tops = outline.plain_marks(
            self._text, [one for one in numbered if not self._is_person(one)]
        )
        starts = {mark.start: mark for mark in tops}
        marks: list[Mark] = []
        for paragraph in self._all if tops else ():
            if marks and shapes.is_end(self._text, paragraph):
                break
            mark = starts.get(paragraph.start)
            if mark is None and marks:
                mark = outline.sub_mark(self._text, paragraph, marks[-1].no)
                mark = mark if mark and _same_top(mark, marks[-1]) else None
            if mark:
                marks.append(mark)
        return marks

    def _is_person(self, paragraph: Paragraph) -> bool:
        """A line of a list of people: a name, a position, nothing said."""
        people = find_people(self._text[paragraph.body : min(paragraph.end, paragraph.body + 60)])
        begins = bool(people) and people[0].start == 0
        return begins and not self._listener.tellers(paragraph)

    def headings(self) -> list[Mark]:
        """Headings without a number: behind a bullet that no line below them has, or bare."""
        bulleted = [
            Mark(one.start, one.body, one.end, None, "heading")
            for place, one in enumerate(self._all[:-1])
            if is_listed(one) and self._is_bulleted(place)
        ]
        return bulleted if len(bulleted) >= 2 else self._bare()

    def _is_bulleted(self, place: int) -> bool:
        """Whether a short line behind a bullet heads what is said in the lines below it."""
        one, below = self._all[place], self._all[place + 1]
        kind = shapes.bullet_kind(self._text, one)
        if not kind or not shapes.is_short(self._text, one) or self._listener.resolution(one):
            return False
        heads = self._listener.tellers(one)
        if is_listed(below):
            other = kind != shapes.bullet_kind(self._text, below)
            return other and bool(heads) and not heads[0].told
        return not any(head.told for head in heads) and self._is_said_below(place)

    def _is_said_below(self, place: int) -> bool:
        for paragraph in self._all[place + 1 :]:
            if is_listed(paragraph):
                return False
            if self._listener.tellers(paragraph) or self._listener.resolution(paragraph):
                return True
        return False

    def _bare(self) -> list[Mark]:
        body = self._all if self._formal else self._all[self._introduction() + 1 :]
        return [
            Mark(one.start, one.start, one.end, None, "heading")
            for one, below in pairwise(body)
            if shapes.is_heading(self._text, one)
            and not shapes.is_end(self._text, one)
            and not self._listener.tellers(one)
            and self._listener.resolution(one) is None
            and not shapes.is_heading(self._text, below)
        ]

    def _introduction(self) -> int:
        """The paragraph that introduces the meeting: the first long one."""
        for place, paragraph in enumerate(self._all):
            if paragraph.end - paragraph.start >= INTRODUCTION:
                told = any(head.told for head in self._listener.tellers(paragraph))
                return -1 if told and self._all[0].start else place
        return len(self._all)


def _same_top(one: Mark, other: Mark) -> bool:
    return (one.no or "").split(".")[0] == (other.no or "").split(".")[0]
