"""Which of the seven partner sectors take part in a proposal.

A sector counts when one of its members is named as taking part. Where a proposal lists its
partners, only that section, the owner's, the activities and what stands outside all sections
(the letterhead) are read; else all but the target groups. Names in a study visit, a refusal, a
negation or a complaint do not count. The names stand in `pipeline/data/networks.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.documents import Section, Span
from pipeline.thai import sentences, words
from pipeline.thai.alternation import any_of

ACTING = ("networks", "owner", "activities")
NOT_ACTING = ("targets",)
NEARBY_CHARS = 60


@dataclass(frozen=True, slots=True)
class Sector:
    """A partner sector: patterns of its members' names, and names that need a joining word.

    Of the latter, `weak` are patterns and `words` have to be whole words. The first of the `cues`
    holds all plain names: it is found fast, and mostly there.
    """

    name: str
    cues: tuple[re.Pattern[str], ...]
    weak: re.Pattern[str]
    words: frozenset[str]

    def is_named(self, text: str) -> bool:
        """Whether `text` names a member, in words that need no joining word."""
        return any(cue.search(text) for cue in self.cues)


@dataclass(frozen=True, slots=True)
class SectorTable:
    """The sectors in their official order, the phrases that silence a name, the joining words."""

    sectors: tuple[Sector, ...]
    masks: re.Pattern[str]
    silent: re.Pattern[str]
    absent: re.Pattern[str]
    joins: re.Pattern[str]


def _any(names: Sequence[str], patterns: Sequence[str] = ()) -> re.Pattern[str]:
    return re.compile("|".join([*([any_of(names)] if names else []), *patterns]))


@cache
def sector_table() -> SectorTable:
    """The table read from the package's data, once."""
    source = files("pipeline").joinpath("data", "networks.toml").read_text(encoding="utf-8")
    data = tomllib.loads(source)
    sectors = tuple(
        Sector(
            row["name"],
            (_any(row["cues"]), *map(re.compile, row.get("patterns", ()))),
            _any(row["weak"]),
            frozenset(row.get("words", ())),
        )
        for row in data["sector"]
    )
    return SectorTable(
        sectors,
        masks=_any(data["masks"]),
        silent=_any((), data["silent"]),
        absent=_any(data["absent"]),
        joins=_any(data["joins"]),
    )


def _within(span: Span, sections: Mapping[str, Section], codes: Sequence[str]) -> bool:
    """Whether `span` touches one of the sections with these codes."""
    found = (sections[code] for code in codes if code in sections)
    return any(section.start < span.end and span.start < section.end for section in found)


def _taking_part(
    text: str, sections: Mapping[str, Section], table: SectorTable
) -> Iterator[tuple[str, bool]]:
    """The sentences that count, silenced phrases blanked, and whether weak names count there."""
    heard = _blanked(_blanked(text, table.masks), table.silent)
    aside = NOT_ACTING if "networks" not in sections else tuple(sections)
    for span in sentences(text):
        partners = _within(span, sections, ACTING)
        if _within(span, sections, aside) and not partners:
            continue
        if not table.absent.search(span.of(text)):
            nearby = heard[max(0, span.start - NEARBY_CHARS) : span.end + NEARBY_CHARS]
            yield span.of(heard), partners or _joins(span.of(heard), nearby, table)


def _blanked(text: str, phrases: re.Pattern[str]) -> str:
    """The text, equally long, with blanks in place of `phrases`."""
    return phrases.sub(lambda phrase: " " * len(phrase[0]), text)


def _joins(sentence: str, nearby: str, table: SectorTable) -> bool:
    """Whether a weak name counts: near a joining word or beside a member named as such."""
    return table.joins.search(nearby) is not None or any(
        sector.is_named(sentence) for sector in table.sectors
    )


def find_networks(text: str, sections: Mapping[str, Section]) -> tuple[str, ...]:
    """The sectors named in a normalized `text` as taking part, in their official order."""
    table = sector_table()
    kept = list(_taking_part(text, sections, table))
    named = "\n".join(sentence for sentence, _ in kept)
    joined = "\n".join(sentence for sentence, joins in kept if joins)
    return tuple(
        sector.name
        for sector in table.sectors
        if sector.is_named(named) or sector.weak.search(joined) or _has_word(joined, sector.words)
    )


def _has_word(text: str, names: frozenset[str]) -> bool:
    """Whether one of `names` stands in `text` as a word; cut are only the lines that hold one."""
    lines = (line for line in text.split("\n") if any(name in line for name in names))
    return any(not names.isdisjoint(words(line)) for line in lines)
