"""What models said of documents, read back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.store.database.parts import in_parts
from pipeline.store.documents.reading import row_of
from pipeline.store.documents.values import Prediction
from pipeline.store.tables import DocumentRow, PredictionRow


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


def _prediction(row: PredictionRow) -> Prediction:
    return Prediction(row.model, row.predicted_at, row.record, row.tagging)
