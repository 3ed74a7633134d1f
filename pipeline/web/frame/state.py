"""What all requests share, and what a route asks for: the workspace, and who is asking."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from threading import Lock
from typing import Annotated, Literal, cast

from fastapi import Depends, Request

from pipeline.web.access.keys import same, signature
from pipeline.web.access.logins import Person
from pipeline.workspace import Workspace

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Serving:
    """How the server is reached: by which host names, and whether over TLS."""

    hosts: tuple[str, ...] = LOOPBACK
    secure: bool = False


@dataclass(slots=True)
class Link:
    """The token of the one-time link; whoever comes first has used it up."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    _used: bool = False
    _lock: Lock = field(default_factory=Lock)

    def use(self, token: str) -> bool:
        """Whether `token` is the one, and nobody used it before."""
        with self._lock:
            fits = not self._used and same(token, self.token)
            self._used = self._used or fits
            return fits


@dataclass(frozen=True, slots=True)
class Web:
    """What all requests share."""

    workspace: Workspace
    key: bytes
    serving: Serving
    link: Link

    def cookie(self, kind: Literal["login", "form", "message"]) -> str:
        """The name of a cookie: servers of one machine share its cookies, so each has its own."""
        host = "__Host-" if self.serving.secure else ""
        return f"{host}wara_{kind}_{signature(self.key, 'cookie', '')[:8]}"


def web_of(request: Request) -> Web:
    """What all requests share."""
    return cast(Web, request.app.state.web)


def workspace_of(request: Request) -> Workspace:
    """The workspace that is served."""
    return web_of(request).workspace


def person_of(request: Request) -> Person:
    """Who sent the request; only for routes that need a login."""
    return cast(Person, request.state.person)


def address_of(request: Request) -> str:
    """The address from which the request came."""
    return request.client.host if request.client else ""


Signed = Annotated[Person, Depends(person_of)]
Working = Annotated[Workspace, Depends(workspace_of)]
