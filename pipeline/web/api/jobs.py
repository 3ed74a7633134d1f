"""Uploads, and the jobs that work in the background."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import File, Form, UploadFile

from pipeline.store import jobs
from pipeline.store.jobs import files as job_files
from pipeline.web.api import values as v
from pipeline.web.api.router import Limit, Number, Offset, api_router
from pipeline.web.frame.problems import without_paths
from pipeline.web.frame.state import Signed, Working
from pipeline.web.jobs.own import own_job
from pipeline.web.uploads import accepting

router = api_router("jobs")


@router.post(
    "/uploads", name="api.upload", summary="นำเข้าไฟล์ · upload files",
    response_model=v.Sent, status_code=202, max_body_size=accepting.MAX_REQUEST,
)  # fmt: skip
def upload(
    workspace: Working,
    person: Signed,
    files: Annotated[list[UploadFile], File(description="ไฟล์หรือ ZIP · files, or a ZIP")],
    round: Annotated[str, Form(max_length=200)] = "",
    job: Annotated[int | None, Form(ge=1, le=2**53)] = None,
) -> dict[str, Any]:
    """เก็บไฟล์ก่อนตอบ แล้วอ่านเบื้องหลัง · kept before the answer, read in the background."""
    accepted = accepting.accept(
        workspace,
        [(file.filename, file.file) for file in files if file.filename],
        person,
        round_name=round or None,
        job=job,
    )
    return {
        "job": _job(accepted.job),
        "files": accepted.files,
        "refused": [
            {"name": name, "th": without_paths(error.thai), "en": without_paths(error.english)}
            for name, error in accepted.refused
        ],
    }


@router.get(
    "/jobs", name="api.jobs", summary="งานเบื้องหลัง · jobs", response_model=v.Page[v.JobValue]
)
def list_jobs(
    workspace: Working, person: Signed, limit: Limit = 50, offset: Offset = 0
) -> dict[str, Any]:
    """งานของตน ผู้ดูแลเห็นทั้งหมด ใหม่สุดก่อน · one's own, for administrators all; newest first."""
    by = None if person.role == "admin" else person.name
    with workspace.store.read() as session:
        found, total = jobs.list_jobs(session, by=by, limit=limit, offset=offset)
    return {"total": total, "limit": limit, "offset": offset, "items": list(map(_job, found))}


@router.get("/jobs/{job}", name="api.job", summary="งานหนึ่งงาน · a job", response_model=v.JobValue)
def get_job(workspace: Working, person: Signed, job: Number) -> Any:
    """ถึงไหนแล้ว · how far it is."""
    with workspace.store.read() as session:
        return _job(own_job(session, person, job))


@router.get(
    "/jobs/{job}/files", name="api.job_files", summary="ไฟล์ของงาน · files of an upload",
    response_model=v.Page[v.FileValue],
)  # fmt: skip
def get_files(
    workspace: Working, person: Signed, job: Number, limit: Limit = 100, offset: Offset = 0
) -> dict[str, Any]:
    """แต่ละไฟล์เป็นอย่างไร · what became of each file."""
    with workspace.store.read() as session:
        found = own_job(session, person, job)
        files = job_files.files_of(session, job, limit=limit, offset=offset)
    total = found.steps if found.kind == "upload" else 0
    items = [_file(file) for file in files]
    return {"total": total, "limit": limit, "offset": offset, "items": items}


@router.post(
    "/jobs/{job}/retry", name="api.retry", summary="ลองไฟล์ที่ไม่สำเร็จใหม่ · try failed files again",
    response_model=v.JobValue, status_code=202,
)  # fmt: skip
def retry(workspace: Working, person: Signed, job: Number) -> Any:
    """404 ถ้าไม่มีไฟล์ที่ไม่สำเร็จ · 404 where none failed."""
    with workspace.store.begin() as session:
        accepting.retry(session, person, job)
        return _job(jobs.get_job(session, job))


def _job(job: jobs.Job) -> dict[str, Any]:
    found = {name: getattr(job, name) for name in v.JobValue.model_fields}
    return found | {"error": without_paths(job.error)}


def _file(file: job_files.JobFile) -> dict[str, Any]:
    found = {name: getattr(file, name) for name in v.FileValue.model_fields}
    return found | {"error": file.error and without_paths(file.error)}
