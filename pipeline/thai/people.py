"""People in Thai text: a personal title, a first name and, where one follows, a surname.

Thai puts no space between a name and the words around it. So a name ends at a space, at ฯ, or
where a verb or a position begins ("นายไมตรีกล่าวว่า"), and a second word is the surname unless it
begins like a position, a verb or another title. Words that only look titled (นายอำเภอ, นางพญา,
พระมหากษัตริย์) are left out, and titles that are common words (คุณ, อาจารย์) need a surname.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.thai.alternation import Begun, any_of

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person named in the text; the span runs from the title to the name's end, its ฯ included.

    `title` is as written ('ผศ.ดร.', 'ว่าที่ ร.ต.'); `name` is what follows, without ฯ.
    """

    start: int
    end: int
    name: str
    title: str


def _lines(file: str) -> tuple[str, ...]:
    lines = (_DATA / file).read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


_POSITIONS = _lines("positions.txt")
_TABLES = tomllib.loads((_DATA / "people.toml").read_text(encoding="utf-8"))
_VERBS = _TABLES["verbs"].split()
_NEED_SURNAME = frozenset(_TABLES["need_surname"].split())
_GLUED = frozenset(_TABLES["glued"].split())
_LETTER = "[ก-ฮะ-ฺเ-ๅ็-๎]"
_LONGEST = 24


def _title(title: str, *, chained: bool) -> str:
    surface = re.escape(title).replace(r"\.", r"\.[ ]?")
    other = _TABLES["not_after"].get(title, "").replace("\n", "")
    after = f"(?!{other})" if other else ""
    if chained:
        return surface + after
    before = "".join(f"(?<!{re.escape(end)})" for end in _TABLES["not_before"].get(title, ()))
    # Letters of a longer abbreviation: ก.พ.ร. holds no rank, สนพ. no doctor.
    dotted = "(?<![ก-ฮ][.])" if "." in title else ""
    letters = title.replace(".", "")
    short = "." in title and len(letters) <= 2 and title not in _GLUED
    return f"{dotted}{'(?<![ก-๎])' if short else ''}{before}{surface}{after}"


def _titles(*, chained: bool) -> str:
    tails: defaultdict[str, list[str]] = defaultdict(list)
    for title in sorted(_lines("titles.txt"), key=len, reverse=True):
        tails[title[0]].append(_title(title, chained=chained))
    return "|".join(f"(?={first})(?:{'|'.join(rest)})" for first, rest in tails.items())


_ADDED = r"(?:[ ]?หญิง(?=[ ก-๎]))?(?:[ ]?\(พิเศษ\))?(?:[ ]?ร\.น\.)?"
_TITLE = re.compile(rf"(?:ว่าที่[ ]?)?(?P<title>{_titles(chained=False)}){_ADDED}")
_TITLES = Begun.of(
    _TITLE, ("ว่าที่", *(re.split(r"(?<=\.)", title)[0] for title in _lines("titles.txt")))
)
_NEXT_TITLE = re.compile(rf"[ ]?(?P<title>{_titles(chained=True)}){_ADDED}")
_WORD = re.compile(rf"[ก-ฮเ-ไ]{_LETTER}{{1,44}}")
_SPACES = re.compile(r"[ ]{1,4}")
# Short positions (วัด, กรม) are syllables of names, so they do not cut; สว่าง holds ว่า.
_CUT = re.compile(
    any_of([*_VERBS, *(word for word in _POSITIONS if len(word) > 5), "ปลัด", "นายก"])
    + "|ว่า(?![ก-ฮ])"
)
_STOP = re.compile(
    any_of([*_VERBS, *_TABLES["other_beginnings"].split(), *_POSITIONS])
    + f"|(?:{any_of(_TABLES['other_words'].split())})(?!{_LETTER})"
)
_OF = re.compile(rf"ณ[ ](?!{'|'.join(_TABLES['places'].split())}){_LETTER}{{2,24}}")
_ROYAL = " ณ อยุธยา"
_FULL_NAME = re.compile(r"[^ ]{2,14}[ ]{1,4}[^ ]{2,16}")
_COUNT_BEFORE = re.compile(r"[0-9๐-๙][ ]?\Z")
_LATIN = re.compile(
    r"\b(?P<title>(?:Mr|Mrs|Ms|Dr|Prof)\b\.?)[ ]{1,2}"
    r"(?P<name>[A-Z][A-Za-z'’-]{0,24}\.?(?:[ ][A-Z][A-Za-z'’-]{0,24}){0,3})"
)


def find_people(text: str) -> list[PersonMention]:
    """Everyone named with a title, in order, without overlaps.

    >>> [(mention.title, mention.name) for mention in find_people("นายสมชาย ใจดี เสนอว่า")]
    [('นาย', 'สมชาย ใจดี')]
    """
    latin = (
        PersonMention(match.start(), match.end(), match["name"], match["title"])
        for match in _LATIN.finditer(text)
    )
    return sorted([*_thai(text), *latin], key=lambda person: person.start)


def _thai(text: str) -> Iterator[PersonMention]:
    position = 0
    while match := _TITLES.search(text, position):
        person = None if _is_count(match, text) else _person(match, text)
        position = person.end if person else match.end()
        if person:
            yield person


def _is_count(match: re.Match[str], text: str) -> bool:
    """A count of officers ("ตำรวจ 5 นาย ลงพื้นที่"): a figure before and a blank after."""
    before = text[max(0, match.start() - 2) : match.start()]
    return bool(_COUNT_BEFORE.search(before)) and text[match.end() : match.end() + 1] in " \n"


def _person(match: re.Match[str], text: str) -> PersonMention | None:
    end, titles = match.end(), [match["title"]]
    while len(titles) < 4 and (more := _NEXT_TITLE.match(text, end)):
        end, titles = more.end(), [*titles, more["title"]]
    strict = len(titles) > 1 or titles[0] not in _NEED_SURNAME
    name_start = end + text.startswith(" ", end)
    glued = name_start == match.end() and strict
    first_end = _first_name(text, name_start, glued=glued)
    if first_end is None:
        return None
    name_end = first_end
    if titles[-1] != "พระครู":
        name_end = _surname(text, first_end) or first_end
    if not strict and not _FULL_NAME.fullmatch(text, name_start, name_end):
        return None
    shortened = text.startswith("ฯ", name_end) and not text.startswith("ฯล", name_end)
    title = text[match.start() : end].strip()
    return PersonMention(match.start(), name_end + shortened, text[name_start:name_end], title)


def _first_name(text: str, start: int, *, glued: bool) -> int | None:
    """End of the first name; glued to its title it may begin like a short function word."""
    stop = _STOP.match(text, start)
    return None if stop and (not glued or len(stop[0]) > 5) else _name_end(text, start)


def _surname(text: str, first_end: int) -> int | None:
    gap = _SPACES.match(text, first_end)
    if gap is None:
        return None
    if house := _OF.match(text, gap.end()):
        return house.end()
    if _STOP.match(text, gap.end()) or _TITLE.match(text, gap.end()):
        return None
    end = _name_end(text, gap.end())
    return end + len(_ROYAL) if end and text.startswith(_ROYAL, end) else end


def _name_end(text: str, start: int) -> int | None:
    """Where the word at `start` stops being a name; None for an abbreviation or running text."""
    word = _WORD.match(text, start)
    if word is None:
        return None
    cut = _CUT.search(text, start + 2, word.end())
    end = cut.start() if cut else word.end()
    abbreviation = cut is None and text.startswith(".", end)
    return None if abbreviation or end - start > _LONGEST else end
