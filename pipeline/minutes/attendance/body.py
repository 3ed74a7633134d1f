"""Where the lists of people end and the talking begins."""

from __future__ import annotations

import re

from pipeline.minutes.text.labels import find_label, labels

_BEGINNINGS = """
เริ่มประชุม เปิดประชุม เริ่มการประชุม เปิดการประชุม เริ่มเวลา เริ่มคุย เมื่อที่ประชุมพร้อม
เมื่อครบองค์ประชุม มติที่ประชุม เลิกประชุม ปิดประชุม
"""
# These begin the talking only with a number behind: the agenda itself is named in titles too.
_ITEMS = "ระเบียบวาระ ระเบียบวาระที่ วาระ วาระที่ เรื่องที่"
_BODY = labels(dict.fromkeys(_BEGINNINGS.split(), False) | dict.fromkeys(_ITEMS.split(), True))
_NUMBERED = re.compile(
    r"[ ]*(?:ที่)?[ .:]*(?:[0-9๐-๙]|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|แรก|พิเศษ|การประชุม[ ]*\Z|\Z)"
)
_TALK = labels(dict.fromkeys(("ระเบียบวาระ", "วาระที่", "มติที่ประชุม"), True))


def is_body(line: str) -> bool:
    """Whether the talking begins with this line."""
    found = find_label(line, _BODY)
    return found is not None and (not found[0] or _NUMBERED.match(line, found[1]) is not None)


def talks(line: str) -> bool:
    """Whether the talking itself begins with this line, not a mere heading of the agenda."""
    return is_body(line) and find_label(line, _TALK) is not None
