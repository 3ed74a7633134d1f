"""How one text sets its speakers off: `ประธาน: …`, `ประธาน — …`, the columns of a table.

Learned from the text itself: what recurs between known people of the meeting at the head of a
paragraph and their words also stands behind a speaker whom no list knows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.minutes.speakers.roster import Roster
from pipeline.minutes.text.paragraphs import Paragraph
from pipeline.minutes.text.wording import DIGIT

# The signs that may part a speaker from the words, each under the name of its kind.
_COLON = rf"[ ]?[:：](?![:/])(?!{DIGIT}{{2}}(?!{DIGIT}))"
_SIGN = re.compile(
    rf"(?P<colon>{_COLON})|(?P<dash>[ ]+[—–-](?=[ ]))|(?P<bar>[ ]*[|])"
    r"|(?P<arrow>[ ]*(?:[-=]?>{1,3}|→|➔|➡\ufe0f?|👉|»))"
)
_SIGNED = re.compile(rf"(?:{_SIGN.pattern})[ ]*")
_LETTER_OF_SIGN = re.compile("[:：—–|=>→➔➡👉»-]")
_NUMBER_BEFORE = re.compile(rf"{DIGIT}[.)]*[ ]*\Z")
_NUMBER_REACH = 8
_LABEL = 70
_FEWEST, _SHARE = 2, 0.4
_COLUMN_NAME = 24
_ALWAYS = frozenset(("colon", "arrow"))


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign behind a label, from `start` to where the words begin; `kind` as it is learned."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The kinds of signs that the text keeps for its speakers; `numbered` if its lines are."""

    kinds: frozenset[str] = frozenset()
    numbered: bool = False

    def parts(self, flat: str, label: int, sign: Sign) -> bool:
        """Whether `sign` parts a speaker from words; a number before the label heads a matter."""
        number = _NUMBER_BEFORE.search(flat[max(0, label - _NUMBER_REACH) : label])
        return sign.kind in self.kinds and (self.numbered or number is None)

    def sign(self, flat: str, start: int, end: int) -> Sign | None:
        """The first sign of a kind that may stand behind a speaker."""
        found = _signs(flat, start, end)
        return next((one for one in found if one.kind in self.kinds | _ALWAYS), None)


def learn(text: str, found: Sequence[Paragraph], roster: Roster) -> Layout:
    """The signs that stand at least twice, and often, behind someone known."""
    known: Counter[str] = Counter()
    numbered = 0
    every: Counter[str] = Counter()
    for paragraph in found:
        body = _row_body(text, paragraph)
        sign = next(_signs(text, body, min(paragraph.end, body + _LABEL)), None)
        if sign is None or sign.end >= paragraph.end or "\n" in text[body : sign.start]:
            continue
        every[sign.kind] += 1
        speaks = roster.resolve(text[body : sign.start]).known
        known[sign.kind] += speaks
        numbered += speaks and _NUMBER_BEFORE.search(text[paragraph.start : body]) is not None
    kinds = (kind for kind, times in known.items() if times >= _FEWEST)
    often = frozenset(kind for kind in kinds if known[kind] >= _SHARE * every[kind])
    return Layout(often, numbered * 2 > known.total())


def _signs(text: str, start: int, end: int) -> Iterator[Sign]:
    letter = _LETTER_OF_SIGN.search(text, start, end)
    if letter is None:
        return
    begin = start + len(text[start : letter.start()].rstrip(" "))
    for sign in _SIGNED.finditer(text, begin, end):
        yield Sign(str(sign.lastgroup), sign.start(), sign.end())


def without_bars(
    text: str, found: Iterable[Paragraph], layout: Layout, roster: Roster
) -> tuple[Paragraph, ...]:
    """Rows of a table of speakers as paragraphs without bars around them, its head left out."""
    rows = tuple(found)
    if "bar" not in layout.kinds:
        return rows
    kept = []
    for place, row in enumerate(rows):
        above, below = rows[max(0, place - 1)], rows[min(place + 1, len(rows) - 1)]
        first = above is row or not text.startswith("|", above.start)
        heads = first and below is not row and text.startswith("|", below.start)
        if not (heads and _names_columns(text, row, roster)):
            kept.append(_unbarred(text, row))
    return tuple(kept)


def _row_body(text: str, paragraph: Paragraph) -> int:
    return _unbarred(text, paragraph).body


def _unbarred(text: str, row: Paragraph) -> Paragraph:
    if not text.startswith("|", row.start):
        return row
    inner = text[row.start + 1 : row.end - text.startswith("|", row.end - 1)]
    body = row.start + 1 + len(inner) - len(inner.lstrip())
    return replace(row, body=body, end=max(body, row.start + 1 + len(inner.rstrip())))


def _names_columns(text: str, row: Paragraph, roster: Roster) -> bool:
    """Whether a row is `| ผู้พูด | ข้อความ |`: a few words a cell, of nobody known."""
    if not text.startswith("|", row.start):
        return False
    cells = [cell.strip() for cell in text[row.start : row.end].strip("|").split("|")]
    short = all(len(cell) <= _COLUMN_NAME for cell in cells)
    return short and len(cells) > 1 and not any(roster.resolve(cell).known for cell in cells)
