"""Who is meant: the people of a meeting, found again by name, short name, role or position."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.minutes.attendance import Attendance
from pipeline.minutes.speakers.people import (
    MeetingPerson,
    aliases,
    meeting_people,
    one_slip,
    split_name,
)
from pipeline.minutes.speakers.role_match import Positions, expanded
from pipeline.minutes.speakers.short_names import ShortNames
from pipeline.minutes.text.wording import any_pattern, any_word, plain, wording, words
from pipeline.thai import PROVINCES, PersonMention, find_people

_R = wording()["roles"]
_CHAIR = re.compile(_R["chair"])
_VICE_CHAIR = re.compile(_R["vice_chair"])
_SECRETARY = re.compile(_R["secretary"])
_ADDED = re.compile(_R["added"])
_FAMILIAR = re.compile(rf"{any_word('roles', 'familiar')}{{1,2}}[ ]?")
_ROLE = re.compile(any_pattern("roles", "begins"))
_HONORIFIC = re.compile(rf"ท่าน(?={_ROLE.pattern})")
_IS_SECRETARY = re.compile("(?<!ผู้ช่วย)เลขา(?:นุการ|ฯ|[ ]|$)")
_MADE_SECRETARY = re.compile("[ ]?(?:ทำหน้าที่|เป็น){1,2}(?:กรรมการและ|ฝ่าย)?เลขา")
_IS_VICE = re.compile(r"รองประธาน(?:กรรมการ|คณะ|อนุ|สภา|[\s,)]|$)")
_COLLECTIVE = re.compile("คณะ(?!บดี|กรรมการและเลข)|ทีม|ที่ประชุม|ทั้ง|หลาย|ทุก")
_UNITS = frozenset(words("roles", "units"))
_MOST_PEOPLE = 200
_END_BRACKETS = re.compile(r"(?<=[^ ])[ ]?\([^()]*\)\Z")
_IN_BRACKETS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: the full name as the text gives it, else its own wording; `known` if a person."""

    name: str | None
    position: str | None = None
    known: bool = False


