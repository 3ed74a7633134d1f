"""Where the heading of an item ends and what is said under it begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.documents import Span
from pipeline.minutes.items import shapes
from pipeline.minutes.items.drafts import trimmed
from pipeline.minutes.items.outline import Mark
from pipeline.minutes.items.turns import Listener
from pipeline.minutes.speakers.heads import Head
from pipeline.minutes.text.paragraphs import Paragraph

_NO_HEADING = re.compile(r"\A(?:คือ|เป็น|ที่|ซึ่ง|ได้)|โดย\Z")
# Parts that count matters, which have names, not times or places.
_OF_MATTERS = ("เรื่อง", "ประเด็น", "หัวข้อ")
# `ประธานแจ้ง` is a heading, not what the chair tells; brackets and ไม่มี… belong to none.
_TELLS = re.compile(r"(?:เรื่อง)?(?:ที่)?ประธาน[^ ]{0,8}แจ้ง(?:[^ ]{0,30}ทราบ)?(?=[ ][^ ])")
_ASIDE = re.compile(r"[ ]\(|[ ]ไม่มี(?:ใคร|ผู้|ข้อ)")
_INLINE = 100
_HEADING_BELOW = 150
_BEFORE_HEAD = 60


class Headings:
    """Reads the headings of one text."""

    def __init__(self, text: str, listener: Listener) -> None:
        self._text = text
        self._listener = listener

    def heads(self, mark: Mark) -> tuple[Head, ...]:
        """Who speaks in the paragraph of a mark."""
        return self._listener.tellers(_own(mark))

    def inline(self, marks: Sequence[Mark]) -> list[Span | None]:
        """`๑. ภาพรวมวงเงิน นาง ก ชี้แจงว่า`: headings in front of who speaks, if most have one."""
        found = [self._before_head(mark) for mark in marks]
        most = sum(span is not None for span in found) * 2 > len(found)
        return found if most else [None] * len(found)

    def _before_head(self, mark: Mark) -> Span | None:
        heads = self.heads(mark)
        counted = mark.kind == "number" or (mark.no or "").startswith(_OF_MATTERS)
        if not counted or not heads or not 2 < heads[0].start - mark.body <= _BEFORE_HEAD:
            return None
        span = trimmed(self._text, mark.body, heads[0].start)
        return None if _NO_HEADING.search(span.of(self._text)) else span

    def split(self, mark: Mark, end: int, inline: Span | None) -> tuple[Span | None, int]:
        """The heading of an item and where the rest of its paragraph begins."""
        whole = trimmed(self._text, mark.body, mark.end)
        if inline:
            return inline, inline.end
        if whole.start >= whole.end:
            return None, mark.end
        if mark.kind == "heading":
            return whole, mark.end
        cut = self._cut(mark)
        if mark.kind == "agenda":
            told = _TELLS.match(self._text, mark.body, mark.end)
            if told and cut is not None and mark.level == 1:
                return Span(mark.body, told.end()), told.end()
            if cut is None:
                return shapes.without_nothing(self._text, whole), mark.end
            aside = _ASIDE.search(self._text, mark.body + 1, cut)
            end = aside.start() if aside else cut
            return (trimmed(self._text, mark.body, end) if cut > mark.body else None), cut
        short = whole.end - whole.start <= _INLINE and "\n" not in whole.of(self._text)
        if cut is None and short and (mark.end < end - 1 or len(whole.of(self._text)) < 60):
            return whole, mark.end
        return None, mark.body

    def _cut(self, mark: Mark) -> int | None:
        """Where in the paragraph of a heading someone speaks or the meeting resolves."""
        resolution = self._listener.resolution(_own(mark))
        ends = [resolution.start] if resolution and resolution.start > mark.body else []
        for head in self.heads(mark):
            told = self._text[head.start : head.said].rstrip(' “"').endswith(("ว่า", ":"))
            likely = head.speaker.known or (head.someone and head.start > mark.body)
            if mark.kind != "agenda" or (told and likely):
                ends.append(head.start)
        return min(ends, default=None)

    def below(self, rest: tuple[Paragraph, ...]) -> tuple[Span | None, tuple[Paragraph, ...]]:
        """A heading that stands on the line below its number."""
        if not rest:
            return None, rest
        first = rest[0]
        short = first.end - first.start <= _HEADING_BELOW
        if not short or self._listener.tellers(first) or self._listener.resolution(first):
            return None, rest
        return Span(first.start, first.end), rest[1:]


def _own(mark: Mark) -> Paragraph:
    return Paragraph(mark.start, mark.end, mark.body, 0)
