"""Work in the background: jobs in their queue, and the files of an upload (`files`)."""

from pipeline.store.jobs.queue import (
    ATTEMPTS,
    LANES,
    OPEN,
    Job,
    JobKind,
    State,
    add_job,
    any_open,
    claim_job,
    end_job,
    get_job,
    list_jobs,
    recover,
    remember,
    row_of,
    tell_progress,
)

__all__ = [
    "ATTEMPTS",
    "LANES",
    "OPEN",
    "Job",
    "JobKind",
    "State",
    "add_job",
    "any_open",
    "claim_job",
    "end_job",
    "get_job",
    "list_jobs",
    "recover",
    "remember",
    "row_of",
    "tell_progress",
]
