"""One document beside what is said of it: its pages, its text, its tags, and decisions on them."""

from __future__ import annotations

import math
import time
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, HTTPException, Path, Query, Request
from fastapi.responses import FileResponse, Response

from pipeline.errors import UsageError
from pipeline.store import ConflictError, decisions, documents, standings
from pipeline.store.columns import KIND_NAMES
from pipeline.store.labels import history_of, labels_of
from pipeline.thai import PROVINCES
from pipeline.web import audit, opinions, queue
from pipeline.web.document_view import undecided_copies, view_of
from pipeline.web.entities_view import entities_of
from pipeline.web.labels import labels
from pipeline.web.logins import Person
from pipeline.web.page_images import MEDIA_TYPE, has_images, page_image
from pipeline.web.problems import problem_of
from pipeline.web.rendering import Message, redirect, render, url
from pipeline.web.state import Signed, Working, address_of
from pipeline.workspace import Workspace

router = APIRouter(include_in_schema=False)
Digest = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
Text = Annotated[str, Form(max_length=4000)]
Number = Annotated[int, Form(ge=0, le=2**53)]


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
    wanted: queue.Filter | None = None,
    note: str = "",
    status: int = 200,
) -> Response:
    """The page of a document; `chosen` is filled in where a decision could not be saved."""
    wanted = queue.filter_of(request.query_params) if wanted is None else wanted
    standings.follow(workspace.store)
    with workspace.store.read() as session:
        view = view_of(session, sha256, person, labels(), every_page=every_page, place=place)
        line = queue.Queue(session, person.name)
        values: dict[str, Any] = {
            "position": line.place(wanted, sha256),
            "total": line.total(wanted),
            "next": line.after(wanted, sha256),
            "own": opinions.last_of(session, person),
        }
    return render(
        request, "document.html", status, view=view, taxonomy=labels(), kinds=KIND_NAMES,
        filter=wanted, choice=chosen or view.choice, note=note, problem=problem,
        provinces=PROVINCES, opened=f"{time.time():.1f}",
        images=has_images(view.document.media_type), **values,
    )  # fmt: skip


@router.post("/documents/{sha256}/decide", name="document.decide")
def decide(
    request: Request,
    workspace: Working,
    person: Signed,
    sha256: Digest,
    last: Number,
    kind: Text = "",
    agenda: Text = "",
    mode: Text = "",
    further: Annotated[list[str] | None, Form()] = None,
    award_scaleup: Text = "",
    note: Text = "",
    opened: Text = "",
    seconds: Text = "",
    cluster: Text = "",
    back: Text = "",
) -> Response:
    """Save what was chosen and go on to the next of the same filter; on a conflict show it."""
    wanted = queue.parse(back)
    form = {"kind": kind, "agenda": agenda, "mode": mode, "award_scaleup": award_scaleup}
    choice = opinions.read_choice(form, further or (), labels())
    look = opinions.Look(_float(opened), _float(seconds))
    try:
        with workspace.store.begin() as session:
            also = undecided_copies(session, sha256) if cluster else ()
            made = opinions.decide(
                session, sha256, choice, person,
                expected=last, look=look, note=note.strip() or None, also=also,
            )  # fmt: skip
    except ConflictError as error:
        told = problem_of(error)
        message = Message(
            f"ยังไม่ได้บันทึก {_who(workspace, sha256)}ตัดสินไปแล้วระหว่างนั้น "
            "สิ่งที่ท่านเลือกยังอยู่ในแบบ ดูของอีกฝ่ายแล้วกดบันทึกอีกครั้งถ้ายังยืนยัน",
            f"Not saved: {told.english}. What you chose is still filled in: look, and save again.",
            "problem",
        )
        return show(
            request, workspace, person, sha256,
            chosen=choice, wanted=wanted, problem=message, note=note, status=409,
        )  # fmt: skip
    thai, english = _saved(made.kind, choice)
    if made.group is not None:
        thai, english = f"{thai} รวมฉบับซ้ำ {len(also)} ฉบับ", f"{english} With its duplicates."
    return _onwards(request, workspace, person, sha256, wanted, thai, english)


