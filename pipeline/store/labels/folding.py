"""The labels of documents as they stand: what the decisions add up to.

The latest decision on a field holds, of those that were not undone; where there is none, the
machine's label.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.store.database.parts import in_parts
from pipeline.store.documents.predictions import current_predictions
from pipeline.store.documents.reading import row_ids
from pipeline.store.labels.fields import machine_values
from pipeline.store.labels.history import SETTING, active, history_of
from pipeline.store.labels.values import Decision, Labelling
from pipeline.store.tables import DocumentRow


def labels_of(session: Session, documents: Sequence[str]) -> dict[str, Labelling]:
    """The labels of each document as they stand; four queries for any five hundred.

    Raises StoreError for an unknown document.
    """
    documents = list(dict.fromkeys(documents))
    row_ids(session, documents)
    made = history_of(session, documents)
    said = current_predictions(session, documents)
    read = _read_values(session, documents)
    found = {}
    for sha256 in documents:
        prediction = said.get(sha256)
        machine = machine_values(prediction.record if prediction else {}, read[sha256])
        model = prediction.model if prediction else None
        found[sha256] = fold(sha256, machine, made[sha256], model)
    return found


def fold(
    sha256: str, machine: Mapping[str, Any], made: Sequence[Decision], model: str | None = None
) -> Labelling:
    """What decisions, the oldest first, make of the machine's labels."""
    decided: dict[str, Decision] = {}
    second: Decision | None = None
    asked, note = False, None
    for decision in active(made):
        if decision.kind in SETTING:
            decided |= dict.fromkeys(decision.after, decision)
        if decision.kind == "second":
            second = decision
        note = decision.note or note
        # A question stands until it is answered or settled.
        asked = decision.kind == "ask" or (asked and decision.kind not in ("second", "adjudicate"))
    values = dict(machine) | {name: _value(by.after[name]) for name, by in decided.items()}
    last = made[-1].id if made else 0
    return Labelling(sha256, values, machine, decided, second, asked, note, last, model)


def _read_values(session: Session, documents: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What the reader itself found, for documents that no model has seen."""
    found: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    columns = (DocumentRow.kind, DocumentRow.title, DocumentRow.province)
    for part in in_parts(list(documents)):
        query = select(DocumentRow.sha256, *columns).where(DocumentRow.sha256.in_(part))
        for sha256, kind, title, province in session.execute(query):
            found[sha256] = {"kind": kind, "title": title, "province": province}
    return found


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
