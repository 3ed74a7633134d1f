"""The 77 provinces in Thai text, under their names, short forms and nicknames.

Names that are ordinary words too (เลย, ตาก, แพร่, น่าน ...) count after จังหวัด, จ. or an office of
the province, in a list of provinces, or alone on a line. Every mention says what kind it is:

- `explicit`: after จังหวัด, จ. or a province office (ผู้ว่าฯ, พมจ., ปภ. ...), beside "Province"
- `code`: the two letters of a document number or before a postcode, "ที่ อจ ๐๐๑๗.๒/๔๑", "อจ ๓๗๐๐๐"
- `bare`: the name alone, also อ.เมืองสุรินทร์
- `inside`: in the name of something else: a university, bank, road, river, sub-district, person.
  It still tells where a text comes from when nothing else does ("มรภ.ศรีสะเกษ")
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.thai.alternation import Begun
from pipeline.thai.gazetteer import GAZETTEER, Form, latin_key
from pipeline.thai.people import find_people
from pipeline.thai.province_contexts import LETTER, TOWN, MentionKind, is_glued, is_word, kind_of


@dataclass(frozen=True, slots=True)
class ProvinceMention:
    """A province named in the text; the span is the name without จังหวัด or จ."""

    start: int
    end: int
    province: str
    kind: MentionKind


def _english_pattern(names: Iterable[str]) -> str:
    return "|".join(name.replace(" ", "[ ]?") for name in sorted(names, key=len, reverse=True))


def _pattern(forms: dict[str, Form]) -> str:
    """An alternation, longest first, branching on the first letter for speed."""
    tails: defaultdict[str, list[str]] = defaultdict(list)
    for surface in sorted(forms, key=len, reverse=True):
        tails[surface[0]].append(
            re.escape(surface[1:]) + (f"(?!{LETTER})" if forms[surface].whole else "")
        )
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in tails.items())


_NAME = re.compile(_pattern(GAZETTEER.forms))
_CODES = "|".join(GAZETTEER.codes)
_DIGIT = "[0-9๐-๙]"
_CODE = re.compile(
    rf"ที่[ \t]{{1,4}}(?P<letter>{_CODES})[ \t]{{0,2}}"
    rf"(?:[0๐]{{2}}{_DIGIT}{{2}}|[5-7๕-๗]{_DIGIT}{{4}})(?!{_DIGIT})"
    rf"|(?<![ก-๛.])(?P<post>{_CODES})[ \t]?[1-9๑-๙]{_DIGIT}{{4}}(?!{_DIGIT})"
)
# Nan and Tak are English words or names too: only beside "Province".
_ENGLISH = Begun.of(
    re.compile(
        r"(?P<field>\b(?:Province|province|PROVINCE|Changwat)(?:[ ]of|[ ]?:)?[ ]{0,3})?"
        rf"(?<![A-Za-z])(?P<name>{_english_pattern(GAZETTEER.english_names)})"
        r"(?![A-Za-z])(?P<province>[ ](?:Province|province|PROVINCE))?"
        r"(?P<other>[ ](?:University|Hospital|Road|Bank|Airport|College|School|Rajabhat))?"
    ),
    (
        *("Province", "province", "PROVINCE", "Changwat"),
        *(name.split()[0] for name in GAZETTEER.english_names),
    ),
)
_LINK = re.compile(r"[ \t\n,/·–—-]*(?:และ|หรือ|กับ)?[ \t]*(?:จังหวัด|จ\.)?[ \t]*")
# "5 จังหวัด ได้แก่", "จังหวัดเป้าหมายประกอบด้วย", "3 จังหวัด (": what follows is a list of provinces.
_LIST_BEFORE = re.compile(
    r"จังหวัด(?:[^\n]{0,30}(?:ได้แก่|คือ|ประกอบด้วย|ดังนี้|อาทิ|เช่น)|[^\n()]{0,20}\()[ \t]?:?[ \t]{0,3}\Z"
)
_FREE_BEFORE = re.compile(r"(?:^|[^ก-๛]|และ|หรือ|กับ|ใน|ที่|จาก|ถึง|ของ|ทั้ง|แก่|คือ|ด้วย)\Z")
_ALONE_BEFORE = re.compile(r"(?:^|\n)[ \t]*\Z")
_ALONE_AFTER = re.compile(r"[ \t]*(?:\n|\Z)")
_LOOK_BACK = 48


def find_provinces(text: str) -> list[ProvinceMention]:
    """Every province named in `text`, in order, with its kind.

    >>> [mention.province for mention in find_provinces("จ.น่าน และเมืองคอน")]
    ['น่าน', 'นครศรีธรรมราช']
    """
    thai = _accepted(list(_candidates(text)), text)
    found = sorted([*thai, *_coded(text), *_english(text)], key=lambda mention: mention.start)
    return _outside_people(found, text)


def _coded(text: str) -> Iterator[ProvinceMention]:
    for match in _CODE.finditer(text):
        group = match.lastgroup or ""
        yield ProvinceMention(*match.span(group), GAZETTEER.codes[match[group]], "code")


def _english(text: str) -> Iterator[ProvinceMention]:
    for match in _ENGLISH.finditer(text):
        beside = match["field"] or match["province"]
        if not beside and match["name"] in GAZETTEER.english_words:
            continue
        kind: MentionKind = "explicit" if beside else "inside" if match["other"] else "bare"
        province = GAZETTEER.english[latin_key(match["name"])]
        yield ProvinceMention(*match.span("name"), province, kind)


def _candidates(text: str) -> Iterator[tuple[ProvinceMention, bool]]:
    """Mentions, each with whether it still needs a neighbour in a list of provinces."""
    for match in _NAME.finditer(text):
        form = GAZETTEER.forms[match.group()]
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        if not is_word(form, before, text, match.end()):
            continue
        kind = kind_of(before, text, match.end())
        glued = is_glued(text, match.end())
        if form.cue and kind == "bare" and not glued and _LIST_BEFORE.search(before):
            yield ProvinceMention(*match.span(), form.province, kind), False
            continue
        alone = _ALONE_AFTER.match(text, match.end()) and _ALONE_BEFORE.search(before)
        town = TOWN.search(before) and form.province != "เลย"
        open_ = form.cue and kind == "bare" and not alone and not town
        yield ProvinceMention(*match.span(), form.province, kind), bool(open_)


def _accepted(
    candidates: list[tuple[ProvinceMention, bool]], text: str
) -> Iterator[ProvinceMention]:
    """Drop what needs a neighbour and has none: forwards, then backwards."""
    settled = [not open_ for _, open_ in candidates]
    steps = [(index, index - 1) for index in range(1, len(candidates))]
    for index, beside in (*steps, *((low, high) for high, low in reversed(steps))):
        if not settled[index] and settled[beside]:
            low, high = sorted((index, beside))
            link = candidates[low][0], candidates[high][0]
            settled[index] = _listed(candidates[index][0], link, text)
            # "ทำได้เลย ลำปางเริ่มแล้ว": the first of a list stands free of the word before it.
            if index == low and settled[index]:
                start = candidates[index][0].start
                settled[index] = bool(_FREE_BEFORE.search(text[max(0, start - 5) : start]))
    return (mention for (mention, _), ok in zip(candidates, settled, strict=True) if ok)


def _listed(
    mention: ProvinceMention, link: tuple[ProvinceMention, ProvinceMention], text: str
) -> bool:
    """Whether only a comma, a blank or และ links the two, and no letters follow `mention`."""
    first, second = link
    if second.start - first.end > 20 or is_glued(text, mention.end):
        return False
    return first.end < second.start and bool(_LINK.fullmatch(text, first.end, second.start))


def _outside_people(found: list[ProvinceMention], text: str) -> list[ProvinceMention]:
    """Mark names of people: นายสุรินทร์, a surname ณ ระนอง."""
    if all(mention.kind != "bare" for mention in found):
        return found
    letters = {i for person in find_people(text) for i in range(person.start, person.end)}
    return [
        replace(mention, kind="inside")
        if mention.kind == "bare" and mention.start in letters
        else mention
        for mention in found
    ]
