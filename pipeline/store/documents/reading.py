"""What the store holds of documents, read back. Every function works inside a session."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.documents import Document
from pipeline.store.database.parts import in_parts
from pipeline.store.documents.values import Arrival, Stored
from pipeline.store.errors import StoreError
from pipeline.store.tables import ArrivalRow, DocumentRow, RoundRow


def list_documents(session: Session, *, kind: str | None = None) -> list[Stored]:
    """All documents that were not withdrawn, the oldest first."""
    query = select(DocumentRow).where(DocumentRow.withdrawn_at.is_(None))
    if kind is not None:
        query = query.where(DocumentRow.kind == kind)
    return [_stored(row) for row in session.scalars(query.order_by(DocumentRow.id))]


def counts_by_kind(session: Session) -> dict[str, int]:
    """How many documents of each kind there are; withdrawn ones are not counted."""
    query = select(DocumentRow.kind, func.count()).where(DocumentRow.withdrawn_at.is_(None))
    return dict(iter(session.execute(query.group_by(DocumentRow.kind))))


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


def row_ids(session: Session, documents: Sequence[str]) -> dict[str, int]:
    """The keys of documents. Raises StoreError, naming the first one that is unknown."""
    found: dict[str, int] = {}
    for part in in_parts(documents):
        query = select(DocumentRow.sha256, DocumentRow.id).where(DocumentRow.sha256.in_(part))
        query = query.where(DocumentRow.erased_at.is_(None))
        found.update((sha256, key) for sha256, key in session.execute(query))
    for sha256 in documents:
        if sha256 not in found:
            raise _unknown(sha256)
    return found


def erased(session: Session, documents: Sequence[str]) -> set[str]:
    """Those of these documents that were deleted."""
    query = select(DocumentRow.sha256).where(DocumentRow.erased_at.is_not(None))
    parts = (query.where(DocumentRow.sha256.in_(part)) for part in in_parts(documents))
    return {name for part in parts for name in session.scalars(part)}


def row_of(session: Session, sha256: str) -> DocumentRow:
    """The row of a document. Raises StoreError for an unknown or deleted one."""
    row = any_row_of(session, sha256)
    if row.erased_at is not None:
        raise StoreError(
            f"เอกสาร {sha256[:12]} ถูกลบแล้ว ถ้าต้องใช้อีกให้นำเข้าใหม่ด้วย wara ingest ไฟล์",
            f"the document {sha256[:12]} was deleted: to have it again, wara ingest FILE",
        )
    return row


def any_row_of(session: Session, sha256: str) -> DocumentRow:
    """As `row_of`, and what is left of a deleted document."""
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
