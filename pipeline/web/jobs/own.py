"""Whose job it is: who may see it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from pipeline.store import jobs
from pipeline.store.errors import StoreError
from pipeline.web.access.logins import Person


def may_see(person: Person, job: jobs.Job) -> bool:
    """Whether a job is one's own, or one is an administrator."""
    return person.role == "admin" or job.by == person.name


def own_job(session: Session, person: Person, job: int, *kinds: jobs.JobKind) -> jobs.Job:
    """A job that a person may see, of `kinds` if any. Raises StoreError for any other."""
    found = jobs.get_job(session, job)
    if (kinds and found.kind not in kinds) or (
        found.kind == "upload" and not may_see(person, found)
    ):
        raise StoreError(
            f"ไม่มีงานหมายเลข {job} กลับไปดูรายการงาน", f"there is no job {job}: go back to the list"
        )
    return found
