"""What two cards say differently of how their models were made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it was when the model was made."""

    what: str
    then: str
    now: str

    def __str__(self) -> str:
        return f"{self.what}: เดิม (then) {self.then} · ตอนนี้ (now) {self.now}"


def differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    """What two cards say differently of how their models were made."""
    found = [
        Difference(name, str(then.get(name)), str(now.get(name)))
        for name in ("wara", "python", "machine", "taxonomy_digest", "corpus_digest")
        if then.get(name) != now.get(name)
    ]
    for group in ("libraries", "parameters", "code"):
        old, new = mapping(then.get(group)), mapping(now.get(group))
        found += [
            Difference(f"{group} {name}", str(old.get(name)), str(new.get(name)))
            for name in sorted({*old, *new})
            if _listed(old.get(name)) != _listed(new.get(name))
        ]
    return found


def mapping(value: Any) -> Mapping[str, Any]:
    """A part of a card, empty where it is missing or of another shape."""
    return value if isinstance(value, Mapping) else {}


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
