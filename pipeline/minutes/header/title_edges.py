"""What mails and posts put around a title: senders, pictures, hashtags, a date in brackets."""

from __future__ import annotations

import re

from pipeline.documents import Span
from pipeline.minutes.text.lines import ORNAMENT
from pipeline.thai import find_dates

_OPENING = 400
# Letters: lines that say who wrote to whom and when, with the subject as the title.
_MAIL = re.compile(r"(?m)^(?:จาก|ถึง|ผู้ส่ง|ส่งเมื่อ|From|To|Sent|Cc)[ ]?[:：]", re.IGNORECASE)
_SUBJECT = re.compile(
    r"(?m)^(?:เรื่อง|หัวเรื่อง|หัวข้อ|Subject)[ ]?[:：][ ]*(?:(?:Re|Fwd?|ตอบกลับ|ส่งต่อ)[ ]?:[ ]*)*"
    r"(?P<title>[^\n]{4,260})",
    re.IGNORECASE,
)
# What a chat puts before the first words: "[13:02] ปลัดนุ่น: ".
SENDER = re.compile(r"\[?[0-9๐-๙]{1,2}[:.][0-9๐-๙]{2}\]?[ \t][^:\n]{1,40}:[ ]")
_ORNAMENTS = re.compile(rf"[\s{ORNAMENT}]+")
_ORNAMENTS_BEHIND = re.compile(rf"(?:[ ]#(?![0-9])[^\s#]+|[\s{ORNAMENT}])+\Z")
_NOTE_BEHIND = re.compile(r"[ ]*\((?P<inside>[^()\n]{1,60})\)\Z")


def subject_of_mail(text: str) -> Span | None:
    """The subject of a letter sent by mail, the whole line."""
    if not _MAIL.search(text, 0, _OPENING):
        return None
    subject = _SUBJECT.search(text, 0, 2 * _OPENING)
    return Span(*subject.span("title")) if subject else None


def bare_title(text: str, title: Span) -> Span:
    """`title` without pictures and hashtags around it and a date in brackets behind it."""
    start, end = title.start, title.end
    ahead = _ORNAMENTS.match(text, start, end)
    start = ahead.end() if ahead else start
    for pattern in (_ORNAMENTS_BEHIND, _NOTE_BEHIND):
        behind = pattern.search(text, start, end)
        said = behind and "inside" in pattern.groupindex and not find_dates(behind["inside"])
        if behind and behind.start() > start and not said:
            end = behind.start()
    return Span(start, end)
