"""How a round stands, counted from the standings: ten thousand submissions in one query."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.store import Store
from pipeline.store.models import ArrivalRow, StandingRow
from pipeline.store.rounds import (
    ProvinceStatus,
    Received,
    RoundStatus,
    get_round,
    is_on_time,
    round_id,
)
from pipeline.store.values import Round
from pipeline.thai import PROVINCES


def round_state(store: Store, name: str) -> RoundStatus:
    """As `rounds.round_status`, without the names of files; bring standings up to date before.

    Raises StoreError for an unknown round.
    """
    with store.read() as session:
        found = get_round(session, name)
        return _status(found, _received(session, found))


def _received(session: Session, found: Round) -> list[tuple[Received, str | None]]:
    """The first arrival of each document but minutes, the oldest first, with its province."""
    first = func.min(ArrivalRow.received_at, type_=ArrivalRow.received_at.type).label("first")
    query = (
        select(StandingRow.sha256, StandingRow.province, first)
        .join(StandingRow, StandingRow.document_id == ArrivalRow.document_id)
        .where(ArrivalRow.round_id == round_id(session, found.name), StandingRow.kind != "minutes")
        .group_by(StandingRow.document_id, StandingRow.sha256, StandingRow.province)
        .order_by(first, StandingRow.document_id)
    )
    return [
        (Received(sha256, "", at, is_on_time(at, found.deadline)), province)
        for sha256, province, at in session.execute(query)
    ]


def _status(found: Round, received: list[tuple[Received, str | None]]) -> RoundStatus:
    by_province: defaultdict[str, list[Received]] = defaultdict(list)
    unplaced = []
    for one, province in received:
        if province in PROVINCES:
            by_province[province].append(one)
        else:
            unplaced.append(one)
    others = sorted(set(by_province) - set(found.expected), key=PROVINCES.index)
    return RoundStatus(
        found,
        tuple(_stand(province, by_province.get(province, [])) for province in found.expected),
        tuple(_stand(province, by_province[province]) for province in others),
        tuple(unplaced),
    )


def _stand(province: str, submissions: list[Received]) -> ProvinceStatus:
    if not submissions:
        return ProvinceStatus(province, "missing")
    return ProvinceStatus(
        province, "on_time" if submissions[0].on_time else "late", tuple(submissions)
    )
