"""Answers that are none: leader dots, dashes, ไม่มี, (ระบุ) and the like in a half-empty form."""

from __future__ import annotations

import re

_HINT = re.compile(r"[(\[<](?:โปรด|กรุณา|ให้)?(?:ระบุ|กรอก)[^()\[\]<>\n]{0,60}[)\]>]")
_LIST_NUMBER = re.compile(r"^[ \t]{0,40}[0-9๐-๙]{1,2}[.)](?![0-9๐-๙])", re.MULTILINE)
_LEADERS = re.compile(r"\.{3}|…|_{3}|·{3}|-{3}")
_NOTHING = re.compile(r"[\s.…·_\-–—=*/|\\:;,()\[\]<>“”\"•☐□○]+")
_NO_ANSWER = frozenset(
    ("ไม่มี", "ไม่ระบุ", "ไม่ทราบ", "ว่าง", "ยังไม่กำหนด", "ยังไม่ระบุ", "ยังไม่มี", "ยังไม่ทราบ", "ยังไม่ได้กำหนด",
     "ยังไม่ได้ระบุ", "ระบุ", "โปรดระบุ", "กรุณาระบุ", "รอระบุ", "รอกำหนด", "รอข้อมูล", "อยู่ระหว่างกำหนด",
     "n", "na", "a", "none", "nil", "tbd", "tba")
)  # fmt: skip
# Words printed between the leaders of a form: "ตั้งแต่ ....... ถึง .......", "....... บาท".
_FORM_WORDS = frozenset(
    ("บาท", "จำนวน", "จำนวนเงิน", "รวม", "เป็นเงิน", "ตั้งแต่", "ถึง", "วันที่", "เดือน", "ปี", "พ", "ศ", "โทร",
     "โทรศัพท์", "ชื่อ", "ตำแหน่ง", "หน่วยงาน")
)  # fmt: skip


def is_unfilled(body: str) -> bool:
    """Whether `body` answers nothing: empty, leaders, dashes, or words such as ไม่มี and (ระบุ)."""
    bare = _LIST_NUMBER.sub("", _HINT.sub("", body))
    known = _NO_ANSWER | _FORM_WORDS if _LEADERS.search(body) else _NO_ANSWER
    return all(word.lower() in known for word in _NOTHING.split(bare) if word)
