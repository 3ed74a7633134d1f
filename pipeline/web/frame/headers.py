"""The headers that every answer bears, so that browsers do nothing of themselves."""

from __future__ import annotations

from fastapi import Request
from starlette.datastructures import MutableHeaders

from pipeline.web.frame.state import web_of

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


def make_safe(headers: MutableHeaders, request: Request, fresh: str) -> None:
    """Add what is missing; `fresh` is the new cookie for forms, empty where there is one."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    secure = web_of(request).serving.secure
    if secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.state.route == "static":
        # A script that another one imports has no digest in its address: it may change.
        named = "v" in request.query_params
        headers["Cache-Control"] = "public, max-age=31536000, immutable" if named else "no-cache"
        return
    headers.setdefault("Cache-Control", "no-store")
    if fresh and headers.get("content-type", "").startswith("text/html"):
        end = "; Secure" if secure else ""
        headers.append(
            "Set-Cookie",
            f"{web_of(request).cookie('form')}={fresh}; Path=/; HttpOnly; SameSite=Strict{end}",
        )
