"""Decisions on one document, which lead on to the next one of the queue."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import Response

from pipeline.store import ConflictError, standings
from pipeline.store.labels import deciding, history_of, labels_of, undoing
from pipeline.store.labels.fields import KIND_NAMES
from pipeline.web.access import audit
from pipeline.web.access.logins import Person
from pipeline.web.documents.copies import undecided_copies
from pipeline.web.documents.corrections import corrections
from pipeline.web.documents.pages import Digest, show
from pipeline.web.frame.labels import label_names, taxonomy
from pipeline.web.frame.rendering import Message, redirect, url
from pipeline.web.frame.state import Signed, Working
from pipeline.web.review import opinions
from pipeline.web.review.filters import Filter, parse
from pipeline.web.review.queue import Queue
from pipeline.workspace import Workspace

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=4000)]
Number = Annotated[int, Form(ge=0, le=2**53)]


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
    wanted = parse(back)
    form = {"kind": kind, "agenda": agenda, "mode": mode, "award_scaleup": award_scaleup}
    choice = opinions.read_choice(form, further or (), taxonomy())
    look = opinions.Look.of(opened, seconds)
    try:
        with workspace.store.begin() as session:
            also = undecided_copies(session, sha256) if cluster else ()
            made = opinions.decide(
                session, sha256, choice, person,
                expected=last, look=look, note=note.strip() or None, also=also,
            )  # fmt: skip
    except ConflictError:
        message = _overtaken(_last_by(workspace, sha256), person)
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
    with workspace.store.begin() as session:
        now = labels_of(session, [sha256])[sha256].values
        after = corrections(now, title, province)
        if after:
            deciding.decide(session, [sha256], after, by=person.name, expected={sha256: last})
    told = (
        Message("แก้แล้ว กด u เพื่อเลิกทำ", "Corrected. Press u to undo.")
        if after
        else Message("ไม่มีอะไรเปลี่ยน", "Nothing was changed.")
    )
    return redirect(request, _to(request, sha256, parse(back)), told)


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
        deciding.decide(session, [sha256], by=person.name, kind="ask", note=note.strip() or None)
    return _onwards(
        request, workspace, person, sha256, parse(back),
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
        undoing.undo(session, decision, by=person.name)
        audit.did(session, person, "document.undo", sha256, {"decision": decision})
    return redirect(
        request, _to(request, sha256, parse(back)),
        Message("เลิกทำแล้ว", "The decision was taken back."),
    )  # fmt: skip


def _onwards(
    request: Request,
    workspace: Workspace,
    person: Person,
    sha256: str,
    wanted: Filter,
    thai: str,
    english: str,
) -> Response:
    """To the next document of the filter, or to the queue after the last one."""
    standings.follow(workspace.store)
    with workspace.store.read() as session:
        following = Queue(session, person.name).after(wanted, sha256)
    message = Message(f"{thai} · กด u เพื่อเลิกทำ", f"{english} Press u to undo.")
    if following is None:
        return redirect(request, f"{url(request, 'review.queue')}?{wanted.query}", message)
    return redirect(request, _to(request, following, wanted), message)


def _to(request: Request, sha256: str, wanted: Filter) -> str:
    return f"{url(request, 'document.page', sha256=sha256)}?{wanted.query}"


def _saved(kind: str, choice: opinions.Choice) -> tuple[str, str]:
    names = label_names()
    chosen = (choice.agenda, *choice.modes) if choice.agenda else (choice.kind,)
    what = " · ".join(names.get(code, KIND_NAMES.get(code, code)) for code in chosen if code)
    thai, english = {
        "accept": ("ยืนยันแล้ว", "Accepted"),
        "second": ("บันทึกความเห็นที่สองแล้ว", "Second opinion saved"),
        "adjudicate": ("ชี้ขาดแล้ว", "Settled"),
    }.get(kind, ("บันทึกแล้ว", "Saved"))
    return f"{thai}: {what}", f"{english}."


def _overtaken(who: str, person: Person) -> Message:
    """That a decision came in between: of somebody else, or of oneself in another window."""
    if who == person.name:
        thai, english = (
            "ท่านเองตัดสินฉบับนี้ไปแล้วในอีกหน้าต่างหนึ่ง",
            "you decided on it yourself in another window",
        )
    else:
        thai, english = f"{who} ตัดสินไปแล้วระหว่างนั้น", f"{who} decided in the meantime"
    return Message(
        f"ยังไม่ได้บันทึก {thai} สิ่งที่ท่านเลือกยังอยู่ในแบบ ดูที่ตัดสินไว้แล้วกดบันทึกอีกครั้งถ้ายังยืนยัน",
        f"Not saved: {english}. What you chose is still filled in: look, and save again.",
        "problem",
    )


def _last_by(workspace: Workspace, sha256: str) -> str:
    with workspace.store.read() as session:
        made = history_of(session, [sha256])[sha256]
    return made[-1].by if made else "อีกคนหนึ่ง"
