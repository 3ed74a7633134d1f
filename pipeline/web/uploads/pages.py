"""Bringing files in: the form, what becomes of each file, and trying again."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, File, Form, Path, Query, Request, UploadFile
from fastapi.responses import JSONResponse, Response

from pipeline.errors import UsageError
from pipeline.store import jobs
from pipeline.store.jobs import files as job_files
from pipeline.store.labels.fields import KIND_NAMES
from pipeline.store.rounds import THAILAND, list_rounds
from pipeline.thai import parse_user_date
from pipeline.web.frame.dates import thai_date, today
from pipeline.web.frame.problems import wants_json, without_paths
from pipeline.web.frame.rendering import Message, redirect, render, url
from pipeline.web.frame.state import Signed, Working
from pipeline.web.jobs.own import own_job
from pipeline.web.jobs.workers import Workers
from pipeline.web.uploads import accepting

PAGE = 200
STATES = {
    "waiting": ("รอ", "waiting", "plain"),
    "working": ("กำลังอ่าน", "reading", "accent"),
    "stored": ("เก็บแล้ว", "stored", "good"),
    "known": ("มีอยู่แล้ว", "known before", "good"),
    "failed": ("ไม่สำเร็จ", "failed", "bad"),
}
Number = Annotated[int, Path(ge=1, le=2**53)]


@asynccontextmanager
async def _workers(app: FastAPI) -> AsyncIterator[None]:
    """Work goes on as long as the server runs, from where the last one left off."""
    workspace = app.state.web.workspace
    with Workers(workspace.settings, workspace.store):
        yield


router = APIRouter(include_in_schema=False, lifespan=_workers)


@router.get("/upload", name="upload.page")
def page(request: Request, workspace: Working, person: Signed) -> Response:
    """The form, and the latest uploads: one's own, for administrators everybody's."""
    by = None if person.role == "admin" else person.name
    with workspace.store.read() as session:
        rounds = list_rounds(session)
        latest, _ = jobs.list_jobs(session, kinds=("upload",), by=by)
        failed = {job.id: job_files.counts_of(session, job.id)["failed"] for job in latest}
    return render(
        request, "upload.html", rounds=rounds, latest=latest, failed=failed,
        limits=accepting.LIMITS,
    )  # fmt: skip


@router.post("/upload", name="upload.send", max_body_size=accepting.MAX_REQUEST)
def send(
    request: Request,
    workspace: Working,
    person: Signed,
    files: Annotated[list[UploadFile], File()],
    round_name: Annotated[str, Form(alias="round", max_length=200)] = "",
    received: Annotated[str, Form(max_length=40)] = "",
    job: Annotated[int | None, Form(ge=1, le=2**53)] = None,
) -> Response:
    """Accept files, for a new job or one that is under way."""
    accepted = accepting.accept(
        workspace,
        [(file.filename, file.file) for file in files if file.filename],
        person,
        round_name=round_name or None,
        received_at=_received_at(received.strip()),
        job=job,
    )
    to = url(request, "upload.job", job=accepted.job.id)
    if wants_json(request):
        return JSONResponse({"job": accepted.job.id, "page": to}, 202)
    return redirect(request, to, _told(accepted))


def _received_at(day: str) -> dt.datetime | None:
    """Noon in Thailand of a day that was named, None where none was. Raises UsageError."""
    if not day:
        return None
    named = parse_user_date(day)
    if named > today():
        raise UsageError(
            f"วันที่รับ {thai_date(named)} ยังมาไม่ถึง แก้วันที่ หรือเว้นว่างถ้าเพิ่งรับวันนี้",
            f"{named} has not come yet: correct the day, or leave it empty for files of today",
        )
    return dt.datetime.combine(named, dt.time(12), THAILAND) if named < today() else None


@router.get("/upload/{job}", name="upload.job")
def job_page(
    request: Request,
    workspace: Working,
    person: Signed,
    job: Number,
    start: Annotated[int, Query(ge=0, le=2**31)] = 0,
) -> Response:
    """Every file of an upload, and what became of it."""
    shown = _shown(request, workspace, person, job, start)
    return render(request, "upload_job.html", **shown, start=start, page=PAGE, states=STATES)


@router.get("/upload/{job}/state", name="upload.state")
def state(
    request: Request,
    workspace: Working,
    person: Signed,
    job: Number,
    start: Annotated[int, Query(ge=0, le=2**31)] = 0,
) -> Response:
    """The same for the script of the page."""
    shown = _shown(request, workspace, person, job, start)
    found: jobs.Job = shown["job"]
    return JSONResponse(
        {
            "state": found.state,
            "done": found.done,
            "steps": found.steps,
            "failed": shown["failed"],
            "files": [_file(file) for file in shown["files"]],
        }
    )


@router.post("/upload/{job}/retry", name="upload.retry")
def retry(request: Request, workspace: Working, person: Signed, job: Number) -> Response:
    """Try the files that failed once more."""
    with workspace.store.begin() as session:
        count = accepting.retry(session, person, job)
    told = Message(f"ลองใหม่ {count} ไฟล์", f"{count} files are tried again")
    return redirect(request, url(request, "upload.job", job=job), told)


def _shown(
    request: Request, workspace: Working, person: Signed, job: int, start: int
) -> dict[str, Any]:
    with workspace.store.read() as session:
        found = own_job(session, person, job, "upload")
        files = job_files.files_of(session, job, limit=PAGE, offset=start)
        failed = job_files.counts_of(session, job)["failed"]
    rows = [_row(request, file) for file in files]
    return {"job": found, "files": rows, "failed": failed}


def _row(request: Request, file: job_files.JobFile) -> dict[str, Any]:
    names = request.app.state.route_names
    linked = file.sha256 is not None and "document.page" in names
    return {
        "id": file.id,
        "name": file.name,
        "size": file.size,
        "state": file.state,
        "kind": KIND_NAMES.get(file.kind or "", ""),
        "title": file.title or "",
        "error": without_paths(file.error or ""),
        "link": url(request, "document.page", sha256=file.sha256) if linked else "",
    }


def _file(row: dict[str, Any]) -> dict[str, Any]:
    thai, english, look = STATES[row["state"]]
    return row | {"thai": thai, "english": english, "look": look}


def _told(accepted: accepting.Accepted) -> Message:
    count = len(accepted.files)
    if not accepted.refused:
        return Message(f"รับไว้แล้ว {count} ไฟล์", f"{count} files are accepted")
    thai = " · ".join(f"{name}: {error.thai}" for name, error in accepted.refused[:5])
    english = "; ".join(f"{name}: {error.english}" for name, error in accepted.refused[:5])
    return Message(
        f"รับไว้แล้ว {count} ไฟล์ ไม่รับ {len(accepted.refused)}: {thai}",
        f"{count} files are accepted, {len(accepted.refused)} refused: {english}",
        "problem",
    )
