"""Decisions on labels, and undoing them. Nothing is ever changed: an undo is a decision too."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.store.documents import in_parts, row_ids
from pipeline.store.errors import ConflictError, StoreError
from pipeline.store.fields import LABELS, checked, plain_values
from pipeline.store.labels import (
    SETTING,
    active,
    decision_of,
    fold,
    history_of,
    labels_of,
    not_undone,
)
from pipeline.store.models import DecisionRow, DocumentRow
from pipeline.store.values import Decision, DecisionKind, Labelling, Source


@dataclass(frozen=True, slots=True)
class Wanted:
    """A decision to be made on one document; `after` maps fields to values."""

    sha256: str
    after: Mapping[str, Any]
    kind: DecisionKind = "label"
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """What came of undoing a group: the undos, and the documents decided anew since, left alone."""

    decisions: tuple[Decision, ...]
    kept: tuple[str, ...]


def decide(
    session: Session,
    documents: Sequence[str],
    after: Mapping[str, Any] | None = None,
    *,
    by: str,
    kind: DecisionKind = "label",
    source: Source = "human",
    note: str | None = None,
    seconds: float | None = None,
    expected: Mapping[str, int] | None = None,
) -> list[Decision]:
    """Decide on documents, all or none; several share a group, so that they are undone as one.

    `after` maps fields to values; `accept` needs none: it confirms the labels as they stand.
    `expected` maps documents to the `Labelling.last` that the person saw.
    Raises ConflictError where somebody decided since, StoreError for an unknown document and
    UsageError for a value that is none.
    """
    wanted = [Wanted(sha256, after or {}, kind, note) for sha256 in dict.fromkeys(documents)]
    return decide_each(
        session, wanted, by=by, source=source, seconds=seconds, expected=expected or {}
    )


def decide_each(
    session: Session,
    wanted: Sequence[Wanted],
    *,
    by: str,
    source: Source = "human",
    seconds: float | None = None,
    expected: Mapping[str, int] | None = None,
) -> list[Decision]:
    """Make a decision of its own on each document, all or none, as `decide` does."""
    documents = [want.sha256 for want in wanted]
    ids = _locked(session, documents)
    standing = labels_of(session, documents)
    _check_expected(session, standing, expected or {})
    group = uuid.uuid4().hex if len(wanted) > 1 else None
    share = None if seconds is None else seconds / max(1, len(wanted))
    rows = []
    for want in wanted:
        now = standing[want.sha256].values
        given = checked(want.after)
        new = {name: now[name] for name in LABELS} | given if want.kind == "accept" else given
        row = DecisionRow(
            document_id=ids[want.sha256],
            kind=want.kind,
            source=source,
            by=by,
            at=dt.datetime.now(dt.UTC),
            before=plain_values({name: now[name] for name in new}),
            after=plain_values(new),
            note=want.note,
            seconds=share,
            group=group,
        )
        rows.append(row)
        session.add(row)
    session.flush()  # in the order given
    return [decision_of(row, want.sha256) for row, want in zip(rows, wanted, strict=True)]


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
    ids = _locked(session, documents)
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
    return [decision_of(row, sha256) for sha256, row in rows], conflicts


def _check_undoable(target: Decision, made: Sequence[Decision]) -> None:
    by_id = {decision.id: decision for decision in made}
    if any(decision.undoes == target.id for decision in not_undone(made)):
        raise _conflict("ถูกเลิกทำไปแล้ว", "this was undone already", target.sha256)
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
        raise _conflict(f"{who} ตัดสินใหม่แล้ว", f"{who} has decided since", target.sha256)


def _locked(session: Session, documents: Sequence[str]) -> dict[str, int]:
    """The keys of documents, held until the transaction ends, so that decisions follow in turn."""
    ids = row_ids(session, documents)
    for part in in_parts(sorted(ids.values())):
        query = select(DocumentRow.id).where(DocumentRow.id.in_(part))
        session.execute(query.order_by(DocumentRow.id).with_for_update(key_share=True)).all()
    return ids


def _check_expected(
    session: Session, standing: Mapping[str, Labelling], expected: Mapping[str, int]
) -> None:
    for sha256, last in expected.items():
        if sha256 in standing and standing[sha256].last != last:
            made = history_of(session, [sha256])[sha256]
            who = made[-1].by if made else "–"
            raise _conflict(f"{who} ตัดสินไปแล้วระหว่างนั้น", f"{who} decided in the meantime", sha256)


def _conflict(thai: str, english: str, sha256: str) -> ConflictError:
    return ConflictError(
        f"เอกสาร {sha256[:12]}: {thai} ให้เปิดเอกสารใหม่แล้วตัดสินอีกครั้ง",
        f"document {sha256[:12]}: {english}: open it again and decide anew",
    )


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
