"""How far two reviewers agree: Cohen's kappa for each axis, and what they disagree on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.store.labels.folding import fold
from pipeline.store.labels.history import active, history_of
from pipeline.store.labels.opinions import compared
from pipeline.store.labels.values import Decision
from pipeline.store.tables import DecisionRow, DocumentRow

Axis = Literal["agenda", "mode", "award_scaleup"]
AXES: tuple[Axis, ...] = ("agenda", "mode", "award_scaleup")


@dataclass(frozen=True, slots=True)
class Pair:
    """One label of one document as two people saw it; `mode` is the primary one."""

    sha256: str
    axis: Axis
    first: Any
    first_by: str
    second: Any
    second_by: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two reviewers agree on an axis, over `n` documents that both labelled.

    `kappa` is 1 for full agreement and 0 for what chance gives; None without two labels in use.
    """

    axis: Axis
    n: int
    same: int
    kappa: float | None
    disagreed: tuple[Pair, ...]


def pairs(session: Session) -> list[Pair]:
    """What the first and the second reviewer said, where a person labelled before the second."""
    query = (
        select(DocumentRow.sha256)
        .where(
            DocumentRow.id.in_(select(DecisionRow.document_id).where(DecisionRow.kind == "second"))
        )
        .order_by(DocumentRow.id)
    )
    made = history_of(session, list(session.scalars(query)))
    return [pair for sha256, decisions in made.items() for pair in _pairs(sha256, decisions)]


def agreement(found: Sequence[Pair]) -> tuple[Agreement, ...]:
    """The agreement on each axis."""
    return tuple(_on_axis(axis, [p for p in found if p.axis == axis]) for axis in AXES)


def _pairs(sha256: str, made: Sequence[Decision]) -> list[Pair]:
    seconds = [decision for decision in active(made) if decision.kind == "second"]
    if not seconds:
        return []
    second = seconds[-1]
    before = fold(sha256, {}, [decision for decision in made if decision.id < second.id])
    firsts, theirs = compared(before.values), compared(second.after)
    by = {"mode": before.decided.get("modes"), **before.decided}
    return [
        Pair(sha256, axis, firsts[axis], first.by, theirs[axis], second.by)
        for axis in AXES
        if axis in firsts and axis in theirs and (first := by[axis]) and first.by != second.by
    ]


def _on_axis(axis: Axis, found: Sequence[Pair]) -> Agreement:
    from sklearn.metrics import cohen_kappa_score

    first, second = [str(p.first) for p in found], [str(p.second) for p in found]
    disagreed = tuple(pair for pair in found if pair.first != pair.second)
    several = len({*first, *second}) > 1
    kappa = float(cohen_kappa_score(first, second)) if several else math.nan
    return Agreement(
        axis,
        len(found),
        len(found) - len(disagreed),
        None if math.isnan(kappa) else kappa,
        disagreed,
    )
