"""The list of all minutes, page by page, the latest meeting first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, undefer

from pipeline.store.documents import arrivals_of
from pipeline.store.tables import DocumentRow
from pipeline.thai import arabic_digits

PAGE = 30
LONGEST_WORD = 200


@dataclass(frozen=True, slots=True)
class MinutesAsked:
    """Words of the title, a fiscal year (BE), and a page, which counts from 1."""

    word: str = ""
    year: str = ""
    page: int = 1

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> MinutesAsked:
        """What the address asks for; what is no value of it is left out."""
        year = arabic_digits(parameters.get("year", "").strip())
        page = parameters.get("page", "")
        fits = page.isascii() and page.isdigit() and 0 < len(page) < 7
        return cls(
            " ".join(parameters.get("q", "").replace("\0", " ").split())[:LONGEST_WORD],
            year if year.isascii() and year.isdigit() and len(year) == 4 else "",
            max(1, int(page)) if fits else 1,
        )

    @property
    def address(self) -> str:
        """The query string, `?` included."""
        pairs = [("q", self.word), ("year", self.year), ("page", str(self.page))]
        return "?" + urlencode([(n, v) for n, v in pairs if v and (n, v) != ("page", "1")])

    def on_page(self, page: int) -> MinutesAsked:
        """Another page of the same list."""
        return replace(self, page=page)


@dataclass(frozen=True, slots=True)
class Listed:
    """One set of minutes in the list."""

    sha256: str
    title: str
    meeting_no: str | None
    date: dt.date | None
    chair: str | None
    provinces: tuple[str, ...]
    items: int
    resolutions: int
    deadlines: int


@dataclass(frozen=True, slots=True)
class MinutesFound:
    """A page of the list; `total` counts all that fit, `years` are the fiscal years there are."""

    rows: tuple[Listed, ...]
    total: int
    pages: int
    years: tuple[int, ...]


def list_minutes(session: Session, asked: MinutesAsked) -> MinutesFound:
    """The minutes that fit, the latest meeting first; those without a date last."""
    total = session.scalar(_fitting(asked, select(func.count()))) or 0
    query = (
        _fitting(asked, select(DocumentRow))
        .options(undefer(DocumentRow.parsed))
        .order_by(DocumentRow.document_date.desc().nulls_last(), DocumentRow.id.desc())
        .offset((asked.page - 1) * PAGE)
        .limit(PAGE)
    )
    found = list(session.scalars(query))
    names = arrivals_of(session, [row.sha256 for row in found if not row.title])
    rows = tuple(
        _listed(row, names[row.sha256][-1].file if row.sha256 in names else "") for row in found
    )
    years = _fitting(MinutesAsked(), select(DocumentRow.fiscal_year).distinct())
    known = sorted((year for year in session.scalars(years) if year), reverse=True)
    return MinutesFound(rows, total, -(-total // PAGE), tuple(known))


def _fitting(asked: MinutesAsked, query: Select[Any]) -> Select[Any]:
    query = query.where(DocumentRow.kind == "minutes", DocumentRow.withdrawn_at.is_(None))
    if asked.word:
        query = query.where(DocumentRow.title.contains(asked.word, autoescape=True))
    return query.where(DocumentRow.fiscal_year == int(asked.year)) if asked.year else query


def _listed(row: DocumentRow, file: str) -> Listed:
    parsed = row.parsed or {}
    items = parsed.get("items", ())
    return Listed(
        sha256=row.sha256,
        title=row.title or file.replace("\\", "/").rsplit("/", 1)[-1],
        meeting_no=parsed.get("meeting_no"),
        date=row.document_date,
        chair=(parsed.get("chair") or {}).get("name"),
        provinces=tuple(parsed.get("provinces", ())),
        items=len(items),
        resolutions=sum(1 for item in items if item["resolution"]),
        deadlines=len(parsed.get("deadlines", ())),
    )
