"""The audit log, for administrators."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from pipeline.web.access import audit
from pipeline.web.frame.rendering import render
from pipeline.web.frame.state import Working

router = APIRouter(include_in_schema=False)


@router.get("/audit", name="audit.page")
def page(
    request: Request,
    workspace: Working,
    by: Annotated[str, Query(max_length=64)] = "",
    action: Annotated[str, Query(max_length=48)] = "",
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> Response:
    """Who did what, when, from where: the latest first."""
    with workspace.store.read() as session:
        found = audit.entries(session, by=by.strip(), action=action.strip(), before=before)
    older = found[-1].id if len(found) == audit.PAGE else None
    return render(
        request, "audit.html", entries=found, by=by, action=action, before=before, older=older
    )
