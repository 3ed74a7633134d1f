"""Where the names of agencies and positions end.

A head from the gazetteer ('เทศบาลตำบล', 'ผู้อำนวยการ') is completed by what follows: a province, the
name of a place, an agency or a unit of one. Thai writes these without blanks, so a name of a place
runs on word by word until a blank or a word that ends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span

from pipeline.entities.gazetteers import table
from pipeline.entities.values import Entity, Label
from pipeline.thai import PROVINCES
from pipeline.thai.lexicon import dictionary

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
_LEAVES = re.compile(r"ได้|ให้|ที่|จาก|ทุก|ร่วม|นาย|นาง|สำนักงาน|ซึ่ง")
# "กองอำนวยการป้องกันและบรรเทาสาธารณภัยจังหวัด" is a body, no officer.
_OF_BODIES = (
    "อำนวยการ",
    "สภา",
    "คณะ",
    "ศูนย์",
    "แผน",
    "หน่วย",
    "สำนักงาน",
    "สำนัก",
    "ตำรวจ",
    "สมาคม",
    "ชมรม",
)
_MOST_WORDS = 24
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
def _places() -> tuple[str, ...]:
    return tuple(table("agencies")["places"].split())


@cache
def _verbs() -> frozenset[str]:
    """The words that end even the long name of a unit, which may hold และ, เพื่อ, การจัดการ ..."""
    return _ends() - frozenset(table("positions")["joins"].split())


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
            end, value = _province(doc, head, known)
            yield _entity(doc, head.start_char, end, "AGENCY", value)
        else:
            public = _PUBLIC.match(doc.text, head.end_char)
            end = public.end() if public else head.end_char
            yield _entity(doc, head.start_char, end, "AGENCY", head.id_)
    yield from _other_offices(doc, known)


def positions(
    doc: Doc, heads: list[Span], known: Landmarks, offices: Mapping[int, Entity]
) -> Iterator[Entity]:
    """The positions that `heads` (labels POSITION, POSITION:...) begin; `offices` by start."""
    complete = {"place": _place, "province": _province}
    for head in heads:
        if doc.text.endswith(_OF_BODIES, 0, head.start_char):
            continue
        _, _, role = head.label_.partition(":")
        end, value = head.end_char, head.id_
        if role in complete:
            end, value = complete[role](doc, head, known)
        elif role:
            end, value = _office(doc, head, known, offices)
        if role not in {"agency_needed", "unit"} or end > head.end_char:
            yield _entity(doc, head.start_char, end, "POSITION", value)
    for match in _CAREER.finditer(doc.text):
        yield _entity(doc, *match.span(), "POSITION", match.group())


def _entity(doc: Doc, start: int, end: int, label: Label, value: str) -> Entity:
    return Entity(start, end, doc.text[start:end], label, value)


def _province(doc: Doc, head: Span, known: Landmarks) -> tuple[int, str]:
    """End and full name of a head that a province completes; the head itself without one."""
    found = _province_at(doc.text, head.end_char, known)
    if found is None:
        return head.end_char, head.id_
    end, province = found
    if province == "กรุงเทพมหานคร":
        return end, head.id_.removesuffix("จังหวัด") + province
    return end, head.id_ + province


def _province_at(text: str, end: int, known: Landmarks) -> tuple[int, str] | None:
    """The province named right at `end`, or behind a blank, จังหวัด or จ.; its end and its name."""
    gap = _TO_PROVINCE.match(text, end)
    for start in {end, gap.end() if gap else end}:
        if start in known.provinces:
            return known.provinces[start]
    # Directly after the office even a name counts that is a common word elsewhere (เลย, ตาก, น่าน).
    name = None if gap and gap["blank"] else _PROVINCE.match(text, gap.end() if gap else end)
    whole = name and (name.end() in known.words or name.end() == len(text))
    return (name.end(), name.group()) if name and whole else None


def _place(doc: Doc, head: Span, known: Landmarks) -> tuple[int, str]:
    """End and full name of a head that a place's name completes; the head itself without one."""
    text, end = doc.text, head.end_char
    numbered = _VILLAGE if head.label_.startswith("POSITION") else _NUMBER
    countable = numbered is _VILLAGE or head.id_.startswith("สำนัก")
    if countable and (number := numbered.match(text, end)):
        end = number.end()
    named = _run(doc, end, known, blank=head.text.endswith("."))
    if named > end and (number := _NUMBER.match(text, named)):
        named = number.end()
    name = text[head.end_char : max(named, end)].strip()
    return max(named, end), head.id_ + name


def _run(doc: Doc, end: int, known: Landmarks, *, blank: bool) -> int:
    """End of the place's name that begins at `end` or after a `blank` there; `end` without one."""
    start = end + (blank and doc.text.startswith(" ", end))
    first = known.words.get(start)
    if first is None or first >= len(doc) or doc[first].text in _not_names():
        return end
    stop = _words_end(doc, first, known, ends=_ends(), longest=_LONGEST_PLACE)
    return stop if stop > start and _is_place(doc, start, stop, known, blank=start > end) else end


def _is_place(doc: Doc, start: int, stop: int, known: Landmarks, *, blank: bool) -> bool:
    """Whether text[start:stop] may be a place's name rather than a verb that follows the head."""
    word = doc[known.words[start]].text
    if start in known.provinces or doc.text.startswith(_places(), start) or _PROVINCE.match(word):
        return True
    whole = not _THAI_WORD.match(doc.text, stop)
    return not blank and (whole or word not in dictionary())


def _words_end(
    doc: Doc, first: int, known: Landmarks, *, ends: frozenset[str], longest: int
) -> int:
    """Where the run of Thai words from token `first` on stops."""
    start = stop = int(doc[first].idx)
    for token in doc[first : first + _MOST_WORDS]:
        end = int(token.idx) + len(token.text)
        word = token.text
        if not _THAI_WORD.fullmatch(word) or word in ends or token.idx in known.people:
            break
        if ends is _ends() and word.startswith("ผู้"):
            break
        if end - start > longest:
            return start
        stop = end
        if token.whitespace_:
            break
    return stop


def _office(
    doc: Doc, head: Span, known: Landmarks, offices: Mapping[int, Entity]
) -> tuple[int, str]:
    """End and full name of a head that an agency or a unit of one completes."""
    text, end = doc.text, head.end_char
    for start in (end, end + text.startswith(" ", end)):
        if start in offices:
            return offices[start].end, head.id_ + offices[start].value
    start = end + (head.text.endswith(".") and text.startswith(" ", end))
    unit = head.label_.endswith(":unit") or _units().match(text, start)
    if start not in known.words or not unit:
        return end, head.id_
    stop = _words_end(doc, known.words[start], known, ends=_verbs(), longest=_LONGEST_UNIT)
    if stop == start:
        return end, head.id_
    found = _province_at(text, stop, known) if "จังหวัด" in text[stop : stop + 8] else None
    stop = found[0] if found else stop
    return stop, head.id_ + text[start:stop]


def _other_offices(doc: Doc, known: Landmarks) -> Iterator[Entity]:
    """Offices of a province that the gazetteer does not know: "สำนักงาน...จังหวัดน่าน"."""
    for match in _OFFICE.finditer(doc.text):
        found = _province_at(doc.text, match.end(), known)
        if found and not _LEAVES.search(match["of"]):
            value = f"สำนักงาน{match['of']}จังหวัด{found[1]}"
            yield _entity(doc, match.start(), found[0], "AGENCY", value)
