"""Where the names of agencies and positions end.

A head from the gazetteer ('เทศบาลตำบล', 'ผู้อำนวยการ') is completed by what follows: a province, the
name of a place, an agency or a unit of one. Thai writes these without blanks, so a name of a place
runs on word by word until a blank or a word that ends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Span

from pipeline.entities.gazetteers import table
from pipeline.entities.values import Entity, Label
from pipeline.thai import PROVINCES

_LETTER = "[ก-ฮะ-ฺเ-ๅ็-๎]"
_THAI_WORD = re.compile(f"{_LETTER}+ฯ?")
_DIGITS = "[0-9๐-๙]{1,3}"
_TO_PROVINCE = re.compile(r"(?P<blank>[ ]?)(?:จังหวัด|จ\.|จว\.)?(?P<more>[ ]?)")
_PROVINCE = re.compile("|".join(sorted(PROVINCES, key=len, reverse=True)))
_NUMBER = re.compile(rf"[ ]?(?:ที่|เขต)[ ]?{_DIGITS}(?![0-9๐-๙./])")
_VILLAGE = re.compile(rf"[ ]?(?:หมู่ที่|หมู่|ม\.)[ ]?{_DIGITS}(?![0-9๐-๙])(?:[ ]?(?=บ้าน))?")
_PUBLIC = re.compile(r"[ ]?\((?:องค์การ)?มหาชน\)")
_CAREER = re.compile(
    rf"(?<!{_LETTER})(?:นัก(?!เรียน|ศึกษา)|เจ้าพนักงาน|เจ้าหน้าที่|วิศวกร|นิติกร|พยาบาลวิชาชีพ|เภสัชกร|ทันตแพทย์"
    rf"|นายแพทย์|นายช่าง|สัตวแพทย์|ครู|สถาปนิก|ช่าง){_LETTER}{{0,50}}?"
    r"(?:ชำนาญการพิเศษ|ชำนาญการ|ปฏิบัติการ|เชี่ยวชาญ|ทรงคุณวุฒิ|ชำนาญงาน|ปฏิบัติงาน|อาวุโส)"
    rf"(?!{_LETTER})"
)
_OFFICE = re.compile(rf"(?:สำนักงาน|สนง\.[ ]?)(?P<of>{_LETTER}{{2,44}}?)(?:จังหวัด|จ\.)")
_MOST_WORDS = 12
_LONGEST_PLACE = 32
_LONGEST_UNIT = 70


@dataclass(frozen=True, slots=True)
class Landmarks:
    """What is already known of a text, by the offset where it starts."""

    provinces: Mapping[int, tuple[int, str]]
    people: Set[int]
    words: Mapping[int, int]


@cache
def _ends() -> frozenset[str]:
    return frozenset(table("agencies")["ends"].split())


@cache
def _not_names() -> frozenset[str]:
    return frozenset(table("agencies")["not_names"].split())


@cache
def _verbs() -> frozenset[str]:
    """The words that end even the long name of a unit, which may hold และ, เพื่อ, การจัดการ ..."""
    return _ends() - frozenset(
        "และ หรือ กับ เพื่อ ของ ใน จัดการ ร่วม ด้าน จัดทำ ดูแล ตรวจสอบ ติดตาม ประสานงาน จังหวัด อำเภอ ตำบล ที่ ปี ประชุม".split()
    )


@cache
def _units() -> re.Pattern[str]:
    units = sorted(table("positions")["units"], key=len, reverse=True)
    return re.compile("|".join(units))


def landmarks(doc: Doc, provinces: list[Entity], people: list[Entity]) -> Landmarks:
    """The tables that completion looks things up in."""
    return Landmarks(
        provinces={entity.start: (entity.end, entity.value) for entity in provinces},
        people=frozenset(entity.start for entity in people),
        words={token.idx: token.i for token in doc},
    )


def agencies(doc: Doc, heads: list[Span], known: Landmarks) -> Iterator[Entity]:
    """The agencies that `heads` (labels AGENCY, AGENCY:province, AGENCY:place) begin."""
    for head in heads:
        if head.label_ == "AGENCY:place":
            end, value = _place(doc, head, known)
            if end > head.end_char:
                yield _entity(doc, head.start_char, end, "AGENCY", value)
        elif head.label_ == "AGENCY:province":
            yield _entity(doc, head.start_char, *_province(doc, head, known))
        else:
            public = _PUBLIC.match(doc.text, head.end_char)
            end = public.end() if public else head.end_char
            yield _entity(doc, head.start_char, end, "AGENCY", head.id_)
    yield from _other_offices(doc, known)


def positions(
    doc: Doc, heads: list[Span], known: Landmarks, offices: Mapping[int, Entity]
) -> Iterator[Entity]:
    """The positions that `heads` (labels POSITION, POSITION:...) begin; `offices` by their start."""
    complete = {"place": _place, "province": _province}
    for head in heads:
        _, _, role = head.label_.partition(":")
        end, value = head.end_char, head.id_
        if role in complete:
            end, value = complete[role](doc, head, known)
        elif role:
            end, value = _office(doc, head, known, offices)
        if role != "agency_needed" or end > head.end_char:
            yield _entity(doc, head.start_char, end, "POSITION", value)
    for match in _CAREER.finditer(doc.text):
        yield _entity(doc, *match.span(), "POSITION", match.group())
