"""How minutes shorten the people they have named: `ดาบหวัง`, `พระครูปลัดฯ`, `ผู้ดำเนินรายการ`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.minutes.speakers.people import MeetingPerson
from pipeline.minutes.speakers.role_match import expanded, words_of
from pipeline.minutes.text.known_words import KnownWords
from pipeline.minutes.text.wording import any_pattern, any_word, words

_THAI = re.compile("[ก-๎]{3,12}")
_SYLLABLE = re.compile("[เ-ไก-ฮ][ก-๎]{2,5}\\Z")
_FAMILIAR = KnownWords.of(words("roles", "familiar"))
# A word before a first name that makes it no mention of someone who speaks.
_NOT_BEFORE = rf"(?:{any_word('speech', 'verbs')}|{any_pattern('roles', 'not_before')})"
_WORD_BEFORE = re.compile(rf"(?!{_NOT_BEFORE})[ก-๎]{{2,8}}")
_GOES_ON = re.compile("[ะ-ฺ็-๎]")
_ABBREVIATED = re.compile("(?P<kept>[^ ]{6,30})ฯ")
_ROLE = any_pattern("roles", "begins")
_OFFICE_CUT = re.compile("(?P<kept>[ก-๎]{3,20})ฯ")
# A title alone, long enough to be someone's: พ่อหลวง.
_TITLE = re.compile("(?!นางสาว\\Z)[ก-๎]{5,20}")
_LAST_NAME = re.compile(
    r"[ ](?P<last>[ก-๎A-Z][ก-๎A-Za-z’'-]{2,24})"
    rf"(?=[ ]?[|,()/\n]|[ ](?:{_ROLE})|\Z)"
)
_NO_LAST_NAME = re.compile(rf"{_NOT_BEFORE}|{_ROLE}")
_FULL_FIRST, _OFFICE, _INTRODUCTION, _LISTS = 4, 6, 1500, 8000


class ShortNames:
    """The short forms of one meeting's people; lists of who was there end at `rolled`."""

    def __init__(self, text: str, people: Sequence[MeetingPerson], *, rolled: int) -> None:
        self._head = text[: min(max(_INTRODUCTION, rolled), _LISTS)]
        self._tails = _tails(people)
        self._any_tail = KnownWords.of(self._tails)
        self._titles = KnownWords.of(_beginnings(people))
        self._firsts = KnownWords.of(one.first for one in people if len(one.first) >= _FULL_FIRST)
        self._here = [one for one in people if one.here]
        self._offices = [_glued(one.context) for one in self._here] if rolled else []

    def at(self, text: str, position: int) -> int | None:
        """End of a short name at `position`: ดาบหวัง, or any word before a first name, พะตีนะแฮ."""
        if end := self._behind_word(text, position):
            return end
        if tail := self._tail(text, position):
            return tail[1]
        office = _OFFICE_CUT.match(text, position)
        return office.end() if office and self._cut_offices(office["kept"]) else None

    def _behind_word(self, text: str, position: int) -> int | None:
        """End of a first name behind a word: พะตี|นะแฮ."""
        word = _WORD_BEFORE.match(text, position)
        return self._firsts.end_of_first(text, position + 2, word.end() + 1) if word else None

    def _tail(self, text: str, position: int) -> tuple[int, int] | None:
        """Where the end of a first name stands behind a title: ดาบ|หวัง."""
        for title in (*_FAMILIAR.ends(text, position), *self._titles.ends(text, position)):
            for start in range(title + text.startswith(" ", title), title - 1, -1):
                for end in self._any_tail.ends(text, start):
                    if not _GOES_ON.match(text, end):
                        return start, end
        return None

    def whose(self, surface: str) -> MeetingPerson | None:
        """Whom the short name at the head of `surface` means, None unless it is one person."""
        if tail := self._tail(surface, 0):
            return self._tails[surface[slice(*tail)]]
        kept = _ABBREVIATED.match(surface)
        bare = kept["kept"] if kept else surface if _TITLE.fullmatch(surface) else None
        same = [one for one in self._here if bare and one.name.startswith(bare)]
        cut = None if same else _OFFICE_CUT.match(surface)
        same = self._cut_offices(cut["kept"]) if cut else same
        return same[0] if len(same) == 1 else None

    def _cut_offices(self, kept: str) -> list[MeetingPerson]:
        """Those whose position begins with what stands before ฯ: โยธาฯ."""
        return [one for one in self._here if (one.position or "").startswith(kept)]

    def in_office(self, surface: str) -> MeetingPerson | None:
        """The only one beside whose name on the lists all of `surface` stands."""
        office = _glued(surface)
        if len(office) < _OFFICE or not words_of(surface).telling:
            return None
        places = [n for n, one in enumerate(self._offices) if office in one]
        return self._here[places[0]] if len(places) == 1 else None

    def in_full(self, surface: str) -> str:
        """The name of a stranger with the surname that it had when it was first given."""
        at = self._head.find(surface) if len(surface) >= _OFFICE else -1
        named = _LAST_NAME.match(self._head, at + len(surface)) if at >= 0 else None
        if named is None or _NO_LAST_NAME.match(named["last"]):
            return surface
        return f"{surface} {named['last']}"


def _beginnings(people: Iterable[MeetingPerson]) -> set[str]:
    """The beginnings of the titles that people of the meeting have."""
    titles = {one.name.split(one.first, 1)[0].strip() for one in people if one.first}
    heads = {title[:end] for title in titles for end in range(3, len(title) + 1)}
    return {head for head in heads if _THAI.fullmatch(head)}


def _tails(people: Sequence[MeetingPerson]) -> dict[str, MeetingPerson]:
    """The ends of first names, at least two letters shorter, that only one person has."""
    every = Counter(tail for one in people for tail in _ends(one.first))
    return {tail: one for one in people for tail in _ends(one.first) if every[tail] == 1}


def _ends(first: str) -> set[str]:
    tails = (first[at:] for at in range(2, len(first) - 2))
    return {tail for tail in tails if _SYLLABLE.fullmatch(tail)}


def _glued(surface: str) -> str:
    written = expanded(surface).replace("เลขาฯ", "เลขานุการ")
    return "".join(written.rstrip("ฯ").split())
