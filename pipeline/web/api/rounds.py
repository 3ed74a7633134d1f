"""Rounds of submissions: which there are, and who has submitted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Path

from pipeline.store import rounds, standings
from pipeline.web.api import values as v
from pipeline.web.api.router import Limit, Offset, api_router
from pipeline.web.frame.state import Working

router = api_router("rounds")


@router.get(
    "/rounds", name="api.rounds", summary="รอบทั้งหมด · rounds", response_model=v.Page[v.RoundValue]
)
def list_rounds(workspace: Working, limit: Limit = 50, offset: Offset = 0) -> dict[str, Any]:
    """รอบที่ครบกำหนดหลังสุดก่อน · the one with the latest deadline first."""
    with workspace.store.read() as session:
        found = rounds.list_rounds(session)
    shown = found[offset : offset + limit]
    return {"total": len(found), "limit": limit, "offset": offset, "items": shown}


@router.get(
    "/rounds/{name:path}/status", name="api.round", summary="ใครส่งแล้ว ช้า หรือยังไม่ส่ง · who is late",
    response_model=v.RoundState,
)  # fmt: skip
def round_status(
    workspace: Working, name: Annotated[str, Path(min_length=1, max_length=200)]
) -> dict[str, Any]:
    """สถานะของแต่ละจังหวัด · how each province stands."""
    status = standings.round_status(workspace.store, name)
    return {
        "round": status.round,
        "on_time": status.count("on_time"),
        "late": status.count("late"),
        "missing": status.count("missing"),
        "provinces": _provinces(status.provinces),
        "others": _provinces(status.others),
        "unplaced": [received.sha256 for received in status.unplaced],
        "uncounted": [received.sha256 for received in status.uncounted],
    }


def _provinces(found: Sequence[standings.ProvinceStatus]) -> list[dict[str, Any]]:
    return [
        {
            "province": one.province,
            "status": one.status,
            "submissions": [received.sha256 for received in one.submissions],
        }
        for one in found
    ]
