"""Search of minutes and proposals: the page, passages like one, and the hits as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from pipeline import hits
from pipeline.errors import UsageError
from pipeline.search import Results
from pipeline.store.documents import passage_named
from pipeline.store.labels import as_decided
from pipeline.web.access import audit
from pipeline.web.frame.downloads import TableForm
from pipeline.web.frame.labels import topic_names
from pipeline.web.frame.rendering import render
from pipeline.web.frame.state import Signed, Working
from pipeline.web.search import table as hits_table
from pipeline.web.search.form import LAST_PAGE, PAGE, Asked, asked_of
from pipeline.web.search.help import EXAMPLES
from pipeline.web.search.view import (
    PART_NAMES,
    excerpt,
    facets_shown,
    filters_set,
    place_of,
    without_blank_lines,
)
from pipeline.workspace import Workspace

router = APIRouter(include_in_schema=False)
SIMILAR = 20  # passages
MOST = 5000  # rows of a table


@router.get("/search", name="search.page")
def page(request: Request, workspace: Working) -> Response:
    """The hits with facets to narrow them; a query that cannot be understood is explained."""
    asked, topics = asked_of(request.query_params), topic_names()
    problem, answer, found = None, None, None
    try:
        found = _found(workspace, asked, PAGE, asked.offset)
        answer = hits.answer(workspace.store, found)
    except UsageError as error:  # of which every QueryError is one
        problem = error
    return render(
        request,
        "search.html",
        asked=asked,
        problem=problem,
        answer=answer,
        shown=_shown(answer["hits"], found) if answer and found else [],
        facets=facets_shown(asked, found.facets, topics) if found else [],
        chosen=filters_set(asked, topics),
        pages=min(LAST_PAGE, -(-found.total // PAGE)) if found else 0,
        first=asked.offset + 1,
        most=MOST,
        topics=topics,
        parts_named=PART_NAMES,
        examples=EXAMPLES,
    )


@router.get("/search/similar", name="search.similar")
def similar(
    request: Request, workspace: Working, passage: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """Passages that say much the same as one, the nearest first."""
    with workspace.store.read() as session:
        found = passage_named(session, passage)
        own = as_decided(session, [found])[0] if found else None
    nearest = workspace.similar(passage, SIMILAR)
    results = Results("", len(nearest), 0.0, {}, tuple(nearest), None)
    answer = hits.answer(workspace.store, results)
    return render(
        request,
        "search_similar.html",
        own=own,
        place=place_of(own) if own else "",
        shown=_shown(answer["hits"], results),
        topics=topic_names(),
        parts_named=PART_NAMES,
        asked=Asked(),
    )


@router.get("/search/export/{form}", name="search.export")
def export(request: Request, workspace: Working, person: Signed, form: TableForm) -> Response:
    """All hits as a table, the first `MOST` of them. Raises UsageError as a search does."""
    asked, topics = asked_of(request.query_params), topic_names()
    found = _found(workspace, asked, MOST, 0)
    rows = hits_table.rows(workspace.store, found, topics, str(request.base_url).rstrip("/"))
    with workspace.store.begin() as session:
        details = {"query": asked.query, "rows": len(rows)}
        audit.did(session, person, "search.export", form, details)
    return hits_table.as_file(rows, form)


def _found(workspace: Workspace, asked: Asked, limit: int, offset: int) -> Results:
    return workspace.find(asked.query, limit, offset, sort=asked.order, **asked.arguments())


def _shown(answered: Sequence[Mapping[str, Any]], found: Results) -> list[dict[str, Any]]:
    """The hits as the page shows them: the place of each, and the stretch of its text."""
    return [
        {
            **answer,
            "place": place_of(hit.passage),
            "file": Path(answer["file"]).name,
            "lines": without_blank_lines(hit.passage.text),
            "shown": excerpt(hit.passage.text, answer["highlights"]),
        }
        for answer, hit in zip(answered, found.hits, strict=True)
    ]
