"""How far a name runs on behind its head: to a province, or over the words of a place's name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span

from pipeline.entities.gazetteers import table
from pipeline.entities.values import Entity
from pipeline.thai import PROVINCES
from pipeline.thai.lexicon import dictionary

LETTER = "[ก-ฮะ-ฺเ-ๅ็-๎]"
_THAI_WORD = re.compile(f"{LETTER}+ฯ?")
_DIGITS = "[0-9๐-๙]{1,3}"
_TO_PROVINCE = re.compile(r"(?P<blank>[ ]?)(?:จังหวัด|จ\.|จว\.)?(?P<more>[ ]?)")
_PROVINCE = re.compile("|".join(sorted(PROVINCES, key=len, reverse=True)))
_NUMBER = re.compile(rf"[ ]?(?:ที่|เขต)[ ]?{_DIGITS}(?![0-9๐-๙./])")
_VILLAGE = re.compile(rf"[ ]?(?:หมู่ที่|หมู่|ม\.)[ ]?{_DIGITS}(?![0-9๐-๙])(?:[ ]?(?=บ้าน))?")
_THAI_LETTER = re.compile(LETTER)
_NO_PLACE = ("ผู้", "ทุก", "หลาย", "รู้")
_COMPANY = re.compile(r"(?:และ|พร้อม)(?:คณะ|ทีมงาน|ทีม)\Z")
_MOST_WORDS = 24
_LONGEST_PLACE = 32
_LONGEST_UNIT = 70


@dataclass(frozen=True, slots=True)
class Landmarks:
    """What is known of a Doc before its names are completed.

    `text` is `doc.text`, which spaCy puts together anew on each access. `provinces` gives end and
    name by start, `people` holds the starts of names, `words` gives the token by its offset.
    """

    doc: Doc
    text: str
    provinces: Mapping[int, tuple[int, str]]
    people: Set[int]
    words: Mapping[int, int]


def landmarks(doc: Doc, text: str, provinces: list[Entity], people: list[Entity]) -> Landmarks:
    """The tables that completion looks things up in."""
    return Landmarks(
        doc=doc,
        text=text,
        provinces={entity.start: (entity.end, entity.value) for entity in provinces},
        people=frozenset(entity.start for entity in people),
        words={token.idx: token.i for token in doc},
    )


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


def province_completed(head: Span, known: Landmarks) -> tuple[int, str]:
    """End and full name of a head that a province completes; the head itself without one."""
    found = province_at(head.end_char, known)
    if found is None:
        return head.end_char, head.id_
    end, province = found
    if province == "กรุงเทพมหานคร":
        return end, head.id_.removesuffix("จังหวัด") + province
    return end, head.id_ + province


def province_at(end: int, known: Landmarks) -> tuple[int, str] | None:
    """The province named right at `end`, or behind a blank, จังหวัด or จ.; its end and its name."""
    text = known.text
    gap = _TO_PROVINCE.match(text, end)
    for start in (end, gap.end() if gap else end):
        if start in known.provinces:
            return known.provinces[start]
    # Directly after the office even a name counts that is a common word elsewhere (เลย, ตาก, น่าน).
    name = None if gap and gap["blank"] else _PROVINCE.match(text, gap.end() if gap else end)
    whole = name and (name.end() in known.words or name.end() == len(text))
    return (name.end(), name.group()) if name and whole else None


def place_completed(head: Span, known: Landmarks) -> tuple[int, str]:
    """End and full name of a head that a place's name completes; the head itself without one."""
    text, end = known.text, head.end_char
    numbered = _VILLAGE if head.label_.startswith("POSITION") else _NUMBER
    countable = numbered is _VILLAGE or head.id_.startswith("สำนัก")
    if countable and (number := numbered.match(text, end)):
        end = number.end()
    named = _run(end, known, blank=head.text.endswith("."))
    if named > end and (number := _NUMBER.match(text, named)):
        named = number.end()
    name = text[head.end_char : max(named, end)].strip()
    return max(named, end), head.id_ + name


def _run(end: int, known: Landmarks, *, blank: bool) -> int:
    """End of the place's name that begins at `end` or after a `blank` there; `end` without one."""
    start = end + (blank and known.text.startswith(" ", end))
    first = known.words.get(start)
    if first is None or known.doc[first].text in _not_names():
        return end
    stop = _words_end(first, known, ends=_ends(), longest=_LONGEST_PLACE)
    return stop if stop > start and _is_place(start, stop, known, blank=start > end) else end


def _is_place(start: int, stop: int, known: Landmarks, *, blank: bool) -> bool:
    """Whether text[start:stop] may be a place's name rather than a verb that follows the head."""
    word = known.doc[known.words[start]].text
    if start in known.provinces or known.text.startswith(_places(), start) or _PROVINCE.match(word):
        return True
    whole = not _THAI_LETTER.match(known.text, stop)
    return not blank and (whole or word not in dictionary())


def unit_end(start: int, known: Landmarks) -> int:
    """End of the name of an agency's unit that begins at `start`; `start` itself without one."""
    first = known.words.get(start)
    if first is None:
        return start
    stop = _words_end(first, known, ends=_verbs(), longest=_LONGEST_UNIT)
    stop = start + len(_COMPANY.sub("", known.text[start:stop]))
    behind = known.text.startswith("จังหวัด", stop) and stop > start
    found = province_at(stop, known) if behind else None
    return found[0] if found else stop


def _words_end(first: int, known: Landmarks, *, ends: frozenset[str], longest: int) -> int:
    """Where the run of Thai words from token `first` on stops."""
    start = stop = int(known.doc[first].idx)
    for token in known.doc[first : first + _MOST_WORDS]:
        end = int(token.idx) + len(token.text)
        word = token.text
        if not _THAI_WORD.fullmatch(word) or word in ends or token.idx in known.people:
            break
        if ends is _ends() and word.startswith(_NO_PLACE):
            break
        if end - start > longest:
            return start
        stop = end
        if token.whitespace_:
            break
    return stop
