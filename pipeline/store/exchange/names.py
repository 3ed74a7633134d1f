"""What people write for a label, a kind or a yes, turned into the code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from corpora import Label, Taxonomy
from pipeline.store.exchange.columns import NO, YES
from pipeline.store.labels.fields import KIND_NAMES
from pipeline.thai import normalize

_YES = {YES, "yes", "y", "true", "1", "1.0", "✓", "✔", "จริง"}
_NO = {NO, "ไม่ใช่", "no", "n", "false", "0", "0.0", "เท็จ", "-"}
_SEPARATORS = re.compile(r"\s*[|;,\n]\s*")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of each axis in their comparable form, with the code that each stands for."""

    agendas: dict[str, str]
    modes: dict[str, str]
    kinds: dict[str, str]

    @classmethod
    def of(cls, taxonomy: Taxonomy) -> Self:
        """The codes and the Thai, short Thai and English names of a taxonomy."""
        kinds = {key(name): code for code, name in KIND_NAMES.items()}
        kinds |= {code: code for code in KIND_NAMES}
        return cls(_of_labels(taxonomy.agendas), _of_labels(taxonomy.modes), kinds)


def _of_labels(labels: Iterable[Label]) -> dict[str, str]:
    return {
        key(name): label.code
        for label in labels
        for name in (label.code, label.name_th, label.short_th, label.name_en)
    }


def key(text: str) -> str:
    """The comparable form of a name: normalized, small letters, no blanks at all."""
    return "".join(normalize(text).casefold().split())


def yes_or_no(text: str) -> bool | None:
    """What a cell says; None where it is neither."""
    found = key(text)
    return True if found in _YES else False if found in _NO else None


def listed(text: str) -> list[str]:
    """The names in one cell, which may be divided by `|`, `;`, a comma or a new line."""
    return [part for part in _SEPARATORS.split(text.strip()) if part]
