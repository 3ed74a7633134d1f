"""Divides the paragraphs of minutes, or of a post, into the items they belong to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from pipeline.documents import Span
from pipeline.minutes.items import outline, shapes
from pipeline.minutes.items.drafts import Draft, trimmed
from pipeline.minutes.items.headings import Headings
from pipeline.minutes.items.marks import Marks
from pipeline.minutes.items.outline import Mark
from pipeline.minutes.items.parts import part_marks
from pipeline.minutes.items.tables import table_drafts
from pipeline.minutes.items.turns import Listener
from pipeline.minutes.text.paragraphs import Paragraph
from pipeline.minutes.text.wording import any_pattern

_CONTINUES = re.compile(any_pattern("body", "continues"))
_COLON = re.compile("[:：]")
_INLINE = 100


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
        self._marks = Marks(text, self._all, listener, formal=formal)
        self._headings = Headings(text, listener)

    def drafts(self) -> list[Draft]:
        """The items in order."""
        rows = table_drafts(self._text, self._all)
        if rows:
            return rows
        marks = self._marks.agenda() or self._marks.numbers()
        parts = [] if self._formal else part_marks(self._text, self._all)
        if parts and (not marks or parts[0].start < marks[0].start):
            return self._parts(parts)
        headings = self._marks.headings()
        if marks and not _within_one(marks, headings):
            return self._marked(marks)
        if headings:
            return self._marked(headings)
        return self._bulleted() or self._paragraph_items(self._all, ends=True)

    def _marked(self, marks: Sequence[Mark]) -> list[Draft]:
        """An item from each mark to the next; in a post what stands around them may be items."""
        stop = self._stop(marks[-1])
        ends = [*(mark.start for mark in marks[1:]), stop]
        inline = self._headings.inline(marks)
        drafts = [self._draft(*one) for one in zip(marks, ends, inline, strict=True)]
        if self._formal and marks[0].kind != "heading":
            return drafts
        before = [one for one in self._all if one.end <= marks[0].start]
        return [*self._paragraph_items(before), *drafts, *self._behind(stop)]

    def _behind(self, stop: int) -> list[Draft]:
        """The items behind the last mark, up to the end of the meeting."""
        behind = self._all[bisect_left(self._starts, stop) :]
        over = (n for n, one in enumerate(behind) if shapes.is_end(self._text, one))
        return self._paragraph_items(behind[: next(over, len(behind))])

    def _stop(self, last: Mark) -> int:
        """Where the last item ends: the meeting is over, or a post closes."""
        for paragraph in self._all[bisect_left(self._starts, last.end) :]:
            closing = not self._formal and shapes.is_closing(self._text, paragraph)
            closing = closing and self._listener.resolution(paragraph) is None
            if shapes.is_end(self._text, paragraph) or closing:
                return paragraph.start
        return self._all[-1].end

    def _draft(self, mark: Mark, end: int, inline: Span | None) -> Draft:
        heading, rest_start = self._headings.split(mark, end, inline)
        rest = self._rest(mark, rest_start, end)
        if heading is None and not rest_start < mark.end:
            heading, rest = self._headings.below(rest)
        last = trimmed(self._text, mark.start, end).end
        return Draft(mark.start, last, mark.no, heading, rest)

    def _rest(self, mark: Mark, start: int, end: int) -> tuple[Paragraph, ...]:
        own = Paragraph(start, mark.end, start, 0)
        below = self._all[bisect_left(self._starts, mark.end) : bisect_left(self._starts, end)]
        return ((own,) if start < mark.end else ()) + tuple(below)

    def _parts(self, marks: list[Mark]) -> list[Draft]:
        """ช่วงแรก …: a part in one paragraph ends with it, a part on its own line with the next."""
        drafts: list[Draft] = []
        covered = 0
        inline = self._headings.inline(marks)
        for place, mark in enumerate(marks):
            stop = marks[place + 1].start if place + 1 < len(marks) else self._stop(mark)
            alone = mark.end - mark.body <= _INLINE and not self._headings.heads(mark)
            end = stop if alone else self._with_continuations(mark, stop)
            first, last = (bisect_left(self._starts, at) for at in (covered, mark.start))
            drafts += self._paragraph_items(self._all[first:last])
            drafts.append(self._draft(mark, end, inline[place]))
            covered = end
        return drafts + self._behind(covered)

    def _with_continuations(self, mark: Mark, stop: int) -> int:
        end = mark.end
        for paragraph in self._all[bisect_left(self._starts, mark.end) :]:
            if paragraph.start >= stop or not _CONTINUES.match(self._text, paragraph.body):
                break
            end = paragraph.end
        return end

    def _bulleted(self) -> list[Draft]:
        """`- ปริมาณสินค้า: …`."""
        labelled = {
            mark.start: mark
            for mark in outline.bullet_marks(self._text, self._all)
            if not any(head.said <= self._colon(mark) + 3 for head in self._headings.heads(mark))
        }
        drafts: list[Draft] = []
        for paragraph in self._all if len(labelled) >= 2 else ():
            mark = labelled.get(paragraph.start)
            drafts += [self._labelled(mark)] if mark else self._paragraph_items([paragraph])
        return drafts

    def _labelled(self, mark: Mark) -> Draft:
        colon = self._colon(mark)
        body = trimmed(self._text, colon + 1, mark.end).start
        rest = Paragraph(colon + 1, mark.end, body, 0)
        heading = trimmed(self._text, mark.body, colon)
        return Draft(mark.start, mark.end, None, heading, (rest,))

    def _colon(self, mark: Mark) -> int:
        found = _COLON.search(self._text, mark.body, mark.end)
        return found.start() if found else mark.end

    def _paragraph_items(self, found: Sequence[Paragraph], *, ends: bool = False) -> list[Draft]:
        """Every paragraph in which someone speaks or the meeting resolves, with what goes on."""
        drafts: list[Draft] = []
        for paragraph in found:
            if ends and drafts and shapes.is_end(self._text, paragraph):
                break
            if self._listener.tellers(paragraph) or self._listener.resolution(paragraph):
                drafts.append(Draft(paragraph.start, paragraph.end, None, None, (paragraph,)))
            elif drafts and _CONTINUES.match(self._text, paragraph.body):
                last = drafts[-1]
                adjoining = not self._text[last.end : paragraph.start].strip()
                if adjoining:
                    rest = (*last.rest, paragraph)
                    drafts[-1] = replace(last, end=paragraph.end, rest=rest)
        return drafts


def _within_one(marks: Sequence[Mark], headings: Sequence[Mark]) -> bool:
    """Whether all the marks stand under one of several headings."""
    starts = [heading.start for heading in headings]
    first, last = (bisect_left(starts, mark.start) for mark in (marks[0], marks[-1]))
    return len(headings) >= 2 and first == last > 0
