"""Agencies and positions: heads from the gazetteer, completed by what follows them.

'เทศบาลตำบล' needs the name of a place, 'พมจ.' may take a province, 'ผู้อำนวยการ' an agency or a unit
of one. Thai writes these without blanks; `pipeline.entities.completion` finds where they end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from spacy.tokens import Span

from pipeline.entities.completion import (
    LETTER,
    Landmarks,
    place_completed,
    province_at,
    province_completed,
    unit_end,
)
from pipeline.entities.gazetteers import table
from pipeline.entities.values import Entity, Label

_PUBLIC = re.compile(r"[ ]?\((?:องค์การ)?มหาชน\)")
_CAREER = re.compile(
    rf"(?<!{LETTER})(?:นัก(?!เรียน|ศึกษา)|เจ้าพนักงาน|เจ้าหน้าที่|วิศวกร|นิติกร|พยาบาลวิชาชีพ|เภสัชกร|ทันตแพทย์"
    rf"|นายแพทย์|นายช่าง|สัตวแพทย์|ครู|สถาปนิก|ช่าง){LETTER}{{0,50}}?"
    r"(?:ชำนาญการพิเศษ|ชำนาญการ|ปฏิบัติการ|เชี่ยวชาญ|ทรงคุณวุฒิ|ชำนาญงาน|ปฏิบัติงาน|อาวุโส)"
    rf"(?!{LETTER})"
)
_OFFICE = re.compile(rf"(?:สำนักงาน|สนง\.[ ]?)(?P<of>{LETTER}{{2,44}}?)(?:จังหวัด|จ\.)")
_LEAVES = re.compile(r"ได้|ให้|ที่|จาก|ทุก|ร่วม|นาย|นาง|สำนักงาน|ซึ่ง")
# "กองอำนวยการป้องกันและบรรเทาสาธารณภัยจังหวัด" is a body, no officer.
_BODY = re.compile(r"(?:อำนวยการ|สภา|คณะ|ศูนย์|แผน|หน่วย|สำนักงาน|สนง\.[ ]?|สำนัก|ตำรวจ|สมาคม|ชมรม)\Z")
_BODY_LOOK_BACK = 12


@cache
def _units() -> re.Pattern[str]:
    units = sorted(table("positions")["units"], key=len, reverse=True)
    return re.compile("|".join(units))


def agencies(heads: list[Span], known: Landmarks) -> Iterator[Entity]:
    """The agencies that `heads` (labels AGENCY, AGENCY:province, AGENCY:place) begin."""
    for head in heads:
        if head.label_ == "AGENCY:place":
            end, value = place_completed(head, known)
            if end > head.end_char:
                yield _entity(known, head.start_char, end, "AGENCY", value)
        elif head.label_ == "AGENCY:province":
            end, value = province_completed(head, known)
            yield _entity(known, head.start_char, end, "AGENCY", value)
        else:
            public = _PUBLIC.match(known.text, head.end_char)
            end = public.end() if public else head.end_char
            yield _entity(known, head.start_char, end, "AGENCY", head.id_)
    yield from _other_offices(known)


def positions(
    heads: list[Span], known: Landmarks, offices: Mapping[int, Entity]
) -> Iterator[Entity]:
    """The positions that `heads` (labels POSITION, POSITION:...) begin; `offices` by start."""
    complete = {"place": place_completed, "province": province_completed}
    for head in heads:
        before = known.text[max(0, head.start_char - _BODY_LOOK_BACK) : head.start_char]
        if _BODY.search(before):
            continue
        _, _, role = head.label_.partition(":")
        end, value = head.end_char, head.id_
        if role in complete:
            end, value = complete[role](head, known)
        elif role:
            end, value = _office(head, known, offices)
        if role not in {"agency_needed", "unit"} or end > head.end_char:
            yield _entity(known, head.start_char, end, "POSITION", value)
    for match in _CAREER.finditer(known.text):
        yield _entity(known, *match.span(), "POSITION", match.group())


def _entity(known: Landmarks, start: int, end: int, label: Label, value: str) -> Entity:
    return Entity(start, end, known.text[start:end], label, value)


def _office(head: Span, known: Landmarks, offices: Mapping[int, Entity]) -> tuple[int, str]:
    """End and full name of a head that an agency or a unit of one completes."""
    text, end = known.text, head.end_char
    for start in (end, end + text.startswith(" ", end)):
        if start in offices:
            return offices[start].end, head.id_ + offices[start].value
    start = end + (head.text.endswith(".") and text.startswith(" ", end))
    if not head.label_.endswith(":unit") and not _units().match(text, start):
        return end, head.id_
    stop = unit_end(start, known)
    return (stop, head.id_ + text[start:stop]) if stop > start else (end, head.id_)


def _other_offices(known: Landmarks) -> Iterator[Entity]:
    """Offices of a province that the gazetteer does not know: "สำนักงาน...จังหวัดน่าน"."""
    for match in _OFFICE.finditer(known.text):
        found = province_at(match.end(), known)
        if found and not _LEAVES.search(match["of"]):
            value = f"สำนักงาน{match['of']}จังหวัด{found[1]}"
            yield _entity(known, match.start(), found[0], "AGENCY", value)
