"""Decisions on labels. Nothing is ever changed: what was decided is decided anew."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.store.database.parts import in_parts
from pipeline.store.documents.changes import change_again, hold_changes
from pipeline.store.documents.reading import row_ids
from pipeline.store.errors import ConflictError
from pipeline.store.labels.fields import LABELS, SHOWN, checked, plain_values
from pipeline.store.labels.folding import labels_of
from pipeline.store.labels.history import decision_of, history_of
from pipeline.store.labels.values import Decision, DecisionKind, Labelling, Source
from pipeline.store.tables import DecisionRow, DocumentRow


@dataclass(frozen=True, slots=True)
class Wanted:
    """A decision to be made on one document; `after` maps fields to values."""

    sha256: str
    after: Mapping[str, Any]
    kind: DecisionKind = "label"
    note: str | None = None


def decide(
    session: Session,
    documents: Sequence[str],
    after: Mapping[str, Any] | None = None,
    *,
    by: str,
    kind: DecisionKind = "label",
    source: Source = "human",
    note: str | None = None,
    seconds: float | None = None,
    expected: Mapping[str, int] | None = None,
) -> list[Decision]:
    """Decide on documents, all or none; several share a group, so that they are undone as one.

    `after` maps fields to values; `accept` needs none: it confirms the labels as they stand.
    `expected` maps documents to the `Labelling.last` that the person saw.
    Raises ConflictError where somebody decided since, StoreError for an unknown document and
    UsageError for a value that is none.
    """
    wanted = [Wanted(sha256, after or {}, kind, note) for sha256 in dict.fromkeys(documents)]
    return decide_each(
        session, wanted, by=by, source=source, seconds=seconds, expected=expected or {}
    )


def decide_each(
    session: Session,
    wanted: Sequence[Wanted],
    *,
    by: str,
    source: Source = "human",
    seconds: float | None = None,
    expected: Mapping[str, int] | None = None,
) -> list[Decision]:
    """Make a decision of its own on each document, all or none, as `decide` does."""
    documents = [want.sha256 for want in wanted]
    shown = [want.sha256 for want in wanted if SHOWN & want.after.keys()]
    if shown:
        hold_changes(session)
    ids = locked(session, documents)
    standing = labels_of(session, documents)
    _check_expected(session, standing, expected or {})
    group = uuid.uuid4().hex if len(wanted) > 1 else None
    share = None if seconds is None else seconds / max(1, len(wanted))
    rows = []
    for want in wanted:
        now = standing[want.sha256].values
        given = checked(want.after)
        new = {name: now[name] for name in LABELS} | given if want.kind == "accept" else given
        row = DecisionRow(
            document_id=ids[want.sha256],
            kind=want.kind,
            source=source,
            by=by,
            at=dt.datetime.now(dt.UTC),
            before=plain_values({name: now[name] for name in new}),
            after=plain_values(new),
            note=want.note,
            seconds=share,
            group=group,
        )
        rows.append(row)
        session.add(row)
    session.flush()  # in the order given
    change_again(session, {ids[sha256] for sha256 in shown})
    return [decision_of(row, want.sha256) for row, want in zip(rows, wanted, strict=True)]


def locked(session: Session, documents: Sequence[str]) -> dict[str, int]:
    """The keys of documents, held until the transaction ends, so that decisions follow in turn."""
    ids = row_ids(session, documents)
    for part in in_parts(sorted(ids.values())):
        query = select(DocumentRow.id).where(DocumentRow.id.in_(part))
        session.execute(query.order_by(DocumentRow.id).with_for_update(key_share=True)).all()
    return ids


def _check_expected(
    session: Session, standing: Mapping[str, Labelling], expected: Mapping[str, int]
) -> None:
    for sha256, last in expected.items():
        if sha256 in standing and standing[sha256].last != last:
            made = history_of(session, [sha256])[sha256]
            who = made[-1].by if made else "–"
            raise conflict(f"{who} ตัดสินไปแล้วระหว่างนั้น", f"{who} decided in the meantime", sha256)


def conflict(thai: str, english: str, sha256: str) -> ConflictError:
    """What is told where somebody else decided on a document."""
    return ConflictError(
        f"เอกสาร {sha256[:12]}: {thai} ให้เปิดเอกสารใหม่แล้วตัดสินอีกครั้ง",
        f"document {sha256[:12]}: {english}: open it again and decide anew",
    )
