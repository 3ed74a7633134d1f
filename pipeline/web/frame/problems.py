"""What goes wrong, told one way: a page for people, one JSON shape for programs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from pipeline.errors import (
    ModelError,
    OutputError,
    ReadError,
    UsageError,
    WaraError,
    WorkspaceError,
)
from pipeline.store.errors import ConflictError, StoreError
from pipeline.web.frame.rendering import render

STATUS: tuple[tuple[type[WaraError], int, str], ...] = (
    (ConflictError, 409, "conflict"),
    (StoreError, 404, "not_found"),
    (UsageError, 422, "invalid"),
    (ReadError, 422, "unreadable"),
    (ModelError, 503, "model"),
    (OutputError, 507, "output"),
    (WorkspaceError, 503, "workspace"),
)
# An absolute path of two parts at least; what stands alone in a sentence, as in "and/or", is none.
_PATH = re.compile(r"(?:(?<![\w/:.])|(?<=:///))(?:[A-Za-z]:)?(?:[/\\][^\s/\\:;,'\"()]+){2,}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: HTTP status, a code for programs, and what to do about it in both languages.

    `fields` names the values of a request that do not fit, each with what is wrong.
    """

    status: int
    code: str
    thai: str
    english: str
    fields: tuple[tuple[str, str], ...] = ()


