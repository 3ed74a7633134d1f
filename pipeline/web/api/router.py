"""What all routes of the API share: where they stand, who may come in, how errors look."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Security
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer

from pipeline.errors import UsageError
from pipeline.web.api.values import Failed

TOKEN = HTTPBearer(
    scheme_name="token",
    auto_error=False,  # `guards.Guard` has refused before
    description="โทเคนจากหน้าบัญชีของฉัน · a token from the page My account",
)
ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": Failed, "description": "คำขออ่านไม่ได้ · the request cannot be read"},
    401: {"model": Failed, "description": "ยังไม่เข้าสู่ระบบ · not logged in"},
    403: {"model": Failed, "description": "บทบาทไม่พอ · the role does not allow it"},
    404: {"model": Failed, "description": "ไม่มีสิ่งนี้ · there is no such thing"},
    409: {"model": Failed, "description": "มีคนทำไปก่อน · somebody was faster"},
    413: {"model": Failed, "description": "ใหญ่เกินไป · too large"},
    422: {"model": Failed, "description": "ค่าใช้ไม่ได้ · values that do not fit"},
    503: {"model": Failed, "description": "ใช้ไม่ได้ชั่วคราว · cannot be used at the moment"},
    507: {"model": Failed, "description": "เนื้อที่ไม่พอ · no space left"},
}
Limit = Annotated[int, Query(ge=1, le=500, description="จำนวนต่อหน้า · items on a page")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="ข้ามไปกี่รายการ · items to skip")]
Sha = Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="SHA-256 of the file")]
Number = Annotated[int, Path(ge=1, le=2**53)]


def known_parameters(request: Request) -> None:
    """Refuse a query parameter that the route does not have: a filter misspelled filters nothing.

    Raises UsageError.
    """
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return
    known = {parameter.alias for parameter in route.dependant.query_params}
    if unknown := sorted(set(request.query_params) - known):
        shown, names = ", ".join(unknown)[:80], ", ".join(sorted(known)) or "–"
        raise UsageError(
            f"ไม่รู้จักตัวแปร {shown} ใช้ได้: {names}", f"unknown parameters {shown}: use {names}"
        )


def api_router(tag: str) -> APIRouter:
    """A router of the API for one group of things."""
    return APIRouter(
        prefix="/api",
        tags=[tag],
        responses=ERRORS,
        dependencies=[Security(TOKEN), Depends(known_parameters)],
    )
