"""The review queue: which documents, in which order; all of it told and asked in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from pipeline.store.tables import StandingRow
from pipeline.web.review.filters import Filter
from pipeline.web.review.seeing import Seeing, is_sure

PAGE = 50  # documents on one page


@dataclass(frozen=True, slots=True)
class Row:
    """One document of the queue, as its reader may see it; confidences are 0 to 1."""

    sha256: str
    kind: str
    title: str | None
    province: str | None
    agenda: str | None
    mode: str | None
    agenda_confidence: float | None
    mode_confidence: float | None
    status: str
    first_by: str | None
    asked: bool
    disagreed: bool
    flagged: bool
    damaged: bool
    late: bool | None


class Queue:
    """The queue as one person sees it. Bring standings up to date before."""

    def __init__(self, session: Session, me: str) -> None:
        self.session = session
        self.seeing = Seeing(me)

    def page(self, wanted: Filter, number: int) -> list[Row]:
        """The documents of a page (from 1), the most uncertain first."""
        query = self.seeing.filtered(select(*self._columns()), wanted).order_by(*_order())
        found = self.session.execute(query.limit(PAGE).offset((number - 1) * PAGE))
        return [Row(*row) for row in found]

    def named(self, digests: Sequence[str]) -> list[Row]:
        """These documents, the oldest first."""
        query = select(*self._columns()).where(StandingRow.sha256.in_(digests))
        return [Row(*row) for row in self.session.execute(query.order_by(StandingRow.document_id))]

    def shown(self, wanted: Filter) -> set[str]:
        """The digests of all documents, but for those whose first opinion is to stay unseen."""
        query = self.seeing.filtered(select(StandingRow.sha256), wanted)
        return set(self.session.scalars(query.where(~self.seeing.hidden)))

    def total(self, wanted: Filter) -> int:
        """How many documents there are."""
        return self._number(wanted)

    def place(self, wanted: Filter, sha256: str) -> int:
        """The place of a document in the queue, from 1; also where it would stand, was it there."""
        return self._number(wanted, _before(self._key(sha256))) + 1

    def after(self, wanted: Filter, sha256: str) -> str | None:
        """The document that comes after another one, from the start again after the last.

        None where there is no other. What one asked oneself is for others to answer.
        """
        query = self.seeing.filtered(select(StandingRow.sha256), wanted)
        query = query.where(StandingRow.sha256 != sha256)
        if wanted.status == "asked":
            first = StandingRow.first_by
            query = query.where(or_(first.is_(None), first != self.seeing.me))
        query = query.order_by(*_order()).limit(1)
        following = self.session.scalars(query.where(_behind(self._key(sha256)))).one_or_none()
        return following or self.session.scalars(query).one_or_none()

    def sure(self, wanted: Filter, least: float) -> list[tuple[str, int]]:
        """What may be accepted at once, by digest, with the last decision on each.

        It waits for a decision and nothing about it asks for a person, and both labels are at
        least so probable.
        """
        query = self.seeing.filtered(select(StandingRow.sha256, StandingRow.last), wanted)
        query = query.where(*is_sure(least)).order_by(StandingRow.document_id)
        return [tuple(row) for row in self.session.execute(query)]

    def number_sure(self, wanted: Filter, least: float) -> int:
        """How many documents `sure` names."""
        return self._number(wanted, *is_sure(least))

    def _columns(self) -> tuple[Any, ...]:
        """The columns of a `Row`."""
        return (
            StandingRow.sha256, StandingRow.kind, StandingRow.title, StandingRow.province,
            self.seeing.agenda, self.seeing.mode,
            StandingRow.agenda_confidence, StandingRow.mode_confidence,
            StandingRow.status, StandingRow.first_by, StandingRow.asked, StandingRow.disagreed,
            StandingRow.flagged, StandingRow.damaged, StandingRow.late,
        )  # fmt: skip

    def _key(self, sha256: str) -> tuple[float, int]:
        query = select(StandingRow.uncertainty, StandingRow.document_id)
        found = self.session.execute(query.where(StandingRow.sha256 == sha256)).one_or_none()
        return (2.0, 0) if found is None else (found[0], found[1])

    def _number(self, wanted: Filter, *more: ColumnElement[bool]) -> int:
        query = self.seeing.filtered(select(func.count()).select_from(StandingRow), wanted)
        return self.session.scalar(query.where(*more)) or 0


def _before(key: Sequence[Any]) -> ColumnElement[bool]:
    # A comparison of rows, which the index of the queue answers.
    return tuple_(StandingRow.uncertainty, StandingRow.document_id) > tuple_(*map(literal, key))


def _behind(key: Sequence[Any]) -> ColumnElement[bool]:
    return tuple_(StandingRow.uncertainty, StandingRow.document_id) < tuple_(*map(literal, key))


def _order() -> tuple[ColumnElement[Any], ...]:
    """The most uncertain first, of the same the latest; what the model did not tag comes last."""
    return StandingRow.uncertainty.desc(), StandingRow.document_id.desc()
