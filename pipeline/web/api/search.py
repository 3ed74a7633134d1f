"""Search for programs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Query

from pipeline import hits
from pipeline.web.api import values as v
from pipeline.web.api.dates import Day
from pipeline.web.api.router import api_router
from pipeline.web.frame.state import Working

router = api_router("search")
Words = Annotated[list[Annotated[str, Query(max_length=200)]], Query(max_length=20)]


@router.get("/search", name="api.search", summary="ค้นหา · search", response_model=v.Answer)
def search(
    workspace: Working,
    q: Annotated[str, Query(min_length=1, max_length=1000)],
    topic: Words = [],  # noqa: B006 - FastAPI copies it
    province: Words = [],  # noqa: B006
    speaker: Words = [],  # noqa: B006
    kind: Words = [],  # noqa: B006
    document_kind: Words = [],  # noqa: B006
    since: Day = None,
    until: Day = None,
    sort: Literal["relevance", "date"] = "relevance",
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
    offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> dict[str, Any]:
    """คำค้น วลีใน "" ตัดออกด้วย - หรือคำถาม เหมือนหน้าค้นหา · as on the search page."""
    found = workspace.find(
        q,
        limit,
        offset,
        sort=sort,
        topic=topic,
        province=province,
        speaker=speaker,
        kind=kind,
        document_kind=document_kind,
        since=since,
        until=until,
    )
    return hits.answer(workspace.store, found) | {"limit": limit, "offset": offset}
