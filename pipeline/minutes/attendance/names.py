"""Everyone named in lists and posts: with a title, as กำนัน… or ป้า…, in Latin letters, hyphenated.

`pipeline.thai.find_people` knows titles and two words of a name. Here what stands around a name
says more: a position behind it shows that กำนันคูณ เพียรภูเขา is a person and that in "นางซา หม่อง
เอ อาสาสมัคร" the third word still belongs to the name.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.minutes.attendance.positions import begins_position, position_after
from pipeline.minutes.attendance.verbs import is_verb
from pipeline.thai import PersonMention, find_people
from pipeline.thai.alternation import Begun, any_of

_THAI = "[ก-ฮเ-ไ][ก-๎]"
_JOINED = "(?:(?<![ก-๎])|(?<=โดย)|(?<=และ)|(?<=กับ)|(?<=มี)|(?<=คือ)|(?<=ทั้ง)|(?<=ส่วน)|(?<=ด้วย))"
_KIN = (
    "กำนัน", "ผู้ใหญ่", "ยาย", "ลุง", "ป้า", "น้า", "พ่อใหญ่", "แม่ใหญ่", "พ่อหลวง", "แม่หลวง", "พ่อครู", "แม่ครู",
    "ผญ.", "ผญบ.", "พ่อ", "แม่", "พี่", "น้อง", "โต๊ะอิหม่าม", "อิหม่าม", "ครู", "หมอ", "ช่าง", "เฮีย", "เจ๊",
    "พะตี",
)  # fmt: skip
_POLITE = ("คุณ", "ครู", "หมอ", "อาจารย์")
# A local title with name and surname, or one name with the position in brackets.
_LOCAL = Begun.of(
    re.compile(
        rf"{_JOINED}(?:(?P<kin>{any_of(_KIN)})"
        rf"(?P<full>{_THAI}{{2,14}}[ ]{_THAI}{{2,18}})(?=[ ,;|/(\n]|\Z)"
        rf"|(?P<polite>{any_of(_POLITE)})(?P<first>{_THAI}{{1,14}})"
        r"(?=[ ]\((?![^)]{0,60}(?:นาย|นาง|น\.ส\.))))"
    ),
    (*_KIN, *_POLITE),
)
_LATIN_WORD = r"(?!Chief|Director|Manager|Head|Senior|CEO)[A-ZÀ-Þ][A-Za-zÀ-ÿ'’-]{0,24}\.?"
# Letters with a mark: "Dr. Hans M|üller".
_MARKED = re.compile(rf"(?<=[A-Za-z])[À-ÿ][A-Za-zÀ-ÿ'’-]{{0,24}}(?:[ ]{_LATIN_WORD}){{0,2}}")
_LEADER = re.compile(r"กำนัน|ผญ|ผู้ใหญ่|พ่อหลวง|แม่หลวง|โต๊ะอิหม่าม|อิหม่าม|ครู|ลุง|ป้า|ยาย")
_ENDS_CELL = re.compile(r"[ ]*(?:[-–—,;|/(\n]|\Z)")
_LATIN = Begun.of(
    re.compile(
        rf"(?<![ก-๎])(?P<title>นางสาว|นาย|นาง|น\.ส\.|คุณ|ดร\.|ผศ\.|รศ\.|ศ\.)[ ]?"
        rf"(?P<name>{_LATIN_WORD}(?:[ ]{_LATIN_WORD}){{0,3}})"
    ),
    ["นางสาว", "นาย", "นาง", "น.ส.", "คุณ", "ดร.", "ผศ.", "รศ.", "ศ."],
)
_HYPHENATED = re.compile(rf"(?:[-–]{_THAI}{{1,20}}){{1,3}}")
_WORD = re.compile(rf"[ ](?P<word>{_THAI}{{0,24}})(?=[ ,(|/\t\n:]|\Z)")
_PARTICLE = re.compile(r"[ ](?:บิน|บินตี|บินติ|บินท์|บินตี้|อัล|เดอ|ฟาน|วอน)\Z")
_SHORT = 4
# A monk of rank, without a title of the list, by the office behind the name.
_MONK = Begun.of(
    re.compile(
        rf"{_JOINED}(?P<name>พระ[ก-๎]{{3,28}}(?:[ ][ก-๎]{{3,24}})?)"
        r"(?=[ ]{1,4}\(?(?:รอง|ผู้ช่วย|ที่ปรึกษา|เลขานุการ)?(?:เจ้าคณะ|เจ้าอาวาส))"
    ),
    ["พระ"],
)
# "นพ.เชี่ยวชาญ", "นพ.สสจ.": a position, not a doctor of that name.
_GRADE = re.compile("เชี่ยวชาญ|ชำนาญการ|ปฏิบัติการ|ทรงคุณวุฒิ|สสจ|สาธารณสุข")
_REACH = 400


def people_in(text: str) -> list[PersonMention]:
    """Everyone that `text` names, in order, without overlaps."""
    titled = [_whole(text, person) for person in find_people(text) if not _is_grade(person)]
    return _merged(titled, [*_latin(text), *_local(text), *_monks(text)])


@lru_cache(maxsize=256)
def people_on(line: str) -> tuple[PersonMention, ...]:
    """As `people_in`, of a line of a list: several steps in turn ask who is on it."""
    return tuple(people_in(line))


def has_people(line: str) -> bool:
    """Whether a line of a list names someone with a title."""
    return bool(people_on(line))


def first_name(name: str) -> str:
    """The first name of a name with its title."""
    people = people_on(name)
    return (people[0].name if people else name).split()[0]


def _is_grade(person: PersonMention) -> bool:
    return _GRADE.match(person.name) is not None and " " not in person.name


def _merged(first: list[PersonMention], more: Sequence[PersonMention]) -> list[PersonMention]:
    """`first` and those of `more` that overlap none of them."""
    starts = [person.start for person in first]
    added = []
    for person in more:
        i = bisect.bisect_left(starts, person.start)
        apart = i == len(starts) or starts[i] >= person.end
        if apart and (i == 0 or first[i - 1].end <= person.start):
            added.append(person)
    return sorted([*first, *added], key=lambda person: person.start) if added else first


def _latin(text: str) -> Iterator[PersonMention]:
    for match in _LATIN.finditer(text):
        yield PersonMention(match.start(), match.end(), match["name"], match["title"])


def _monks(text: str) -> Iterator[PersonMention]:
    for match in _MONK.finditer(text):
        yield PersonMention(match.start(), match.end(), match["name"][3:], "พระ")


def _local(text: str) -> Iterator[PersonMention]:
    for match in _LOCAL.finditer(text):
        title, name = match["kin"] or match["polite"], match["full"] or match["first"]
        if any(begins_position(word) for word in name.split()):
            continue
        listed = _LEADER.match(title) and _ENDS_CELL.match(text, match.end())
        if listed or position_after(text, match.end(), match.end() + _REACH):
            yield PersonMention(match.start(), match.end(), name, title)


def _whole(text: str, person: PersonMention) -> PersonMention:
    """`person` with the rest of a name that has a hyphen or three words."""
    end = person.end
    if marked := _MARKED.match(text, end):
        end = marked.end()
    if hyphenated := _HYPHENATED.match(text, end):
        end = hyphenated.end()
        surname = _WORD.match(text, end) if " " not in person.name else None
        end = surname.end() if surname and _is_name(surname["word"]) else end
    if " " in text[person.start : end] and (third := _WORD.match(text, end)):
        particle = _PARTICLE.search(text[person.start : end])
        short = len(third["word"]) <= _SHORT and begins_position(text[third.end() :][:24].lstrip())
        end = third.end() if (particle or short) and _is_name(third["word"]) else end
    if end == person.end:
        return person
    name = text[person.end - len(person.name) : end]
    return replace(person, end=end, name=name)


def _is_name(word: str) -> bool:
    return not begins_position(word) and not is_verb(word)
