"""Labels of forms in plain lines, and the pairs of label and value that one line gives."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.readers.separators import (
    BOX,
    COLON,
    COLONS,
    LEADERS,
    by_boxes,
    by_colons,
    by_leaders,
    filled,
)

LONGEST_LABEL = 60
_LONGEST_HEAD = 300

_MARKER = re.compile(
    r"(?:ข้อ(?:ที่)?\s*[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*[.)]?|\(?[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*[.)]"
    r"|[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})+|[-–•●▪*]|[ก-ฮ][.)](?=\s))\s*(?![0-9๐-๙])"
)
_PERSON = re.compile(
    r"(?:นาย|นาง|น\.ส\.|คุณ|ดร\.|(?:รอง|ผู้ช่วย)?ศาสตราจารย์|[ผร]?ศ\.|นพ\.|พญ\.|แพทย์|พล[.ตอ]|พัน|ร้อย|พ\.[ตอท]|ร\.[ตอท]"
    rf"|ว่าที่|ม\.[ลรจ]|พระ)(?!.*[{COLONS}])"
)
# A line of a chat, with its time or in brackets.
_CHAT = re.compile(r"\[|[0-9๐-๙]{1,2}[:.][0-9๐-๙]{2}")
_COLUMN_OF_COLONS = re.compile(rf"\t\s*[{COLONS}]")
_LETTER = re.compile(r"[A-Za-zก-ฮ]")
_PAGE = re.compile(r"หน้า(?:ที่)?\s*[0-9๐-๙]")
_SENTENCE = re.compile(r"[.!?]\s|ดังนี้\s*$|ได้แก่\s*$|ว่า\s*$")
# How labels of Thai forms begin.
_KNOWN = re.compile(
    r"(?:ชื่อ|นามสกุล|ที่อยู่|ที่ตั้ง|วันที่|วัน|เดือน|ปี|พ\.ศ\.|เวลา|สถานที่|จังหวัด|อำเภอ|ตำบล|หมู่|ถนน|รหัส|เลขที่|เลข|ที่(?=$)"
    r"|หน่วย|ส่วนราชการ|สังกัด|กอง|สำนัก|กลุ่ม|ผู้|ตำแหน่ง|ระดับ|โทร|มือถือ|อีเมล|ไปรษณีย์|เว็บไซต์|[Ee]-?mail|[Ll]ine|ไลน์|ไอดี"
    r"|งบ|วงเงิน|จำนวน|ราคา|แหล่ง|ระยะ|กำหนด|พื้นที่|หลักการ|วัตถุประสงค์|เป้าหมาย|ตัวชี้วัด|ผล|วิธี|กิจกรรม|ภาคี|ประเภท|สาขา"
    r"|ประเด็น|รูปแบบ|หัวข้อ|เรื่อง|เรียน|อ้างถึง|สิ่งที่ส่ง|ความ|ลายมือ|ลงชื่อ|หมายเหตุ|แผน|ยุทธศาสตร์|ประธาน|เลขานุการ|อายุ|เพศ"
    r"|โครงการ|สถานะ|ลักษณะ|เจ้าภาพ|Name|Title|Date|Tel|Phone|Position|Budget|Province|Agency)"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A label and its value as one plain line gives them; `number` is that line's."""

    label: str
    value: str
    number: int
    leads: bool = False  # leader dots or a gap stood between the two


def answers(text: str, number: int) -> list[Answer]:
    """The pairs that one line gives; none where it is no line of a form."""
    stretches = _stretches(text)
    if all(map(COLON.search, stretches)):
        aligned = bool(_COLUMN_OF_COLONS.search(text))
        found = [pair for own in stretches for pair in by_colons(own, aligned=aligned)]
        return _valid(found, number, leads=False)
    if len(stretches) == 2 and stretches[0].endswith(tuple(COLONS)):
        return _valid([(stretches[0], stretches[1])], number, leads=False)
    if LEADERS.search(text):
        return _valid(by_leaders(" ".join(stretches), _KNOWN.match), number, leads=True)
    if BOX.search(text):
        return _valid(by_boxes(" ".join(stretches)), number, leads=False)
    if len(stretches) in (2, 4):
        return _valid(list(zip(stretches[::2], stretches[1::2], strict=True)), number, leads=True)
    return []


def _stretches(text: str) -> list[str]:
    """A line cut at its TABs, but not behind a number, nor before a colon or a tick box."""
    stretches: list[str] = []
    for own in filter(None, map(str.strip, text.split("\t"))):
        goes_on = stretches and (own[0] in COLONS or BOX.match(own))
        if goes_on or (len(stretches) == 1 and _MARKER.fullmatch(stretches[0])):
            stretches[-1] += f" {own}"
        else:
            stretches.append(own)
    return stretches


def begins_field(text: str) -> bool:
    """Whether a line begins with a label, so that it cannot be the rest of the line before."""
    return bool(answers(text[:_LONGEST_HEAD].replace("\t", " "), 0))


def _valid(pairs: list[tuple[str, str]], number: int, *, leads: bool) -> list[Answer]:
    """The pairs as answers; none of them if one label cannot be one."""
    found = [Answer(bare(label), _answer(value), number, leads) for label, value in pairs]
    return found if all(_is_label(answer) for answer in found) else []


def _answer(value: str) -> str:
    return LEADERS.sub(" ", filled(value) if LEADERS.search(value) else value).strip()


def _is_label(answer: Answer) -> bool:
    label = answer.label
    longest = LONGEST_LABEL if not answer.leads else 45
    return (
        0 < len(label) <= longest
        and len(_LETTER.findall(label)) >= 2
        and not _SENTENCE.search(label)
        and not _CHAT.match(label)
        and label.count("(") == label.count(")")
        and not (answer.leads and (_PERSON.match(label) or _PAGE.match(answer.value)))
    )


def looks_known(cell: str) -> bool:
    """Whether a cell holds a label that forms use, and little else."""
    label = bare(cell)
    return len(label) <= LONGEST_LABEL and "\n" not in label and bool(_KNOWN.match(label))


def bare(label: str) -> str:
    """A label without the number before it and the colon or leaders behind it."""
    text = _MARKER.sub("", label.strip(), count=1) or label
    return LEADERS.sub(" ", text).strip().rstrip(f"{COLONS} ")
