"""The number of a meeting: ครั้งที่ ๓/๒๕๖๘, ครั้งที่ 3 ประจำปี 2568 and ที่ 3-2568 are 3/2568."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.documents import Span
from pipeline.minutes.header.head import Head
from pipeline.thai import arabic_digits

_WORDS = ("หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ", "สิบเอ็ด", "สิบสอง")
_ERA = r"(?:พ\.ศ\.[ ]?)?"
_FULL_YEAR = "(?:25|๒๕)[0-9๐-๙]{2}"
_FIGURES = (
    rf"[0-9๐-๙]{{1,3}}(?:[ ]?[/\\][ ]?{_ERA}[0-9๐-๙]{{2,4}}"
    rf"|[ ]?[-–][ ]?{_ERA}{_FULL_YEAR})?(?![0-9๐-๙])"
)
_TIME = (
    r"(?:ครั[้่๊๋]{0,2}ง|คร[้่]ัง|ครํ้ง)[ ]?(?:พิเศษ|วิสามัญ|สามัญ)?[ ]?(?:ที่|ที|ทึ่"
    r"|:)?[ ]?(?:พิเศษ|วิสามัญ)?"
)
_SPACED = "[ ]?".join("ครั้งที่")
_NUMBER = re.compile(
    rf"(?:{_TIME}|{_SPACED}|(?:ประชุม|นัด)(?:พิเศษ)?ที่|\bNo\.?|(?<=[ ])#)[ ]{{0,3}}"
    rf"(?P<no>{_FIGURES}|(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?=[ ป/(]|\Z|\n))"
    rf"(?P<year>[ ]?ประจำปี[^\n(]{{0,24}}\((?P<again>{_FIGURES})\)"
    rf"|[ ]?\(?(?:ประจำ)?ปี[ ]?{_ERA}(?P<of>{_FULL_YEAR})(?![0-9๐-๙]))?"
)
# With its year a number speaks for itself: "ที่ 4/2569 …", "1/69 | จันทร์ที่ …".
_ALONE = re.compile(
    rf"(?:(?<=\n)|(?<=[ |\t(])|\A)(?:(?:รอบ|นัด)?(?:ที่)?[ ]?)?(?P<no>[0-9๐-๙]{{1,3}}[ ]?[/\\–-][ ]?"
    rf"(?:{_FULL_YEAR}|[67๖๗][0-9๐-๙]))(?=[ \t]*(?:[|)\n]|\Z)|[ \t])"
)
_PAPER = re.compile(
    r"(?:หนังสือ|คำสั่ง|ประกาศ|ฉบับ|เลข(?:ที่|รับ)|รับที่|ลงวัน|โทร|เอกสาร|มติ|รับรอง|เรียน)[^\n]{0,40}\Z"
)
_YEAR_APART = re.compile(r"[ ]?[-–\\][ ]?(?:พ\.ศ\.[ ]?)?")
_ELSEWHERE = re.compile(
    r"(?:รับรอง(?:รายงาน)?|แก้ไขรายงาน|ครั้งก่อน|ครั้งที่แล้ว|คราวก่อน|ที่ผ่านมา|ครั้งต่อไป"
    r"|ครั้งหน้า|จากการประชุม|มติ(?:ที่)?ประชุม|สืบเนื่อง|ในคราว|ฉบับที่|การประกวด|รุ่นที่"
    r"|โครงการ(?=ครั้ง))[^\n]{0,60}\Z"
)
_MEETING = re.compile("ประชุม|หารือ|สัมมนา|คณะ|เวที|เสวนา|นัด|สภา")
_REACH = 260
_FIRST_LINES = 200


def find_number(text: str, head: Head) -> tuple[str, Span] | None:
    """The number of the meeting and where it stands: in the head, in a post in its opening."""
    for match in _numbers(text, head):
        line = text.rfind("\n", max(0, match.start() - _REACH), match.start()) + 1
        before = text[max(line, match.start() - _REACH) : match.start()]
        if _ELSEWHERE.search(before):
            continue
        if not head.listed and not _MEETING.search(before + match[0]):
            continue
        return _value(match)
    return _alone(text, head.end if head.listed else min(head.end, _FIRST_LINES))


def _value(match: re.Match[str]) -> tuple[str, Span]:
    """The number with its year, as figures with a stroke between, and its span."""
    group = "again" if match["again"] else "no"
    surface = match[group]
    number = str(_WORDS.index(surface) + 1) if surface in _WORDS else arabic_digits(surface)
    number = _YEAR_APART.sub("/", number)
    if match["of"] and "/" not in number:
        return f"{number}/{arabic_digits(match['of'])}", Span(match.start("no"), match.end("of"))
    return number, Span(*match.span(group))


def _numbers(text: str, head: Head) -> Iterator[re.Match[str]]:
    """Those with a year first: "ครั้งที่ ๑/๒๕๖๘" before "ครั้งที่ 3"."""
    found = list(_NUMBER.finditer(text, 0, head.end))
    yield from (match for match in found if _has_year(match))
    yield from (match for match in found if not _has_year(match))


def _has_year(match: re.Match[str]) -> bool:
    return match["year"] is not None or (len(match["no"]) > 3 and match["no"] not in _WORDS)


def _alone(text: str, stop: int) -> tuple[str, Span] | None:
    """A number with a year that no word announces, on a line of the head that is no letter's."""
    for match in _ALONE.finditer(text, 0, stop):
        line = text.rfind("\n", max(0, match.start() - _REACH), match.start()) + 1
        before = text[max(line, match.start() - _REACH) : match.start()]
        if not _PAPER.search(before) and not _ELSEWHERE.search(before):
            number = _YEAR_APART.sub("/", arabic_digits(match["no"]))
            return number, Span(*match.span("no"))
    return None
