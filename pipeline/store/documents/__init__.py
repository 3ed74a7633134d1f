"""Documents: written whole, read back, numbered as they change, near-duplicates in clusters.

`Store.add` is the way in: `preparing` before the transaction, `adding` inside it, the bytes to
`files`. What is read back takes a session.
"""

from pipeline.store.documents.changes import changes_since, identity, last_change
from pipeline.store.documents.erasing import Holding, holding
from pipeline.store.documents.naming import named
from pipeline.store.documents.passages import passage_named, passages_of
from pipeline.store.documents.predictions import current_predictions, predictions_of
from pipeline.store.documents.reading import (
    arrivals_of,
    counts_by_kind,
    erased,
    get_content,
    get_document,
    get_parsed,
    list_documents,
    page_ends,
)
from pipeline.store.documents.values import Added, Arrival, Change, Prediction, Stored, Submission

__all__ = [
    "Added",
    "Arrival",
    "Change",
    "Holding",
    "Prediction",
    "Stored",
    "Submission",
    "arrivals_of",
    "changes_since",
    "counts_by_kind",
    "current_predictions",
    "erased",
    "get_content",
    "get_document",
    "get_parsed",
    "holding",
    "identity",
    "last_change",
    "list_documents",
    "named",
    "page_ends",
    "passage_named",
    "passages_of",
    "predictions_of",
]
