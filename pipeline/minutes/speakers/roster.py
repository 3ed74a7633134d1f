"""Who is meant: the people of a meeting, found again by name, short name, role or position."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.minutes.attendance import Attendance
from pipeline.minutes.speakers.offices import Offices, is_office, role_end, without_additions
from pipeline.minutes.speakers.people import (
    MeetingPerson,
    aliases,
    meeting_people,
    one_slip,
    split_name,
)
from pipeline.minutes.speakers.role_match import expanded
from pipeline.minutes.speakers.short_names import ShortNames
from pipeline.minutes.text.known_words import KnownWords
from pipeline.minutes.text.wording import any_word
from pipeline.thai import PersonMention, find_people

_FAMILIAR = re.compile(rf"{any_word('roles', 'familiar')}{{1,2}}[ ]?")
_MOST_PEOPLE = 200
_END_BRACKETS = re.compile(r"(?<=[^ ])[ ]?\([^()]*\)\Z")


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
        self._by_first = {person.first: person for person in reversed(self._people)}
        self._firsts = KnownWords.of(first for first in self._by_first if len(first) >= 3)
        self._by_alias = dict(aliases(text, self._people, self.mentions))
        self._aliases = KnownWords.of(self._by_alias)
        self._short = ShortNames(text, self._people, rolled=attendance.end)
        self._offices = Offices(text, self._people, attendance, self.mentions, self._short)
        self._cache: dict[str, Speaker] = {}

    def begins_at(self, text: str, position: int) -> int | None:
        """End of a mention of someone at `position`: a name, or a role."""
        return self.named_at(text, position) or role_end(text, position)

    def named_at(self, text: str, position: int) -> int | None:
        """End of a nickname or first name at `position`, familiar or bare."""
        familiar = _FAMILIAR.match(text, position)
        return (
            self._aliases.end(text, position)
            or (familiar and self._firsts.end(text, familiar.end()))
            or self._firsts.end(text, position)
            or self._short.at(text, position)
        )

    def name_end(self, mention: PersonMention) -> int:
        """Where the name of a mention ends: at the first name of someone known, if glued on."""
        first = self._firsts.end(mention.name, 0)
        if first is None or mention.name[first : first + 1] in ("", " "):
            return mention.end
        return self._text.find(mention.name, mention.start) + first

    def says(self, speaker: Speaker, word: str) -> bool:
        """Whether `word` is part of the speaker's name, position or office."""
        whole = f"{speaker.name} {expanded(speaker.position or '')}"
        return expanded(word.rstrip("ฯ")).strip() in whole or is_office(word)

    def resolve(self, surface: str) -> Speaker:
        """The person that `surface` means; unknown people keep their wording."""
        surface = " ".join(surface.split()).strip(" -–:,;")
        if surface not in self._cache:
            self._cache[surface] = self._resolve(surface)
        return self._cache[surface]

    def _resolve(self, surface: str) -> Speaker:
        alias = self._aliases.end(surface, 0)
        person = self._by_alias[surface[:alias]] if alias else None
        person = person or self._short.whose(surface) or self._named_in(surface)
        person = person or self._offices.holder(surface)
        if person:
            return Speaker(person.name, person.position, True)
        stranger = _stranger(surface)
        return replace(stranger, name=stranger.name and self._short.in_full(stranger.name))

    def _named_in(self, surface: str) -> MeetingPerson | None:
        """Someone whose first name stands in `surface`."""
        for start, end in self._firsts.spans(surface):
            person = self._by_first[surface[start:end]]
            if _stands_alone(surface, start, end) or (person.last and person.last in surface):
                same = [one for one in self._people if one.first == person.first]
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


def _stranger(surface: str) -> Speaker:
    """Someone of no list: the name with its title if there is one, else the text's own words."""
    bare = _END_BRACKETS.sub("", without_additions(surface)).strip(" ,;:-–(")
    mention = next(iter(find_people(bare)), None)
    if mention is None or mention.start:
        return Speaker(bare or None)
    position = bare[mention.end :].strip(" ,()")
    return Speaker(bare[: mention.end].rstrip("ฯ"), position or None)


def _stands_alone(surface: str, start: int, end: int) -> bool:
    """Whether a first name from `start` to `end` is no part of a longer word."""
    if end - start >= 4:
        return True
    before = surface[:start]
    familiar = _FAMILIAR.fullmatch(before) is not None
    return not before or not "ก" <= before[-1] <= "๎" or familiar
