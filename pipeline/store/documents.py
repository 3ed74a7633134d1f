"""What the store holds of documents, read back. Every function works inside a session."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, cast

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from pipeline.documents import Document, Kind, Passage
from pipeline.store.errors import StoreError
from pipeline.store.models import (
    ArrivalRow,
    DocumentRow,
    PassageRow,
    PredictionRow,
    RoundRow,
    StoreRow,
)
from pipeline.store.values import Arrival, Change, Prediction, Stored

AT_ONCE = 500  # keys in one query; databases limit how many they take


def in_parts(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Cut many keys into as many as one query takes."""
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]


def list_documents(session: Session, *, kind: str | None = None) -> list[Stored]:
    """All documents that were not withdrawn, the oldest first."""
    query = select(DocumentRow).where(DocumentRow.withdrawn_at.is_(None))
    if kind is not None:
        query = query.where(DocumentRow.kind == kind)
    return [_stored(row) for row in session.scalars(query.order_by(DocumentRow.id))]


def get_document(session: Session, sha256: str) -> Stored:
    """A document without its text. Raises StoreError for an unknown one."""
    return _stored(row_of(session, sha256))


def get_content(session: Session, sha256: str) -> Document:
    """The document as it was read, raw and repaired. Raises StoreError for an unknown one."""
    return Document.from_json(row_of(session, sha256).content)


def page_ends(session: Session, documents: Sequence[str]) -> dict[str, list[list[int]]]:
    """`ends_of` these documents; those that were stored long ago are read for it."""
    found: dict[str, list[list[int]]] = {}
    for part in in_parts(documents):
        query = select(DocumentRow.sha256, DocumentRow.page_ends)
        for sha256, ends in session.execute(query.where(DocumentRow.sha256.in_(part))):
            found[sha256] = ends or ends_of(row_of(session, sha256).content)
    return found


def ends_of(content: Mapping[str, Any]) -> list[list[int]]:
    """(where it ends in the text, the newline after it included; its number) of each page."""
    ends = accumulate(len(page["text"]) + 1 for page in content["pages"])
    return [[end, page["number"]] for end, page in zip(ends, content["pages"], strict=True)]


def get_parsed(session: Session, sha256: str) -> dict[str, Any] | None:
    """The parsed proposal or minutes as `to_json` gives them, `text` included; None without one."""
    row = row_of(session, sha256)
    if row.parsed is None:
        return None
    return {"text": Document.from_json(row.content).text, **row.parsed}


def arrivals_of(session: Session, documents: Sequence[str]) -> dict[str, list[Arrival]]:
    """Every arrival of each document, in the order in which they were recorded."""
    found: defaultdict[str, list[Arrival]] = defaultdict(list)
    for part in in_parts(documents):
        query = (
            select(DocumentRow.sha256, ArrivalRow, RoundRow.name)
            .join(ArrivalRow, ArrivalRow.document_id == DocumentRow.id)
            .outerjoin(RoundRow, RoundRow.id == ArrivalRow.round_id)
            .where(DocumentRow.sha256.in_(part))
            .order_by(ArrivalRow.id)
        )
        for sha256, row, name in session.execute(query):
            found[sha256].append(Arrival(row.file, row.received_at, row.received_by, name))
    return dict(found)


def passages_of(session: Session, sha256: str) -> tuple[Passage, ...]:
    """The passages of a document, in order."""
    query = select(PassageRow).where(PassageRow.document_id == row_of(session, sha256).id)
    rows = session.scalars(query.order_by(PassageRow.ordinal))
    return tuple(_passage(row, sha256) for row in rows)


def predictions_of(session: Session, sha256: str) -> list[Prediction]:
    """What models said of a document, the oldest first; the last one is current."""
    query = select(PredictionRow).where(PredictionRow.document_id == row_of(session, sha256).id)
    return [_prediction(row) for row in session.scalars(query.order_by(PredictionRow.id))]


