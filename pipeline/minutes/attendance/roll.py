"""Attendance lists: lines under ผู้มาประชุม, ผู้ไม่มาประชุม and ผู้เข้าร่วมประชุม, a person each or several.

A list may be numbered, a table with `|` or tabs, aligned columns, run on with commas, with the
position before or after the name, a person over several lines, names without a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.documents import Group
from pipeline.minutes.attendance.names import people_in
from pipeline.minutes.attendance.positions import position_after
from pipeline.minutes.attendance.roles import is_reason
from pipeline.minutes.attendance.roll_entries import Entry, has_people, names_untitled, read_entries
from pipeline.minutes.attendance.roll_labels import Heading, find_roll_label, is_table_head
from pipeline.minutes.text.labels import find_label, labels, marker_end
from pipeline.minutes.text.lines import Line, lines

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
_HEADER_ROW = re.compile(r"(?:ลำดับ|ที่|ชื่อ|No)", re.IGNORECASE)
_SAYS = re.compile(
    r"(?:กล่าว|แจ้งว่า|แจ้งที่|รายงานว่า|เสนอว่า|ชี้แจงว่า|สอบถาม|อธิบาย|ให้ข้อมูล"
    r"|ให้ความเห็น|เห็นว่า|เล่าว่า|บอกว่า|ตอบว่า|มอบนโยบาย"
    r"|ขอให้|[^ก-๎]ว่า[ ]|ว่า[ \"“])"
)
# What someone did, said right behind a name: the talking has begun.
_ACTS = re.compile(
    r"[ ]*(?:ได้)?(?:กล่าว|เสนอ(?!ชื่อ)|แจ้ง|รายงาน|ชี้แจง|สอบถาม|ขอ(?!ง)|เห็น|ให้(?!การ)"
    r"|อธิบาย|ตอบ|สรุป|เพิ่มเติม|แนะนำ|เล่า|ย้ำ|บอก|รับ(?!ผิด)|ยืนยัน|[:：][ ]*[^ผรปหน])"
)
_GOES_ON = re.compile(
    r"(?:และ|แทน|เพื่อ|ด้าน|ประจำ|\(|รักษา|ปฏิบัติราชการ|กรรมการ|อนุกรรมการ|คณะทำงาน|เลขา"
    r"|ประธาน)"
)
_WRAPPED = 60
_LONGEST_LINE = 400
_ROLE_OF: dict[Heading, str] = {"chair": "ประธาน", "secretary": "เลขานุการ"}
_MISSES = 3
_TO_NAME = 120
_ROLE = 24
_MOST_LABELS = 60


@dataclass(frozen=True, slots=True)
class Roll:
    """People of the lists in order; `end` is where the lists end, 0 where there are none."""

    entries: tuple[tuple[Heading, Entry], ...] = ()
    end: int = 0


def is_body(line: str) -> bool:
    """Whether the talking begins with this line."""
    found = find_label(line, _BODY)
    return found is not None and (not found[0] or _NUMBERED.match(line, found[1]) is not None)


def read_roll(text: str) -> Roll:
    """Read the attendance lists of `text`, as far as its first agenda item."""
    found: dict[str, tuple[Heading, Entry]] = {}
    end = 0
    for heading, block in _blocks(text):
        for entry in read_entries(text, block, absent=heading == "absent"):
            end = max(end, entry.until)
            known = found.get(entry.name)
            if known is None:
                found[entry.name] = "absent" if entry.away else heading, entry
            elif heading in _ROLE_OF:
                # "ประธาน นาย …" about someone of a list only says what they are.
                role = f"{known[1].role} {_ROLE_OF[heading]}"
                found[entry.name] = known[0], replace(known[1], role=role)
    return Roll(tuple(found.values()), end)


def _blocks(text: str) -> Iterator[tuple[Heading, list[Line]]]:
    """The lines under each label, the rest of the label's own line first."""
    heading: Heading | None = None
    block: list[Line] = []
    misses = seen = 0
    for line in _list_lines(text):
        label = find_roll_label(line.text)
        if label or is_body(line.text):
            if heading and block:
                yield heading, block
            heading, block, misses = None, [], 0
            seen += 1
            if _talks(line.text) or seen > _MOST_LABELS:
                break
            if not label:
                continue
            heading = label.heading
            if label.rest < len(line.text) and not is_reason(line.text[label.rest :]):
                block = [_from(line, label.rest)]
        elif heading is None and seen == 0 and is_table_head(line.text):
            heading, misses = "present", 0
        elif heading:
            kind = _kind(line, block)
            misses = 0 if kind == "entry" else misses + (kind == "other")
            if kind == "stop" or misses > _MISSES:
                if block:
                    yield heading, block
                heading, block = None, []
            elif kind != "other" or marker_end(line.text):
                block.append(line)
    if heading and block:
        yield heading, block


