"""A passage by its id."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.documents import Passage
from pipeline.store.documents import passages_of
from pipeline.store.models import DocumentRow, PassageRow


def passage_named(session: Session, passage_id: str) -> Passage | None:
    """The passage of that id; None for one that there is not, or not any more."""
    query = (
        select(DocumentRow.sha256)
        .join(PassageRow, PassageRow.document_id == DocumentRow.id)
        .where(PassageRow.id == passage_id, DocumentRow.withdrawn_at.is_(None))
    )
    for sha256 in session.scalars(query):
        for passage in passages_of(session, sha256):
            if passage.id == passage_id:
                return passage
    return None
