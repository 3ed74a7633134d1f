"""Turns a submission into the values of its rows: what is costly, before the transaction."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from pipeline.documents import Minutes, to_json
from pipeline.records import Record, shown
from pipeline.store.documents.reading import ends_of
from pipeline.store.documents.signatures import signature
from pipeline.store.documents.values import Submission
from pipeline.store.rounds.terms import round_id
from pipeline.store.tables.types import dumps


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
    return Prepared(submission, content, parsed, digest, signature(document.text))


def document_values(prepared: Prepared) -> dict[str, Any]:
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


def _header(submission: Submission) -> dict[str, Any]:
    record, parsed = submission.record, submission.parsed
    names = ("title", "province", "document_date", "fiscal_year")
    if record is None and isinstance(parsed, Minutes):
        province = " | ".join(parsed.provinces) or None
        return dict(zip(names, (parsed.title, province, parsed.date, None), strict=True))
    return {name: getattr(record or parsed, name, None) for name in names}


def arrival_values(
    session: Session, key: int, submission: Submission, now: dt.datetime
) -> dict[str, Any]:
    """The row of its arrival. Raises StoreError for an unknown round."""
    return {
        "document_id": key,
        "round_id": round_id(session, submission.round) if submission.round else None,
        "file": shown(submission.document.file),
        "received_at": submission.received_at or now,
        "received_by": submission.received_by,
    }


def prediction_values(key: int, record: Record, tagging: Any, now: dt.datetime) -> dict[str, Any]:
    """What of a prediction is kept."""
    return {
        "document_id": key,
        "model": record.model,
        "predicted_at": now,
        "record": to_json(record),
        "tagging": tagging,
    }
