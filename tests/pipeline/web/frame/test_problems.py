"""What goes wrong is told with its remedy, and tells nothing of the server."""

from __future__ import annotations

import logging

import pytest
from fastapi import APIRouter, Request
from fastapi.testclient import TestClient
from sqlalchemy.exc import DBAPIError

from pipeline.search import IndexUnusableError
from pipeline.settings import Settings
from pipeline.store import StoreError
from pipeline.web.frame.headers import HEADERS
from pipeline.web.frame.problems import without_paths
from tests.pipeline.web.conftest import BASE, Enter, token_of

JSON = {"Accept": "application/json"}


@pytest.fixture
def broken(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A browser of a server with a route that raises what it is told to."""
    from pipeline.web import app as application
    from pipeline.web.access import permissions

    router = APIRouter()
    raised = {
        "defect": ValueError("secret /srv/data"),
        "store": StoreError("ไม่มี /srv/wara/files/a.pdf", "no /srv/wara/files/a.pdf"),
        "index": IndexUnusableError("/srv/index: wara reindex", "/srv/index: wara reindex"),
    }

    @router.get("/api/broken/{what}", name="api.broken")
    def fail(what: str) -> None:
        if what == "database":
            try:
                raise DBAPIError("SELECT 1", {}, Exception("disk"))
            except DBAPIError as error:
                raise StoreError("sqlite:////srv/wara.db", "sqlite:////srv/wara.db") from error
        raise raised[what]

    @router.post("/api/body", name="api.body")
    async def body(request: Request) -> int:
        return len(await request.body())

    monkeypatch.setitem(permissions.PERMISSIONS, "api.broken", None)
    monkeypatch.setitem(permissions.PERMISSIONS, "api.body", None)
    routers = (*application.ROUTERS, router)
    monkeypatch.setattr(application, "ROUTERS", routers)
    monkeypatch.setattr(application, "WHOLE", application.together(routers))
    return TestClient(application.create_app(settings), base_url=BASE)


@pytest.mark.parametrize(
    ("what", "status"), [("defect", 500), ("store", 404), ("database", 503), ("index", 503)]
)
def test_an_error_says_what_to_do_and_names_no_place_on_the_server(
    broken: TestClient, what: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    answer = broken.get(f"/api/broken/{what}")
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"status", "code", "th", "en"}
    assert "/srv" not in answer.text
    assert "secret" not in answer.text
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_an_index_that_cannot_be_used_is_told_with_its_remedy(
    broken: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    assert "wara reindex" in broken.get("/api/broken/index").json()["error"]["en"]


def test_a_body_has_a_limit_whatever_it_says_of_itself(broken: TestClient) -> None:
    token = {"X-CSRF-Token": token_of(broken, "/login")}
    small = broken.post("/api/body", content=b"x" * 1000, headers=token)
    assert small.json() == 1000
    large = [b"x" * 65536] * 40
    assert broken.post("/api/body", content=b"".join(large), headers=token).status_code == 413
    assert broken.post("/api/body", content=iter(large), headers=token).status_code == 413


def test_values_that_do_not_fit_are_named(enter: Enter) -> None:
    answer = enter("admin").get("/audit?before=x", headers=JSON)
    assert answer.status_code == 422
    assert [field["field"] for field in answer.json()["error"]["fields"]] == ["before"]


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("ไม่มี /home/a/ข้อมูล/x.pdf", "ไม่มี x.pdf"),
        ("(unable to open) sqlite:////srv/w/wara.db now", "(unable to open) sqlite:///wara.db now"),
        (r"no C:\Users\a\x.docx: look", "no x.docx: look"),
        ("before and/or after, 17/12/2564", "before and/or after, 17/12/2564"),
        ("postgresql://host/database", "postgresql://host/database"),
    ],
)
def test_paths_are_shortened_to_their_last_name(message: str, shown: str) -> None:
    assert without_paths(message) == shown
