"""What stands before every route: host, login, permission, origin, CSRF token, and safe headers.

`Guard` looks only at the head of a request, so nobody uploads before they were let in.
"""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Literal
from urllib.parse import quote

from anyio.to_thread import run_sync
from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import MutableHeaders
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.store.errors import StoreError
from pipeline.web.access.keys import signature
from pipeline.web.access.logins import SEEN_EVERY, Person, person_of, program_of, seen
from pipeline.web.access.permissions import allowed
from pipeline.web.frame.forgery import meant
from pipeline.web.frame.headers import make_safe
from pipeline.web.frame.problems import (
    FORBIDDEN,
    FORGED,
    LOGIN_ENDED,
    NOT_FOUND,
    NOT_SIGNED_IN,
    WRONG_HOST,
    answer,
    problem_of,
    wants_json,
)
from pipeline.web.frame.state import address_of, web_of

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
                make_safe(MutableHeaders(scope=message), request, fresh)
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
        return None if meant(request) else answer(request, FORGED)

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


def _known_host(request: Request, hosts: Sequence[str]) -> bool:
    """By any other name the browser was led here by somebody else's name server."""
    host = request.headers.get("host", "").lower()
    name = host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
    return "*" in hosts or name in hosts


def _recognize(request: Request) -> None:
    """Find out who sends the request; a token of a program counts for the API alone."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme and request.url.path.startswith("/api/"):
        person = _program(request, token.strip()) if scheme.lower() == "bearer" else None
    else:
        person = _browser(request)
    if person is not None:
        request.state.person = replace(person, address=address_of(request))


def _program(request: Request, token: str) -> Person | None:
    with web_of(request).workspace.store.read() as session:
        return program_of(session, token, dt.datetime.now(dt.UTC))


def _browser(request: Request) -> Person | None:
    """Who is logged in; every now and then it is noted that they still are."""
    store, now = web_of(request).workspace.store, dt.datetime.now(dt.UTC)
    if not (cookie := _cookie(request, "login")):
        return None
    with store.read() as session:
        found = person_of(session, cookie, now)
    if found is None:
        return None
    person, last = found
    if now - last > SEEN_EVERY:
        with suppress(StoreError), store.begin() as session:
            seen(session, person.key, now)
    return person


def _denied(request: Request, person: Person | None) -> Response:
    if person is not None:
        return answer(request, FORBIDDEN)
    if request.method in ("GET", "HEAD") and not wants_json(request):
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/login?next={quote(request.url.path + query)}", 303)
    return answer(request, NOT_SIGNED_IN if wants_json(request) else LOGIN_ENDED)


def _fresh_form_cookie(request: Request) -> str:
    """A new cookie for the forms of a browser that has none; empty where it has."""
    has_one = _cookie(request, "login") or _cookie(request, "form")
    return "" if has_one else secrets.token_urlsafe(24)


def _cookie(request: Request, kind: Literal["login", "form"]) -> str:
    return request.cookies.get(web_of(request).cookie(kind), "")
