"""Pages from templates: one environment, what every page knows, and the message of the last one."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.web.access.keys import same, signature
from pipeline.web.access.logins import Person
from pipeline.web.access.permissions import PERMISSIONS, ROLE_NAMES, ROLES, allowed
from pipeline.web.frame import dates, marking
from pipeline.web.frame.state import web_of

HERE = Path(__file__).parent.parent
STATIC = HERE / "static"
NAVIGATION = (
    ("home", "หน้าแรก", "Home"),
    ("review.queue", "ตรวจ", "Review"),
    ("upload.page", "นำเข้า", "Upload"),
    ("search.page", "ค้นหา", "Search"),
    ("minutes.list", "รายงานประชุม", "Minutes"),
    ("dashboard.page", "ภาพรวม", "Dashboard"),
    ("models.page", "โมเดล", "Models"),
    ("people.page", "ผู้ใช้", "People"),
    ("audit.page", "บันทึก", "Audit log"),
)


@dataclass(frozen=True, slots=True)
class Message:
    """What is told once, on the next page, in both languages."""

    thai: str
    english: str
    kind: Literal["done", "problem"] = "done"


def render(request: Request, template: str, status: int = 200, /, **values: Any) -> Response:
    """The page that a template makes of `values`; see `_known` for what every template knows."""
    message = _told(request)
    text = (
        environment()
        .get_template(template)
        .render(values | _known(request) | {"message": values.get("message") or message})
    )
    response = HTMLResponse(text, status)
    if message is not None:
        response.delete_cookie(
            web_of(request).cookie("message"), secure=web_of(request).serving.secure
        )
    return response


def redirect(request: Request, to: str, message: Message | None = None) -> Response:
    """Go to a page with GET (303), with a message for it. `to` is a path of ours."""
    response = RedirectResponse(to, 303)
    if message is not None:
        text = json.dumps([message.thai, message.english, message.kind])
        packed = base64.urlsafe_b64encode(text.encode()).decode()
        web = web_of(request)
        value = f"{packed}.{signature(web.key, 'message', packed)}"
        response.set_cookie(
            web.cookie("message"), value, max_age=60, httponly=True, samesite="lax",
            secure=web.serving.secure,
        )  # fmt: skip
    return response


def url(request: Request, name: str, /, **values: Any) -> str:
    """The path of a route, by its name: a page names hundreds, so no route is searched for."""
    path: str = request.app.state.paths[name]
    return path.format_map(values) if values else path


@cache
def environment() -> Environment:
    """The templates; everything is escaped, and a name that is missing is an error."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "date": dates.time_tag,
        "thai_date": dates.thai_date,
        "percent": percent,
        "number": number,
        "sentence": sentence,
        "highlighted": marking.highlighted,
    }
    made.globals |= {"static": static, "ROLES": ROLES, "ROLE_NAMES": ROLE_NAMES}
    return made


def percent(share: float | None) -> str:
    """`87%`; never 100% for what is a little less."""
    if share is None:
        return "–"
    return ">99%" if 0.99 < share < 1 else f"{share:.0%}"


def number(value: float | None) -> str:
    """`12,345`; a dash for none."""
    return "–" if value is None else f"{value:,}"


def sentence(english: str) -> str:
    """With a capital letter, as a message on a page begins."""
    return english[:1].upper() + english[1:]


@cache
def static(name: str) -> str:
    """The path of a static file, with its digest, so that browsers may keep it."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


def _known(request: Request) -> dict[str, Any]:
    """What every template knows: who is there, where they may go, and how forms are sent."""
    person: Person | None = getattr(request.state, "person", None)
    role = person.role if person else None

    def path(name: str, /, **values: Any) -> str:
        return url(request, name, **values)

    def may(name: str) -> bool:
        return name in PERMISSIONS and allowed(name, role) and _exists(request, name)

    return {
        "person": person,
        "csrf": getattr(request.state, "csrf", ""),
        "here": getattr(request.state, "route", ""),
        "url": path,
        "may": may,
        "navigation": [entry for entry in NAVIGATION if person and may(entry[0])],
        "request": request,
    }


def _exists(request: Request, name: str) -> bool:
    return name in request.app.state.route_names


def _told(request: Request) -> Message | None:
    """The message that the page before left, if it is ours."""
    web = web_of(request)
    packed, _, signed = request.cookies.get(web.cookie("message"), "").partition(".")
    if not same(signed, signature(web.key, "message", packed)):
        return None
    try:
        return Message(*json.loads(base64.urlsafe_b64decode(packed)))
    except (ValueError, TypeError, binascii.Error):
        return None