class RefusedError(HTTPException):
    """A request that goes no further."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.status, problem.english)
        self.problem = problem


NOT_SIGNED_IN = Problem(401, "not_signed_in", "กรุณาเข้าสู่ระบบก่อน", "log in first")
LOGIN_ENDED = Problem(
    401,
    "not_signed_in",
    "หมดเวลาเข้าใช้แล้ว สิ่งที่เพิ่งส่งยังไม่ได้บันทึก เข้าสู่ระบบแล้วจะกลับไปหน้าเดิม",
    "your login has ended and what you just sent was not saved: log in, and you are led back",
)
FORBIDDEN = Problem(
    403,
    "forbidden",
    "บทบาทของท่านใช้หน้านี้ไม่ได้ ขอสิทธิ์จากผู้ดูแล",
    "your role does not allow this: ask an administrator",
)
FORGED = Problem(
    403,
    "csrf",
    "แบบฟอร์มนี้หมดอายุหรือมาจากเว็บอื่น กลับไปหน้าเดิม โหลดใหม่ แล้วลองอีกครั้ง",
    "this form is out of date or came from another site: go back, reload and try again",
)
WRONG_HOST = Problem(
    421,
    "host",
    "เรียกเซิร์ฟเวอร์ด้วยชื่อที่ไม่รู้จัก ใช้ที่อยู่ที่ wara serve พิมพ์ไว้",
    "the server is not known by this name: use the address that wara serve printed",
)
DEFECT = Problem(
    500,
    "defect",
    "เกิดข้อผิดพลาดภายใน ลองอีกครั้ง ถ้ายังเป็นอยู่ให้แจ้งผู้ดูแลพร้อมเวลาที่เกิด",
    "something went wrong inside wara: try again, and tell the administrator the time if it stays",
)
DATABASE = Problem(
    503,
    "database",
    "ใช้ฐานข้อมูลไม่ได้ชั่วคราว ลองใหม่อีกครั้ง ถ้ายังเป็นอยู่ให้แจ้งผู้ดูแล",
    "the database cannot be used at the moment: try again, or tell the administrator",
)
BY_STATUS = {
    400: Problem(
        400,
        "bad_request",
        "คำขอนี้อ่านไม่ได้ กลับไปลองใหม่",
        "this request cannot be read: go back and try again",
    ),
    404: Problem(
        404,
        "not_found",
        "ไม่มีหน้านี้ เริ่มใหม่จากหน้าแรก",
        "there is no such page: start from the first page",
    ),
    405: Problem(
        405,
        "method",
        "หน้านี้เรียกด้วยวิธีนี้ไม่ได้ เริ่มใหม่จากหน้าแรก",
        "this page takes no such request: start from the first page",
    ),
    413: Problem(
        413,
        "too_large",
        "ข้อมูลที่ส่งมาใหญ่เกินไป ส่งทีละน้อยลง",
        "this is too much at once: send less",
    ),
}
NOT_FOUND = BY_STATUS[404]


def problem_of(error: Exception) -> Problem:
    """What to tell of an exception; one that nobody foresaw is a defect."""
    if isinstance(error, RefusedError):
        return error.problem
    if isinstance(error, RequestValidationError):
        return _invalid(error)
    if isinstance(error, HTTPException):
        return _of_status(error)
    if isinstance(error, SQLAlchemyError) or isinstance(error.__cause__, SQLAlchemyError):
        return DATABASE
    if isinstance(error, WaraError):
        for kind, status, code in STATUS:
            if isinstance(error, kind):
                thai, english = without_paths(error.thai), without_paths(error.english)
                return Problem(status, code, thai, english)
    return DEFECT


def without_paths(message: str) -> str:
    """The message with a path of the server shortened to its last name."""
    return _PATH.sub(lambda match: re.split(r"[/\\]", match[0])[-1], message)


def as_json(problem: Problem) -> dict[str, object]:
    """The shape of every error of the API."""
    shape: dict[str, object] = {
        "status": problem.status,
        "code": problem.code,
        "th": problem.thai,
        "en": problem.english,
    }
    if problem.fields:
        shape["fields"] = [{"field": name, "message": text} for name, text in problem.fields]
    return {"error": shape}


def wants_json(request: Request) -> bool:
    """Whether a program asks: by the API, or a script of ours that takes JSON only."""
    accepts = request.headers.get("accept", "")
    return request.url.path.startswith("/api/") or (
        "application/json" in accepts and "text/html" not in accepts
    )


def answer(request: Request, problem: Problem) -> Response:
    """The problem as a page or as JSON."""
    if wants_json(request):
        return JSONResponse(as_json(problem), problem.status, _headers(problem))
    before = page_before(request)
    response = render(request, "error.html", problem.status, problem=problem, before=before)
    response.headers.update(_headers(problem))
    return response


def page_before(request: Request) -> str:
    """The page of ours that the request came from, as path and query; empty where none is told."""
    try:
        told = urlsplit(request.headers.get("referer", ""))
    except ValueError:  # no address at all, such as http://[
        return ""
    ours = told.netloc == request.headers.get("host") and not told.path.startswith("//")
    if not ours or told.path == request.url.path:
        return ""
    return f"{told.path}?{told.query}" if told.query else told.path


def _headers(problem: Problem) -> dict[str, str]:
    return {"WWW-Authenticate": "Bearer"} if problem.status == 401 else {}


def _of_status(error: HTTPException) -> Problem:
    return replace(BY_STATUS.get(error.status_code, BY_STATUS[400]), status=error.status_code)


def _invalid(error: RequestValidationError) -> Problem:
    fields = [
        (".".join(str(part) for part in one["loc"][1:]) or str(one["loc"][0]), str(one["msg"]))
        for one in error.errors()
    ]
    names = ", ".join(name for name, _ in fields)
    thai, english = _own_words(error) or (
        f"ค่าที่ส่งมาใช้ไม่ได้: {names} กลับไปแก้แล้วส่งใหม่",
        f"these values do not fit: {names}. Go back, correct them and send again",
    )
    return Problem(422, "invalid", thai, english, tuple(fields))


def _own_words(error: RequestValidationError) -> tuple[str, str] | None:
    """What readers of ours say in both languages, where every value that does not fit is theirs."""
    told = [(str(one["loc"][-1]), one.get("ctx", {})) for one in error.errors()]
    if not all("thai" in words for _, words in told):
        return None
    thai = " ".join(f"{name}: {words['thai']}" for name, words in told)
    return thai, ". ".join(f"{name}: {words['english']}" for name, words in told)
