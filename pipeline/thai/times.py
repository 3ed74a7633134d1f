"""Times of day in Thai text: by the 24-hour clock (๑๔.๐๐ น.) and as spoken (บ่ายโมงครึ่ง).

Figures count as a time only with น., นาฬิกา, seconds, or a word such as เวลา before them: "14.00"
alone is a number, "10.00-12.10" in brackets beside a date a span. Spoken hours count where they
tell the half of the day (เก้าโมง, บ่ายสอง, สองทุ่ม), with their minutes (สิบเอ็ดโมงห้าสิบ).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pipeline.thai.alternation import Begun
from pipeline.thai.numbers import arabic_digits


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time of day or, with `end_time`, a span of time. 24.00 is 00:00."""

    start: int
    end: int
    time: dt.time
    end_time: dt.time | None = None


_CLOCK = r"(?:[01]?[0-9]|2[0-3])[.:][0-5][0-9](?::[0-5][0-9])?|24[.:]00"
_COMPACT = "(?:[01][0-9]|2[0-3])[0-5][0-9]"
_HOUR_WORD = r"(?:[ ]?(?:นาฬิกา|น\.(?![ ]?ส\.)|น[ ]\.(?![ก-๎])|น(?![ก-๎.])))"
_ENDS = r"(?![0-9]|[.:,/][0-9])"
_TO = "[ ]?(?:-|–|—|(?:ไป)?(?:จน)?ถึง(?:เวลา)?(?:ประมาณ)?)[ ]?"
_LINK = re.compile(_TO)
_TIME = Begun.of(
    re.compile(
        rf"(?<![0-9])(?<![0-9][.,:/])(?P<time>{_CLOCK}|{_COMPACT}(?={_HOUR_WORD})){_ENDS}"
        rf"(?P<word>{_HOUR_WORD})?(?:{_TO}(?P<time2>{_CLOCK}){_ENDS}(?P<word2>{_HOUR_WORD})?)?"
    ),
    "0123456789",
)
_CUE = re.compile(
    r"(?:เวลา(?:ประมาณ)?|(?:เริ่ม|เปิด|เลิก|ปิด|จบ)(?:การ)?(?:ประชุม|หารือ|คุย)?(?:เวลา|ตอน|ประมาณ)?"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]|/[0-9]{2,4}[ ])[ :]{0,3}\Z"
)
# "(10.00-12.10)", "24 ตุลาคม 2567 / 09.00-11.30": two clock times in brackets or behind a year.
_BRACKETED = re.compile(r"\([ ]?\Z")
_YEAR_BEFORE = re.compile(r"(?:[^0-9]25[0-9]{2}|[ .][4-9][0-9])[ ]?[/|,]?[ ]{1,2}\Z")

_ONES = ("หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_HOURS = (
    *_ONES, "สิบ", "สิบเอ็ด", *(f"สิบ{one}" for one in _ONES[1:]), "ยี่สิบ", "ยี่สิบเอ็ด", "ยี่สิบสอง",
    "ยี่สิบสาม",
)  # fmt: skip
_HOUR = rf"(?P<hour>1[01]|[1-9]|{'|'.join(reversed(_HOURS[:11]))})"
_FIVES = ("ห้า", "สิบห้า", "ยี่สิบห้า", "สามสิบห้า", "สี่สิบห้า", "ห้าสิบห้า")
_TENS = ("สิบ", "ยี่สิบ", "สามสิบ", "สี่สิบ", "ห้าสิบ")
_MINUTE_WORDS = {word: 10 * n + 5 for n, word in enumerate(_FIVES)} | {
    word: 10 * n for n, word in enumerate(_TENS, 1)
}
_MINUTE = "|".join(sorted(_MINUTE_WORDS, key=len, reverse=True))
# What counts something else than minutes behind an hour.
_NOT_MINUTES = (
    r"(?!(?!นะ|ครับ|ค่ะ|ถึง|โดย|เลิก|จบ|ที่)[ก-๎]"
    r"|[ ]?(?:คน|ราย|ท่าน|วัน(?!นี้|ที่|[จอพศส])|เรื่อง|ข้อ|แห่ง|บาท|โมง|ทุ่ม))"
)
_PAST_HOUR = (
    rf"(?:(?P<half>[ ]?ครึ่ง)|[ ]?(?P<minute>{_MINUTE}|[0-5]?[05](?=[ ]?นาที))"
    rf"(?:[ ]?นาที|{_NOT_MINUTES}))?"
)
_FIGURES = tuple("0123456789")
_COUNTED = (*_FIGURES, *_ONES, "สิบ", "ยี่สิบ")
# A word of every spoken form, how the form begins, the form, first and last hour it takes, and what
# to add for the 24-hour clock.
_SPOKEN = tuple(
    (word, Begun.of(re.compile(rf"(?<![0-9])(?:{form}){_PAST_HOUR}"), begins), first, last, add)
    for word, begins, form, first, last, add in (
        ("โมง", _COUNTED, rf"{_HOUR}[ ]?โมง(?!เย็น)(?:เช้า|ตรง)?", 6, 11, 0),
        ("โมงเย็น", _COUNTED, rf"{_HOUR}[ ]?โมงเย็น", 4, 6, 12),
        (
            "บ่าย", ("บ่าย",),
            rf"บ่าย[ ]?{_HOUR}(?:[ ]?โมง(?:ตรง)?|(?=[ ]?ครึ่ง|(?:{_MINUTE})(?![ก-๎]))"
            r"|(?![ก-๎]|[ ]?(?:คน|ราย|เรื่อง|ข้อ)))",
            1, 5, 12,
        ),
        ("ทุ่ม", _COUNTED, rf"{_HOUR}[ ]?ทุ่ม(?!เท)(?:ตรง)?", 1, 5, 18),
        ("บ่ายโมง", ("บ่ายโมง",), "บ่ายโมง(?:ตรง)?", 1, 1, 12),
        (
            "เที่ยง", ("เที่ยง",),
            "เที่ยงวัน|เที่ยงตรง|เที่ยงพอดี|(?:(?<=ถึง)|(?<=เลิก)|(?<=จบ)|(?<=เวลา)|(?<=ก่อน)"
            "|(?<=ปิดประชุม)|(?<=เลิกประชุม)|(?<=ตอน)|(?<=[-–] )|(?<=ถึง ))เที่ยง(?!คืน)"
            rf"|เที่ยง(?=ครึ่ง|(?:{_MINUTE})(?:[ ]?นาที|{_NOT_MINUTES}))",
            12, 12, 0,
        ),
        ("เที่ยงคืน", ("เที่ยงคืน",), "เที่ยงคืน", 0, 0, 0),
        (
            "นาฬิกา", _COUNTED,
            rf"(?:0?(?P<hour>1[0-9]|2[0-3]|[1-9]|{'|'.join(reversed(_HOURS))}))[ ]?นาฬิกา",
            1, 23, 0,
        ),
    )
)  # fmt: skip


