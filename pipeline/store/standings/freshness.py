"""What is costly to count is counted once for each state of the store.

Standings (`standings.following`) are made of documents, predictions, decisions, arrivals and
rounds, which are only ever added to or raise the number of the last change.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache, wraps
from threading import Lock
from typing import ParamSpec, TypeVar

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from pipeline.store import Store
from pipeline.store.documents.changes import last_change
from pipeline.store.tables import (
    ArrivalRow,
    DecisionRow,
    PredictionRow,
    RoundTermsRow,
    StandingDueRow,
)

KEPT = 64  # results in mind
SECONDS = 5.0
"""Two transactions at once may commit in the other order than they were numbered: what was counted
in between is forgotten after so long."""

State = tuple[int, ...]
P = ParamSpec("P")
T = TypeVar("T")


def state_of(session: Session) -> State | None:
    """The numbers of the last of everything; None while standings are out of date."""
    if session.scalar(select(exists().select_from(StandingDueRow))):
        return None
    tables = (ArrivalRow, DecisionRow, PredictionRow, RoundTermsRow)
    latest = select(*(select(func.max(row.id)).scalar_subquery() for row in tables))
    return (last_change(session), *(number or 0 for number in session.execute(latest).one()))


def kept(count: Callable[P, T]) -> Callable[P, T]:
    """`count(store, ...)` that counts anew only where the store has changed since."""
    one_at_a_time = Lock()  # many ask at once when something changed: one counts for all

    @lru_cache(KEPT)
    def counted(state: State, tick: int, *args: P.args, **kwargs: P.kwargs) -> T:  # noqa: ARG001
        return count(*args, **kwargs)

    @wraps(count)
    def fresh(*args: P.args, **kwargs: P.kwargs) -> T:
        store = args[0]
        assert isinstance(store, Store)
        with store.read() as session:
            state = state_of(session)
        if state is None:
            return count(*args, **kwargs)
        with one_at_a_time:
            tick = int(time.monotonic() / SECONDS)
            return counted(state, tick, *args, **kwargs)  # type: ignore[arg-type]

    return fresh
