"""Short forms and full names that match each other: 'ก.พ.ร.' and 'คณะกรรมการพัฒนาระบบราชการ'.

Every meaning is one more term of a text, so that any form of it finds any other at once. The forms
come from `data/search.toml` and the agencies of `data/agencies.toml`.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.search.analysis import Term, analyse, fold

_AGENCIES = ("national", "public_organisations", "provincial", "local", "universities")


@dataclass(frozen=True, slots=True)
class Mention:
    """A meaning and the terms that say it: `first` to `last` of the list, `last` exclusive."""

    meaning: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Form:
    words: tuple[str, ...]
    meaning: str
    after_number: bool


def mentions(terms: Sequence[Term]) -> Iterator[Mention]:
    """Every form that is named in `terms`, also those inside longer ones."""
    forms = _forms()
    for first, term in enumerate(terms):
        known = forms.get(term.text)
        if known:
            yield from _at(terms, first, known)


def _at(terms: Sequence[Term], first: int, forms: tuple[_Form, ...]) -> Iterator[Mention]:
    counted = first > 0 and terms[first - 1].text.isdecimal()
    here = [form for form in forms if counted or not form.after_number]
    if any(form.after_number for form in here):
        here = [form for form in here if form.after_number]
    for form in here:
        last = first + len(form.words)
        if tuple(term.text for term in terms[first:last]) == form.words:
            yield Mention(form.meaning, first, last)


@cache
def function_words() -> frozenset[str]:
    """Words that count little in a query, folded."""
    return frozenset(fold(word) for word in _data("search.toml")["function_words"].split())


@cache
def data_digest() -> str:
    """Tells one state of the lists from another."""
    content = b"".join(_bytes(name) for name in ("search.toml", "agencies.toml"))
    return hashlib.sha256(content).hexdigest()[:12]


def _bytes(name: str) -> bytes:
    return (files("pipeline") / "data" / name).read_bytes()


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(_bytes(name).decode())


@cache
def _forms() -> dict[str, tuple[_Form, ...]]:
    """First word -> the forms that begin with it."""
    table: dict[str, dict[_Form, None]] = {}
    for group, months in _groups():
        meaning = "_".join(group[-1 if months else 0].split())
        for form in group:
            words = tuple(term.text for term in analyse(form))
            short = months and form == group[0]
            table.setdefault(words[0], {})[_Form(words, meaning, short)] = None
    return {first: tuple(forms) for first, forms in table.items()}


def _groups() -> Iterator[tuple[list[str], bool]]:
    own = _data("search.toml")
    yield from ((group, False) for group in own["same"])
    yield from ((group, True) for group in own["after_number"])
    agencies = _data("agencies.toml")
    for part in _AGENCIES:
        for name, forms in agencies[part].items():
            if forms:
                yield [name, *forms], False
