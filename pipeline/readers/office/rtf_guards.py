"""What an RTF file may hold, told before LibreOffice is started for it."""

from __future__ import annotations

import re
from itertools import accumulate

from pipeline.errors import ReadError

MAX_DEPTH = 1_000
MAX_BRACES = 5_000_000
MAX_ESCAPES = 10_000
"""Letters written as escapes in one paragraph: LibreOffice takes quadratic time, 20,000 half a
minute."""

_BINARY = re.compile(rb"\\bin([0-9]{1,10})[ ]?")
_PARAGRAPH = re.compile(rb"\\(?:par|cell|nestcell|row|sect|page|line)(?![a-z])")
_ESCAPED = re.compile(rb"\\[{}\\]")
_ESCAPE = re.compile(rb"\\(?:u-?[0-9]|')")
_NO_BRACES = bytes(set(range(256)) - set(b"{}"))


def refuse_abnormal(data: bytes) -> None:
    """Raise `ReadError` for what no program writes: takes linear time."""
    markup = _without_binary(data)
    braces = _ESCAPED.sub(b"", markup).translate(None, _NO_BRACES)
    steps = (1 if brace == 0x7B else -1 for brace in braces[:MAX_BRACES])
    if len(braces) > MAX_BRACES or max(accumulate(steps), default=0) > MAX_DEPTH:
        raise _abnormal("มีกลุ่มซ้อนกันลึกผิดปกติ", "nests groups abnormally deep")
    for paragraph in _PARAGRAPH.split(markup):
        if len(paragraph) > 3 * MAX_ESCAPES and len(_ESCAPE.findall(paragraph)) > MAX_ESCAPES:
            raise _abnormal("มีย่อหน้ายาวผิดปกติ", "has an abnormally long paragraph")


def _without_binary(data: bytes) -> bytes:
    """The markup alone. Raises `ReadError` where a binary part is longer than the file."""
    parts, place = [], 0
    while found := _BINARY.search(data, place):
        parts.append(data[place : found.start()])
        place = found.end() + int(found[1])
        if place > len(data):
            raise _abnormal("เสียหายหรือมาไม่ครบ", "is damaged or incomplete")
    return b"".join([*parts, data[place:]])


def _abnormal(thai: str, english: str) -> ReadError:
    return ReadError(
        f"ไฟล์ RTF {thai} เปิดในโปรแกรมเดิมแล้วบันทึกใหม่เป็น DOCX หรือ PDF",
        f"The RTF file {english}. Open it in the program that made it and save it as DOCX or PDF",
    )
