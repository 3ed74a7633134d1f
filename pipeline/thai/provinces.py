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
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from pipeline.thai.alternation import Begun
from pipeline.thai.people import find_people

MentionKind = Literal["explicit", "code", "bare", "inside"]


@dataclass(frozen=True, slots=True)
class ProvinceMention:
    """A province named in the text; the span is the name without จังหวัด or จ."""

    start: int
    end: int
    province: str
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class _Form:
    """A surface of a province. `whole`: no Thai letter may follow; `cue`: needs a cue or a list."""

    province: str
    whole: bool = False
    cue: bool = False
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    names: tuple[str, ...]
    forms: dict[str, _Form]
    codes: dict[str, str]
    english: dict[str, str]
    english_names: tuple[str, ...]
    english_words: frozenset[str]


_DATA = Path(__file__).parent / "data" / "provinces.toml"


def _load() -> _Gazetteer:
    rows = tomllib.loads(_DATA.read_text(encoding="utf-8"))["province"]
    return _Gazetteer(
        names=tuple(row["name"] for row in rows),
        forms=dict(form for row in rows for form in _forms(row)),
        codes={row["code"]: row["name"] for row in rows},
        english={
            _latin_key(name): row["name"]
            for row in rows
            for name in (row["english"], *row.get("english_aliases", ()))
        },
        english_names=tuple(row["english"] for row in rows),
        english_words=frozenset(row["english"] for row in rows if row.get("english_needs_cue")),
    )


def _forms(row: dict[str, Any]) -> Iterator[tuple[str, _Form]]:
    name = row["name"]
    edges = tuple(row.get("not_before", ())), tuple(row.get("not_after", ()))
    yield name, _Form(name, False, row.get("needs_cue", False), *edges)
    for alias in row.get("aliases", ()):
        yield alias, _Form(name, alias.startswith("เมือง"), False, *edges)
    for short in row.get("short", ()):
        yield short, _Form(name, True, True, *edges)


def _latin_key(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def _english_pattern(names: Iterable[str]) -> str:
    return "|".join(name.replace(" ", "[ ]?") for name in sorted(names, key=len, reverse=True))


_GAZETTEER = _load()
PROVINCES = _GAZETTEER.names

_LETTER = "[ก-ฮะ-ฺเ-ๅ็-๎]"


def _pattern(forms: dict[str, _Form]) -> str:
    """An alternation, longest first, branching on the first letter for speed."""
    tails: defaultdict[str, list[str]] = defaultdict(list)
    for surface in sorted(forms, key=len, reverse=True):
        tails[surface[0]].append(
            re.escape(surface[1:]) + (f"(?!{_LETTER})" if forms[surface].whole else "")
        )
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in tails.items())


