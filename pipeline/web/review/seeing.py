"""What a person may see of the queue, as conditions in SQL.

Where somebody was asked for a second opinion, all but the first reviewer see, filter and count the
machine's labels, not the first reviewer's.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Label, Select, and_, case, false, select, true

from pipeline.store.tables import ArrivalRow, RoundRow, StandingRow
from pipeline.web.review.filters import FLAGS, Filter


class Seeing:
    """The queue in the eyes of one person: the labels they see, and what a filter leaves."""

    def __init__(self, me: str) -> None:
        self.me = me
        self.hidden: ColumnElement[bool] = and_(
            StandingRow.asked.is_(True),
            StandingRow.first_by.is_not(None),
            StandingRow.first_by != me,
        )
        self.agenda: Label[str | None] = case(
            (self.hidden, StandingRow.machine_agenda), else_=StandingRow.agenda
        ).label("seen_agenda")
        self.mode: Label[str | None] = case(
            (self.hidden, StandingRow.machine_mode), else_=StandingRow.mode
        ).label("seen_mode")

    def filtered(self, query: Any, wanted: Filter) -> Select[Any]:
        """A query of standings with the conditions of a filter."""
        pairs = (
            (wanted.kind, StandingRow.kind),
            (wanted.agenda, self.agenda),
            (wanted.mode, self.mode),
            (wanted.province, StandingRow.province),
        )
        found: Select[Any] = query.where(
            has_status(wanted.status), *(column == value for value, column in pairs if value)
        )
        found = found.where(*(has_flag(name) for name in FLAGS if getattr(wanted, name)))
        if wanted.round:
            found = found.where(_in_round(wanted.round))
        if wanted.q:
            found = found.where(StandingRow.title.icontains(wanted.q, autoescape=True))
        return found


def has_status(name: str) -> ColumnElement[bool]:
    """Whether a document is in one of `filters.STATUSES`."""
    return {
        "waiting": StandingRow.status == "waiting",
        "decided": StandingRow.status == "decided",
        "asked": StandingRow.asked.is_(True),
        "disagreed": StandingRow.disagreed.is_(True),
        "all": true(),
    }.get(name, false())


def has_flag(name: str) -> ColumnElement[bool]:
    """Whether a document has one of `filters.FLAGS`."""
    return getattr(StandingRow, name).is_(True)  # type: ignore[no-any-return]


def is_sure(least: float) -> tuple[ColumnElement[bool], ...]:
    """What may be accepted at once: it waits, nothing asks for a person, both labels are sure."""
    return (
        StandingRow.status == "waiting",
        StandingRow.asked.is_(False),
        StandingRow.flagged.is_(False),
        StandingRow.agenda_confidence >= least,
        StandingRow.mode_confidence >= least,
    )


def _in_round(name: str) -> ColumnElement[bool]:
    query = select(ArrivalRow.document_id).join(RoundRow, RoundRow.id == ArrivalRow.round_id)
    return StandingRow.document_id.in_(query.where(RoundRow.name == name))
