"""Attendance lists: lines under ผู้มาประชุม, ผู้ไม่มาประชุม and ผู้เข้าร่วมประชุม, a person each or several.

A list may be numbered, a table with `|` or tabs, aligned columns, run on with commas, with the
position before or after the name, a person over several lines, names without a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.documents import Group
from pipeline.minutes.attendance.body import is_body, talks
from pipeline.minutes.attendance.names import has_people
from pipeline.minutes.attendance.roles import is_reason
from pipeline.minutes.attendance.roll_entries import Entry, read_entries
from pipeline.minutes.attendance.roll_labels import (
    Heading,
    RollLabel,
    find_roll_label,
    is_table_head,
)
from pipeline.minutes.attendance.roll_lines import kind_of
from pipeline.minutes.text.labels import marker_end
from pipeline.minutes.text.lines import Line, lines

_ROLE_OF: dict[Heading, str] = {"chair": "ประธาน", "secretary": "เลขานุการ"}
_MISSES = 3
_TO_NAME = 120
_MOST_LABELS = 60


@dataclass(frozen=True, slots=True)
class Roll:
    """People of the lists in order; `end` is where the lists end, 0 where there are none."""

    entries: tuple[tuple[Heading, Entry], ...] = ()
    end: int = 0


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
    for line, label in _list_lines(text):
        if label or is_body(line.text):
            if heading and block:
                yield heading, block
            heading, block, misses = None, [], 0
            seen += 1
            if talks(line.text) or seen > _MOST_LABELS:
                break
            if not label:
                continue
            heading = label.heading
            if label.rest < len(line.text) and not is_reason(line.text[label.rest :]):
                block = [_from(line, label.rest)]
        elif heading is None and seen == 0 and is_table_head(line.text):
            heading, misses = "present", 0
        elif heading:
            kind = kind_of(line, block)
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


def _list_lines(text: str) -> Iterator[tuple[Line, RollLabel | None]]:
    """The lines of `text` with their labels; people in a row are cut where the next list begins."""
    for line in lines(text):
        label = find_roll_label(line.text)
        cuts = _next_lists(line.text) if label and has_people(line.text[:_TO_NAME]) else ()
        start = 0
        for cut in cuts:
            part = _part(line, start, cut.start())
            yield part, find_roll_label(part.text)
            start = cut.end()
        rest = _from(line, start)
        yield rest, find_roll_label(rest.text) if start else label


def _next_lists(line: str) -> Iterator[re.Match[str]]:
    """What stands before the further lists in a paragraph of people."""
    for match in _NEXT_LIST.finditer(line, 1):
        ahead = line[match.end() : match.end() + _TO_NAME]
        if find_roll_label(ahead) and has_people(ahead):
            yield match


def _part(line: Line, start: int, stop: int) -> Line:
    words = line.text[start:stop].rstrip()
    return replace(line, start=line.start + start, end=line.start + start + len(words), text=words)


def _from(line: Line, start: int) -> Line:
    if not start:
        return line
    return replace(line, start=line.start + start, text=line.text[start:])


def group_of(heading: Heading) -> Group:
    """The group that the people under a label belong to."""
    return heading if heading == "absent" or heading == "participant" else "present"
