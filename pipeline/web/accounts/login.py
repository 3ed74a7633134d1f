"""Coming in, by name and password or by the one-time link, and going out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response

from pipeline.store import Store
from pipeline.web.access import audit, throttling
from pipeline.web.access.logins import LONGEST, OWNER, begin_login, end_login
from pipeline.web.access.passwords import matches
from pipeline.web.access.people import LONGEST_NAME, any_users, get_user, kept_password, key_of
from pipeline.web.frame.rendering import Message, redirect, render, url
from pipeline.web.frame.state import Signed, Working, address_of, web_of

router = APIRouter(include_in_schema=False)
WRONG = Message("ชื่อหรือรหัสผ่านไม่ถูกต้อง", "the name or the password is wrong", "problem")
TOO_MANY = Message(
    "ลองผิดหลายครั้งเกินไป รอ 15 นาทีแล้วลองใหม่", "too many attempts: wait 15 minutes", "problem"
)
LINK_USED = Message(
    "ลิงก์นี้ใช้ไปแล้วหรือไม่ถูกต้อง เริ่ม wara serve ใหม่เพื่อรับลิงก์ใหม่",
    "this link was used, or is not the one: start wara serve again for a new one",
    "problem",
)


@router.get("/login", name="login.form")
def form(request: Request, workspace: Working, next: str = "/") -> Response:
    """The form; who is logged in is sent on."""
    if request.state.person is not None:
        return redirect(request, local(next))
    return _form(request, workspace.store, next)


@router.post("/login", name="login.enter")
def enter(
    request: Request,
    workspace: Working,
    name: Annotated[str, Form(max_length=LONGEST_NAME * 4)],
    password: Annotated[str, Form(max_length=4096)],
    next: Annotated[str, Form()] = "/",
) -> Response:
    """Check name and password; the same answer whichever of them was wrong."""
    store, address = workspace.store, address_of(request)
    with store.begin() as session:
        answer = throttling.try_login(session, name, address)
        kept = kept_password(session, name)
        if answer == "refused":
            audit.record(session, "login.throttled", by=key_of(name)[:64], address=address)
    if answer != "free":
        return _form(request, store, next, TOO_MANY, 429, name)
    if not matches(kept, password):
        with store.begin() as session:
            audit.record(session, "login.failed", by=key_of(name)[:64], address=address)
        return _form(request, store, next, WRONG, 401, name)
    with store.begin() as session:
        user = get_user(session, name)
        throttling.succeeded(session, name, address)
        end_login(session, _key(request))
        token = begin_login(session, user.id, address)
        audit.record(session, "login.entered", by=user.name, address=address)
    return _with_login(request, redirect(request, local(next)), token)


@router.get("/enter", name="login.link")
def link(
    request: Request, workspace: Working, token: Annotated[str, Query(max_length=200)]
) -> Response:
    """Let in whoever has the one-time link, as long as there are no users."""
    store, address = workspace.store, address_of(request)
    with store.read() as session:
        users = any_users(session)
    if users or not web_of(request).link.use(token):
        return _form(request, store, "/", LINK_USED, 403)
    with store.begin() as session:
        cookie = begin_login(session, None, address)
        audit.record(session, "login.link", by=OWNER, address=address)
    return _with_login(request, redirect(request, url(request, "home")), cookie)


@router.post("/logout", name="login.leave")
def leave(request: Request, workspace: Working, person: Signed) -> Response:
    """End the login, here and in the database."""
    with workspace.store.begin() as session:
        end_login(session, person.key)
        audit.did(session, person, "login.left")
    told = Message("ออกจากระบบแล้ว", "you are logged out")
    response = redirect(request, url(request, "login.form"), told)
    response.delete_cookie(web_of(request).cookie("login"), secure=web_of(request).serving.secure)
    return response


def local(path: str) -> str:
    """The path if it is one of ours, else the first page: nobody is led away by a link to us."""
    ours = path.startswith("/") and not path.startswith("//")
    plain = path.isprintable() and "\\" not in path
    return path if ours and plain else "/"


def _form(
    request: Request,
    store: Store,
    next: str,
    message: Message | None = None,
    status: int = 200,
    name: str = "",
) -> Response:
    with store.read() as session:
        users = any_users(session)
    shown = {"next": local(next), "users": users, "message": message, "name": name}
    return render(request, "login.html", status, **shown)


def _with_login(request: Request, response: Response, token: str) -> Response:
    web = web_of(request)
    response.set_cookie(
        web.cookie("login"),
        token,
        max_age=int(LONGEST.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=web.serving.secure,
    )
    return response


def _key(request: Request) -> str:
    """The login that another one takes the place of, if any."""
    return request.state.person.key if request.state.person else ""
