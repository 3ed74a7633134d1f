"""One document beside what is said of it: its pages, its text, its tags, its file."""

from __future__ import annotations

import time
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Path, Query, Request
from fastapi.responses import FileResponse, Response

from pipeline.store import documents, standings
from pipeline.store.labels.fields import KIND_NAMES
from pipeline.thai import PROVINCES
from pipeline.web.access.logins import Person
from pipeline.web.documents.entities import entities_of
from pipeline.web.documents.page_images import MEDIA_TYPE, has_images, page_image
from pipeline.web.documents.view import view_of
from pipeline.web.frame.labels import taxonomy
from pipeline.web.frame.rendering import Message, render
from pipeline.web.frame.state import Signed, Working
from pipeline.web.review import opinions
from pipeline.web.review.filters import Filter, filter_of
from pipeline.web.review.queue import Queue
from pipeline.workspace import Workspace

router = APIRouter(include_in_schema=False)
Digest = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]


@router.get("/documents/{sha256}", name="document.page")
def page(
    request: Request,
    workspace: Working,
    person: Signed,
    sha256: Digest,
    at: Annotated[str, Query(pattern=r"^(\d{1,9}-\d{1,9})?$")] = "",
    pages: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """The document; `at` is a stretch of its text to point at, `pages=all` shows all of it."""
    return show(request, workspace, person, sha256, place=_place(at), every_page=pages == "all")


def show(
    request: Request,
    workspace: Workspace,
    person: Person,
    sha256: str,
    *,
    chosen: opinions.Choice | None = None,
    place: tuple[int, int] | None = None,
    every_page: bool = False,
    problem: Message | None = None,
    wanted: Filter | None = None,
    note: str = "",
    status: int = 200,
) -> Response:
    """The page of a document; `chosen` is filled in where a decision could not be saved."""
    wanted = filter_of(request.query_params) if wanted is None else wanted
    standings.follow(workspace.store)
    with workspace.store.read() as session:
        view = view_of(session, sha256, person, taxonomy(), every_page=every_page, place=place)
        line = Queue(session, person.name)
        values: dict[str, Any] = {
            "position": line.place(wanted, sha256),
            "total": line.total(wanted),
            "next": line.after(wanted, sha256),
            "own": opinions.last_of(session, person),
        }
    return render(
        request, "document.html", status, view=view, taxonomy=taxonomy(), kinds=KIND_NAMES,
        filter=wanted, choice=chosen or view.choice, note=note, problem=problem,
        provinces=PROVINCES, opened=f"{time.time():.1f}",
        images=has_images(view.document.media_type), **values,
    )  # fmt: skip


@router.get("/documents/{sha256}/entities", name="document.entities")
def entities(request: Request, workspace: Working, sha256: Digest) -> Response:
    """The people, agencies, dates and amounts that a document names."""
    with workspace.store.read() as session:
        document = documents.get_content(session, sha256)
    groups = entities_of(document)
    return render(request, "document_entities.html", groups=groups, sha256=sha256)


@router.get("/documents/{sha256}/pages/{number}", name="document.image")
def image(
    workspace: Working, sha256: Digest, number: Annotated[int, Path(ge=1, le=99999)]
) -> Response:
    """The image of a page, from 1."""
    with workspace.store.read() as session:
        document = documents.get_content(session, sha256)
    drawn = page_image(workspace, sha256, document.media_type, number, len(document.pages))
    if drawn is None:
        raise HTTPException(404)
    # What is kept under a digest never changes.
    kept = {"Cache-Control": "private, max-age=604800, immutable"}
    return Response(drawn, media_type=MEDIA_TYPE, headers=kept)


@router.get("/documents/{sha256}/original", name="document.original")
def original(workspace: Working, sha256: Digest) -> Response:
    """The file as it came in, to be saved, never to be shown."""
    with workspace.store.read() as session:
        arrivals = documents.arrivals_of(session, [sha256])
    place = workspace.store.file_of(sha256)
    name = arrivals[sha256][-1].file.replace("\\", "/").rsplit("/", 1)[-1] or sha256
    return FileResponse(
        place, media_type="application/octet-stream",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"},
    )  # fmt: skip


def _place(at: str) -> tuple[int, int] | None:
    start, _, end = at.partition("-")
    return (int(start), int(end)) if end and int(start) < int(end) else None