def current_predictions(session: Session, documents: Sequence[str]) -> dict[str, Prediction]:
    """The latest prediction of each document that has one."""
    found = {}
    for part in in_parts(documents):
        latest = (
            select(func.max(PredictionRow.id))
            .join(DocumentRow, DocumentRow.id == PredictionRow.document_id)
            .where(DocumentRow.sha256.in_(part))
            .group_by(PredictionRow.document_id)
        )
        query = (
            select(DocumentRow.sha256, PredictionRow)
            .join(DocumentRow, DocumentRow.id == PredictionRow.document_id)
            .where(PredictionRow.id.in_(latest))
        )
        found.update({sha256: _prediction(row) for sha256, row in session.execute(query)})
    return found


def identity(session: Session) -> str:
    """Which store this is: 32 hex digits, made once with its tables."""
    return session.execute(select(StoreRow.identity)).scalar_one()


def last_change(session: Session) -> int:
    """The number of the last change; 0 in a store that never held a document."""
    return session.execute(select(StoreRow.change)).scalar_one()


def changes_since(session: Session, number: int, *, limit: int = 500) -> list[Change]:
    """What changed after change `number`, in the order of the changes, no more than `limit`.

    A document that changed more than once stands here once, under its last number: an index that
    keeps the number of the last change it took in misses nothing, however it was cut off.
    """
    query = select(DocumentRow.id, DocumentRow.sha256, DocumentRow.change)
    query = query.where(DocumentRow.change > number).order_by(DocumentRow.change).limit(limit)
    rows = list(session.execute(query))
    passages: defaultdict[int, list[Passage]] = defaultdict(list)
    names = {row.id: row.sha256 for row in rows}
    for part in in_parts(list(names)):
        found = select(*PassageRow.__table__.c).where(PassageRow.document_id.in_(part))
        found = found.order_by(PassageRow.document_id, PassageRow.ordinal)
        for row in session.execute(found):  # rows, not objects: a rebuild reads all there are
            passages[row.document_id].append(_passage(row, names[row.document_id]))
    return [Change(row.change, row.sha256, tuple(passages[row.id])) for row in rows]


def row_ids(session: Session, documents: Sequence[str]) -> dict[str, int]:
    """The keys of documents. Raises StoreError, naming the first one that is unknown."""
    found: dict[str, int] = {}
    for part in in_parts(documents):
        query = select(DocumentRow.sha256, DocumentRow.id).where(DocumentRow.sha256.in_(part))
        found.update((sha256, key) for sha256, key in session.execute(query))
    for sha256 in documents:
        if sha256 not in found:
            raise _unknown(sha256)
    return found


def row_of(session: Session, sha256: str) -> DocumentRow:
    """The row of a document. Raises StoreError for an unknown one."""
    row = session.scalars(select(DocumentRow).where(DocumentRow.sha256 == sha256)).one_or_none()
    if row is None:
        raise _unknown(sha256)
    return row


def _unknown(sha256: str) -> StoreError:
    return StoreError(
        f"ไม่มีเอกสาร {sha256[:12]} ในคลัง นำเข้าด้วย wara ingest ไฟล์",
        f"no document {sha256[:12]} in the store: bring it in with wara ingest FILE",
    )


def _stored(row: DocumentRow) -> Stored:
    return Stored(
        sha256=row.sha256,
        kind=row.kind,
        media_type=row.media_type,
        title=row.title,
        province=row.province,
        document_date=row.document_date,
        fiscal_year=row.fiscal_year,
        warnings=tuple(row.warnings),
        cluster=row.cluster,
        change=row.change,
        added_at=row.added_at,
        withdrawn_at=row.withdrawn_at,
    )


def _passage(row: PassageRow | Row[Any], sha256: str) -> Passage:
    return Passage(
        id=row.id,
        text=row.text,
        title=row.title,
        heading=row.heading,
        document=sha256,
        document_kind=cast(Kind, row.document_kind),
        kind=row.kind,
        speaker=row.speaker,
        position=row.position,
        date=row.date,
        provinces=tuple(row.provinces),
        topics=tuple(row.topics),
        meeting=row.meeting,
        item=row.item,
        start=row.start,
        end=row.end,
    )


def _prediction(row: PredictionRow) -> Prediction:
    return Prediction(row.model, row.predicted_at, row.record, row.tagging)
