"""The people of one meeting: those of its lists and those whom the text names in full."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.documents import Attendee
from pipeline.minutes.text.wording import any_pattern, any_word
from pipeline.thai import PersonMention, find_people

_DOTTED = re.compile(r"(?:[ก-ฮ][ก-๎]{0,4}\.[ ]?)+")
# Before a name in Latin letters: นาย Kenji.
_BARE_TITLE = re.compile("(?:นาย|นางสาว|นาง|คุณ|ดร)[ ]+(?=[A-Za-z])")
_NAMED = rf"(?:{any_word('roles', 'familiar')}|{any_word('roles', 'nicknames')})[ก-๎]{{1,12}}"
_NICKNAME_BEFORE = re.compile(
    rf"(?:(?<![ก-๎])(?P<equal>[ก-๎.]{{2,24}})[ ]?[=＝][ ]?"
    rf"|(?<![ก-๎])(?P<familiar>{_NAMED})(?:[ ]?\(|[ ](?:หรือ|คือ)?[ ]?))\Z"
)
_NICKNAME_BEHIND = re.compile(rf"[ ]?\((?P<alias>{_NAMED})\)")
_GIVEN = re.compile(
    r"[ ]?(?:ทำหน้าที่)?(?:เป็น|ทำหน้าที่)"
    rf"(?P<role>(?!ประธาน){any_pattern('roles', 'begins')}[^ \n,()/]{{0,30}})"
)
_VERB = re.compile(any_word("speech", "verbs"))
_ELDER = re.compile("\\A(?:พี่|คุณ|น้อง|ท่าน)(?=ผู้|รอง|นายก|ปลัด|ผอ|หมอ|ครู|กำนัน)")
_CONTEXT, _NICKNAME, _LONG_FIRST = 220, 40, 5


@dataclass(frozen=True, slots=True)
class MeetingPerson:
    """Someone of the meeting; `context` is what stands beside the name on the lists.

    `here` is False for those who are listed as absent.
    """

    name: str
    first: str
    last: str
    position: str | None
    context: str = ""
    here: bool = True


@lru_cache(maxsize=1024)
def split_name(name: str) -> tuple[str, str]:
    """First name and surname, without titles."""
    mention = next(iter(find_people(name)), None)
    bare = mention.name if mention else _BARE_TITLE.sub("", _DOTTED.sub("", name))
    parts = bare.rstrip("ฯ").split()
    return (parts[0] if parts else name), " ".join(parts[1:])


def meeting_people(
    text: str, attendees: Sequence[Attendee], mentions: Iterable[PersonMention]
) -> list[MeetingPerson]:
    """Attendees first, then others named with title, first name and surname."""
    people = list(_unglued(_listed(text, attendees)))
    known = {(person.first, person.last) for person in people}
    firsts = {person.first for person in people}
    named = _named(text, mentions, known)
    return people + [one for one in named if not _is_glued(one.first, firsts)]


def _listed(text: str, attendees: Sequence[Attendee]) -> Iterator[MeetingPerson]:
    spans = [(person.start, person.end) for person in attendees]
    for place, person in enumerate(attendees):
        left = max(text.rfind("\n", 0, person.start) + 1, person.start - _CONTEXT)
        right = text.find("\n", person.end)
        right = min(len(text) if right < 0 else right, person.end + _CONTEXT)
        if place and left < spans[place - 1][1] <= person.start:
            left = spans[place - 1][1]
        if place + 1 < len(spans) and person.end <= spans[place + 1][0] < right:
            right = spans[place + 1][0]
        context = f"{text[left : person.start]} {text[person.end : right]}"
        first, last = split_name(person.name)
        here = person.group != "absent"
        position = person.position or given_role(text, person.end)
        yield MeetingPerson(person.name, first, last, position, context, here)


def given_role(text: str, end: int) -> str | None:
    """What someone is said to be behind the name that ends at `end`: `… เป็นผู้ดำเนินรายการ`."""
    found = _GIVEN.match(text, end)
    return found["role"] if found else None


def _unglued(found: Iterable[MeetingPerson]) -> Iterator[MeetingPerson]:
    """Without names that are another's with a verb behind it: พระครูสุตวรญาณเทศน์สั้น."""
    people = list(found)
    firsts = {one.first for one in people}
    for one in people:
        if one.last or one.position or not _is_glued(one.first, firsts):
            yield one


def _is_glued(first: str, firsts: Container[str]) -> bool:
    """Whether a first name goes on behind one of `firsts`."""
    ends = range(_LONG_FIRST, len(first))
    verbs = (end for end in range(_LONG_FIRST - 1, len(first)) if _VERB.match(first, end))
    return any(first[:end] in firsts for end in (*ends, *verbs))


def _named(
    text: str, mentions: Iterable[PersonMention], known: set[tuple[str, str]]
) -> Iterator[MeetingPerson]:
    for mention in mentions:
        surface = text[mention.start : mention.end].rstrip("ฯ")
        first, last = split_name(surface)
        if last and (first, last) not in known and not text.startswith("\n", mention.end):
            known.add((first, last))
            yield MeetingPerson(" ".join(surface.split()), first, last, None)


def aliases(
    text: str, people: Sequence[MeetingPerson], mentions: Iterable[PersonMention]
) -> Iterator[tuple[str, MeetingPerson]]:
    """Nicknames and whose they are: `พี่ตู่ น.ส.ดวงกมล …`, `รองโอ = นาย…`, `นาย… (ลุงหลาย)`."""
    by_first = {person.first: person for person in reversed(people)}
    for mention in mentions:
        person = by_first.get(split_name(text[mention.start : mention.end])[0])
        line = max(text.rfind("\n", 0, mention.start) + 1, mention.start - _NICKNAME)
        before = _NICKNAME_BEFORE.search(text, line, mention.start)
        behind = _NICKNAME_BEHIND.match(text, mention.end)
        found = before["equal"] or before["familiar"] if before else behind and behind["alias"]
        if person and found and person.first not in found:
            yield found, person
            yield _ELDER.sub("", found), person


def one_slip(one: str, other: str) -> bool:
    """Whether two names differ by one letter or mark at most."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return one == other
    short, long = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at:] == long[at + 1 :] or short[at + 1 :] == long[at + 1 :]
