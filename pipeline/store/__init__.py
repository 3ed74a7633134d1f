"""The store of a workspace: documents, passages, predictions, rounds, and decisions for ever.

`Store.open(settings)` gives the store; `store.add(Submission(...))` puts one file into it. All
else are functions on a session, in the module of what they are about:

    with store.read() as session:
        standing = labels.labels_of(session, documents)
    with store.begin() as session:
        decisions.decide(session, documents, {"agenda": "tourism"}, by="somchai")
"""

from pipeline.store.errors import ConflictError, StoreError
from pipeline.store.store import Store
from pipeline.store.values import (
    Added,
    Arrival,
    Change,
    Decision,
    Labelling,
    Prediction,
    Round,
    Stored,
    Submission,
)

__all__ = [
    "Added",
    "Arrival",
    "Change",
    "ConflictError",
    "Decision",
    "Labelling",
    "Prediction",
    "Round",
    "Store",
    "StoreError",
    "Stored",
    "Submission",
]