class Roster:
    """The people of one meeting."""

    def __init__(self, text: str, attendance: Attendance) -> None:
        self._text = text
        self.mentions = find_people(text)
        # A bound, so that a file of nothing but names stays linear.
        self._people = meeting_people(text, attendance.attendees, self.mentions)[:_MOST_PEOPLE]
        self._holders = [one for one in self._people if one.here and one.position]
        self._positions = Positions([one.position or "" for one in self._holders])
        self._chair = self._find_chair(attendance)
        self._secretary = self._find_secretary()
        self._by_first = {person.first: person for person in reversed(self._people)}
        firsts = [first for first in self._by_first if len(first) >= 3]
        self._any_first = re.compile(plain(firsts)) if firsts else None
        self._by_alias = dict(aliases(text, self._people, self.mentions))
        self._aliases = re.compile(plain(self._by_alias) if self._by_alias else r"(?!)")
        self._short = ShortNames(text, self._people, rolled=attendance.end)
        self._cache: dict[str, Speaker] = {}

    def _find_chair(self, attendance: Attendance) -> MeetingPerson | None:
        if attendance.chair is None:
            return None
        first, _ = split_name(attendance.chair.name)
        return next((person for person in self._people if person.first == first), None)

    def _find_secretary(self) -> MeetingPerson | None:
        """Whom a list names as เลขานุการ, else whom the text calls so behind the name."""
        listed = (one for one in self._people if _IS_SECRETARY.search(one.context))
        told = (one for one in self.mentions if _MADE_SECRETARY.match(self._text, one.end))
        firsts = {split_name(self._text[one.start : one.end])[0] for one in told}
        return next(listed, None) or next(
            (one for one in self._people if one.first in firsts), None
        )

    def begins_at(self, text: str, position: int) -> int | None:
        """End of a mention of someone at `position`: a name, or a role."""
        honorific = _HONORIFIC.match(text, position)
        role = _ROLE.match(text, honorific.end() if honorific else position)
        return self.named_at(text, position) or (role.end() if role else None)

    def named_at(self, text: str, position: int) -> int | None:
        """End of a nickname or first name at `position`, familiar or bare."""
        if alias := self._aliases.match(text, position):
            return alias.end()
        if self._any_first:
            familiar = _FAMILIAR.match(text, position)
            for start in (familiar.end() if familiar else position, position):
                if first := self._any_first.match(text, start):
                    return first.end()
        return self._short.at(text, position)

    def name_end(self, mention: PersonMention) -> int:
        """Where the name of a mention ends: at the first name of someone known, if glued on."""
        first = self._any_first.match(mention.name) if self._any_first else None
        if first is None or first.end() == len(mention.name) or mention.name[first.end()] == " ":
            return mention.end
        return self._text.find(mention.name, mention.start) + first.end()

    def is_office(self, surface: str) -> bool:
        """Whether it is the chair or the secretary, also where nobody is known to be it."""
        return bool(_CHAIR.fullmatch(surface) or _SECRETARY.fullmatch(surface))

    def says(self, speaker: Speaker, word: str) -> bool:
        """Whether `word` is part of the speaker's name, position or office."""
        whole = f"{speaker.name} {expanded(speaker.position or '')}"
        return expanded(word.rstrip("ฯ")).strip() in whole or self.is_office(word)

    def resolve(self, surface: str) -> Speaker:
        """The person that `surface` means; unknown people keep their wording."""
        surface = " ".join(surface.split()).strip(" -–:,;")
        if surface not in self._cache:
            self._cache[surface] = self._resolve(surface)
        return self._cache[surface]

    def _resolve(self, surface: str) -> Speaker:
        alias = self._aliases.match(surface)
        person = self._by_alias[alias[0]] if alias else None
        person = person or self._short.whose(surface) or self._named_in(surface)
        person = person or self._in_role(surface)
        if person:
            return Speaker(person.name, person.position, True)
        stranger = _stranger(surface)
        return replace(stranger, name=stranger.name and self._short.in_full(stranger.name))

    def _named_in(self, surface: str) -> MeetingPerson | None:
        """Someone whose first name stands in `surface`."""
        if self._any_first is None:
            return None
        for match in self._any_first.finditer(surface):
            person = self._by_first[match[0]]
            if _stands_alone(surface, match) or (person.last and person.last in surface):
                same = [one for one in self._people if one.first == match[0]]
                return next((one for one in same if one.last and one.last in surface), person)
        return self._misspelt_in(surface)

    def _misspelt_in(self, surface: str) -> MeetingPerson | None:
        mention = next(iter(find_people(surface)), None)
        if mention is None:
            return None
        first, last = split_name(surface[mention.start : mention.end])
        return next(
            (
                person
                for person in self._people
                if (last and person.last == last)
                or (len(first) >= 5 and first == person.last)
                or (
                    len(first) >= 5
                    and first[0] == person.first[:1]
                    and one_slip(first, person.first)
                )
            ),
            None,
        )

    def _in_role(self, surface: str) -> MeetingPerson | None:
        bare = _ADDED.sub("", _IN_BRACKETS.sub("", surface)).strip()
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


def _stranger(surface: str) -> Speaker:
    """Someone of no list: the name with its title if there is one, else the text's own words."""
    bare = _END_BRACKETS.sub("", _ADDED.sub("", surface)).strip(" ,;:-–(")
    mention = next(iter(find_people(bare)), None)
    if mention is None or mention.start:
        return Speaker(bare or None)
    position = bare[mention.end :].strip(" ,()")
    return Speaker(bare[: mention.end].rstrip("ฯ"), position or None)


def _stands_alone(surface: str, match: re.Match[str]) -> bool:
    """Whether a first name is no part of a longer word."""
    if len(match[0]) >= 4:
        return True
    before = surface[: match.start()]
    familiar = _FAMILIAR.fullmatch(before) is not None
    return not before or not "ก" <= before[-1] <= "๎" or familiar
