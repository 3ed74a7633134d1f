"""The files of uploads: accepted, read one by one, stored or refused. Inside a session.

A file waits, is worked on, and ends `stored`, `known` (the same bytes were there before) or
`failed`; an archive ends `opened`, its members beside it. A job is done when none is open.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.store.errors import StoreError
from pipeline.store.jobs import queue
from pipeline.store.tables import ArrivalRow, DocumentRow, JobFileRow, JobRow

FileState = Literal["waiting", "working", "stored", "known", "failed", "opened"]
OPEN: tuple[FileState, ...] = ("waiting", "working")


@dataclass(frozen=True, slots=True)
class JobFile:
    """A file of an upload: under `name` it came in, at `place` it is kept, `size` in bytes.

    `place` of a member of an archive is the archive's, a slash, and the member's name. `sha256`,
    `kind` and `title` are known once it is stored; `error` says why it failed, and what to do.
    """

    id: int
    job: int
    name: str
    place: str
    size: int
    state: FileState
    attempts: int
    received_at: dt.datetime
    sha256: str | None = None
    kind: str | None = None
    title: str | None = None
    error: str | None = None


def add_file(
    session: Session,
    job: int,
    *,
    name: str,
    place: str,
    size: int,
    received_at: dt.datetime | None = None,
) -> JobFile:
    """Accept a file that is safely kept at `place`, received now or when said; the job is open."""
    row = queue.row_of(session, job, lock=True)
    received_at = received_at or dt.datetime.now(dt.UTC)
    [added] = _append(session, row, [(name, place, size)], received_at)
    if row.state not in queue.OPEN:
        row.state, row.ended_at = "waiting", None
    session.flush()
    return _file(added)


def claim_file(session: Session) -> JobFile | None:
    """Begin the file that is first in its job; of several jobs each gets its turn."""
    query = (
        select(JobFileRow)
        .where(JobFileRow.state == "waiting")
        .order_by(JobFileRow.ordinal, JobFileRow.id)
        .limit(1)
        .with_for_update()
    )
    row = session.scalars(query).one_or_none()
    if row is None:
        return None
    row.state, row.attempts = "working", row.attempts + 1
    job = queue.row_of(session, row.job_id, lock=True)
    job.state, job.begun_at = "running", job.begun_at or dt.datetime.now(dt.UTC)
    session.flush()
    return _file(row)


def open_archive(session: Session, file: JobFile, members: Iterable[tuple[str, int]]) -> None:
    """Put the members of an archive, as (name, bytes), beside it into the queue."""
    row, job = _row(session, file.id), queue.row_of(session, file.job, lock=True)
    given = [(f"{row.name}/{name}", f"{row.place}/{name}", size) for name, size in members]
    _append(session, job, given, row.received_at)
    row.state = "opened"
    _settle(session, job)


def end_file(
    session: Session,
    file: JobFile,
    state: FileState,
    *,
    sha256: str | None = None,
    kind: str | None = None,
    title: str | None = None,
    error: str | None = None,
) -> None:
    """Say what came of a file; with the last one the job is done."""
    row = _row(session, file.id)
    row.state, row.sha256, row.kind, row.title, row.error = state, sha256, kind, title, error
    _settle(session, queue.row_of(session, file.job, lock=True))


def is_stored(session: Session, file: JobFile, sha256: str) -> bool:
    """Whether this very arrival is in the store: its worker died after storing it."""
    query = select(ArrivalRow.id).join(DocumentRow, DocumentRow.id == ArrivalRow.document_id)
    query = query.where(DocumentRow.sha256 == sha256, ArrivalRow.file == file.name)
    return session.scalar(query.where(ArrivalRow.received_at == file.received_at)) is not None


def recover(session: Session, given_up: str) -> None:
    """Let wait again what was worked on; what was begun too often fails with `given_up`."""
    query = select(JobFileRow).where(JobFileRow.state == "working")
    for row in session.scalars(query.order_by(JobFileRow.id)):
        row.state = "waiting"
        if row.attempts >= queue.ATTEMPTS:
            end_file(session, _file(row), "failed", error=given_up)


def retry(session: Session, job: int) -> int:
    """Let the failed files of an upload wait again; how many. Raises StoreError for none such."""
    found = queue.row_of(session, job, lock=True)
    query = select(JobFileRow).where(JobFileRow.job_id == job, JobFileRow.state == "failed")
    rows = list(session.scalars(query))
    if not rows:
        raise StoreError(
            "งานนี้ไม่มีไฟล์ที่ไม่สำเร็จ ไม่ต้องลองใหม่",
            "no file of this job failed: there is nothing to try again",
        )
    for row in rows:
        row.state, row.attempts, row.error = "waiting", 0, None
    found.state, found.ended_at, found.done = "waiting", None, found.done - len(rows)
    return len(rows)


def files_of(session: Session, job: int, *, limit: int = 100, offset: int = 0) -> list[JobFile]:
    """The files of an upload, in order; archives that were opened are left out."""
    query = select(JobFileRow).where(JobFileRow.job_id == job, JobFileRow.state != "opened")
    query = query.order_by(JobFileRow.ordinal).limit(limit).offset(offset)
    return [_file(row) for row in session.scalars(query)]


def counts_of(session: Session, job: int) -> Mapping[FileState, int]:
    """How many files of an upload are in each state."""
    query = select(JobFileRow.state, func.count()).where(JobFileRow.job_id == job)
    found = session.execute(query.group_by(JobFileRow.state))
    return Counter({cast(FileState, state): count for state, count in found})


def places_needed(session: Session) -> set[str]:
    """Where files are kept that are not in the store (yet); of members it is the archive's."""
    query = select(JobFileRow.place).where(JobFileRow.state.in_((*OPEN, "failed")))
    return set(session.scalars(query))


