"""Jobs: work in the background, and how far it is. Every function works inside a session.

A job waits, runs, and ends `done` or `failed`. What ran when the program died waits again
(`recover`), and is given up after `ATTEMPTS`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from pipeline.store.errors import StoreError
from pipeline.store.tables import JobRow

JobKind = Literal["upload", "train", "promote"]
State = Literal["waiting", "running", "done", "failed"]
LANES: dict[str, tuple[JobKind, ...]] = {"upload": ("upload",), "models": ("train", "promote")}
"""What is done one after the other, each lane by one worker."""

OPEN: tuple[State, ...] = ("waiting", "running")
ATTEMPTS = 3
"""How often work is begun; a third start that the program does not outlive is the last."""


@dataclass(frozen=True, slots=True)
class Job:
    """A job; `done` of `steps` counts files of an upload, steps of a training.

    `details` holds what the work was asked to do and, once done, what came of it.
    """

    id: int
    kind: JobKind
    state: State
    by: str
    round: str | None
    stage: str
    error: str
    done: int
    steps: int
    details: Mapping[str, Any]
    made_at: dt.datetime
    begun_at: dt.datetime | None
    ended_at: dt.datetime | None


def add_job(
    session: Session,
    kind: JobKind,
    *,
    by: str,
    round_name: str | None = None,
    details: Mapping[str, Any] | None = None,
) -> Job:
    """Put a job into the queue; one without files is begun as soon as its turn comes."""
    row = JobRow(
        kind=kind,
        state="waiting",
        by=by,
        round=round_name,
        stage="",
        error="",
        done=0,
        steps=0,
        attempts=0,
        details=dict(details or {}),
        made_at=dt.datetime.now(dt.UTC),
        begun_at=None,
        ended_at=None,
    )
    session.add(row)
    session.flush()
    return job_of(row)


def get_job(session: Session, job: int) -> Job:
    """The job of that number. Raises StoreError for an unknown one."""
    return job_of(row_of(session, job))


def list_jobs(
    session: Session,
    *,
    kinds: Sequence[JobKind] = (),
    by: str | None = None,
    limit: int = 20,
    offset: int = 0,
) -> tuple[list[Job], int]:
    """(jobs, how many there are in all), the newest first; of `kinds` and of a person only."""
    query = select(JobRow)
    if kinds:
        query = query.where(JobRow.kind.in_(kinds))
    if by is not None:
        query = query.where(JobRow.by == by)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.scalars(query.order_by(JobRow.id.desc()).limit(limit).offset(offset))
    return [job_of(row) for row in rows], total


def any_open(session: Session, kinds: Sequence[JobKind]) -> bool:
    """Whether there is anything to do for a worker of these kinds."""
    found = exists().where(JobRow.kind.in_(kinds), JobRow.state.in_(OPEN))
    return bool(session.scalar(select(found)))


def claim_job(session: Session, kinds: Sequence[JobKind]) -> Job | None:
    """Begin the oldest job that waits; None where there is none."""
    query = select(JobRow).where(JobRow.kind.in_(kinds), JobRow.state == "waiting")
    row = session.scalars(query.order_by(JobRow.id).limit(1).with_for_update()).one_or_none()
    if row is None:
        return None
    row.state, row.begun_at, row.attempts = "running", dt.datetime.now(dt.UTC), row.attempts + 1
    session.flush()
    return job_of(row)


def tell_progress(session: Session, job: int, stage: str, done: int, steps: int) -> None:
    """Write down how far a job is."""
    values = {"stage": stage, "done": done, "steps": steps}
    session.execute(update(JobRow).where(JobRow.id == job).values(**values))


def remember(session: Session, job: int, **details: Any) -> None:
    """Add to the details of a job."""
    row = row_of(session, job)
    row.details = {**row.details, **details}


def end_job(session: Session, job: int, *, error: str = "") -> None:
    """Say that a job is done, or that it failed and why."""
    row = row_of(session, job)
    row.state, row.error = ("failed", error) if error else ("done", "")
    row.ended_at = dt.datetime.now(dt.UTC)


def recover(session: Session, kinds: Sequence[JobKind], given_up: str) -> None:
    """Let wait again what ran when its worker died; what died too often fails with `given_up`."""
    query = select(JobRow).where(JobRow.kind.in_(kinds), JobRow.state == "running")
    for row in session.scalars(query):
        row.state = "waiting"
        if row.attempts >= ATTEMPTS:
            row.state, row.error, row.ended_at = "failed", given_up, dt.datetime.now(dt.UTC)


def row_of(session: Session, job: int, *, lock: bool = False) -> JobRow:
    """The row of a job. Raises StoreError for an unknown one."""
    query = select(JobRow).where(JobRow.id == job)
    row = session.scalars(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise StoreError(
            f"ไม่มีงานหมายเลข {job} กลับไปดูรายการงาน", f"there is no job {job}: go back to the list"
        )
    return row


def job_of(row: JobRow) -> Job:
    """The job that a row holds."""
    return Job(
        id=row.id,
        kind=cast(JobKind, row.kind),
        state=cast(State, row.state),
        by=row.by,
        round=row.round,
        stage=row.stage,
        error=row.error,
        done=row.done,
        steps=row.steps,
        details=row.details,
        made_at=row.made_at,
        begun_at=row.begun_at,
        ended_at=row.ended_at,
    )