# "… คนที่ไม่มาคือ นาย…": another list within a paragraph of people.
_NEXT_LIST = re.compile(
    r"(?<=[ .)/;])(?:(?:ส่วน|โดย|และ|สำหรับ)[ ]?)?(?=(?:ผู้|คน|(?:คณะ)?(?:อนุ)?กรรมการ|สมาชิก|คณะทำงาน)"
    r"(?:ที่|ผู้)?(?:ไม่|ลา|ขาด|ติด|เข้าร่วม|ร่วม|สังเกต|ได้รับ))"
)


def _list_lines(text: str) -> Iterator[Line]:
    """The lines of `text`, a paragraph of people cut where its next list begins."""
    for line in lines(text):
        start = 0
        if has_people(line.text[:_TO_NAME]) and find_roll_label(line.text):
            for match in _NEXT_LIST.finditer(line.text, 1):
                label = find_roll_label(line.text[match.end() : match.end() + _TO_NAME])
                if label and has_people(line.text[match.end() : match.end() + _TO_NAME]):
                    yield _part(line, start, match.start())
                    start = match.end()
        yield _from(line, start) if start else line


def _part(line: Line, start: int, stop: int) -> Line:
    words = line.text[start:stop].rstrip()
    return replace(line, start=line.start + start, end=line.start + start + len(words), text=words)


def _talks(line: str) -> bool:
    return is_body(line) and find_label(line, _TALK) is not None


def _from(line: Line, start: int) -> Line:
    return replace(line, start=line.start + start, text=line.text[start:])


def _kind(line: Line, block: list[Line]) -> str:
    """Whether a line is an `entry`, `more` of the one before, something `other`, or a `stop`."""
    words = line.text[marker_end(line.text) :]
    if len(line.text) > _LONGEST_LINE or _SAYS.search(line.text):
        return "stop"
    people = people_in(line.text)
    if people:
        return "stop" if _acts(line.text, people[0].end) else "entry"
    if marker_end(line.text) and _is_inline(block):
        return "stop"
    if not block and names_untitled(line.text):
        return "entry"
    if not block or _HEADER_ROW.match(words.lstrip(" |\t")):
        return "other" if len(words) <= _WRAPPED * 2 else "stop"
    numbered = marker_end(line.text) > 0
    if names_untitled(line.text):
        return "entry"
    short = len(" ".join(words.split())) <= 2 * _WRAPPED
    if short and not numbered and _is_more(line, words, block[-1]):
        return "more"
    return "other" if short and (numbered or len(words) <= _WRAPPED) else "stop"


def _acts(line: str, name_end: int) -> bool:
    """Whether what follows a name is something done or said, not "นาย… : นายอำเภอ"."""
    act = _ACTS.match(line, name_end)
    if act is None:
        return False
    begin = len(line) - len(line[name_end:].lstrip(" :："))
    position = position_after(line, begin, len(line))
    rest = line[position.end :].strip() if position else line
    return not (":" in act[0] and (rest.startswith((":", "(", "：")) or len(rest) <= _ROLE))


def _is_inline(block: list[Line]) -> bool:
    """Whether people stand on the label's own line, so that a number begins something else."""
    first = block[0].text if len(block) == 1 else ""
    return has_people(first) and not marker_end(first)


def _is_more(line: Line, words: str, last: Line) -> bool:
    """Whether a line without a name goes on about the person of the line before."""
    if line.indent < last.indent and not _GOES_ON.match(words):
        return False
    marker = marker_end(last.text)
    unfinished = len(last.text[marker:].split()) <= 2
    full = marker > 0 and len(last.text) > _WRAPPED and ":" not in words
    return bool(line.indent > last.indent or unfinished or full or _GOES_ON.match(words))


def group_of(heading: Heading) -> Group:
    """The group that the people under a label belong to."""
    return heading if heading == "absent" or heading == "participant" else "present"
