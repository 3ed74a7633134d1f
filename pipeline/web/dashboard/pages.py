"""The dashboard: how labels spread, who has submitted, what people corrected, what falls due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from pipeline.store import Store, standings
from pipeline.store.rounds import list_rounds
from pipeline.store.standings.freshness import kept
from pipeline.web.dashboard import charts, statistics
from pipeline.web.dashboard.province_map import tile_map
from pipeline.web.dashboard.view import STATUS_NAMES, agenda_grid, coverage_parts, notes_of
from pipeline.web.frame.dates import today
from pipeline.web.frame.labels import taxonomy
from pipeline.web.frame.rendering import render
from pipeline.web.frame.state import Working

router = APIRouter(include_in_schema=False)
MOST_DUE = 30  # rows of each table of deadlines
MOST_WEEKS = 12


@router.get("/dashboard", name="dashboard.page")
def page(request: Request, workspace: Working, round: str = "") -> Response:
    """The whole dashboard; `round` is a round's name, the one with the latest deadline if empty."""
    store = workspace.store
    standings.follow(store)
    with store.read() as session:
        known = list_rounds(session)
        overview = statistics.overview(session)
    names = tuple(one.name for one in known)
    soon, gone = statistics.falling_due(statistics.deadlines(store), today())
    return render(
        request,
        "dashboard.html",
        rounds=known,
        unknown=bool(round) and round not in names,
        overview=overview,
        grid=agenda_grid(taxonomy(), overview.spread),
        coverage=coverage_parts(overview),
        coverage_chart=charts.stacked(coverage_parts(overview), "เอกสารอยู่ในขั้นใด"),
        soon=soon,
        gone=gone,
        most_due=MOST_DUE,
        today=today(),
        status_names=STATUS_NAMES,
        **_round(store, names, round),
        **_weeks(statistics.corrections(store)[-MOST_WEEKS:]),
    )


@kept
def _round(store: Store, known: tuple[str, ...], wanted: str) -> dict[str, Any]:
    """The round that is wanted, else the last one, with its charts; None where there is none."""
    chosen = wanted if wanted in known else next(iter(known), None)
    if chosen is None:
        return {"status": None, "bars": [], "map": "", "timeline": ""}
    status = standings.round_status(store, chosen)
    bars = statistics.arrivals_by_day(status)
    stands = {one.province: one.status for one in (*status.provinces, *status.others)}
    return {
        "status": status,
        "bars": bars,
        "map": tile_map(stands, notes_of(status)),
        "timeline": charts.timeline(bars, status.round.deadline),
    }


def _weeks(weeks: Sequence[statistics.Week]) -> dict[str, Any]:
    points = [(week.start, week.any, week.n) for week in weeks]
    chart = charts.shares(points, "ส่วนที่คนแก้ป้ายของโมเดล ตามสัปดาห์") if points else ""
    return {"weeks": weeks, "weeks_chart": chart}