def is_needed(session: Session, job: int, archive: str) -> bool:
    """Whether a member of the archive kept at that place is not in the store (yet)."""
    query = select(JobFileRow.id).where(JobFileRow.job_id == job)
    query = query.where(JobFileRow.state.in_((*OPEN, "failed")))
    within = JobFileRow.place.startswith(f"{archive}/", autoescape=True)
    return session.scalar(query.where(within).limit(1)) is not None


def _append(
    session: Session, job: JobRow, files: Iterable[tuple[str, str, int]], at: dt.datetime
) -> list[JobFileRow]:
    last = session.scalar(select(func.max(JobFileRow.ordinal)).where(JobFileRow.job_id == job.id))
    rows = [
        JobFileRow(
            job_id=job.id,
            ordinal=ordinal,
            name=name,
            place=place,
            size=size,
            state="waiting",
            attempts=0,
            received_at=at,
        )
        for ordinal, (name, place, size) in enumerate(files, 0 if last is None else last + 1)
    ]
    session.add_all(rows)
    session.flush()
    job.steps += len(rows)
    return rows


def _settle(session: Session, job: JobRow) -> None:
    """Bring a job up to date with its files, whose changes are written first."""
    session.flush()
    counts = counts_of(session, job.id)
    job.steps = sum(counts.values()) - counts["opened"]
    job.done = job.steps - sum(counts[state] for state in OPEN)
    if not any(counts[state] for state in OPEN):
        job.state, job.ended_at = "done", dt.datetime.now(dt.UTC)


def _row(session: Session, file: int) -> JobFileRow:
    return session.scalars(select(JobFileRow).where(JobFileRow.id == file)).one()


def _file(row: JobFileRow) -> JobFile:
    return JobFile(
        id=row.id,
        job=row.job_id,
        name=row.name,
        place=row.place,
        size=row.size,
        state=cast(FileState, row.state),
        attempts=row.attempts,
        received_at=row.received_at,
        sha256=row.sha256,
        kind=row.kind,
        title=row.title,
        error=row.error,
    )
