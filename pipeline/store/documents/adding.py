"""Adds documents, and takes them out again: everything that is written, inside a transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from pipeline.documents import to_json
from pipeline.records import Record, shown
from pipeline.store.database.parts import in_parts
from pipeline.store.documents import clusters
from pipeline.store.documents.changes import hold_changes, next_change
from pipeline.store.documents.files import suffix_of
from pipeline.store.documents.passages import insert_passages, replace_passages
from pipeline.store.documents.preparing import (
    Prepared,
    arrival_values,
    document_values,
    prediction_values,
)
from pipeline.store.documents.reading import any_row_of, row_of
from pipeline.store.documents.values import Added
from pipeline.store.tables import ArrivalRow, DocumentRow, PredictionRow


def write(session: Session, batch: Sequence[Prepared], now: dt.datetime) -> list[Added]:
    """Write submissions, in one go those that are new. All writers of documents wait here."""
    hold_changes(session)
    names = [prepared.submission.document.sha256 for prepared in batch]
    known = _known(session, names)
    new = {name: at for at, name in reversed(list(enumerate(names))) if name not in known}
    first = sorted(new.values())  # of those that came more than once, the first makes the document
    _insert(session, [batch[at] for at in first], now)
    changed = [
        at in set(first) or _write_again(session, prepared, now)
        for at, prepared in enumerate(batch)
    ]
    session.flush()
    near = clusters.clusters_of(session, names)
    return [
        Added(name, new.get(name) == at, changed[at], near.get(name, ()))
        for at, name in enumerate(names)
    ]


def _known(session: Session, names: Sequence[str]) -> set[str]:
    query = select(DocumentRow.sha256)
    parts = (query.where(DocumentRow.sha256.in_(part)) for part in in_parts(names))
    return {name for part in parts for name in session.scalars(part)}


def _insert(session: Session, batch: Sequence[Prepared], now: dt.datetime) -> None:
    """Write documents that were not there."""
    if not batch:
        return
    last = next_change(session, len(batch))
    first = last - len(batch) + 1
    rows = [
        document_values(prepared)
        | {
            "sha256": prepared.submission.document.sha256,
            "suffix": suffix_of(shown(prepared.submission.document.file)),
            "signature": prepared.sketch,
            "change": change,
            "added_at": now,
        }
        for change, prepared in enumerate(batch, first)
    ]
    made = insert(DocumentRow).returning(DocumentRow.id, sort_by_parameter_order=True)
    keys = list(session.scalars(made, rows))
    pairs = list(zip(keys, (prepared.submission for prepared in batch), strict=True))
    insert_passages(session, {key: submission.passages for key, submission in pairs})
    sketches = zip(keys, (prepared.sketch for prepared in batch), strict=True)
    clusters.place_new(session, {key: sketch for key, sketch in sketches if sketch is not None})
    session.execute(insert(ArrivalRow), [arrival_values(session, *pair, now) for pair in pairs])
    said = [
        prediction_values(key, submission.record, to_json(submission.tagging), now)
        for key, submission in pairs
        if submission.record is not None
    ]
    if said:
        session.execute(insert(PredictionRow), said)


def _write_again(session: Session, prepared: Prepared, now: dt.datetime) -> bool:
    """Write a submission of a document that is there; whether anything that is searched changed."""
    row = any_row_of(session, prepared.submission.document.sha256)
    changed = row.digest != prepared.digest or row.withdrawn_at is not None
    if changed:
        _replace(session, row, prepared)
    session.execute(insert(ArrivalRow), [arrival_values(session, row.id, prepared.submission, now)])
    if prepared.submission.record is not None:
        tagging = to_json(prepared.submission.tagging)
        predict(session, row.id, prepared.submission.record, tagging, now)
    session.flush()
    return changed


def _replace(session: Session, row: DocumentRow, prepared: Prepared) -> None:
    for name, value in document_values(prepared).items():
        setattr(row, name, value)
    row.withdrawn_at = row.erased_at = None
    row.change = next_change(session)
    session.flush()
    replace_passages(session, row, prepared.submission.passages)
    clusters.place(session, row, prepared.sketch)


def predict(
    session: Session, document_id: int, record: Record, tagging: Any, now: dt.datetime
) -> None:
    """Add what a model says of a document, unless its last prediction says the same."""
    said = prediction_values(document_id, record, tagging, now)
    query = select(PredictionRow).where(PredictionRow.document_id == document_id)
    last = session.scalars(query.order_by(PredictionRow.id.desc()).limit(1)).one_or_none()
    own = {"file": ""}
    if last is not None and (last.record | own, last.tagging) == (said["record"] | own, tagging):
        return
    session.add(PredictionRow(**said))


def withdraw(session: Session, sha256: str) -> None:
    """Take a document out of search, lists and clusters; everything else about it is kept.

    The same file arriving again puts it back.
    """
    hold_changes(session)
    row = row_of(session, sha256)
    if row.withdrawn_at is not None:
        return
    row.withdrawn_at, row.change = dt.datetime.now(dt.UTC), next_change(session)
    replace_passages(session, row, ())
    clusters.place(session, row, None)
