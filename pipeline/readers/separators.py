"""What parts a label from its value on one line: a colon, leader dots or the first tick box.

Every function here takes one line without TAB and gives (label, value) pairs as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

Pair = tuple[str, str]

COLONS = ":：∶﹕"
# Not the colon of a time, a ratio or an address.
COLON = re.compile(rf"(?<![0-9๐-๙])\s*[{COLONS}](?!//)\s*|\s*[{COLONS}](?!//|[0-9๐-๙])\s*")
LEADERS = re.compile(r"\s*(?:\.{4,}|…{2,}|_{4,}|·{4,}|(?:\. ){4,}\.?)[\s.…_·]*")
BOX = re.compile(r"[☐☑☒□■⬜▢❏○◯●🗹]|[\[(](?: {1,3}| ?[xX/✓✔√*] ?)[\])]")
_SHORT_LABEL = 12
# A label with a colon further along a line: a known one behind a space, any behind a wide gap.
_SECOND_LABEL = re.compile(
    rf"\s((?=โทร|อีเมล|[Ee]-?mail|ตำแหน่ง|จังหวัด|อำเภอ|ตำบล|เวลา|วันที่|ไลน์|มือถือ)[^\s{COLONS}]{{2,25}}\s?[{COLONS}])"
    rf"|\s{{2,}}((?=[A-Za-zก-ฮเ-ไ])(?:[^\s{COLONS}]{{1,25}} ?){{1,2}}(?<![0-9๐-๙])[{COLONS}])"
)
# The full stop of an abbreviation, which looks like the first of the dots behind it.
_ABBREVIATION = re.compile(
    r"(?:^|[\s0-9๐-๙(])(?:น|ม|ซม|มม|กม|กก|ชม|จ|อ|ต|ถ|ด\.ช|ด\.ญ|(?:[ก-ฮ]{1,3}\.)+[ก-ฮ]{1,3})$"
)
_TAIL = re.compile(r"[\s.…_·]+$")


def by_colons(text: str, *, aligned: bool = False) -> list[Pair]:
    """A line cut at its first colon, and where another label with a colon stands apart.

    The value of a form whose colons stand `aligned` in a column of their own is not cut again.
    """
    first = COLON.search(text)
    starts = []
    if first and not aligned:
        found = _SECOND_LABEL.finditer(text, first.end())
        starts = [label.start(label.lastindex or 0) for label in found]
    pairs = []
    for start, end in pairwise([0, *starts, len(text)]):
        if colon := COLON.search(text, start, end):
            pairs.append((text[start : colon.start()], text[colon.end() : end]))
    return pairs


def by_leaders(text: str, is_known: Callable[[str], object]) -> list[Pair]:
    """A line cut at its leaders into labels and values by turns.

    A short label that `is_known` where a value is due means that the field before is unfilled.
    """
    pairs: list[Pair] = []
    for part in filter(None, map(str.strip, _parts(text))):
        unfilled = len(part) <= _SHORT_LABEL and " " not in part and is_known(part)
        if pairs and not pairs[-1][1] and not unfilled:
            pairs[-1] = (pairs[-1][0], filled(part))
        else:
            pairs.append((part, ""))
    return pairs


def by_boxes(text: str) -> list[Pair]:
    """A label with the tick boxes behind it, two at least."""
    boxes = [box.start() for _, box in zip(range(2), BOX.finditer(text), strict=False)]
    return [(text[: boxes[0]], text[boxes[0] :])] if len(boxes) == 2 else []


def _parts(text: str) -> list[str]:
    """What stands between leaders; an abbreviation keeps its full stop."""
    parts, start = [], 0
    for leaders in LEADERS.finditer(text):
        parts.append(_stopped(text[start : leaders.start()], leaders[0]))
        start = leaders.end()
    return [*parts, text[start:]]


def _stopped(text: str, dots: str) -> str:
    stop = dots.startswith(".") and _ABBREVIATION.search(text[-16:])
    return f"{text}." if stop else text


def filled(value: str) -> str:
    """A value without the dots that it was written on."""
    tail = _TAIL.search(value)
    return _stopped(value[: tail.start()], tail[0].lstrip()) if tail else value