def find_times(text: str) -> list[TimeMention]:
    """Times of day in order; '09.30 - 12.00 น.' and 'เก้าโมงครึ่งถึงเที่ยง' are one mention each.

    >>> [mention.time.isoformat() for mention in find_times("เวลา ๐๙.๓๐ น.")]
    ['09:30:00']
    """
    plain = arabic_digits(text)
    spoken = list(_spoken(plain))
    written = _written(plain, frozenset(mention.start for mention in spoken))
    found = sorted([*written, *spoken], key=lambda mention: (mention.start, -mention.end))
    return list(_joined(found, plain))


def _written(plain: str, spoken: Collection[int]) -> Iterator[TimeMention]:
    """Times in figures; one without น. also where a time at one of the places `spoken` ends it."""
    for match in _TIME.finditer(plain):
        last_word = match["word2"] if match["time2"] else match["word"]
        before = plain[max(0, match.start() - 30) : match.start()]
        span = match["time2"] and len(match["time"]) == len(match["time2"]) == 5
        bracketed = (
            span and _BRACKETED.search(before) and plain[match.end() : match.end() + 1] == ")"
        )
        link = _LINK.match(plain, match.end())
        bracketed = bracketed or (span and _YEAR_BEFORE.search(before))
        cue = _CUE.search(before) or bracketed or (link and link.end() in spoken)
        if not (match["word"] or last_word or cue or match["time"].count(":") == 2):
            continue
        # "9.00 น. - 5.30" ends at น.: the second figure is no time.
        whole = match["time2"] is None or last_word or not match["word"]
        yield TimeMention(
            match.start(),
            match.end() if whole else match.end("word"),
            _clock(match["time"]),
            _clock(match["time2"]) if match["time2"] and whole else None,
        )


def _clock(surface: str) -> dt.time:
    parts = re.split(r"[.:]", surface)
    if len(parts) == 1:
        parts = [surface[:2], surface[2:]]
    hour, minute, second = (int(part) for part in (*parts, "0")[:3])
    return dt.time(hour % 24, minute, second)


def _spoken(plain: str) -> Iterator[TimeMention]:
    for word, pattern, first, last, add in _SPOKEN:
        for match in pattern.finditer(plain) if word in plain else ():
            hour = _hour(match.groupdict().get("hour"), default=first)
            if first <= hour <= last:
                time = dt.time(hour + add, 30 if match["half"] else _minute(match["minute"]))
                yield TimeMention(match.start(), match.end(), time)


def _hour(surface: str | None, *, default: int) -> int:
    if surface is None:
        return default
    return _HOURS.index(surface) + 1 if surface in _HOURS else int(surface)


def _minute(surface: str | None) -> int:
    if surface is None:
        return 0
    return _MINUTE_WORDS[surface] if surface in _MINUTE_WORDS else int(surface)


def _joined(found: list[TimeMention], plain: str) -> Iterator[TimeMention]:
    """Drop overlaps and join two times linked by a dash or ถึง."""
    held: TimeMention | None = None
    for mention in found:
        if held is None:
            held = mention
        elif mention.start < held.end:
            continue
        elif not held.end_time and _LINK.fullmatch(plain, held.end, mention.start):
            held = TimeMention(held.start, mention.end, held.time, mention.end_time or mention.time)
        else:
            yield held
            held = mention
    if held is not None:
        yield held
