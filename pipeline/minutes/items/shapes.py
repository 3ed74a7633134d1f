"""What a paragraph of minutes looks like: a heading, the end of the meeting, nothing to say."""

from __future__ import annotations

import re

from pipeline.documents import Span
from pipeline.minutes.text.paragraphs import BULLET, Paragraph
from pipeline.minutes.text.wording import any_pattern, wording

_NO = wording()["outline"]["nothing"]
_NOTHING = re.compile(rf"[ \t]*[-–—(\[]*[ \t]*{_NO}[ \t]*[-–—)\]]*\Z")
_NOTHING_BEHIND = re.compile(rf"[ \t]+[-–—][ \t]*{_NO}[ \t]*[-–—]*|[ \t]+{_NO}")
_ENDS = re.compile(any_pattern("body", "ends"))
_CLOSING = re.compile(any_pattern("body", "closings"))
_IS_BULLET = re.compile(BULLET)
_LONGEST_HEADING = 70
# What tells a sentence, a date or a line of a list from a heading; a year may end one behind ปี.
_NO_HEADING = re.compile(
    r"ว่า|จำนวน|เวลา|วันที่|[:：;,]|\.\.|ผู้จด|ที่ประชุม|[|]|^[“\"(\[]|[ ]{3,}"
    r"|(?<!ปี[ ])(?<!งบประมาณ[ ])(?<!พ\.ศ\.[ ])[0-9๐-๙]{4}$"
)


def is_end(text: str, paragraph: Paragraph) -> bool:
    """Whether the meeting is over at this paragraph."""
    return bool(_ENDS.match(text, paragraph.start, paragraph.end))


def is_closing(text: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph of a post tells how the meeting closed."""
    return bool(_CLOSING.match(text, paragraph.start, paragraph.end))


def is_nothing(surface: str) -> bool:
    """Whether it says that there was nothing to say: ไม่มี."""
    return bool(_NOTHING.fullmatch(surface))


def without_nothing(text: str, span: Span) -> Span:
    """The heading without ` - ไม่มี -` behind it; brackets stay with it."""
    found = _NOTHING_BEHIND.search(text, span.start, span.end)
    return Span(span.start, found.start()) if found and found.end() == span.end else span


def bullet_kind(text: str, paragraph: Paragraph) -> str:
    """The bullet before a paragraph, the same for all emoji; empty without one."""
    mark = _IS_BULLET.match(text, paragraph.start, paragraph.body)
    return "" if mark is None else mark[0] if mark[0] < "\u2600" else "emoji"


def is_short(text: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph behind a bullet is short enough for a heading, in one line."""
    short = paragraph.end - paragraph.body <= _LONGEST_HEADING
    return short and "\n" not in text[paragraph.body : paragraph.end]


def is_heading(text: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph looks like a heading: short, no list mark, no sentence."""
    surface = text[paragraph.start : paragraph.end]
    if paragraph.body > paragraph.start or len(surface) > 60 or "\n" in surface:
        return False
    return _NO_HEADING.search(surface) is None and surface.count(" ") <= 5