_NAME = re.compile(_pattern(_GAZETTEER.forms))
# A vowel sign, a tone mark or a silent letter next: the word goes on (น่านับถือ, ตรังค์).
_GOES_ON = re.compile(r"[ะ-ฺๅ็-๎]|[ก-ฮ][ัิ-ู]?์")
_EXPLICIT = re.compile(
    r"(?:(?<!ต่าง)(?<!ทุก)(?<!หลาย)จังหวัด|จ\.|จว\.|ผู้ว่าฯ?|ผู้ว่าราชการ|พมจ|สสจ|ทสจ|ทกจ|สนจ|อบจ|ผวจ)"
    r"[ \t]?[:;|]?[ \t]{0,3}\Z"
)
# Offices with a branch in every province, written without จังหวัด: "ปภ.แพร่", "กอ.รมน. น่าน".
_OFFICE = re.compile(
    r"(?<![ก-๛.])(?:พช|ปภ|พม|พมจ|สสจ|ทสจ|ศธจ|สถจ|สวจ|วธจ|พศจ|สพจ|พจ|สจจ|สอจ|ยธจ|สยจ|สกจ|กษจ|พณจ|ปค|สถ|สปส|สพป|สพม"
    r"|กศน|สกร|กกต|ป\.?ป\.?ช|กอ\.[ ]?รมน|กอรมน|ภ\.จว|ธ\.?ก\.?ส|ท\.?ท\.?ท|กฟภ|กปภ"
    r"|บ\.?ข\.?ส|อ\.?ส\.?ท|ส\.?ว\.?ท)"
    r"\.?(?:สาขา)?[ ]?\Z"
    r"|(?P<word>ศาลากลาง|หอการค้า|สภาอุตสาหกรรม|(?:เหล่า)?กาชาด|ที่ทำการปกครอง"
    r"|กองอำนวยการรักษาความมั่นคงภายใน|ตำรวจภูธร|ศาล|อัยการ|แขวงทางหลวง|แขวงทางหลวงชนบท|โครงการชลประทาน"
    r"|ชลประทาน|สถานีวิทยุ|ด่านศุลกากร|ศาลเยาวชนและครอบครัว)\Z"
)
_TOWN = re.compile(r"(?:อำเภอเมือง|อ\.[ ]?เมือง|เทศบาล(?:นคร|เมือง)|ท[นม]\.|ชาว|เมือง)[ ]?\Z")
# Heads whose names run on for some letters ("มหาวิทยาลัยราชภัฏ..."), then heads right before.
_INSTITUTION = re.compile(
    r"(?:มหาวิทยาลัย|วิทยาลัย|วิทยาเขต|มรภ\.?|มทร\.?|โรงเรียน|รร\.|ร\.ร\.|โรงพยาบาล|รพ\.|ธนาคาร|ถนน|ถ\."
    r"|ค่าย|บริษัท|บมจ\.|บจก\.|หจก\.|โรงแรม|สถานีรถไฟ|สนามบิน|ท่าอากาศยาน|เรือนจำ|ทัณฑสถาน|เขตเลือกตั้ง"
    r"|หนังสือพิมพ์|นสพ\.|สโมสร|อุทยาน|เทศบาลตำบล|อบต\.|วพบ\.|ทต\.|ศูนย์วิจัย|(?<![ก-ฮ.])ม\.)"
    r"(?:(?P<rest>[ก-ฮะ-ฺเ-ๅ็-๎.]{0,24})|(?:ราชภัฏ|เทคโนโลยีราชมงคล|เทคนิค)?[ ])\Z"
)
_LEAVES = re.compile(r"ใน|ที่|ของ|จาก|และ|กับ|จังหวัด|จ\.|อำเภอ|อ\.|ร่วม|ทั่ว|ทุก|แห่ง|ถึง|เมือง|ชาว|ได้")
_HEAD = re.compile(
    r"(?:แม่น้ำ|ลำน้ำ|ลุ่มน้ำ|คลอง|เขื่อน|อ่าว|เกาะ|ทะเลสาบ|ตำบล|(?<![ก-ฮ])ต\.|แขวง|บ้าน|(?<!จังห)วัด|ซอย"
    r"|สมัย|กรุง|กรุงศรี|ภาษา|สำเนียง|หลวง|ยุค|ทิศ|นก|(?<!นคร)ศรี)\Z"
)
_TAIL = re.compile(
    r"ธรรมาธิราช|ธุรกิจ|กรีฑา|อภิวัฒน์|[ ]?ยูไนเต็ด|[ ]?เอฟซี|[ ]?FC|วิทยา|พิทยา|คริสเตียน|นเรนทร|นุกูล"
    r"|เขตอุดมศักดิ์|ทูเดย์|(?:ราช)?นครินทร์"
)
_CODES = "|".join(_GAZETTEER.codes)
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
        rf"(?<![A-Za-z])(?P<name>{_english_pattern(_GAZETTEER.english_names)})"
        r"(?![A-Za-z])(?P<province>[ ](?:Province|province|PROVINCE))?"
        r"(?P<other>[ ](?:University|Hospital|Road|Bank|Airport|College|School|Rajabhat))?"
    ),
    (
        *("Province", "province", "PROVINCE", "Changwat"),
        *(name.split()[0] for name in _GAZETTEER.english_names),
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
        yield ProvinceMention(*match.span(group), _GAZETTEER.codes[match[group]], "code")


def _english(text: str) -> Iterator[ProvinceMention]:
    for match in _ENGLISH.finditer(text):
        beside = match["field"] or match["province"]
        if not beside and match["name"] in _GAZETTEER.english_words:
            continue
        kind: MentionKind = "explicit" if beside else "inside" if match["other"] else "bare"
        province = _GAZETTEER.english[_latin_key(match["name"])]
        yield ProvinceMention(*match.span("name"), province, kind)


def _candidates(text: str) -> Iterator[tuple[ProvinceMention, bool]]:
    """Mentions, each with whether it still needs a neighbour in a list of provinces."""
    for match in _NAME.finditer(text):
        form = _GAZETTEER.forms[match.group()]
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        if not _is_word(form, before, text, match.end()):
            continue
        kind = _kind(before, text, match.end())
        glued = _is_glued(text, match.end())
        if form.cue and kind == "bare" and not glued and _LIST_BEFORE.search(before):
            yield ProvinceMention(*match.span(), form.province, kind), False
            continue
        alone = _ALONE_AFTER.match(text, match.end()) and _ALONE_BEFORE.search(before)
        town = _TOWN.search(before) and form.province != "เลย"
        open_ = form.cue and kind == "bare" and not alone and not town
        yield ProvinceMention(*match.span(), form.province, kind), bool(open_)


def _is_word(form: _Form, before: str, text: str, end: int) -> bool:
    """Whether the letters around leave the name a word of its own."""
    if before[-1:] in set("เแโใไ") or _GOES_ON.match(text, end):
        return False
    return not before.endswith(form.not_after) and not text.startswith(form.not_before, end)


def _kind(before: str, text: str, end: int) -> MentionKind:
    if _EXPLICIT.search(before) or _is_office(before, text, end):
        return "explicit"
    if _HEAD.search(before) or _TAIL.match(text, end) or _is_royal(before, text, end):
        return "inside"
    # The last head counts: its name must run up to the province without leaving it.
    for match in _INSTITUTION.finditer(before):
        if not _LEAVES.search(match["rest"] or ""):
            return "inside"
    return "bare"


def _is_office(before: str, text: str, end: int) -> bool:
    """An office before the name; "แจ้ง ปภ. เลยไม่ทัน" and "ไม่มีศาลเลย" name no province."""
    office = _OFFICE.search(before)
    if office is None or _TAIL.match(text, end):
        return False
    return not (text.endswith("เลย", 0, end) and (office["word"] or _is_glued(text, end)))


def _is_glued(text: str, end: int) -> bool:
    """Whether letters other than those of และ follow the name."""
    return bool(re.match(_LETTER, text[end : end + 1])) and not text.startswith("และ", end)


def _is_royal(before: str, text: str, end: int) -> bool:
    """The surname that descendants of kings add: "... ณ อยุธยา"."""
    return text.endswith("อยุธยา", 0, end) and before.endswith("ณ ")


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
    if second.start - first.end > 20 or _is_glued(text, mention.end):
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


_PREFIX = re.compile(r"(?:จังหวัด|จ\.|จว\.)\s*")


def province_of(text: str) -> str | None:
    """The province a user typed: a Thai or English name, an alias or a document code."""
    surface = _PREFIX.sub("", text.strip(), count=1)
    for key in (surface, surface.rstrip("ฯ"), surface + "ฯ"):
        if key in _GAZETTEER.forms:
            return _GAZETTEER.forms[key].province
    latin = re.sub(r"(?:changwat|province|city)", "", _latin_key(surface))
    return _GAZETTEER.codes.get(surface.replace(".", "")) or _GAZETTEER.english.get(latin)
