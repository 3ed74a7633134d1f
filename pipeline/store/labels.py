"""The labels of documents as they stand: what the decisions add up to.

A decision that was undone does not count, nor does the undo that was undone in turn; of the rest
the latest decision on a field holds, and where there is none the machine's label.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.store.documents import current_predictions, in_parts, row_ids
from pipeline.store.fields import machine_values
from pipeline.store.models import DecisionRow, DocumentRow
from pipeline.store.values import Decision, DecisionKind, Labelling, Source

SETTING: tuple[DecisionKind, ...] = ("label", "accept", "adjudicate")
"""The kinds that set labels; `second`, `ask` and `note` leave them as they are."""


def history_of(session: Session, documents: Sequence[str]) -> dict[str, list[Decision]]:
    """Every decision on each document, the oldest first; a key for each document."""
    found: dict[str, list[Decision]] = {sha256: [] for sha256 in documents}
    for part in in_parts(list(found)):
        query = (
            select(DecisionRow, DocumentRow.sha256)
            .join(DocumentRow, DocumentRow.id == DecisionRow.document_id)
            .where(DocumentRow.sha256.in_(part))
            .order_by(DecisionRow.id)
        )
        for row, sha256 in session.execute(query):
            found[sha256].append(decision_of(row, sha256))
    return found


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


def active(made: Sequence[Decision]) -> list[Decision]:
    """The decisions that were not taken back, without the undos, the oldest first."""
    return [decision for decision in not_undone(made) if decision.undoes is None]


def not_undone(made: Sequence[Decision]) -> list[Decision]:
    """The decisions and undos that were not taken back; an undo taken back undoes nothing."""
    undone: set[int] = set()
    standing = []
    for decision in reversed(made):
        if decision.id in undone:
            continue
        standing.append(decision)
        if decision.undoes is not None:
            undone.add(decision.undoes)
    return standing[::-1]


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


def decision_of(row: DecisionRow, sha256: str) -> Decision:
    """The decision that a row holds."""
    return Decision(
        id=row.id,
        sha256=sha256,
        kind=cast(DecisionKind, row.kind),
        source=cast(Source, row.source),
        by=row.by,
        at=row.at,
        before=row.before,
        after=row.after,
        note=row.note,
        seconds=row.seconds,
        undoes=row.undoes,
        group=row.group,
    )
