"""Adds a document: what is costly before the transaction, everything that is written inside it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from pipeline.documents import Minutes, Passage, to_json
from pipeline.records import Record, shown
from pipeline.store import duplicates
from pipeline.store.documents import ends_of, in_parts, row_of
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


def write(session: Session, batch: Sequence[Prepared], now: dt.datetime) -> list[Added]:
    """Write submissions, in one go those that are new. All writers of documents wait here."""
    session.execute(select(StoreRow.identity).with_for_update())
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
    clusters = duplicates.clusters_of(session, names)
    return [
        Added(name, new.get(name) == at, changed[at], clusters.get(name, ()))
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
        _document_values(prepared)
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
    _insert_passages(session, {key: submission.passages for key, submission in pairs})
    sketches = zip(keys, (prepared.sketch for prepared in batch), strict=True)
    duplicates.place_new(session, {key: sketch for key, sketch in sketches if sketch is not None})
    session.execute(insert(ArrivalRow), [_arrival(session, *pair, now) for pair in pairs])
    said = [
        _prediction(key, submission.record, to_json(submission.tagging), now)
        for key, submission in pairs
        if submission.record is not None
    ]
    if said:
        session.execute(insert(PredictionRow), said)


def _write_again(session: Session, prepared: Prepared, now: dt.datetime) -> bool:
    """Write a submission of a document that is there; whether anything that is searched changed."""
    row = row_of(session, prepared.submission.document.sha256)
    changed = row.digest != prepared.digest or row.withdrawn_at is not None
    if changed:
        _replace(session, row, prepared)
    session.execute(insert(ArrivalRow), [_arrival(session, row.id, prepared.submission, now)])
    if prepared.submission.record is not None:
        tagging = to_json(prepared.submission.tagging)
        predict(session, row.id, prepared.submission.record, tagging, now)
    session.flush()
    return changed


def next_change(session: Session, steps: int = 1) -> int:
    """A number above all before it, and above the `steps` - 1 that are taken with it.

    The caller's transaction commits before the next gets one.
    """
    session.execute(update(StoreRow).values(change=StoreRow.change + steps))
    return session.execute(select(StoreRow.change)).scalar_one()


def _document_values(prepared: Prepared) -> dict[str, Any]:
    """What of a document's row comes from reading it."""
    document = prepared.submission.document
    return _header(prepared.submission) | {
        "media_type": document.media_type,
        "kind": document.kind,
        "warnings": list(document.warnings),
        "content": prepared.content,
        "page_ends": ends_of(prepared.content),
        "parsed": prepared.parsed,
        "digest": prepared.digest,
    }


def _replace(session: Session, row: DocumentRow, prepared: Prepared) -> None:
    for name, value in _document_values(prepared).items():
        setattr(row, name, value)
    row.withdrawn_at, row.change = None, next_change(session)
    session.flush()
    replace_passages(session, row, prepared.submission.passages)
    duplicates.place(session, row, prepared.sketch)


def replace_passages(session: Session, row: DocumentRow, passages: Sequence[Passage]) -> None:
    """Put these passages in the place of the document's."""
    session.execute(delete(PassageRow).where(PassageRow.document_id == row.id))
    _insert_passages(session, {row.id: passages})


def _insert_passages(session: Session, of: Mapping[int, Sequence[Passage]]) -> None:
    values = [
        {"document_id": key, "ordinal": ordinal, **_passage_values(passage)}
        for key, passages in of.items()
        for ordinal, passage in enumerate(passages)
    ]
    if values:
        session.execute(insert(PassageRow), values)


def _passage_values(passage: Passage) -> dict[str, Any]:
    values = {name: getattr(passage, name) for name in _PASSAGE_FIELDS}
    return values | {"provinces": list(passage.provinces), "topics": list(passage.topics)}


def _header(submission: Submission) -> dict[str, Any]:
    record, parsed = submission.record, submission.parsed
    names = ("title", "province", "document_date", "fiscal_year")
    if record is None and isinstance(parsed, Minutes):
        province = " | ".join(parsed.provinces) or None
        return dict(zip(names, (parsed.title, province, parsed.date, None), strict=True))
    return {name: getattr(record or parsed, name, None) for name in names}


def _arrival(
    session: Session, key: int, submission: Submission, now: dt.datetime
) -> dict[str, Any]:
    return {
        "document_id": key,
        "round_id": round_id(session, submission.round) if submission.round else None,
        "file": shown(submission.document.file),
        "received_at": submission.received_at or now,
        "received_by": submission.received_by,
    }


def predict(
    session: Session, document_id: int, record: Record, tagging: Any, now: dt.datetime
) -> None:
    """Add what a model says of a document, unless its last prediction says the same."""
    said = _prediction(document_id, record, tagging, now)
    query = select(PredictionRow).where(PredictionRow.document_id == document_id)
    last = session.scalars(query.order_by(PredictionRow.id.desc()).limit(1)).one_or_none()
    own = {"file": ""}
    if last is not None and (last.record | own, last.tagging) == (said["record"] | own, tagging):
        return
    session.add(PredictionRow(**said))


def _prediction(key: int, record: Record, tagging: Any, now: dt.datetime) -> dict[str, Any]:
    return {
        "document_id": key,
        "model": record.model,
        "predicted_at": now,
        "record": to_json(record),
        "tagging": tagging,
    }


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
