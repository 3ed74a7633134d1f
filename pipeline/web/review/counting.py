"""How many documents each choice of the filter would leave, given all other choices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Label, case, func, literal_column, select
from sqlalchemy.orm import Session

from pipeline.store import Store
from pipeline.store.standings.freshness import kept
from pipeline.store.tables import ArrivalRow, RoundRow, StandingRow
from pipeline.web.review.filters import FLAGS, STATUSES, Filter
from pipeline.web.review.queue import Queue
from pipeline.web.review.seeing import Seeing, has_flag, has_status


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of each choice; `sure` is how many documents may be accepted at once."""

    status: dict[str, int]
    kind: dict[str, int]
    agenda: dict[str, int]
    mode: dict[str, int]
    province: dict[str, int]
    round: dict[str, int]
    flags: dict[str, int]
    total: int
    sure: int


@kept
def counts_of(store: Store, me: str, wanted: Filter, least: float) -> Counts:
    """The counts of a filter as one person sees them; `least` is from where on labels are sure.

    Bring standings up to date before.
    """
    with store.read() as session:
        line, seeing = Queue(session, me), Seeing(me)
        return Counts(
            **_values(session, seeing, wanted),
            status=_sums(session, seeing, replace(wanted, status="all"), STATUSES, has_status),
            flags=_sums(session, seeing, wanted, FLAGS, has_flag),
            round=_rounds(session, seeing, replace(wanted, round="")),
            total=line.total(wanted),
            sure=line.number_sure(wanted, least),
        )


def _values(session: Session, seeing: Seeing, wanted: Filter) -> dict[str, dict[str, int]]:
    """The counts of each label; one reading for all columns that the filter leaves free."""
    columns = {
        "kind": StandingRow.kind,
        "agenda": seeing.agenda,
        "mode": seeing.mode,
        "province": StandingRow.province,
    }
    free = [name for name in columns if not getattr(wanted, name)]
    found = _grouped(session, seeing, [columns[name] for name in free], wanted)
    by_value = {name: _summed(found, at) for at, name in enumerate(free)}
    for name in columns.keys() - free:
        without: Any = {name: ""}
        alone = _grouped(session, seeing, [columns[name]], replace(wanted, **without))
        by_value[name] = _summed(alone, 0)
    return by_value


def _grouped(
    session: Session, seeing: Seeing, columns: Sequence[Any], wanted: Filter
) -> list[Sequence[Any]]:
    """How many documents have which values, the number last."""
    if not columns:
        return []
    query = seeing.filtered(select(*columns, func.count()).select_from(StandingRow), wanted)
    # By name: to PostgreSQL the same expression with parameters of its own is another one.
    names = [literal_column(one.name) if isinstance(one, Label) else one for one in columns]
    return list(session.execute(query.group_by(*names)))


def _summed(found: Sequence[Sequence[Any]], at: int) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for row in found:
        if row[at] is not None:
            sums[row[at]] += row[-1]
    return dict(sums)


def _sums(
    session: Session,
    seeing: Seeing,
    wanted: Filter,
    names: Sequence[str],
    condition: Callable[[str], ColumnElement[bool]],
) -> dict[str, int]:
    """How many documents meet each of these conditions."""
    sums = (func.sum(case((condition(name), 1), else_=0)) for name in names)
    row = session.execute(seeing.filtered(select(*sums).select_from(StandingRow), wanted)).one()
    return {name: int(number or 0) for name, number in zip(names, row, strict=True)}


def _rounds(session: Session, seeing: Seeing, wanted: Filter) -> dict[str, int]:
    query = (
        select(RoundRow.name, func.count(StandingRow.document_id.distinct()))
        .select_from(StandingRow)
        .join(ArrivalRow, ArrivalRow.document_id == StandingRow.document_id)
        .join(RoundRow, RoundRow.id == ArrivalRow.round_id)
    )
    found = session.execute(seeing.filtered(query, wanted).group_by(RoundRow.name))
    return {row[0]: row[1] for row in found}
