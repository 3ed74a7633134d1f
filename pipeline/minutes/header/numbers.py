"""The number of a meeting: ครั้งที่ ๓/๒๕๖๘ is 3/2568."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.documents import Span
from pipeline.minutes.header.head import Head
from pipeline.thai import arabic_digits

_WORDS = ("หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ", "สิบเอ็ด", "สิบสอง")
_FIGURES = r"[0-9๐-๙]{1,3}(?:[ ]?[/\\][ ]?(?:พ\.ศ\.[ ]?)?[0-9๐-๙]{2,4})?(?![0-9๐-๙])"
_TIME = (
    r"(?:ครั[้่๊๋]{0,2}ง|คร[้่]ัง|ครํ้ง)[ ]?(?:พิเศษ|วิสามัญ|สามัญ)?[ ]?(?:ที่|ที|ทึ่"
    r"|:)?[ ]?(?:พิเศษ|วิสามัญ)?"
)
_SPACED = "[ ]?".join("ครั้งที่")
_NUMBER = re.compile(
    rf"(?:{_TIME}|{_SPACED}|(?:ประชุม|นัด)(?:พิเศษ)?ที่|\bNo\.?|(?<=[ ])#)[ ]{{0,3}}"
    rf"(?P<no>{_FIGURES}|(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?=[ ป/(]|\Z|\n))"
    rf"(?P<year>[ ]?ประจำปี[^\n(]{{0,24}}\((?P<again>{_FIGURES})\))?"
)
_ELSEWHERE = re.compile(
    r"(?:รับรอง(?:รายงาน)?|แก้ไขรายงาน|ครั้งก่อน|ครั้งที่แล้ว|คราวก่อน|ที่ผ่านมา|ครั้งต่อไป"
    r"|ครั้งหน้า|จากการประชุม|มติ(?:ที่)?ประชุม|สืบเนื่อง|ในคราว|ฉบับที่|การประกวด|รุ่นที่"
    r"|โครงการ(?=ครั้ง))[^\n]{0,60}\Z"
)
_MEETING = re.compile("ประชุม|หารือ|สัมมนา|คณะ|เวที|เสวนา|นัด|สภา")
_REACH = 260


def find_number(text: str, head: Head) -> tuple[str, Span] | None:
    """The number of the meeting and where it stands: in the head, in a post in its opening."""
    for match in _numbers(text, head):
        line = text.rfind("\n", max(0, match.start() - _REACH), match.start()) + 1
        before = text[max(line, match.start() - _REACH) : match.start()]
        if _ELSEWHERE.search(before):
            continue
        if not head.listed and not _MEETING.search(before + match[0]):
            continue
        group = "again" if match["again"] else "no"
        span = Span(*match.span(group))
        surface = match[group]
        return (
            str(_WORDS.index(surface) + 1) if surface in _WORDS else arabic_digits(surface)
        ), span
    return None


def _numbers(text: str, head: Head) -> Iterator[re.Match[str]]:
    """Those with a year first: "ครั้งที่ ๑/๒๕๖๘" before "ครั้งที่ 3"."""
    found = list(_NUMBER.finditer(text, 0, head.end))
    yield from (match for match in found if "/" in match["no"] or match["again"])
    yield from (match for match in found if "/" not in match["no"] and not match["again"])
