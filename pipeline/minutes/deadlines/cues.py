"""Whether a day named in minutes is one by or on which something is to be done.

A small sum of weights, each the answer to one question about the words around the day: is there a
preposition of limit, an order, a mark of the past, a forecast? `DEADLINE` is the least sum.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from pipeline.minutes.deadlines.cue_table import AHEAD, CUES, Cue
from pipeline.minutes.deadlines.dates import DueDate

DEADLINE = 1.0
TODAY = {"date": -1.0, "day": -0.75, "day alone": -1.0}
PAST = -6.0
_REACH, _LEAD = 90, 40
_AFTER = 45
_LABEL = 12
_HEAD_OF_TEXT, _FOOT_OF_TEXT = 400, 250
# What may stand between preposition and day.
_FILLER = re.compile(
    r"(?:[ (]|วันที่|วัน|ของ|คืน|เช้า|บ่าย|เย็น|ค่ำ|ช่วง|ประมาณ|ราว|เวลา|ระหว่าง"
    r"|[0-9๐-๙]{1,2}[.:][0-9๐-๙]{2}[ ]?น\."
    r"|เที่ยง|ตี|โมง|ทุ่ม|ครึ่ง|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ){1,9}\Z"
)
_SAYS: tuple[tuple[Cue, Callable[[str], object]], ...] = tuple(
    (cue, cue.words.match if cue.where in ("own", "after", "alone", "edge") else cue.words.search)
    for cue in CUES
)


def weight(text: str, due: DueDate, clause: int, meeting: dt.date | None) -> float:
    """How much speaks for `due`, whose clause starts at `clause`, being a deadline."""
    return sum(cue.weight for cue in told(text, due, clause)) + _distance(due, meeting)


def told(text: str, due: DueDate, clause: int) -> list[Cue]:
    """The cues that the words around `due` give."""
    low = max(0, due.start - 5 * _REACH)
    line = max(low, text.rfind("\n", low, due.start) + 1)
    begins_line = due.start - line <= _LABEL
    parts = {
        "own": text[due.start : due.end],
        "lead": _FILLER.sub("", text[max(line, due.start - _REACH, 0) : due.start])[-_LEAD:],
        "clause": text[clause : due.start],
        "line": text[line : min(due.start, line + 4 * _REACH)],
        "after": text[due.end : due.end + _AFTER],
        "alone": text[line : due.start]
        + "\0"
        + text[due.end : due.end + _AFTER].partition("\n")[0],
        "above": text[max(low, line - 2 * _REACH) : line] if begins_line else "",
    }
    short = len(text) <= _HEAD_OF_TEXT + _FOOT_OF_TEXT
    at_edge = not short and (due.start < _HEAD_OF_TEXT or due.end > len(text) - _FOOT_OF_TEXT)
    parts["edge"] = parts["alone"] if at_edge else ""
    return [
        cue
        for cue, says in _SAYS
        if (not cue.units or due.unit in cue.units) and says(parts[cue.where])
    ]


def _distance(due: DueDate, meeting: dt.date | None) -> float:
    if meeting is None:
        return 0.0
    if due.end_date < meeting:
        return PAST
    return TODAY.get(due.unit, AHEAD[due.unit]) if due.end_date == meeting else AHEAD[due.unit]
