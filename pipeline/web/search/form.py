"""What somebody asks of the search page, read from the address and written back into it.

Any address is understood: what is no value of a parameter is left out, so that a page always comes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol
from urllib.parse import urlencode

from pipeline.search.errors import QueryError
from pipeline.search.periods import checked, fiscal_year_of, period
from pipeline.search.values import FACETS, Filters, Sort

PAGE = 20  # hits
LAST_PAGE = 200
LONGEST_QUERY = 1000  # code points
LONGEST_VALUE = 300
MOST_VALUES = 20  # of one filter


class Parameters(Protocol):
    """The parameters of an address, in order; several may have one name."""

    def multi_items(self) -> list[tuple[str, str]]:
        """Pairs of name and value."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with its filters, as on the page. `filters` has the fields of `FACETS` that are set.

    `since` and `until` are as somebody wrote them; pages count from 1.
    """

    query: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: str = ""
    until: str = ""
    sort: Sort = "relevance"
    page: int = 1

    @property
    def anything(self) -> bool:
        """Whether anything is asked at all."""
        return bool(self.query or self.filters or self.since or self.until)

    @property
    def order(self) -> Sort:
        """The order of the hits: without words to rank by, the latest come first."""
        return self.sort if self.query else "date"

    @property
    def offset(self) -> int:
        """How many hits stand on the pages before."""
        return (self.page - 1) * PAGE

    def has(self, name: str, value: str) -> bool:
        """Whether the filter is set to the value."""
        return value in self.filters.get(name, ())

    def toggled(self, name: str, value: str) -> Asked:
        """The same with the value added to the filter, or taken out; from the first page on."""
        before = self.filters.get(name, ())
        after = tuple(v for v in before if v != value) if value in before else (*before, value)
        filters = {**self.filters, name: after}
        return replace(self, filters={k: v for k, v in filters.items() if v}, page=1)

    def with_query(self, query: str) -> Asked:
        """The same filters with another query."""
        return replace(self, query=query, page=1)

    def on_page(self, page: int) -> Asked:
        """Another page of the same answer."""
        return replace(self, page=page)

    def without_dates(self) -> Asked:
        """The same, of any day."""
        return replace(self, since="", until="", page=1)

    def cleared(self) -> Asked:
        """The query alone."""
        return Asked(query=self.query, sort=self.sort)

    @property
    def address(self) -> str:
        """The query string, `?` included."""
        pairs = [("q", self.query)] if self.query else []
        pairs += [(name, v) for name in FACETS for v in self.filters.get(name, ())]
        pairs += [(n, v) for n, v in (("since", self.since), ("until", self.until)) if v]
        pairs += [("sort", self.sort)] if self.sort != "relevance" else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return "?" + urlencode(pairs)

    def arguments(self) -> dict[str, Any]:
        """The filters as `Workspace.find` takes them. Raises QueryError for what is no date."""
        found: dict[str, Any] = {
            name: self.filters[name] for name in FACETS if name in self.filters
        }
        if years := found.pop("fiscal_year", ()):
            found["fiscal_year"] = tuple(fiscal_year_of("ปีงบ", year) for year in years)
        start = period("ตั้งแต่", self.since)[0] if self.since else None
        end = period("ถึง", self.until)[1] if self.until else None
        checked(Filters(since=start, until=end), typed=f"{self.since} – {self.until}")
        if len(self.query) >= LONGEST_QUERY:
            raise QueryError(
                f"คำค้นยาวเกิน {LONGEST_QUERY:,} ตัวอักษร โปรดใช้คำสำคัญไม่กี่คำ",
                f"the query is longer than {LONGEST_QUERY:,} characters. Use a few keywords",
            )
        return found | {n: day for n, day in (("since", start), ("until", end)) if day}


def asked_of(parameters: Parameters) -> Asked:
    """What the address asks for."""
    given: dict[str, list[str]] = {}
    for name, value in parameters.multi_items():
        if text := " ".join(value.replace("\0", " ").split()):
            given.setdefault(name, []).append(text)
    filters = {name: _values(given[name]) for name in FACETS if name in given}
    return Asked(
        query=_one(given, "q")[:LONGEST_QUERY],
        filters={name: values for name, values in filters.items() if values},
        since=_one(given, "since")[:LONGEST_VALUE],
        until=_one(given, "until")[:LONGEST_VALUE],
        sort="date" if _one(given, "sort") == "date" else "relevance",
        page=_page(_one(given, "page")),
    )


def _values(given: Sequence[str]) -> tuple[str, ...]:
    fitting = dict.fromkeys(value for value in given if len(value) <= LONGEST_VALUE)
    return tuple(fitting)[:MOST_VALUES]


def _one(given: Mapping[str, Sequence[str]], name: str) -> str:
    return given[name][-1] if name in given else ""


def _page(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
    return min(max(number, 1), LAST_PAGE)
