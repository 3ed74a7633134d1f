"""How documents stand, one row each, so that ten thousand can be filtered and sorted in SQL.

The rows are derived. Triggers write down which documents are due, in the transaction that changed
them, whoever made it; `follow` brings their rows up to date before they are read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.orm import Session

from pipeline.records import DAMAGED_PAGE
from pipeline.store.database.parts import AT_ONCE, in_parts
from pipeline.store.documents.predictions import current_predictions
from pipeline.store.labels.folding import labels_of
from pipeline.store.labels.opinions import disagreements, first_decision
from pipeline.store.labels.values import Labelling
from pipeline.store.rounds.terms import is_on_time, list_rounds
from pipeline.store.store import Store
from pipeline.store.tables import (
    ArrivalRow,
    DocumentRow,
    RoundRow,
    StandingDueRow,
    StandingRow,
    StoreRow,
)


def follow(store: Store) -> int:
    """Bring all standings up to date; the number of documents that were due."""
    done = 0
    while _is_due(store):
        with store.begin() as session:
            done += refresh(session)
    return done


def _is_due(store: Store) -> bool:
    with store.read() as session:
        return bool(session.scalar(select(exists().select_from(StandingDueRow))))


def refresh(session: Session, limit: int = AT_ONCE) -> int:
    """Bring the standings of some documents that are due up to date; how many these were."""
    # One at a time, or an older standing could overwrite a newer one.
    session.execute(select(StoreRow.identity).with_for_update())
    due = select(StandingDueRow.document_id).distinct().order_by(StandingDueRow.document_id)
    keys = list(session.scalars(due.limit(limit)))
    for part in in_parts(keys):
        # What is due is forgotten first, and what it is due to read after that: nothing is missed.
        for table in (StandingDueRow, StandingRow):
            session.execute(delete(table).where(table.document_id.in_(part)))
        if rows := _rows(session, part):
            session.execute(insert(StandingRow), rows)
    return len(keys)


def _rows(session: Session, keys: Sequence[int]) -> list[dict[str, Any]]:
    query = select(DocumentRow.id, DocumentRow.sha256, DocumentRow.content)
    query = query.where(DocumentRow.id.in_(keys), DocumentRow.withdrawn_at.is_(None))
    found = {sha256: (key, content) for key, sha256, content in session.execute(query)}
    documents = list(found)
    labels = labels_of(session, documents)
    said = current_predictions(session, documents)
    late = _late(session, keys)
    return [
        {
            "document_id": key,
            "sha256": sha256,
            "damaged": is_damaged(content),
            **_of_labels(labels[sha256]),
            **_of_machine(labels[sha256], said[sha256].record if sha256 in said else {}),
            "late": late.get(key, _late_by_date(said[sha256].record) if sha256 in said else None),
        }
        for sha256, (key, content) in found.items()
    ]


def _of_labels(labels: Labelling) -> dict[str, Any]:
    values, modes = labels.values, labels.values["modes"] or ()
    first = first_decision(labels)
    return {
        "kind": values["kind"],
        "title": values["title"],
        "province": values["province"],
        "agenda": values["agenda"],
        "mode": modes[0] if modes else None,
        "further_modes": list(modes[1:]),
        "first_by": first.by if first else None,
        "second_by": labels.second.by if labels.second else None,
        "asked": labels.asked,
        "disagreed": bool(disagreements(labels)),
        "decided_at": first.at if first else None,
        "last": labels.last,
    }


def _of_machine(labels: Labelling, record: Mapping[str, Any]) -> dict[str, Any]:
    agenda, mode = record.get("agenda_confidence"), record.get("mode_confidence")
    modes = labels.machine["modes"] or ()
    flagged = bool(record.get("needs_review", True))
    open_questions = flagged or bool(labels.machine["agenda"])
    return {
        "machine_agenda": labels.machine["agenda"],
        "machine_mode": modes[0] if modes else None,
        "agenda_confidence": agenda,
        "mode_confidence": mode,
        "uncertainty": -1.0 if agenda is None or mode is None else 1 - agenda * mode,
        "status": "decided" if first_decision(labels) else "waiting" if open_questions else "none",
        "flagged": flagged,
    }


def is_damaged(content: Mapping[str, Any]) -> bool:
    """Whether a page of the stored document was not read, or many of its letters were repaired."""
    return any(
        page["method"] == "unread" or page["damage"] > DAMAGED_PAGE for page in content["pages"]
    )


def _late(session: Session, keys: Iterable[int]) -> dict[int, bool]:
    """Whether documents first came in after the end of the last of their rounds."""
    deadlines = {found.name: found.deadline for found in list_rounds(session)}
    query = (
        select(ArrivalRow.document_id, RoundRow.name, ArrivalRow.received_at)
        .join(RoundRow, RoundRow.id == ArrivalRow.round_id)
        .where(ArrivalRow.document_id.in_(list(keys)))
        .order_by(ArrivalRow.received_at, ArrivalRow.id)
    )
    first: dict[int, dict[str, dt.datetime]] = {}
    for key, name, at in session.execute(query):
        first.setdefault(key, {}).setdefault(name, at)
    last = {key: max(rounds, key=lambda name: deadlines[name]) for key, rounds in first.items()}
    return {key: not is_on_time(first[key][name], deadlines[name]) for key, name in last.items()}


def _late_by_date(record: Mapping[str, Any]) -> bool | None:
    """Outside a round: whether its own date lies after the deadline that it was read with."""
    on_time = record.get("on_time")
    return None if on_time is None else not on_time
