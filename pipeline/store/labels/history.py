"""The decisions on documents, as they were made, and those of them that stand.

A decision that was undone does not count, nor does the undo that was undone in turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.store.database.parts import in_parts
from pipeline.store.labels.values import Decision, DecisionKind, Source
from pipeline.store.tables import DecisionRow, DocumentRow

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
