"""Documents as they stand, filtered and paged in SQL, for programs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from pipeline.store.rounds.terms import round_id
from pipeline.store.tables import ArrivalRow, DocumentRow, StandingRow

SAME = ("kind", "province", "agenda", "mode", "status", "late", "damaged")


@dataclass(frozen=True, slots=True)
class Criteria:
    """What documents have to be; None means anything. `fiscal_year` is BE."""

    kind: str | None = None
    province: str | None = None
    agenda: str | None = None
    mode: str | None = None
    status: str | None = None
    late: bool | None = None
    damaged: bool | None = None
    fiscal_year: int | None = None
    round: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None


def matching(
    session: Session, wanted: Criteria, *, limit: int, offset: int
) -> tuple[list[dict[str, Any]], int]:
    """(documents, how many there are in all), the oldest first; bring standings up to date before.

    Raises StoreError for an unknown round.
    """
    query = _filtered(session, wanted)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.execute(query.order_by(DocumentRow.id).limit(limit).offset(offset))
    return [dict(row) for row in rows.mappings()], total


def _filtered(session: Session, wanted: Criteria) -> Select[Any]:
    standing = [getattr(StandingRow, name) for name in (*SAME, "title")]
    own = (DocumentRow.sha256, DocumentRow.document_date, DocumentRow.fiscal_year)
    query = select(*own, DocumentRow.added_at, *standing)
    query = query.join(StandingRow, StandingRow.document_id == DocumentRow.id)
    for name in SAME:
        if (value := getattr(wanted, name)) is not None:
            query = query.where(getattr(StandingRow, name) == value)
    if wanted.fiscal_year is not None:
        query = query.where(DocumentRow.fiscal_year == wanted.fiscal_year)
    if wanted.since is not None:
        query = query.where(DocumentRow.document_date >= wanted.since)
    if wanted.until is not None:
        query = query.where(DocumentRow.document_date <= wanted.until)
    if wanted.round is not None:
        arrived = select(ArrivalRow.document_id).where(
            ArrivalRow.round_id == round_id(session, wanted.round)
        )
        query = query.where(DocumentRow.id.in_(arrived))
    return query