@router.post("/documents/{sha256}/correct", name="document.correct")
def correct(
    request: Request,
    workspace: Working,
    person: Signed,
    sha256: Digest,
    last: Number,
    title: Text = "",
    province: Text = "",
    back: Text = "",
) -> Response:
    """Correct what the machine read of title or province, as one more decision.

    Raises ConflictError where somebody decided since, UsageError for a province that is none.
    """
    if province and province not in PROVINCES:
        raise UsageError(
            "ไม่รู้จักจังหวัดนี้ เลือกจากรายการ", "there is no such province: choose from the list"
        )
    given = {"title": " ".join(title.split())[:500] or None, "province": province or None}
    with workspace.store.begin() as session:
        now = labels_of(session, [sha256])[sha256].values
        after = {name: value for name, value in given.items() if value != now[name]}
        if after:
            decisions.decide(session, [sha256], after, by=person.name, expected={sha256: last})
    told = (
        Message("แก้แล้ว กด u เพื่อเลิกทำ", "Corrected. Press u to undo.")
        if after
        else Message("ไม่มีอะไรเปลี่ยน", "Nothing was changed.")
    )
    return redirect(request, _to(request, sha256, queue.parse(back)), told)


@router.get("/documents/{sha256}/entities", name="document.entities")
def entities(request: Request, workspace: Working, sha256: Digest) -> Response:
    """The people, agencies, dates and amounts that a document names."""
    with workspace.store.read() as session:
        document = documents.get_content(session, sha256)
    groups = entities_of(document)
    return render(request, "document_entities.html", groups=groups, sha256=sha256)


@router.post("/documents/{sha256}/ask", name="document.ask")
def ask(
    request: Request,
    workspace: Working,
    person: Signed,
    sha256: Digest,
    note: Text = "",
    back: Text = "",
) -> Response:
    """Ask for a second reviewer, who will not see what the first one said."""
    with workspace.store.begin() as session:
        decisions.decide(session, [sha256], by=person.name, kind="ask", note=note.strip() or None)
    return _onwards(
        request, workspace, person, sha256, queue.parse(back),
        "ขอความเห็นที่สองแล้ว", "A second opinion was asked for.",
    )  # fmt: skip


@router.post("/documents/{sha256}/undo", name="document.undo")
def undo(
    request: Request,
    workspace: Working,
    person: Signed,
    sha256: Digest,
    decision: Number,
    back: Text = "",
) -> Response:
    """Take back one decision of this document; others' only as an administrator."""
    with workspace.store.begin() as session:
        mine = {
            made.id
            for made in history_of(session, [sha256]).get(sha256, ())
            if made.by == person.name or person.role == "admin"
        }
        if decision not in mine:
            raise HTTPException(404)
        decisions.undo(session, decision, by=person.name)
        audit.record(
            session, "document.undo", by=person.name, target=sha256,
            details={"decision": decision}, address=address_of(request),
        )  # fmt: skip
    return redirect(
        request, _to(request, sha256, queue.parse(back)),
        Message("เลิกทำแล้ว", "The decision was taken back."),
    )  # fmt: skip


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


def _onwards(
    request: Request,
    workspace: Workspace,
    person: Person,
    sha256: str,
    wanted: queue.Filter,
    thai: str,
    english: str,
) -> Response:
    """To the next document of the filter, or to the queue after the last one."""
    standings.follow(workspace.store)
    with workspace.store.read() as session:
        following = queue.Queue(session, person.name).after(wanted, sha256)
    message = Message(f"{thai} · กด u เพื่อเลิกทำ", f"{english} Press u to undo.")
    if following is None:
        return redirect(request, f"{url(request, 'review.queue')}?{wanted.query}", message)
    return redirect(request, _to(request, following, wanted), message)


def _to(request: Request, sha256: str, wanted: queue.Filter) -> str:
    return f"{url(request, 'document.page', sha256=sha256)}?{wanted.query}"


def _saved(kind: str, choice: opinions.Choice) -> tuple[str, str]:
    names = {label.code: label.short_th for label in (*labels().agendas, *labels().modes)}
    chosen = (choice.agenda, *choice.modes) if choice.agenda else (choice.kind,)
    what = " · ".join(names.get(code, KIND_NAMES.get(code, code)) for code in chosen if code)
    thai, english = {
        "accept": ("ยืนยันแล้ว", "Accepted"),
        "second": ("บันทึกความเห็นที่สองแล้ว", "Second opinion saved"),
        "adjudicate": ("ชี้ขาดแล้ว", "Settled"),
    }.get(kind, ("บันทึกแล้ว", "Saved"))
    return f"{thai}: {what}", f"{english}."


def _who(workspace: Workspace, sha256: str) -> str:
    with workspace.store.read() as session:
        made = history_of(session, [sha256])[sha256]
    return f"{made[-1].by} " if made else ""


def _place(at: str) -> tuple[int, int] | None:
    start, _, end = at.partition("-")
    return (int(start), int(end)) if end and int(start) < int(end) else None


def _float(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
