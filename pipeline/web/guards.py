"""What stands before every route: host, login, permission, origin, CSRF token, and safe headers.

`Guard` looks only at the head of a request, so nobody uploads before they were let in. A form sent
without a script holds its token in its body: `form_checked` looks at that when it has been read.
"""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from collections.abc import Sequence
from contextlib import suppress
from typing import Literal
from urllib.parse import quote, urlsplit

from anyio.to_thread import run_sync
from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import MutableHeaders
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.store.errors import StoreError
from pipeline.web.keys import same, signature
from pipeline.web.logins import SEEN_EVERY, Person, person_of, program_of, seen
from pipeline.web.permissions import allowed
from pipeline.web.problems import (
    FORBIDDEN,
    FORGED,
    NOT_FOUND,
    NOT_SIGNED_IN,
    WRONG_HOST,
    RefusedError,
    answer,
    problem_of,
    wants_json,
)
from pipeline.web.state import web_of

CSRF_FIELD, CSRF_HEADER = "csrf", "x-csrf-token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
log = logging.getLogger("pipeline.web")


class Guard:
    """The middleware around all routes; `routes` are all there are."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        self.app = app
        self.routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request, or pass it on; whatever comes back gets the safe headers."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        request.state.csrf, request.state.person, request.state.route = "", None, ""
        fresh = _fresh_form_cookie(request)
        begun = False

        async def send_safely(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                _secure(MutableHeaders(scope=message), request, fresh)
            await send(message)

        try:
            refused = await run_sync(self._refused, request, fresh)
            await (refused or self.app)(scope, receive, send_safely)
        except Exception as error:
            if begun:
                raise
            problem = problem_of(error)
            if problem.status >= 500:
                log.exception("%s %s", request.method, request.url.path)
            await answer(request, problem)(scope, receive, send_safely)

    def _refused(self, request: Request, fresh: str) -> Response | None:
        """The answer to a request that goes no further, None for one that does."""
        web = web_of(request)
        if not _known_host(request, web.serving.hosts):
            return answer(request, WRONG_HOST)
        _recognize(request)
        cookie = _cookie(request, "login") or _cookie(request, "form") or fresh
        request.state.csrf = signature(web.key, "csrf", cookie)
        name = self._route(request)
        request.state.route = name or ""
        if name is None:
            return answer(request, NOT_FOUND)
        person: Person | None = request.state.person
        if not allowed(name, person.role if person else None):
            return _denied(request, person)
        return None if _meant(request) else answer(request, FORGED)

    def _route(self, request: Request) -> str | None:
        """The name of the route; where only the method is wrong, of one with that path."""
        partial = None
        for route in self.routes:
            match, _ = route.matches(request.scope)
            if match is Match.FULL:
                return str(getattr(route, "name", ""))
            if match is Match.PARTIAL:
                partial = partial or str(getattr(route, "name", ""))
        return partial


async def form_checked(request: Request) -> None:
    """Let no form through whose token is not that of the page it came from.

    Raises RefusedError. A request whose header held the token was let through before.
    """
    if request.method in SAFE_METHODS or not getattr(request.state, "form_to_check", False):
        return
    token = (await request.form()).get(CSRF_FIELD)
    if not isinstance(token, str) or not same(token, request.state.csrf):
        raise RefusedError(FORGED)


def _meant(request: Request) -> bool:
    """Whether somebody on a page of ours meant this request, as far as its head tells."""
    if request.method in SAFE_METHODS:
        return True
    if _foreign(request):
        return False
    person: Person | None = request.state.person
    if person is not None and person.how == "token":
        return True  # no browser sends such a header by itself
    token = request.headers.get(CSRF_HEADER)
    if token is not None:
        return same(token, request.state.csrf)
    request.state.form_to_check = True
    return request.headers.get("content-type", "").lower().startswith(FORM_TYPES)


def _foreign(request: Request) -> bool:
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


def _known_host(request: Request, hosts: Sequence[str]) -> bool:
    """By any other name the browser was led here by somebody else's name server."""
    host = request.headers.get("host", "").lower()
    name = host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
    return "*" in hosts or name in hosts


def _recognize(request: Request) -> None:
    """Find out who sends the request; a token of a program counts for the API alone."""
    store, now = web_of(request).workspace.store, dt.datetime.now(dt.UTC)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme and request.url.path.startswith("/api/"):
        if scheme.lower() == "bearer":
            with store.read() as session:
                request.state.person = program_of(session, token.strip(), now)
        return
    cookie = _cookie(request, "login")
    if not cookie:
        return
    with store.read() as session:
        found = person_of(session, cookie, now)
    if found is None:
        return
    request.state.person, last = found
    if now - last > SEEN_EVERY:
        with suppress(StoreError), store.begin() as session:
            seen(session, found[0].key, now)


def _denied(request: Request, person: Person | None) -> Response:
    if person is not None:
        return answer(request, FORBIDDEN)
    if request.method in ("GET", "HEAD") and not wants_json(request):
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/login?next={quote(request.url.path + query)}", 303)
    return answer(request, NOT_SIGNED_IN)


def _fresh_form_cookie(request: Request) -> str:
    """A new cookie for the forms of a browser that has none; empty where it has."""
    has_one = _cookie(request, "login") or _cookie(request, "form")
    return "" if has_one else secrets.token_urlsafe(24)


def _cookie(request: Request, kind: Literal["login", "form"]) -> str:
    return request.cookies.get(web_of(request).cookie(kind), "")


def _secure(headers: MutableHeaders, request: Request, fresh: str) -> None:
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    secure = web_of(request).serving.secure
    if secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.state.route == "static":
        headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return
    headers.setdefault("Cache-Control", "no-store")
    if fresh and headers.get("content-type", "").startswith("text/html"):
        end = "; Secure" if secure else ""
        headers.append(
            "Set-Cookie",
            f"{web_of(request).cookie('form')}={fresh}; Path=/; HttpOnly; SameSite=Strict{end}",
        )
