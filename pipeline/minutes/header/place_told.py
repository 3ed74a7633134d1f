"""The place of a meeting behind a label or the meeting's own words, wherever they stand."""

from __future__ import annotations

import re

from pipeline.documents import Span
from pipeline.minutes.header.place_extent import (
    HALL,
    LONGEST,
    MEDIUM,
    ROOM,
    place_span,
    reach,
    stops_in,
)

_AROUND = 40
# The meeting's own words with a place behind them, wherever they stand: "เปิดประชุม … ณ ห้อง…".
_TOLD = re.compile(
    rf"(?:(?<![ก-๎])|(?<=[ก-๎]))(?:ประชุม|หารือ|สัมมนา|เวที|เสวนา|ล้อมวง|นั่งคุย|คุยกัน|พบกัน)"
    rf"(?:กัน)?[^\n]{{0,80}}?(?:(?<![ก-๎])ณ[ ]*|ที่|ใน|ผ่าน(?:ทาง)?|ทาง|ด้วย)[ ]?(?=(?:{HALL}|{MEDIUM}))"
    rf"|(?:ประชุม|หารือ|คุย|พบ|เจอ)(?:กัน)?[ ]?(?:ณ[ ]?|ที่|ใน)(?=(?:{ROOM}))"
    rf"|(?:ประชุม|หารือ|สัมมนา)[^\n]{{0,40}}?[ ]ณ[ ](?=(?:{ROOM}))"
    rf"|(?<![ก-๎])(?:โดย)?ใช้(?:สถานที่)?[ ]?(?=(?:{HALL}))"
)
_LABELLED = re.compile(
    r"(?m)^[ \t]*[\[(*•-]?[ ]?(?:สถานที่(?:ประชุม|จัด[ก-๎]{0,10})?|ช่องทาง(?:การ)?(?:ประชุม)?"
    r"|ห้องประชุม|Venue|Place)[ ]?[:：][ ]*(?P<place>[^\n\]]{3,220})"
)
_OTHER_MEETING = re.compile(
    "ครั้ง(?:ต่อไป|หน้า|ก่อน|ที่แล้ว)|คราว(?:หน้า|ก่อน|ต่อไป)|รอบ(?:หน้า|ต่อไป)|นัด|จะ|กำหนด|ขอใช้"
)


def labelled_place(text: str, start: int, stop: int) -> Span | None:
    """The place behind the first label of a place."""
    label = _LABELLED.search(text, start, stop)
    return place_span(text, *label.span("place")) if label else None


def told_place(text: str, start: int, stop: int | None = None) -> Span | None:
    """The first place behind a label or words of this meeting."""
    stop = len(text) if stop is None else stop
    if place := labelled_place(text, start, stop):
        return place
    for match in _TOLD.finditer(text, start, stop):
        line = text.rfind("\n", max(0, match.start() - _AROUND), match.start()) + 1
        if _OTHER_MEETING.search(text, max(line, match.start() - _AROUND), match.end()):
            continue
        if place := _phrase(text, match.end()):
            return place
    return None


def _phrase(text: str, start: int) -> Span | None:
    """The place that begins at `start`, as far as its words go."""
    stop = min(len(text), start + LONGEST)
    others = sorted(start + at for at in stops_in(text[start:stop]))
    return place_span(text, start, reach(text, start, stop, others))
