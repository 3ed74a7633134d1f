"""Which of the seven partner sectors take part in a proposal.

A sector counts when one of its members is named as taking part; names in a study visit or a
refusal, and in the section of target groups, do not count. The names stand in
`pipeline/data/networks.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.documents import Section
from pipeline.thai import sentences, tokenize


@dataclass(frozen=True, slots=True)
class Sector:
    """A partner sector: patterns of its members' names, and names that must be whole words."""

    name: str
    cues: re.Pattern[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class SectorTable:
    """The sectors in their official order, and the phrases that silence a name."""

    sectors: tuple[Sector, ...]
    masks: re.Pattern[str]
    absent: re.Pattern[str]


def _any_of(names: Sequence[str], patterns: Sequence[str] = ()) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile("|".join([*(re.escape(name) for name in longest_first), *patterns]))


@cache
def sector_table() -> SectorTable:
    """The table read from the package's data, once."""
    source = files("pipeline").joinpath("data", "networks.toml").read_text(encoding="utf-8")
    data = tomllib.loads(source)
    sectors = tuple(
        Sector(
            row["name"],
            _any_of(row["cues"], row.get("patterns", ())),
            frozenset(row.get("words", ())),
        )
        for row in data["sector"]
    )
    return SectorTable(sectors, _any_of(data["masks"]), _any_of(data["absent"]))


def _taking_part(text: str, sections: Mapping[str, Section], table: SectorTable) -> Iterator[str]:
    """The sentences in which a name counts, with masked phrases blanked out."""
    targets = sections.get("targets")
    for span in sentences(text):
        sentence = span.of(text)
        aimed = targets is not None and targets.start < span.end and span.start < targets.end
        if not aimed and not table.absent.search(sentence):
            yield table.masks.sub(" ", sentence)


def find_networks(text: str, sections: Mapping[str, Section]) -> tuple[str, ...]:
    """The sectors named in a normalized `text` as taking part, in their official order."""
    table = sector_table()
    kept = "\n".join(_taking_part(text, sections, table))
    words = {token.text for token in tokenize(kept)}
    return tuple(
        sector.name
        for sector in table.sectors
        if sector.cues.search(kept) or not sector.words.isdisjoint(words)
    )
