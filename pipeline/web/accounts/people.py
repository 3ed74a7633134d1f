"""Users: who they are, what they may do, letting them in and no longer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from pipeline.web.access import audit, passwords, people
from pipeline.web.frame.rendering import Message, redirect, render, url
from pipeline.web.frame.state import Signed, Working

router = APIRouter(include_in_schema=False)
Name = Annotated[str, Form(max_length=256)]
Role = Annotated[str, Form(max_length=40)]


@router.get("/people", name="people.page")
def page(request: Request, workspace: Working) -> Response:
    """All users, and a form for another one."""
    with workspace.store.read() as session:
        users = people.list_users(session)
    return render(request, "people.html", users=users, given=None)


@router.post("/people", name="people.add")
def add(request: Request, workspace: Working, person: Signed, name: Name, role: Role) -> Response:
    """Add a user with a password of ours, which is shown this once."""
    password = passwords.generated()
    with workspace.store.begin() as session:
        user = people.add_user(session, name, role, password, by=person.name)
        audit.did(session, person, "people.add", user.name, {"role": user.role})
        users = people.list_users(session)
    return render(request, "people.html", users=users, given=(user.name, password))


@router.post("/people/password", name="people.password")
def password(request: Request, workspace: Working, person: Signed, name: Name) -> Response:
    """Give a user a new password of ours, shown this once, and end their logins."""
    new = passwords.generated()
    with workspace.store.begin() as session:
        keep = person.key if people.key_of(name) == people.key_of(person.name) else None
        user = people.set_password(session, name, new, keep=keep)
        audit.did(session, person, "people.password", user.name)
        users = people.list_users(session)
    return render(request, "people.html", users=users, given=(user.name, new))


@router.post("/people/role", name="people.role")
def role(request: Request, workspace: Working, person: Signed, name: Name, role: Role) -> Response:
    """Give a user another role, at once."""
    _change(request, workspace, person, name, lambda session: people.set_role(session, name, role))
    return _back(request, f"เปลี่ยนบทบาทของ {name} แล้ว", f"{name} has another role now")


@router.post("/people/disable", name="people.disable")
def disable(request: Request, workspace: Working, person: Signed, name: Name) -> Response:
    """Let a user no longer in, at once."""
    _change(request, workspace, person, name, lambda session: people.disable(session, name))
    return _back(request, f"ปิดบัญชี {name} แล้ว", f"{name} can no longer log in")


@router.post("/people/enable", name="people.enable")
def enable(request: Request, workspace: Working, person: Signed, name: Name) -> Response:
    """Let a user in again."""
    _change(request, workspace, person, name, lambda session: people.enable(session, name))
    return _back(request, f"เปิดบัญชี {name} แล้ว", f"{name} can log in again")


def _change(
    request: Request,
    workspace: Working,
    person: Signed,
    name: str,
    change: Callable[[Session], people.User],
) -> None:
    """Make a change and write it down, both or neither."""
    with workspace.store.begin() as session:
        before = people.get_user(session, name).role
        user = change(session)
        details = {"role": user.role, "before": before} if user.role != before else {}
        audit.did(session, person, request.state.route, user.name, details)


def _back(request: Request, thai: str, english: str) -> Response:
    return redirect(request, url(request, "people.page"), Message(thai, english))
