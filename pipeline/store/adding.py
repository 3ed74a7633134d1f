"""Adds a document: what is costly before the transaction, everything that is written inside it."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from pipeline.documents import Minutes, Passage, to_json
from pipeline.records import Record, shown
from pipeline.store import duplicates
from pipeline.store.documents import row_of
from pipeline.store.files import suffix_of
from pipeline.store.models import ArrivalRow, DocumentRow, PassageRow, PredictionRow, StoreRow
from pipeline.store.rounds import round_id
from pipeline.store.types import dumps
from pipeline.store.values import Added, Submission

_PASSAGE_FIELDS = tuple(field.name for field in fields(Passage) if field.name != "document")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A submission as it will be written."""

    submission: Submission
    content: dict[str, Any]
    parsed: dict[str, Any] | None
    digest: str
    sketch: bytes | None


def prepare(submission: Submission) -> Prepared:
    """Turn a submission into rows' values; raises ValueError where bytes and digest disagree."""
    document = submission.document
    if hashlib.sha256(submission.data).hexdigest() != document.sha256:
        raise ValueError(f"{document.file}: these bytes are not those that were read")
    content, parsed = to_json(document), to_json(submission.parsed)
    del content["text"]  # the pages hold it
    if parsed is not None:
        del parsed["text"]
    searched = [content | {"file": ""}, parsed, to_json(tuple(submission.passages))]
    digest = hashlib.sha256(dumps(searched).encode()).hexdigest()
    return Prepared(submission, content, parsed, digest, duplicates.signature(document.text))


def write(session: Session, prepared: Prepared, now: dt.datetime) -> Added:
    """Write a submission. All writers of documents wait here for each other."""
    session.execute(select(StoreRow.identity).with_for_update())
    sha256 = prepared.submission.document.sha256
    row = session.scalars(select(DocumentRow).where(DocumentRow.sha256 == sha256)).one_or_none()
    new = row is None
    changed = row is None or row.digest != prepared.digest or row.withdrawn_at is not None
    if row is None:
        name = prepared.submission.document.file
        row = DocumentRow(sha256=sha256, suffix=suffix_of(shown(name)), added_at=now)
    if changed:
        _replace(session, row, prepared)
    _arrive(session, row, prepared.submission, now)
    _predict(session, row, prepared.submission, now)
    session.flush()
    session.refresh(row, ["cluster"])
    cluster = duplicates.members(session, sha256) if row.cluster is not None else ()
    return Added(sha256, new, changed, cluster)


def next_change(session: Session) -> int:
    """A number above all before it. The caller's transaction commits before the next gets one."""
    session.execute(update(StoreRow).values(change=StoreRow.change + 1))
    return session.execute(select(StoreRow.change)).scalar_one()


def _replace(session: Session, row: DocumentRow, prepared: Prepared) -> None:
    document = prepared.submission.document
    row.media_type, row.kind = document.media_type, document.kind
    row.title, row.province, row.document_date, row.fiscal_year = _header(prepared.submission)
    row.warnings = list(document.warnings)
    row.content, row.parsed, row.digest = prepared.content, prepared.parsed, prepared.digest
    row.withdrawn_at, row.change = None, next_change(session)
    session.add(row)
    session.flush()
    replace_passages(session, row, prepared.submission.passages)
    duplicates.place(session, row, prepared.sketch)


def replace_passages(session: Session, row: DocumentRow, passages: Any) -> None:
    """Put these passages in the place of the document's."""
    session.execute(delete(PassageRow).where(PassageRow.document_id == row.id))
    values = [
        {"document_id": row.id, "ordinal": ordinal, **_passage_values(passage)}
        for ordinal, passage in enumerate(passages)
    ]
    if values:
        session.execute(insert(PassageRow), values)


def _passage_values(passage: Passage) -> dict[str, Any]:
    values = {name: getattr(passage, name) for name in _PASSAGE_FIELDS}
    return values | {"provinces": list(passage.provinces), "topics": list(passage.topics)}


def _header(
    submission: Submission,
) -> tuple[str | None, str | None, dt.date | None, int | None]:
    record, parsed = submission.record, submission.parsed
    if record is not None:
        return record.title, record.province, record.document_date, record.fiscal_year
    if isinstance(parsed, Minutes):
        return parsed.title, " | ".join(parsed.provinces) or None, parsed.date, None
    if parsed is not None:
        return parsed.title, parsed.province, parsed.document_date, parsed.fiscal_year
    return None, None, None, None


def _arrive(session: Session, row: DocumentRow, submission: Submission, now: dt.datetime) -> None:
    session.add(
        ArrivalRow(
            document_id=row.id,
            round_id=round_id(session, submission.round) if submission.round else None,
            file=shown(submission.document.file),
            received_at=submission.received_at or now,
            received_by=submission.received_by,
        )
    )


def _predict(session: Session, row: DocumentRow, submission: Submission, now: dt.datetime) -> None:
    """Add the prediction, unless the last one says the same."""
    if submission.record is not None:
        predict(session, row.id, submission.record, to_json(submission.tagging), now)


def predict(
    session: Session, document_id: int, record: Record, tagging: Any, now: dt.datetime
) -> None:
    """Add what a model says of a document, unless its last prediction says the same."""
    said = to_json(record)
    query = select(PredictionRow).where(PredictionRow.document_id == document_id)
    last = session.scalars(query.order_by(PredictionRow.id.desc()).limit(1)).one_or_none()
    own = {"file": ""}
    if last is not None and (last.record | own, last.tagging) == (said | own, tagging):
        return
    session.add(
        PredictionRow(
            document_id=document_id,
            model=record.model,
            predicted_at=now,
            record=said,
            tagging=tagging,
        )
    )


def withdraw(session: Session, sha256: str) -> None:
    """Take a document out of search, lists and clusters; everything else about it is kept.

    The same file arriving again puts it back.
    """
    session.execute(select(StoreRow.identity).with_for_update())
    row = row_of(session, sha256)
    if row.withdrawn_at is not None:
        return
    row.withdrawn_at, row.change = dt.datetime.now(dt.UTC), next_change(session)
    replace_passages(session, row, ())
    duplicates.place(session, row, None)
