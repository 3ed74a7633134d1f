"""How well a mention by role ("ผู้แทน กปภ.") fits the position of someone on the lists."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from pipeline.minutes.text.wording import plain, wording, words
from pipeline.thai import words as tokenized

ENOUGH = 0.72
"""The least share of a mention's words, by weight, that the position has to hold."""
_SHORT_FORM = re.compile(plain(wording()["short_forms"]))
_GENERIC = frozenset(words("roles", "generic"))
_LETTERS = re.compile("[ก-ฮA-Za-z0-9๐-๙]")
_RANK = re.compile(
    "(?:ผู้แทน|ตัวแทน)|รอง|ผู้ช่วย|ที่ปรึกษา|ปลัด|นายก|หัวหน้า|ผู้อำนวยการ|ประธาน|ผู้ว่า|นาย(?=อำเภอ)"
)
# A unit speaks through whoever heads that unit, not another of a like name.
_UNITS = frozenset(("กอง", "กรม", "ศูนย์", "กลุ่ม", "กลุ่มงาน", "โครงการ", "คณะ", "ส่วน", "เขต", "สาขา"))
_SECOND_OFFICE = re.compile("[ ]และ(?:ผู้|ตัวแทน).*")
_LIGHT, _RANK_HEAD, _WRONG_RANK, _MISSING_RANK = 0.15, 30, 0.25, 0.1


def expanded(surface: str) -> str:
    """The text with its short forms written out: ผอ. becomes ผู้อำนวยการ."""
    short = wording()["short_forms"]
    return _SHORT_FORM.sub(lambda match: f" {short[match[0]]} ", surface)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a mention or a position, short forms written out, each with its weight.

    `telling` are those that say whose position it is: not ผู้แทน, หัวหน้า; `ranks` those of all
    of it, `deputy` of its beginning.
    """

    weights: tuple[tuple[str, float], ...]
    total: float
    own: frozenset[str]
    telling: tuple[str, ...]
    glued: str
    ranks: frozenset[str]
    deputy: frozenset[str]


@lru_cache(maxsize=4096)
def words_of(surface: str) -> Words:
    """The words of `surface`; a second office behind และ is left out."""
    written = expanded(_SECOND_OFFICE.sub("", surface))
    found = (word.rstrip("ฯ") for word in tokenized(written))
    parts = tuple(word for word in found if _LETTERS.search(word))
    weights = tuple((word, _weight(word, place)) for place, word in enumerate(parts))
    telling = tuple(word for word in parts if word not in _GENERIC)
    deputy = _ranks(written[:_RANK_HEAD]) & {"รอง", "ผู้ช่วย"}
    total = sum(weight for _, weight in weights)
    return Words(weights, total, frozenset(parts), telling, "".join(parts), _ranks(written), deputy)


class Positions:
    """The positions of the people of a meeting, to be found by what words of them are said."""

    def __init__(self, positions: Sequence[str]) -> None:
        self._words = [words_of(position) for position in positions]
        self._glued = "\n".join(words.glued for words in self._words)
        lengths = (len(words.glued) + 1 for words in self._words)
        self._starts = list(accumulate(lengths, initial=0))

    def best(self, surface: str) -> int | None:
        """The place of the position that covers `surface` best, None if none does well enough."""
        mention = words_of(surface)
        scored = ((cover(mention, self._words[at]), at) for at in self._sharing(mention))
        fitting = [(score, at) for score, at in scored if score >= ENOUGH]
        if not fitting or (not mention.telling and len(fitting) != 1):
            return None
        return -max((score, share(self._words[at], mention), -at) for score, at in fitting)[2]

    def _sharing(self, mention: Words) -> Iterable[int]:
        """The places of positions with a telling word of the mention, all if it has none."""
        if not mention.telling:
            return range(len(self._words)) if mention.weights else ()
        return sorted({at for word in set(mention.telling) for at in self._with(word)})

    def _with(self, word: str) -> Iterator[int]:
        at = self._glued.find(word)
        while at >= 0:
            place = bisect_right(self._starts, at) - 1
            yield place
            at = self._glued.find(word, self._starts[place + 1])


def cover(mention: Words, position: Words) -> float:
    """Which share of a mention's words the position holds, 0 to 1.

    A rank that one of them lacks (รอง, ผู้ช่วย) counts against it.
    """
    met = 1.0 if mention.glued in position.glued else share(mention, position)
    met -= _WRONG_RANK * len(mention.ranks - position.ranks)
    return met - _MISSING_RANK * len(position.deputy - mention.ranks)


def share(wanted: Words, other: Words) -> float:
    """Which share of the words of one stands in the other, by weight, 0 to 1."""
    own, glued = other.own, other.glued
    met = sum(
        weight
        for word, weight in wanted.weights
        # However the words are cut: โครงการชลประทาน may be โครง|การชลประทาน.
        if word in own or (len(word) > 2 and word in glued)
    )
    return met / wanted.total if wanted.total else 0.0


def _weight(word: str, place: int) -> float:
    """How much a word says: long words more, words of many positions little."""
    if not place and word in _UNITS:
        return 1.0
    return _LIGHT if word in _GENERIC else min(len(word), 9) / 6


def _ranks(written: str) -> frozenset[str]:
    return frozenset(match[0].replace("ตัวแทน", "ผู้แทน") for match in _RANK.finditer(written))
