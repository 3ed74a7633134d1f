"""Labels of forms in plain lines: a colon, leader dots or a gap parts them from their values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

LONGEST_LABEL = 60
_SHORT_LABEL = 12
_LONGEST_HEAD = 300

_MARKER = re.compile(
    r"(?:ข้อ(?:ที่)?\s*[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*[.)]?|\(?[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*[.)]"
    r"|[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})+|[-–•●▪*]|[ก-ฮ][.)](?=\s))\s*(?![0-9๐-๙])"
)
# Not the colon of a time, a ratio or an address.
_COLON = re.compile(r"(?<![0-9๐-๙])\s*[:：](?!//)\s*|\s*[:：](?!//|[0-9๐-๙])\s*")
_PERSON = re.compile(
    r"(?:นาย|นาง|น\.ส\.|คุณ|ดร\.|(?:รอง|ผู้ช่วย)?ศาสตราจารย์|[ผร]?ศ\.|นพ\.|พญ\.|แพทย์|พล[.ตอ]|พัน|ร้อย|พ\.[ตอท]|ร\.[ตอท]"
    r"|ว่าที่|ม\.[ลรจ]|พระ)(?!.*[:：])"
)
# A line of a chat, with its time or in brackets.
_CHAT = re.compile(r"\[|[0-9๐-๙]{1,2}[:.][0-9๐-๙]{2}")
_LEADERS = re.compile(r"\s*(?:\.{4,}|…{2,}|_{4,}|·{4,}|(?:\. ){4,}\.?)[\s.…_·]*")
_LETTER = re.compile(r"[A-Za-zก-ฮ]")
_PAGE = re.compile(r"หน้า(?:ที่)?\s*[0-9๐-๙]")
_SENTENCE = re.compile(r"[.!?]\s|ดังนี้\s*$|ได้แก่\s*$|ว่า\s*$")
_SECOND_LABEL = re.compile(
    r"\s((?=โทร|อีเมล|[Ee]-?mail|ตำแหน่ง|จังหวัด|อำเภอ|ตำบล|เวลา|วันที่|ไลน์|มือถือ)[^\s:：]{2,25}\s?[:：])"
)
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
    stretches = [stretch.strip() for stretch in text.split("\t") if stretch.strip()]
    if len(stretches) > 1 and (_MARKER.fullmatch(stretches[0]) or stretches[1][0] in ":："):
        stretches = [f"{stretches[0]} {stretches[1]}", *stretches[2:]]
    if all(map(_COLON.search, stretches)):
        found = [pair for stretch in stretches for pair in _by_colons(stretch)]
        return _valid(found, number, leads=False)
    if len(stretches) == 2 and stretches[0].endswith((":", "：")):
        return _valid([(stretches[0], stretches[1])], number, leads=False)
    if _LEADERS.search(text):
        return _valid(_by_leaders(" ".join(stretches)), number, leads=True)
    if len(stretches) in (2, 4):
        return _valid(list(zip(stretches[::2], stretches[1::2], strict=True)), number, leads=True)
    return []


def begins_field(text: str) -> bool:
    """Whether a line begins with a label, so that it cannot be the rest of the line before."""
    return bool(answers(text[:_LONGEST_HEAD].replace("\t", " "), 0))


def _by_colons(text: str) -> list[tuple[str, str]]:
    """A line cut at its first colon, and where a known label with a colon follows a space."""
    first = _COLON.search(text)
    starts = [m.start(1) for m in _SECOND_LABEL.finditer(text, first.end())] if first else []
    pairs = []
    for start, end in pairwise([0, *starts, len(text)]):
        if colon := _COLON.search(text, start, end):
            pairs.append((text[start : colon.start()], text[colon.end() : end]))
    return pairs


def _by_leaders(text: str) -> list[tuple[str, str]]:
    """A line cut at its leaders into labels and values by turns.

    A short known label where a value is due means that the field before it is unfilled.
    """
    pairs: list[tuple[str, str]] = []
    for part in filter(None, map(str.strip, _LEADERS.split(text))):
        unfilled = len(part) <= _SHORT_LABEL and " " not in part and _KNOWN.match(part)
        if pairs and not pairs[-1][1] and not unfilled:
            pairs[-1] = (pairs[-1][0], part)
        else:
            pairs.append((part, ""))
    return pairs


def _valid(pairs: list[tuple[str, str]], number: int, *, leads: bool) -> list[Answer]:
    """The pairs as answers; none of them if one label cannot be one."""
    found = [
        Answer(bare(label), _LEADERS.sub(" ", value).strip(), number, leads)
        for label, value in pairs
    ]
    return found if all(_is_label(answer) for answer in found) else []


def _is_label(answer: Answer) -> bool:
    label = answer.label
    longest = LONGEST_LABEL if not answer.leads else 45
    return (
        0 < len(label) <= longest
        and len(_LETTER.findall(label)) >= 2
        and not _SENTENCE.search(label)
        and not _CHAT.match(label)
        and not (answer.leads and (_PERSON.match(label) or _PAGE.match(answer.value)))
    )


def looks_known(cell: str) -> bool:
    label = bare(cell)
    return len(label) <= LONGEST_LABEL and "\n" not in label and bool(_KNOWN.match(label))


def bare(label: str) -> str:
    """A label without the number before it and the colon or leaders behind it."""
    text = _MARKER.sub("", label.strip(), count=1) or label
    return _LEADERS.sub(" ", text).strip().rstrip(":： ")
