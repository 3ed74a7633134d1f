"""The passages of documents: read back, and put in the place of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, cast

from sqlalchemy import Row, delete, insert, select
from sqlalchemy.orm import Session

from pipeline.documents import Kind, Passage
from pipeline.store.documents.reading import row_of
from pipeline.store.tables import DocumentRow, PassageRow

_PASSAGE_FIELDS = tuple(field.name for field in fields(Passage) if field.name != "document")


def replace_passages(session: Session, row: DocumentRow, passages: Sequence[Passage]) -> None:
    """Put these passages in the place of the document's."""
    session.execute(delete(PassageRow).where(PassageRow.document_id == row.id))
    insert_passages(session, {row.id: passages})


def insert_passages(session: Session, of: Mapping[int, Sequence[Passage]]) -> None:
    """Write the passages of documents that have none, by the documents' keys."""
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


def passages_of(session: Session, sha256: str) -> tuple[Passage, ...]:
    """The passages of a document, in order."""
    query = select(PassageRow).where(PassageRow.document_id == row_of(session, sha256).id)
    rows = session.scalars(query.order_by(PassageRow.ordinal))
    return tuple(passage_of_row(row, sha256) for row in rows)


def passage_of_row(row: PassageRow | Row[Any], sha256: str) -> Passage:
    """The passage that a row holds."""
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


def passage_named(session: Session, passage_id: str) -> Passage | None:
    """The passage of that id; None for one that there is not, or not any more."""
    query = (
        select(PassageRow, DocumentRow.sha256)
        .join(DocumentRow, DocumentRow.id == PassageRow.document_id)
        .where(PassageRow.id == passage_id, DocumentRow.withdrawn_at.is_(None))
    )
    found = session.execute(query.limit(1)).one_or_none()
    return None if found is None else passage_of_row(*found)
