"""The dashboard: how labels spread, who has submitted, what people corrected, what falls due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from corpora import load_taxonomy
from pipeline.store import Round, Store, standings
from pipeline.store.rounds import RoundStatus, list_rounds, round_status
from pipeline.web import charts, statistics
from pipeline.web.dashboard_view import STATUS_NAMES, agenda_grid, coverage_parts, notes_of
from pipeline.web.dates import today
from pipeline.web.rendering import render
from pipeline.web.state import Working

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
    soon, gone = statistics.falling_due(statistics.deadlines(store), today())
    return render(
        request,
        "dashboard.html",
        rounds=known,
        unknown=bool(round) and round not in {one.name for one in known},
        overview=overview,
        grid=agenda_grid(load_taxonomy(), overview.spread),
        coverage=coverage_parts(overview),
        coverage_chart=charts.stacked(coverage_parts(overview), "เอกสารอยู่ในขั้นใด"),
        soon=soon,
        gone=gone,
        most_due=MOST_DUE,
        today=today(),
        status_names=STATUS_NAMES,
        **_round(store, known, round),
        **_weeks(statistics.corrections(store)[-MOST_WEEKS:]),
    )


def _round(store: Store, known: Sequence[Round], wanted: str) -> dict[str, Any]:
    """The round that is wanted, else the last one, with its charts; None where there is none."""
    chosen = next((one for one in known if one.name == wanted), known[0] if known else None)
    if chosen is None:
        return {"status": None, "bars": [], "map": "", "timeline": ""}
    with store.read() as session:
        status: RoundStatus = round_status(session, chosen.name)
    bars = statistics.arrivals_by_day(status)
    stands = {one.province: one.status for one in (*status.provinces, *status.others)}
    return {
        "status": status,
        "bars": bars,
        "map": charts.tile_map(stands, notes_of(status)),
        "timeline": charts.timeline(bars, chosen.deadline),
    }


def _weeks(weeks: Sequence[statistics.Week]) -> dict[str, Any]:
    points = [(week.start, week.any, week.n) for week in weeks]
    chart = charts.shares(points, "ส่วนที่คนแก้ป้ายของโมเดล ตามสัปดาห์") if points else ""
    return {"weeks": weeks, "weeks_chart": chart}
