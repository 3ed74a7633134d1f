"""How well a mention by role ("ผู้แทน กปภ.") fits the position of someone on the lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.minutes.wording import plain, wording, words
from pipeline.thai import tokenize

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
    """The words of a mention or a position, short forms written out; `ranks` of all of it.

    `telling` are those that say whose position it is: not ผู้แทน, หัวหน้า.
    """

    parts: tuple[str, ...]
    telling: tuple[str, ...]
    glued: str
    ranks: frozenset[str]
    deputy: frozenset[str]


@lru_cache(maxsize=4096)
def words_of(surface: str) -> Words:
    """The words of `surface`; a second office behind และ is left out."""
    written = expanded(_SECOND_OFFICE.sub("", surface))
    found = (token.text.rstrip("ฯ") for token in tokenize(written))
    parts = tuple(word for word in found if _LETTERS.search(word))
    deputy = _ranks(written[:_RANK_HEAD]) & {"รอง", "ผู้ช่วย"}
    telling = tuple(word for word in parts if word not in _GENERIC)
    return Words(parts, telling, "".join(parts), _ranks(written), deputy)


def cover(mention: Words, position: Words) -> tuple[float, float]:
    """Which share of a mention's words the position holds, and the other way round, 0 to 1.

    A rank that one of them lacks (รอง, ผู้ช่วย) counts against it.
    """
    if mention.telling and not any(word in position.glued for word in mention.telling):
        return 0.0, 0.0
    met = 1.0 if mention.glued in position.glued else _share(mention, position)
    met -= _WRONG_RANK * len(mention.ranks - position.ranks)
    met -= _MISSING_RANK * len(position.deputy - mention.ranks)
    return met, _share(position, mention)


def _share(wanted: Words, own: Words) -> float:
    total = met = 0.0
    for place, word in enumerate(wanted.parts):
        weight = 1.0 if not place and word in _UNITS else _weight(word)
        total += weight
        # However the words are cut: โครงการชลประทาน may be โครง|การชลประทาน.
        met += weight * (word in own.parts or (len(word) > 2 and word in own.glued))
    return met / total if total else 0.0


def _weight(word: str) -> float:
    """How much a word says: long words more, words of many positions little."""
    return _LIGHT if word in _GENERIC else min(len(word), 9) / 6


def _ranks(written: str) -> frozenset[str]:
    return frozenset(match[0].replace("ตัวแทน", "ผู้แทน") for match in _RANK.finditer(written))
