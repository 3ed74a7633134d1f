"""The names of the 77 provinces: in full, short, in English, as codes and as nicknames."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Form:
    """A surface of a province. `whole`: no Thai letter may follow; `cue`: needs a cue or a list."""

    province: str
    whole: bool = False
    cue: bool = False
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    names: tuple[str, ...]
    forms: dict[str, Form]
    codes: dict[str, str]
    english: dict[str, str]
    english_names: tuple[str, ...]
    english_words: frozenset[str]


_DATA = Path(__file__).parent / "data" / "provinces.toml"


def _load() -> _Gazetteer:
    rows = tomllib.loads(_DATA.read_text(encoding="utf-8"))["province"]
    return _Gazetteer(
        names=tuple(row["name"] for row in rows),
        forms=dict(form for row in rows for form in _forms(row)),
        codes={row["code"]: row["name"] for row in rows},
        english={
            latin_key(name): row["name"]
            for row in rows
            for name in (row["english"], *row.get("english_aliases", ()))
        },
        english_names=tuple(row["english"] for row in rows),
        english_words=frozenset(row["english"] for row in rows if row.get("english_needs_cue")),
    )


def _forms(row: dict[str, Any]) -> Iterator[tuple[str, Form]]:
    name = row["name"]
    edges = tuple(row.get("not_before", ())), tuple(row.get("not_after", ()))
    yield name, Form(name, False, row.get("needs_cue", False), *edges)
    for alias in row.get("aliases", ()):
        yield alias, Form(name, alias.startswith("เมือง"), False, *edges)
    for short in row.get("short", ()):
        yield short, Form(name, True, True, *edges)


def latin_key(name: str) -> str:
    """An English name by its letters alone."""
    return re.sub(r"[^a-z]", "", name.lower())


GAZETTEER = _load()
PROVINCES = GAZETTEER.names

_PREFIX = re.compile(r"(?:จังหวัด|จ\.|จว\.)\s*")


def province_of(text: str) -> str | None:
    """The province a user typed: a Thai or English name, an alias or a document code."""
    surface = _PREFIX.sub("", text.strip(), count=1)
    for key in (surface, surface.rstrip("ฯ"), surface + "ฯ"):
        if key in GAZETTEER.forms:
            return GAZETTEER.forms[key].province
    latin = re.sub(r"(?:changwat|province|city)", "", latin_key(surface))
    return GAZETTEER.codes.get(surface.replace(".", "")) or GAZETTEER.english.get(latin)
