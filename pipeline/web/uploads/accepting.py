"""Accepting uploaded files: each is on the disk for good before anybody is told that it is here."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from sqlalchemy.orm import Session

from pipeline.errors import ReadError, UsageError
from pipeline.readers.archive import MAX_RATIO
from pipeline.readers.loading import MAX_BYTES
from pipeline.store import jobs
from pipeline.store.jobs import files as job_files
from pipeline.store.rounds import get_round
from pipeline.web.access import audit
from pipeline.web.access.logins import Person
from pipeline.web.jobs.own import own_job
from pipeline.web.uploads.receiving import MAX_FILES
from pipeline.web.uploads.spool import Spool
from pipeline.workspace import Workspace

MAX_REQUEST = 1_000_000_000
"""Bytes of one request with files; a script sends them one by one, the plain form at once."""

LONGEST_NAME = 200  # characters
LIMITS = {
    "file_bytes": MAX_BYTES,
    "request_bytes": MAX_REQUEST,
    "files": MAX_FILES,
    "zip_ratio": MAX_RATIO,
}


@dataclass(frozen=True, slots=True)
class Accepted:
    """The job that goes on with the files, those it got, and those refused with the reason."""

    job: jobs.Job
    files: tuple[job_files.JobFile, ...]
    refused: tuple[tuple[str, ReadError], ...] = ()


def accept(
    workspace: Workspace,
    files: Iterable[tuple[str, BinaryIO]],
    person: Person,
    *,
    round_name: str | None = None,
    received_at: dt.datetime | None = None,
    job: int | None = None,
) -> Accepted:
    """Keep files, given as (name, stream), and put them into the queue of a job, a new one if None.

    They came in at `received_at`, None for now: whether they are late in their round hangs on it.
    Raises UsageError without files or for too many, StoreError for an unknown round or job,
    ReadError where every file was refused, OutputError where the disk refuses.
    """
    spool, kept, refused = Spool.of(workspace.settings), list[tuple[str, str, int]](), []
    with workspace.store.read() as session:
        _check(session, person, round_name, job)
    try:
        for given, stream in files:
            name = file_name(given)
            try:
                kept.append((name, *spool.keep(stream, name)))
            except ReadError as error:
                refused.append((name, error))
        if not kept:
            raise refused[0][1] if refused else _nothing()
        with workspace.store.begin() as session:
            found = _check(session, person, round_name, job)
            _check_number(found, len(kept))
            found = found or jobs.add_job(session, "upload", by=person.name, round_name=round_name)
            added = [
                job_files.add_file(
                    session, found.id, name=name, place=place, size=size, received_at=received_at
                )
                for name, place, size in kept
            ]
            # The log never forgets: names of files, which may be deleted, stay out of it.
            details = {"files": len(added), "round": found.round}
            audit.did(session, person, "upload.send", str(found.id), details)
            found = jobs.get_job(session, found.id)
    except BaseException:
        for _, place, _ in kept:
            spool.forget(place)
        raise
    return Accepted(found, tuple(added), tuple(refused))


def file_name(given: str) -> str:
    """The name to show: the last part of what the browser sent, without control characters."""
    last = PurePosixPath(given.replace("\\", "/")).name
    plain = "".join(letter if letter.isprintable() else "_" for letter in last)
    plain = unicodedata.normalize("NFC", plain.encode("utf-8", "replace").decode()).strip()
    stem, dot, suffix = plain.rpartition(".")
    if len(plain) > LONGEST_NAME and dot and len(suffix) <= 8:
        return f"{stem[: LONGEST_NAME - len(suffix) - 1]}.{suffix}"
    return plain[:LONGEST_NAME] or "ไฟล์ไม่มีชื่อ"


def retry(session: Session, person: Person, job: int) -> int:
    """Try the failed files of a job again; how many. Raises StoreError."""
    own_job(session, person, job, "upload")
    count = job_files.retry(session, job)
    audit.did(session, person, "upload.retry", str(job), {"files": count})
    return count


def _check(
    session: Session, person: Person, round_name: str | None, job: int | None
) -> jobs.Job | None:
    if round_name is not None:
        get_round(session, round_name)
    return None if job is None else own_job(session, person, job, "upload")


def _check_number(job: jobs.Job | None, more: int) -> None:
    if (job.steps if job else 0) + more > MAX_FILES:
        raise UsageError(
            f"ส่งได้ครั้งละไม่เกิน {MAX_FILES:,} ไฟล์ เริ่มการนำเข้าใหม่สำหรับไฟล์ที่เหลือ",
            f"no more than {MAX_FILES:,} files at once: begin another upload for the rest",
        )


def _nothing() -> UsageError:
    return UsageError(
        "ยังไม่ได้เลือกไฟล์ เลือกไฟล์หรือลากมาวางก่อน", "no file was chosen: choose some, or drop them here"
    )
