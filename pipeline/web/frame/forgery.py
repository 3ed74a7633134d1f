"""Requests that nobody meant: another site's, or a form without the token of our page.

A form sent without a script holds its token in its body: `form_checked` looks at that when it has
been read.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request

from pipeline.web.access.keys import same
from pipeline.web.access.logins import Person
from pipeline.web.frame.problems import (
    FORGED,
    RefusedError,
)

CSRF_FIELD, CSRF_HEADER = "csrf", "x-csrf-token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


async def form_checked(request: Request) -> None:
    """Let no form through whose token is not that of the page it came from.

    Raises RefusedError. A request whose header held the token was let through before.
    """
    if request.method in SAFE_METHODS or not getattr(request.state, "form_to_check", False):
        return
    token = (await request.form()).get(CSRF_FIELD)
    if not isinstance(token, str) or not same(token, request.state.csrf):
        raise RefusedError(FORGED)


def meant(request: Request) -> bool:
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
    try:
        return origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    except ValueError:  # no address at all, such as http://[
        return True
