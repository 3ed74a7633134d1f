"""Times of day in Thai text: by the 24-hour clock (๑๔.๐๐ น.) and as spoken (บ่ายโมงครึ่ง).

Figures count as a time only with น., นาฬิกา, seconds, or a word such as เวลา before them: "14.00"
alone is a number. Spoken hours count where they tell the half of the day: เก้าโมง, บ่ายสอง, สองทุ่ม.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

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
_HOUR_WORD = r"(?:[ ]?(?:นาฬิกา|น\.(?![ ]?ส\.)|น(?![ก-๎.])))"
_ENDS = r"(?![0-9]|[.:,/][0-9])"
_TO = "[ ]?(?:-|–|—|ถึง(?:เวลา)?)[ ]?"
_LINK = re.compile(_TO)
_TIME = re.compile(
    rf"(?<![0-9])(?<![0-9][.,:/])(?P<time>{_CLOCK}|{_COMPACT}(?={_HOUR_WORD})){_ENDS}"
    rf"(?P<word>{_HOUR_WORD})?(?:{_TO}(?P<time2>{_CLOCK}){_ENDS}(?P<word2>{_HOUR_WORD})?)?"
)
_CUE = re.compile(
    r"(?:เวลา(?:ประมาณ)?|(?:เริ่ม|เปิด|เลิก|ปิด)(?:การ)?ประชุม|[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]"
    r"|/[0-9]{2,4}[ ])[ :]{0,3}\Z"
)

_HOURS = ("หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ", "สิบเอ็ด")
_HOUR = rf"(?P<hour>1[01]|[1-9]|{'|'.join(reversed(_HOURS))})"
# Spoken form, first and last hour it takes, and what to add for the 24-hour clock.
_SPOKEN = tuple(
    (re.compile(rf"(?<![0-9])(?:{form})(?P<half>[ ]?ครึ่ง)?"), first, last, add)
    for form, first, last, add in (
        (rf"{_HOUR}[ ]?โมง(?!เย็น)(?:เช้า)?", 6, 11, 0),
        (rf"{_HOUR}[ ]?โมงเย็น", 4, 6, 12),
        (rf"บ่าย[ ]?{_HOUR}(?:[ ]?โมง|(?![ก-๎ ]))", 2, 5, 12),
        (rf"{_HOUR}[ ]?ทุ่ม(?!เท)", 1, 5, 18),
        ("บ่ายโมง", 1, 1, 12),
        ("เที่ยงวัน|เที่ยงตรง|(?<=ถึง)เที่ยง(?!คืน)", 12, 12, 0),
        ("เที่ยงคืน", 0, 0, 0),
    )
)


def find_times(text: str) -> list[TimeMention]:
    """Times of day in order; '09.30 - 12.00 น.' and 'เก้าโมงครึ่งถึงเที่ยง' are one mention each."""
    plain = arabic_digits(text)
    found = sorted([*_written(plain), *_spoken(plain)], key=lambda mention: mention.start)
    return list(_joined(found, plain))


def _written(plain: str) -> Iterator[TimeMention]:
    for match in _TIME.finditer(plain):
        last_word = match["word2"] if match["time2"] else match["word"]
        cue = _CUE.search(plain[max(0, match.start() - 24) : match.start()])
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
    for pattern, first, last, add in _SPOKEN:
        for match in pattern.finditer(plain):
            hour = _hour(match.groupdict().get("hour"), default=first)
            if first <= hour <= last:
                time = dt.time(hour + add, 30 if match["half"] else 0)
                yield TimeMention(match.start(), match.end(), time)


def _hour(surface: str | None, *, default: int) -> int:
    if surface is None:
        return default
    return _HOURS.index(surface) + 1 if surface in _HOURS else int(surface)


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
