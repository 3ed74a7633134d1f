"""The store of a workspace: documents, passages, predictions, rounds, and decisions for ever.

`Store.open(settings)` gives the store; `store.add(Submission(...))` puts one file into it. All
else are functions on a session, in the package of what they are about:

    with store.read() as session:
        standing = labels.labels_of(session, documents)
    with store.begin() as session:
        labels.decide(session, documents, {"agenda": "tourism"}, by="somchai")

From the ground up: `tables`, `database`, `rounds`, `documents`, `labels`, `standings`; `exchange`
and `jobs` stand beside them.
"""

from pipeline.store.documents.values import (
    Added,
    Arrival,
    Change,
    Prediction,
    Stored,
    Submission,
)
from pipeline.store.errors import ConflictError, StoreError
from pipeline.store.labels.values import Decision, Labelling
from pipeline.store.rounds.terms import Round
from pipeline.store.store import Store

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
