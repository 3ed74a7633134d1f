"""How fast a person reviews today, from the decisions that stand."""

from __future__ import annotations

import datetime as dt

import pytest
from fastapi import FastAPI

from pipeline.store import Store
from pipeline.store.labels import deciding, undoing
from pipeline.web.frame.dates import today
from pipeline.web.review.pace import ENOUGH, Pace, pace_of
from tests.pipeline.store.submissions import TEXT, submission
from tests.pipeline.web.conftest import Enter
from tests.pipeline.web.review.test_pages import decide, put


@pytest.fixture
def store(app: FastAPI) -> Store:
    return app.state.web.workspace.store


def decided(store: Store, *seconds: float | None, by: str = "ก") -> list[int]:
    """A decision of so many seconds on each of as many documents; their ids."""
    made = []
    for number, spent in enumerate(seconds):
        sha256 = store.add(submission(f"{TEXT} {by} {number}", file=f"{number}.txt")).sha256
        with store.begin() as session:
            [one] = deciding.decide(session, [sha256], {"agenda": "poverty"}, by=by, seconds=spent)
        made.append(one.id)
    return made


def test_the_median_of_what_was_looked_at_one_by_one(store: Store) -> None:
    decided(store, 10, 20, 90, None)
    with store.read() as session:
        assert pace_of(session, "ก", today()) == Pace(3, 20)
        assert pace_of(session, "ข", today()) is None
        assert pace_of(session, "ก", today() - dt.timedelta(days=1)) is None


def test_what_was_taken_back_does_not_count(store: Store) -> None:
    *_, last = decided(store, *[10.0] * ENOUGH)
    with store.begin() as session:
        undoing.undo(session, last, by="ก")
    with store.read() as session:
        assert pace_of(session, "ก", today()) is None


@pytest.mark.parametrize(("waiting", "minutes"), [(1, 1), (3, 1), (60, 20)])
def test_time_to_go_is_told_in_minutes(waiting: int, minutes: int) -> None:
    assert Pace(5, 20.0).minutes_for(waiting) == minutes


def test_the_queue_tells_the_pace_and_what_is_left(store: Store, enter: Enter) -> None:
    browser = enter("reviewer")
    for number in range(ENOUGH):
        decide(browser, put(store, f"เรื่องที่ {number}"), seconds="30")
    assert f"วันนี้ท่านตรวจแล้ว {ENOUGH} ฉบับ ฉบับละราว 30 วินาที" in browser.get("/review").text
    for number in range(4):
        put(store, f"รอ {number}")
    assert "ที่รอตรวจอีก 4 ฉบับใช้ราว 2 นาที" in browser.get("/review").text
