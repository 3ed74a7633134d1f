"""Who holds an office: the chair or the secretary of the meeting, a position of its lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.minutes.attendance import Attendance
from pipeline.minutes.speakers.people import MeetingPerson, split_name
from pipeline.minutes.speakers.role_match import Positions
from pipeline.minutes.speakers.short_names import ShortNames
from pipeline.minutes.text.wording import any_pattern, wording, words
from pipeline.thai import PROVINCES, PersonMention

_R = wording()["roles"]
_CHAIR = re.compile(_R["chair"])
_VICE_CHAIR = re.compile(_R["vice_chair"])
_SECRETARY = re.compile(_R["secretary"])
_ADDED = re.compile(_R["added"])
_ROLE = re.compile(any_pattern("roles", "begins"))
_HONORIFIC = re.compile(rf"ท่าน(?={_ROLE.pattern})")
_HONOURED = re.compile(rf"(?:{_HONORIFIC.pattern})?{_ROLE.pattern}")
_IS_SECRETARY = re.compile("(?<!ผู้ช่วย)เลขา(?:นุการ|ฯ|[ ]|$)")
_MADE_SECRETARY = re.compile("[ ]?(?:ทำหน้าที่|เป็น){1,2}(?:กรรมการและ|ฝ่าย)?เลขา")
_IS_VICE = re.compile(r"รองประธาน(?:กรรมการ|คณะ|อนุ|สภา|[\s,)]|$)")
_COLLECTIVE = re.compile("คณะ(?!บดี|กรรมการและเลข)|ทีม|ที่ประชุม|ทั้ง|หลาย|ทุก")
_UNITS = frozenset(words("roles", "units"))
_IN_BRACKETS = re.compile(r"\([^)]*\)")


def is_office(surface: str) -> bool:
    """Whether it is the chair or the secretary, also where nobody is known to be it."""
    return bool(_CHAIR.fullmatch(surface) or _SECRETARY.fullmatch(surface))


def role_end(text: str, position: int) -> int | None:
    """Where the words of a role that begin at `position` end."""
    role = _HONOURED.match(text, position)
    return role.end() if role else None


def without_additions(surface: str) -> str:
    """A mention without what the text adds to it: `รายหนึ่ง`, `ซึ่ง…`, `เพิ่มเติม`."""
    return _ADDED.sub("", surface)


class Offices:
    """The offices of one meeting and who holds them; `short` knows what stands on its lists."""

    def __init__(
        self,
        text: str,
        people: Sequence[MeetingPerson],
        attendance: Attendance,
        mentions: Iterable[PersonMention],
        short: ShortNames,
    ) -> None:
        self._people = people
        self._short = short
        self._holders = [one for one in people if one.here and one.position]
        self._positions = Positions([one.position or "" for one in self._holders])
        self._chair = _chair(people, attendance)
        self._secretary = _secretary(text, people, mentions)

    def holder(self, surface: str) -> MeetingPerson | None:
        """Who holds the office that `surface` names."""
        bare = without_additions(_IN_BRACKETS.sub("", surface)).strip()
        bare = _HONORIFIC.sub("", bare)
        if _CHAIR.fullmatch(bare) or self._abbreviates_chair(bare):
            return self._chair
        if _SECRETARY.fullmatch(bare):
            return self._secretary
        if _VICE_CHAIR.fullmatch(bare):
            vice = next((one for one in self._people if _IS_VICE.search(one.context)), None)
            if vice:
                return vice
        return None if _COLLECTIVE.match(bare) or bare in PROVINCES else self._in_position(bare)

    def _abbreviates_chair(self, surface: str) -> bool:
        """`รองฯ` where the chair is the รองผู้ว่าราชการจังหวัด."""
        position = self._chair.position if self._chair else None
        kept = surface.removesuffix("ฯ")
        return kept != surface and len(kept) >= 3 and (position or "").startswith(kept)

    def _in_position(self, surface: str) -> MeetingPerson | None:
        """The person whose position covers the words of `surface` best, if well enough."""
        place = None if surface in _UNITS else self._positions.best(surface)
        return self._short.in_office(surface) if place is None else self._holders[place]


def _chair(people: Iterable[MeetingPerson], attendance: Attendance) -> MeetingPerson | None:
    if attendance.chair is None:
        return None
    first, _ = split_name(attendance.chair.name)
    return next((person for person in people if person.first == first), None)


def _secretary(
    text: str, people: Iterable[MeetingPerson], mentions: Iterable[PersonMention]
) -> MeetingPerson | None:
    """Whom a list names as เลขานุการ, else whom the text calls so behind the name."""
    listed = next((one for one in people if _IS_SECRETARY.search(one.context)), None)
    told = (one for one in mentions if _MADE_SECRETARY.match(text, one.end))
    firsts = {split_name(text[one.start : one.end])[0] for one in told}
    return listed or next((one for one in people if one.first in firsts), None)
