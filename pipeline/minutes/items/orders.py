"""Orders: who is told to do what, by the meeting's resolution or by someone who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.documents import Order, Span, Turn
from pipeline.minutes.text.paragraphs import Paragraph
from pipeline.minutes.text.wording import any_pattern, any_word
from pipeline.thai import tokenize

MEETING = "ที่ประชุม"
_GIVES = re.compile(
    rf"(?:(?<=[ \n])|\A)(?:{any_word('orders', 'joins')}[ ]?)?"
    rf"(?P<gives>{any_word('orders', 'gives')})[ ]?(?={any_pattern('orders', 'doers')}"
    rf"|{any_pattern('roles', 'begins')})"
)
_DOER = re.compile(rf"{any_pattern('orders', 'doers')}|{any_pattern('roles', 'begins')}")
_DOES = re.compile(any_word("orders", "does"))
_END = re.compile(r"[ ]?(?:เป็นผู้|รับไป|ไป|ช่วย|เร่ง)?\Z")
_LONGEST_NAME = 70


def orders_in(text: str, resolution: Span | None, turns: Iterable[Turn]) -> tuple[Order, ...]:
    """The orders of an item in the order of the text: of its resolution and of its turns."""
    found = list(_in(text, resolution, MEETING)) if resolution else []
    for turn in turns:
        found += _in(text, Span(turn.start, turn.end), turn.speaker)
    return tuple(sorted(found, key=lambda order: order.start))


def tasks_in(text: str, found: Iterable[Paragraph]) -> tuple[Order, ...]:
    """The points of a list of tasks (ข้อสั่งการ, สิ่งที่ต้องทำ): an order each, of no one named."""
    return tuple(_task(text, paragraph) for paragraph in found)


def _task(text: str, paragraph: Paragraph) -> Order:
    surface = text[paragraph.body : paragraph.end]
    gives = _GIVES.match(surface)
    start = gives.end() if gives else 0
    who = _doer(surface, start) if gives or _DOER.match(surface) else None
    return Order(None, who, surface, paragraph.body, paragraph.end)


def _in(text: str, span: Span, speaker: str | None) -> Iterator[Order]:
    surface = span.of(text)
    found = [
        (match, who) for match in _GIVES.finditer(surface) if (who := _doer(surface, match.end()))
    ]
    for place, (match, who) in enumerate(found):
        end = found[place + 1][0].start() if place + 1 < len(found) else len(surface)
        said = surface[match.start("gives") : end].rstrip()
        begin = span.start + match.start("gives")
        yield Order(speaker, who, said, begin, begin + len(said))


def _doer(surface: str, start: int) -> str | None:
    """Who is named from `start` to the first word that says what they are to do."""
    stop = start + _LONGEST_NAME
    words = [start + token.start for token in tokenize(surface[start : stop + 20])]
    for word in words:
        if start + 3 <= word < stop and _DOES.match(surface, word):
            return _END.sub("", surface[start:word]).strip() or None
    return None
