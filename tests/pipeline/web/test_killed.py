"""kill -9 while people decide, while many are accepted at once, and while the index is rebuilt."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import func, select

from pipeline.settings import Settings
from pipeline.store import Store, standings
from pipeline.store.labels import history_of
from pipeline.store.tables import DecisionRow, StandingRow
from pipeline.web.access import people
from pipeline.workspace import Workspace
from tests.pipeline.web.conftest import PASSWORD, log_in, token_of
from tests.pipeline.web.review.test_pages import put
from tests.pipeline.web.uploads.test_pages import (
    PATIENCE,
    serve,  # noqa: F401 - a fixture
)

pytestmark = pytest.mark.slow
Serve = Callable[[], tuple["subprocess.Popen[bytes]", str]]
NAMES = ("สมหญิง", "วิชัย")
REINDEX = "import sys; from pipeline.cli import main; sys.argv[0] = 'wara'; main()"


@pytest.fixture
def store(settings: Settings) -> Store:
    opened = Store.open(settings)
    with opened.begin() as session:
        for name in NAMES:
            people.add_user(session, name, "admin", PASSWORD, by="ทดสอบ")
    return opened


def entered(base: str, name: str) -> httpx2.Client:
    browser = httpx2.Client(base_url=base, timeout=PATIENCE)
    log_in(browser, name, PASSWORD)  # type: ignore[arg-type]
    return browser


def kill(server: subprocess.Popen[bytes]) -> None:
    server.kill()
    server.wait()


def test_a_decision_that_was_confirmed_is_there_and_none_is_half_made(
    store: Store,
    serve: Serve,  # noqa: F811
) -> None:
    documents = [put(store, f"ฉบับที่ {n}") for n in range(40)]
    server, base = serve()
    told: list[str] = []
    browsers = [entered(base, name) for name in NAMES]
    threads = [
        threading.Thread(target=decide_all, args=(browser, documents[at::2], told))
        for at, browser in enumerate(browsers)
    ]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + PATIENCE
    while len(told) < 12:
        assert time.monotonic() < deadline
        assert any(thread.is_alive() for thread in threads), "the browsers gave up"
        time.sleep(0.01)
    kill(server)
    for thread in threads:
        thread.join()
    with store.read() as session:
        made = {sha256: one for sha256, one in history_of(session, documents).items() if one}
    assert set(told) <= set(made)
    assert len(made) - len(told) <= len(NAMES), "made, and the server died before it said so"
    for [decision] in made.values():
        assert decision.by in NAMES
        assert (decision.after["agenda"], decision.after["modes"]) == ("service", ["open"])
    standings.follow(store)
    with store.read() as session:
        decided = select(StandingRow.sha256).where(StandingRow.status == "decided")
        assert set(session.scalars(decided)) == set(made)
    _, base = serve()
    with closing(entered(base, NAMES[0])) as browser:
        page = browser.get("/review?status=decided").text
        assert re.search(rf'ตัดสินแล้ว</span>.*?class="count">{len(made)}<', page)


def decide_all(browser: httpx2.Client, documents: list[str], told: list[str]) -> None:
    """Decide on one after the other until the server is gone; note what it confirmed."""
    try:
        for sha256 in documents:
            page = browser.get(f"/documents/{sha256}").text
            last = re.search(r'name="last" value="(\d+)"', page)
            token = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
            assert last
            assert token
            form = {"agenda": "service", "mode": "open", "kind": "proposal"}
            form |= {"last": last[1], "csrf": token[1]}
            answer = browser.post(f"/documents/{sha256}/decide", data=form)
            assert answer.status_code == 303
            told.append(sha256)
    except httpx2.TransportError:
        browser.close()


@pytest.mark.parametrize("pause", [0.02, 0.1, 0.3])
def test_many_are_accepted_all_or_none(store: Store, serve: Serve, pause: float) -> None:  # noqa: F811
    number = 60
    for n in range(number):
        put(store, f"ฉบับที่ {n}", 0.95)
    server, base = serve()
    with closing(entered(base, NAMES[0])) as browser:
        page = browser.get("/review/bulk?least=90").text
        seen = re.search(r'name="seen" value="([0-9a-f]+)"', page)
        assert seen
        form = {"seen": seen[1], "least": "90", "csrf": token_of(browser)}  # type: ignore[arg-type]
        timer = threading.Timer(pause, kill, [server])
        timer.start()
        try:
            confirmed = browser.post("/review/bulk", data=form).status_code == 303
        except httpx2.TransportError:
            confirmed = False
        timer.join()
    with store.read() as session:
        made = session.scalar(select(func.count()).select_from(DecisionRow))
        groups = session.scalar(select(func.count(DecisionRow.group.distinct())))
    assert (made, groups) in ((0, 0), (number, 1))
    assert made == number or not confirmed
    standings.follow(store)
    with store.read() as session:
        decided = select(func.count()).where(StandingRow.status == "decided")
        assert session.scalar(decided) == made


@pytest.mark.parametrize("pause", [0.0, 0.05, 0.3])
def test_a_rebuilding_that_was_killed_leaves_the_index_as_it_was(
    store: Store, settings: Settings, pause: float
) -> None:
    for n in range(60):
        put(store, f"ฉบับที่ {n}")
    with Workspace.open(settings) as workspace:
        total = workspace.find("ผู้รับบริการ").total
        assert total == 60
        rebuilding = start_rebuilding(settings)
        time.sleep(pause)
        kill(rebuilding)
        assert workspace.find("ผู้รับบริการ").total == total
    with Workspace.open(settings) as workspace:  # as the next start finds it
        assert workspace.find("ผู้รับบริการ").total == total
        put(store, "มาทีหลัง")
        assert workspace.find("ผู้รับบริการ").total == total + 1
        workspace.reindex()
        assert workspace.find("ผู้รับบริการ").total == total + 1
    assert len(indexes(settings)) == 1, "what was never finished is cleared away"


def start_rebuilding(settings: Settings) -> subprocess.Popen[bytes]:
    """`wara reindex` in a process of its own, that has begun to write."""
    there = indexes(settings)
    command = [sys.executable, "-c", REINDEX, "--workspace", str(settings.workspace), "reindex"]
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + PATIENCE
    while indexes(settings) == there and started.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.002)
    return started


def indexes(settings: Settings) -> set[Path]:
    return set((settings.workspace / "index").glob("*/index-*"))
