"""Which documents of the queue somebody wants to see, as the URL says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

STATUSES = ("waiting", "decided", "asked", "disagreed", "all")
FLAGS = ("flagged", "damaged", "late")
LONGEST = 200  # characters of a value of the filter


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents; empty values let all pass. It is kept in the URL, its defaults left out."""

    status: str = "waiting"
    kind: str = ""
    agenda: str = ""
    mode: str = ""
    province: str = ""
    round: str = ""
    flagged: bool = False
    damaged: bool = False
    late: bool = False
    q: str = ""

    @property
    def query(self) -> str:
        """The filter as the query of a URL."""
        return urlencode(
            {
                field.name: _told(value)
                for field in fields(self)
                if (value := getattr(self, field.name)) != field.default
            }
        )

    def but(self, **values: Any) -> str:
        """The query of the same filter with other values."""
        return replace(self, **values).query


def _told(value: object) -> str:
    return "1" if value is True else str(value)


def filter_of(values: Mapping[str, str]) -> Filter:
    """The filter that the parameters of a URL say; what they say wrongly is left out."""
    names = {field.name for field in fields(Filter)}
    given = {name: value.strip()[:LONGEST] for name, value in values.items() if name in names}
    flags = {name: given.pop(name) == "1" for name in FLAGS if name in given}
    if given.get("status") not in STATUSES:
        given.pop("status", None)
    return Filter(**given, **flags)  # type: ignore[arg-type]


def parse(query: str) -> Filter:
    """The filter that the query of a URL says."""
    return filter_of(dict(parse_qsl(query[:4000])))
