"""Filters given as options of a call, beside those written in the query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline.search.closed_sets import CLOSED
from pipeline.search.periods import checked
from pipeline.search.values import Filters, ParsedQuery
from pipeline.thai import parse_user_date


def with_filters(parsed: ParsedQuery, given: Mapping[str, Any]) -> ParsedQuery:
    """The query under the options' filters as well as its own.

    `resolution` stands for `kind="resolution"`; None and empty values filter nothing. Raises
    TypeError for an unknown name, UsageError for a date that cannot be read, QueryError for an
    empty period and for a province or kind that there is not.
    """
    filters = parsed.filters
    if given.get("resolution"):
        filters = replace(filters, kind=(*filters.kind, "resolution"))
    for name, value in given.items():
        if name == "resolution":
            continue
        if name not in Filters.__dataclass_fields__:
            known = ", ".join((*Filters.__dataclass_fields__, "resolution"))
            raise TypeError(f"there is no filter {name}: use one of {known}")
        if value is None or value == () or value == []:
            continue
        filters = replace(filters, **{name: _value(name, value, getattr(filters, name))})
    return replace(parsed, filters=checked(filters))


def _value(name: str, value: Any, before: Any) -> Any:
    if name in ("since", "until"):
        day = value if isinstance(value, dt.date) else parse_user_date(str(value))
        return max(day, before or day) if name == "since" else min(day, before or day)
    values: Sequence[Any] = [value] if isinstance(value, (str, int)) else list(value)
    read = CLOSED.get(name, lambda own: own)
    return (*before, *map(read, values))
