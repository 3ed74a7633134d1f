"""Undoing decisions, one or all that were made at once: an undo is a decision too."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.store.documents.changes import change_again, hold_changes
from pipeline.store.errors import ConflictError, StoreError
from pipeline.store.labels.deciding import conflict, locked
from pipeline.store.labels.fields import SHOWN, plain_values
from pipeline.store.labels.folding import fold, labels_of
from pipeline.store.labels.history import SETTING, active, decision_of, history_of, not_undone
from pipeline.store.labels.values import Decision
from pipeline.store.tables import DecisionRow, DocumentRow


@dataclass(frozen=True, slots=True)
class Undone:
    """What came of undoing a group: the undos, and the documents decided anew since, left alone."""

    decisions: tuple[Decision, ...]
    kept: tuple[str, ...]


def undo(session: Session, decision: int, *, by: str, note: str | None = None) -> Decision:
    """Take back a decision by a new one. Undoing an undo does the first thing again.

    Raises ConflictError where it is undone already or somebody decided the same fields since.
    """
    sha256 = _document_of(session, decision)
    undone, conflicts = _undo_each(session, {sha256: decision}, by=by, note=note, group=None)
    if conflicts:
        raise conflicts[sha256]
    return undone[0]


def undo_group(session: Session, group: str, *, by: str, note: str | None = None) -> Undone:
    """Take back what was decided at once; what was decided anew since stays. Raises StoreError."""
    query = (
        select(DocumentRow.sha256, DecisionRow.id)
        .join(DecisionRow, DocumentRow.id == DecisionRow.document_id)
        .where(DecisionRow.group == group)
        .order_by(DocumentRow.id)
    )
    targets = dict(iter(session.execute(query)))
    if not targets:
        raise _no_decision(group)
    undone, conflicts = _undo_each(session, targets, by=by, note=note, group=uuid.uuid4().hex)
    return Undone(tuple(undone), tuple(conflicts))


def _undo_each(
    session: Session, targets: Mapping[str, int], *, by: str, note: str | None, group: str | None
) -> tuple[list[Decision], dict[str, ConflictError]]:
    """Undo one decision on each document, where that overwrites nobody; else say why not."""
    documents = list(targets)
    hold_changes(session)
    ids = locked(session, documents)
    made, standing = history_of(session, documents), labels_of(session, documents)
    rows: list[tuple[str, DecisionRow]] = []
    conflicts = {}
    for sha256, number in targets.items():
        target = next(decision for decision in made[sha256] if decision.id == number)
        try:
            _check_undoable(target, made[sha256])
        except ConflictError as error:
            conflicts[sha256] = error
            continue
        before = standing[sha256]
        undone = replace(target, id=before.last + 1, kind="undo", undoes=number)
        after = fold(sha256, before.machine, [*made[sha256], undone])
        row = DecisionRow(
            document_id=ids[sha256],
            kind="undo",
            source="human",
            by=by,
            at=dt.datetime.now(dt.UTC),
            before=plain_values({name: before.values[name] for name in target.after}),
            after=plain_values({name: after.values[name] for name in target.after}),
            note=note,
            undoes=number,
            group=group,
        )
        session.add(row)
        rows.append((sha256, row))
    session.flush()
    change_again(session, {ids[sha256] for sha256, row in rows if SHOWN & row.after.keys()})
    return [decision_of(row, sha256) for sha256, row in rows], conflicts


def _check_undoable(target: Decision, made: Sequence[Decision]) -> None:
    by_id = {decision.id: decision for decision in made}
    if any(decision.undoes == target.id for decision in not_undone(made)):
        raise conflict("ถูกเลิกทำไปแล้ว", "this was undone already", target.sha256)
    origin = target
    while origin.undoes is not None:
        origin = by_id[origin.undoes]
    later = [
        decision
        for decision in active(made)
        if decision.id > origin.id
        and decision.kind in SETTING
        and origin.kind in SETTING
        and set(decision.after) & set(origin.after)
    ]
    if later:
        who = later[-1].by
        raise conflict(f"{who} ตัดสินใหม่แล้ว", f"{who} has decided since", target.sha256)


def _document_of(session: Session, decision: int) -> str:
    query = (
        select(DocumentRow.sha256)
        .join(DecisionRow, DecisionRow.document_id == DocumentRow.id)
        .where(DecisionRow.id == decision)
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise _no_decision(str(decision))
    return found


def _no_decision(name: str) -> StoreError:
    return StoreError(
        f"ไม่มีการตัดสิน {name} ดูประวัติของเอกสารแล้วเลือกใหม่",
        f"there is no decision {name}: look at the document's history and choose again",
    )
