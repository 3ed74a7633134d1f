"""Minutes of meetings: the list of them, and one set of minutes with the places in its text."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.web.frame.labels import topic_names
from pipeline.web.frame.rendering import render
from pipeline.web.frame.state import Working
from pipeline.web.minutes.listing import MinutesAsked, list_minutes
from pipeline.web.minutes.view import beginning, chair_of, minutes_shown, times_of

router = APIRouter(include_in_schema=False)


@router.get("/minutes", name="minutes.list")
def listed(request: Request, workspace: Working) -> Response:
    """All minutes, the latest meeting first."""
    asked = MinutesAsked.of(request.query_params)
    with workspace.store.read() as session:
        found = list_minutes(session, asked)
    return render(request, "minutes_list.html", asked=asked, found=found)


@router.get("/minutes/{sha256}", name="minutes.page")
def page(request: Request, workspace: Working, sha256: str) -> Response:
    """One set of minutes beside its text; what is no minutes goes to the document's page.

    Raises StoreError for an unknown document.
    """
    with workspace.store.read() as session:
        shown = minutes_shown(session, sha256)
    if shown is None:
        return RedirectResponse(f"/documents/{sha256}", 303)
    return render(
        request,
        "minutes.html",
        shown=shown,
        minutes=shown.minutes,
        chair=chair_of(shown.minutes),
        times=times_of(shown.minutes),
        beginning=beginning,
        topics=topic_names(),
    )
