"""The workplace on an empty workspace, and browsers of people of each role."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
import uvicorn
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

from classifiers import ProposalTagger
from pipeline import batch
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.web import serving
from pipeline.web.access import passwords, people
from pipeline.web.app import create_app
from tests.pipeline.web.filling import MINUTES, PROPOSAL, add, outcome_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BASE = "http://127.0.0.1:8000"
PASSWORD = "ยาวพอ-และเดายาก-42"
WAIT = 180_000  # milliseconds; the machine may be busy
Enter = Callable[[str], TestClient]


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """At argon2's least cost: at that of users, a test that logs in takes 0.7 s for it."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", quick)


@pytest.fixture
def settings(tmp_path: Path, no_rows: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.delenv("WARA_DATABASE_URL", raising=False)
    made = Settings(tmp_path / "งาน").begin()
    shutil.copy(no_rows, made.workspace)
    return made


@pytest.fixture
def app(settings: Settings) -> Iterator[FastAPI]:
    made = create_app(settings)
    yield made
    made.state.web.workspace.close()


@pytest.fixture(scope="session")
def outcomes(
    tagger: ProposalTagger, model_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> list[batch.Outcome]:
    """Minutes and a proposal, read and tagged."""
    folder = tmp_path_factory.mktemp("เอกสาร")
    texts = {"ประชุม.txt": MINUTES.format(due="30 เมษายน 2568"), "loei.txt": PROPOSAL}
    return [outcome_of(folder, name, text, tagger, model_folder) for name, text in texts.items()]


@pytest.fixture
def digests(app: FastAPI, outcomes: list[batch.Outcome]) -> list[str]:
    """The minutes and the proposal, stored; their digests."""
    return add(app, *outcomes)


@pytest.fixture
def browser(app: FastAPI) -> TestClient:
    """A browser of which nothing is known."""
    return TestClient(app, base_url=BASE, follow_redirects=False)


@pytest.fixture
def enter(app: FastAPI) -> Enter:
    """`enter("reviewer")`: the browser of a person of that role, logged in by their password."""

    def entered(role: str) -> TestClient:
        browser = TestClient(app, base_url=BASE, follow_redirects=False)
        name = f"คน-{role}"
        with app.state.web.workspace.store.begin() as session:
            for known in ("admin", role):  # the first user has to be an admin
                if f"คน-{known}" not in {user.name for user in people.list_users(session)}:
                    people.add_user(session, f"คน-{known}", known, PASSWORD, by="ทดสอบ")
        answer = log_in(browser, name, PASSWORD)
        assert answer.status_code == 303, answer.text
        return browser

    return entered


def store_of(app: FastAPI) -> Store:
    store: Store = app.state.web.workspace.store
    return store


def cookie_of(app: FastAPI, kind: Literal["login", "message"]) -> str:
    return str(app.state.web.cookie(kind))


def another(app: FastAPI, address: str = "testclient") -> TestClient:
    """A browser at that address."""
    return TestClient(app, base_url=BASE, follow_redirects=False, client=(address, 50000))


def log_in(browser: TestClient, name: str, password: str, **more: str):  # type: ignore[no-untyped-def]
    form = {"name": name, "password": password, "csrf": token_of(browser, "/login"), **more}
    return browser.post("/login", data=form)


def token_of(browser: TestClient, page: str = "/") -> str:
    """The CSRF token that a page gives its scripts."""
    found = re.search(r'<meta name="csrf" content="([0-9a-f]+)">', browser.get(page).text)
    assert found
    return found[1]


@pytest.fixture
def live(app: FastAPI) -> Iterator[str]:
    """The address of the workplace on a free port of this machine, until the test ends."""
    taken = serving.bind("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=5))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=30)
        taken.close()


@pytest.fixture
def chromium() -> Iterator[Browser]:
    """A headless Chromium, the one that Debian installs; skips where there is none."""
    driver = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("needs Chromium (apt-get install chromium)")
    root = ["--no-sandbox"] if os.getuid() == 0 else []
    with driver.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=root, timeout=WAIT)
        yield browser
        browser.close()
