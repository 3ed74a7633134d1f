"""One's own account: password, and tokens for programs."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from pipeline.errors import UsageError
from pipeline.web.access import audit, logins, people
from pipeline.web.access.logins import Person
from pipeline.web.access.passwords import matches
from pipeline.web.frame.rendering import Message, redirect, render, url
from pipeline.web.frame.state import Signed, Working

router = APIRouter(include_in_schema=False)
Secret = Annotated[str, Form(max_length=1024)]


@router.get("/account", name="account.page")
def page(request: Request, workspace: Working, person: Signed) -> Response:
    """Who one is, and one's tokens."""
    return _page(request, workspace, person)


@router.post("/account/password", name="account.password")
def password(
    request: Request, workspace: Working, person: Signed, old: Secret, new: Secret
) -> Response:
    """Change one's own password; other logins of one's own end."""
    _user_of(person)
    with workspace.store.read() as session:
        kept = people.kept_password(session, person.name)
    if not matches(kept, old):
        raise UsageError(
            "รหัสผ่านเดิมไม่ถูกต้อง กลับไปพิมพ์ใหม่", "the old password is wrong: go back and type it again"
        )
    with workspace.store.begin() as session:
        people.set_password(session, person.name, new, keep=person.key)
        _record(session, request, person)
    told = Message("เปลี่ยนรหัสผ่านแล้ว", "your password is changed")
    return redirect(request, url(request, "account.page"), told)


@router.post("/account/tokens", name="account.token")
def token(
    request: Request,
    workspace: Working,
    person: Signed,
    label: Annotated[str, Form(max_length=200)],
    days: Annotated[int, Form()] = logins.TOKEN_DAYS,
) -> Response:
    """Make a token for a program, which is shown this once."""
    user = _user_of(person)
    with workspace.store.begin() as session:
        given = logins.make_token(session, user, label, days=days)
        _record(session, request, person, label[:80])
    return _page(request, workspace, person, given)


@router.post("/account/tokens/revoke", name="account.revoke")
def revoke(
    request: Request, workspace: Working, person: Signed, token: Annotated[int, Form()]
) -> Response:
    """End a token of one's own."""
    with workspace.store.begin() as session:
        ended = logins.revoke(session, _user_of(person), token)
        _record(session, request, person, ended.label)
    told = Message("เลิกใช้โทเคนแล้ว", "the token no longer holds")
    return redirect(request, url(request, "account.page"), told)


def _page(request: Request, workspace: Working, person: Person, given: str = "") -> Response:
    tokens = []
    if person.user is not None:
        with workspace.store.read() as session:
            tokens = logins.tokens_of(session, person.user)
    return render(request, "account.html", tokens=tokens, given=given)


def _user_of(person: Person) -> int:
    if person.user is None:
        raise UsageError(
            "ท่านเข้ามาด้วยลิงก์ครั้งเดียว ยังไม่มีบัญชี เพิ่มผู้ใช้ก่อน",
            "you came by the one-time link and have no account: add a user first",
        )
    return person.user


def _record(session: Session, request: Request, person: Person, target: str = "") -> None:
    audit.did(session, person, request.state.route, target)
