"""Divides the paragraphs of minutes, or of a post, into the items they belong to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.documents import Span
from pipeline.minutes import outline
from pipeline.minutes.openings import Head
from pipeline.minutes.outline import Mark
from pipeline.minutes.paragraphs import Paragraph
from pipeline.minutes.turns import Listener
from pipeline.minutes.wording import any_pattern
from pipeline.thai import find_people

_OTHER = re.compile("เรื่อง|ประเด็น|หัวข้อ|ข้อ|[(]?[0-9๐-๙]")
_CONTINUES = re.compile(any_pattern("body", "continues"))
_COLON = re.compile("[:：]")
INTRODUCTION = 110
_INLINE = 100
_HEADING_BELOW = 150
_BEFORE_HEAD = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """An item before its turns are read: `rest` is what stands behind its heading."""

    start: int
    end: int
    no: str | None
    heading: Span | None
    rest: tuple[Paragraph, ...]


class Division:
    """Divides the paragraphs of one text into items."""

    def __init__(
        self, text: str, found: Sequence[Paragraph], listener: Listener, *, formal: bool
    ) -> None:
        self._text = text
        self._listener = listener
        self._formal = formal
        self._all = tuple(found)
        self._starts = [paragraph.start for paragraph in found]

    def drafts(self) -> list[Draft]:
        """The items in order."""
        marks = self._agenda() or self._numbers()
        parts = [] if self._formal else outline.part_marks(self._text, self._all)
        if parts and (not marks or parts[0].start < marks[0].start):
            return self._parts(parts)
        if marks:
            return self._numbered(marks)
        return self._headed() or self._bulleted() or self._paragraph_items(self._all, ends=True)

    def _agenda(self) -> list[Mark]:
        marks: list[Mark] = []
        above: str | None = None
        for paragraph in self._all:
            if marks and outline.is_end(self._text, paragraph):
                break
            mark = outline.agenda_mark(self._text, paragraph)
            if mark is None and above:
                mark = outline.sub_mark(self._text, paragraph, above)
            if (
                mark is None
                and self._formal
                and not (marks and marks[-1].end + 2 >= paragraph.start)
            ):
                mark = outline.standard_mark(self._text, paragraph)
            if mark:
                marks.append(mark)
                above = mark.no or above
        return self._of_agenda(marks)

    def _of_agenda(self, marks: list[Mark]) -> list[Mark]:
        """Without counted points that stand under an item of the agenda."""
        named = {mark for mark in marks if mark.no and not _OTHER.match(self._text, mark.start)}
        if not named:
            return marks if any(mark.no for mark in marks) or len(marks) >= 2 else []
        return [mark for mark in marks if mark in named or mark.no is None or mark.level > 1]

    def _numbers(self) -> list[Mark]:
        """Plain numbers, and under them ๓.๑."""
        tops = outline.plain_marks(
            self._text, [one for one in self._all if not self._is_person(one)]
        )
        if not tops:
            return []
        starts = {mark.start: mark for mark in tops}
        marks: list[Mark] = []
        for paragraph in self._all:
            if marks and outline.is_end(self._text, paragraph):
                break
            mark = starts.get(paragraph.start)
            if mark is None and marks:
                mark = outline.sub_mark(self._text, paragraph, marks[-1].no)
                inside = (
                    mark and (mark.no or "").split(".")[0] == (marks[-1].no or "").split(".")[0]
                )
                mark = mark if inside else None
            if mark:
                marks.append(mark)
        return marks

    def _is_person(self, paragraph: Paragraph) -> bool:
        """A line of a list of people: a name, a position, nothing said."""
        people = find_people(self._text[paragraph.body : min(paragraph.end, paragraph.body + 60)])
        begins = bool(people) and people[0].start == 0
        return begins and not self._listener.heads(paragraph)

    def _numbered(self, marks: list[Mark]) -> list[Draft]:
        inline = [self._before_head(mark) for mark in marks]
        with_headings = sum(span is not None for span in inline) * 2 > len(marks)
        stop = self._stop(marks[-1])
        drafts: list[Draft] = []
        for place, mark in enumerate(marks):
            end = marks[place + 1].start if place + 1 < len(marks) else stop
            drafts.append(self._draft(mark, end, inline[place] if with_headings else None))
        if self._formal:
            return drafts
        before = [one for one in self._all if one.end <= marks[0].start]
        behind = [one for one in self._all if one.start >= stop]
        return [
            *self._paragraph_items(before, ends=False),
            *drafts,
            *self._paragraph_items(behind, ends=True),
        ]

    def _stop(self, last: Mark) -> int:
        """Where the last item ends: the meeting is over, or a post closes."""
        for paragraph in self._all[bisect_left(self._starts, last.end) :]:
            closing = not self._formal and outline.is_closing(self._text, paragraph)
            closing = closing and self._listener.resolution(paragraph) is None
            if outline.is_end(self._text, paragraph) or closing:
                return paragraph.start
        return self._all[-1].end

    def _before_head(self, mark: Mark) -> Span | None:
        """`๑. ภาพรวมวงเงิน นาง ก ชี้แจงว่า`: the words before someone speaks."""
        heads = self._heads(mark)
        if mark.kind != "number" or not heads or not 2 < heads[0].start - mark.body <= _BEFORE_HEAD:
            return None
        span = self._span(mark.body, heads[0].start)
        return None if span.of(self._text).endswith("โดย") else span

    def _heads(self, mark: Mark) -> tuple[Head, ...]:
        return self._listener.heads(Paragraph(mark.start, mark.end, mark.body, 0))

    def _span(self, start: int, end: int) -> Span:
        surface = self._text[start:end]
        begin = start + len(surface) - len(surface.lstrip())
        return Span(begin, max(begin, start + len(surface.rstrip())))

    def _draft(self, mark: Mark, end: int, inline: Span | None) -> Draft:
        heading, rest_start = self._heading(mark, end, inline)
        rest = self._rest(mark, rest_start, end)
        if heading is None and not rest_start < mark.end:
            heading, rest = self._heading_below(rest)
        last = self._span(mark.start, end).end
        return Draft(mark.start, last, mark.no, heading, rest)

    def _rest(self, mark: Mark, start: int, end: int) -> tuple[Paragraph, ...]:
        own = Paragraph(start, mark.end, start, 0)
        below = self._all[bisect_left(self._starts, mark.end) : bisect_left(self._starts, end)]
        return ((own,) if start < mark.end else ()) + tuple(below)

    def _heading(self, mark: Mark, end: int, inline: Span | None) -> tuple[Span | None, int]:
        """The heading of an item and where the rest of its paragraph begins."""
        whole = self._span(mark.body, mark.end)
        if inline:
            return inline, inline.end
        if whole.start >= whole.end:
            return None, mark.end
        cut = self._cut(mark)
        if mark.kind == "agenda":
            if cut is None:
                return outline.without_nothing(self._text, whole), mark.end
            return (self._span(mark.body, cut) if cut > mark.body else None), cut
        short = whole.end - whole.start <= _INLINE and "\n" not in whole.of(self._text)
        if cut is None and short and (mark.end < end - 1 or len(whole.of(self._text)) < 60):
            return whole, mark.end
        return None, mark.body

    def _cut(self, mark: Mark) -> int | None:
        """Where in the paragraph of a heading someone speaks or the meeting resolves."""
        own = Paragraph(mark.start, mark.end, mark.body, 0)
        resolution = self._listener.resolution(own)
        ends = [resolution.start] if resolution and resolution.start > mark.body else []
        for head in self._heads(mark):
            told = self._text[head.start : head.said].rstrip(' “"').endswith(("ว่า", ":"))
            if mark.kind != "agenda" or (told and head.speaker.known):
                ends.append(head.start)
        return min(ends, default=None)

    def _heading_below(
        self, rest: tuple[Paragraph, ...]
    ) -> tuple[Span | None, tuple[Paragraph, ...]]:
        """A heading that stands on the line below its number."""
        if not rest:
            return None, rest
        first = rest[0]
        short = first.end - first.start <= _HEADING_BELOW
        if not short or self._listener.heads(first) or self._listener.resolution(first):
            return None, rest
        return Span(first.start, first.end), rest[1:]

    def _parts(self, marks: list[Mark]) -> list[Draft]:
        """ช่วงแรก …: a part in one paragraph ends with it, a part on its own line with the next."""
        drafts: list[Draft] = []
        covered = 0
        for place, mark in enumerate(marks):
            stop = marks[place + 1].start if place + 1 < len(marks) else self._stop(mark)
            alone = mark.end - mark.body <= _INLINE and not self._heads(mark)
            end = stop if alone else self._with_continuations(mark, stop)
            first, last = (bisect_left(self._starts, at) for at in (covered, mark.start))
            between = self._all[first:last]
            drafts += self._paragraph_items(between, ends=False)
            drafts.append(self._draft(mark, end, None))
            covered = end
        behind = [one for one in self._all if one.start >= covered]
        return drafts + self._paragraph_items(behind, ends=True)

    def _with_continuations(self, mark: Mark, stop: int) -> int:
        end = mark.end
        for paragraph in self._all[bisect_left(self._starts, mark.end) :]:
            if paragraph.start >= stop or not _CONTINUES.match(self._text, paragraph.body):
                break
            end = paragraph.end
        return end

    def _headed(self) -> list[Draft]:
        """Items under headings without a number."""
        intro = self._introduction()
        body = self._all[intro + 1 :]
        marks = [
            Mark(one.start, one.start, one.end, None, "heading")
            for one, below in pairwise(body)
            if outline.is_heading(self._text, one)
            and not outline.is_end(self._text, one)
            and not self._listener.heads(one)
            and self._listener.resolution(one) is None
            and not outline.is_heading(self._text, below)
        ]
        if not marks:
            return []
        before = [one for one in self._all if one.end <= marks[0].start]
        drafts = self._paragraph_items(before, ends=False)
        stop = self._stop(marks[-1])
        for place, mark in enumerate(marks):
            end = marks[place + 1].start if place + 1 < len(marks) else stop
            draft = self._draft(mark, end, None)
            drafts.append(replace(draft, heading=Span(mark.start, mark.end)))
        behind = [one for one in self._all if one.start >= stop]
        return drafts + self._paragraph_items(behind, ends=True)

    def _introduction(self) -> int:
        """The paragraph that introduces the meeting: the first long one."""
        for place, paragraph in enumerate(self._all):
            if paragraph.end - paragraph.start >= INTRODUCTION:
                return place
        return len(self._all)

    def _bulleted(self) -> list[Draft]:
        """`- ปริมาณสินค้า: …`."""
        marks = [
            mark
            for mark in outline.bullet_marks(self._text, self._all)
            if not any(head.said <= self._colon(mark) + 3 for head in self._heads(mark))
        ]
        if len(marks) < 2:
            return []
        labelled = {mark.start: mark for mark in marks}
        drafts: list[Draft] = []
        for paragraph in self._all:
            mark = labelled.get(paragraph.start)
            if mark is None:
                drafts += self._paragraph_items([paragraph], ends=False)
                continue
            colon = self._colon(mark)
            rest = Paragraph(
                colon + 1, paragraph.end, self._span(colon + 1, paragraph.end).start, 0
            )
            heading = self._span(mark.body, colon)
            drafts.append(Draft(mark.start, paragraph.end, None, heading, (rest,)))
        return drafts

    def _colon(self, mark: Mark) -> int:
        found = re.compile("[:：]").search(self._text, mark.body, mark.end)
        return found.start() if found else mark.end

    def _paragraph_items(self, found: Sequence[Paragraph], *, ends: bool) -> list[Draft]:
        """Every paragraph in which someone speaks or the meeting resolves, with what goes on."""
        drafts: list[Draft] = []
        for paragraph in found:
            if ends and drafts and outline.is_end(self._text, paragraph):
                break
            if self._listener.heads(paragraph) or self._listener.resolution(paragraph):
                drafts.append(Draft(paragraph.start, paragraph.end, None, None, (paragraph,)))
            elif drafts and _CONTINUES.match(self._text, paragraph.body):
                last = drafts[-1]
                adjoining = not self._text[last.end : paragraph.start].strip()
                if adjoining:
                    rest = (*last.rest, paragraph)
                    drafts[-1] = replace(last, end=paragraph.end, rest=rest)
        return drafts
