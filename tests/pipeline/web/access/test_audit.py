"""The audit log."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from pipeline.store import StoreError
from pipeline.web.access import audit
from tests.pipeline.web.conftest import Enter, another, log_in, store_of, token_of

# The audit log


def test_what_was_done_is_in_the_log(app: FastAPI, enter: Enter) -> None:
    browser = enter("admin")
    log_in(another(app, "203.0.113.7"), "คน-admin", "ผิดผิดผิดผิดผิดผิด")
    browser.post("/people", data={"name": "ก", "role": "analyst", "csrf": token_of(browser)})
    with store_of(app).read() as session:
        lines = [(e.action, e.by, e.target, e.address) for e in audit.entries(session)]
    assert lines == [
        ("people.add", "คน-admin", "ก", "testclient"),
        ("login.failed", "คน-admin", "", "203.0.113.7"),
        ("login.entered", "คน-admin", "", "testclient"),
    ]
    page = browser.get("/audit?action=people.").text
    assert "people.add" in page
    assert "login.failed" not in page


def test_what_failed_is_not_in_the_log(app: FastAPI, enter: Enter) -> None:
    browser = enter("admin")
    browser.post("/people/disable", data={"name": "คน-admin", "csrf": token_of(browser)})
    with store_of(app).read() as session:
        assert audit.entries(session, action="people.disable") == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET \"by\" = 'x'",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit",
    ],
)
def test_the_log_refuses_to_be_changed(app: FastAPI, enter: Enter, statement: str) -> None:
    enter("admin")
    with pytest.raises(StoreError, match="append-only"), store_of(app).begin() as session:
        session.execute(text(statement))


def test_the_log_is_read_in_pages(app: FastAPI, enter: Enter) -> None:
    browser = enter("admin")
    with store_of(app).begin() as session:
        for number in range(audit.PAGE):
            audit.record(session, "test.line", by="ก", target=str(number))
    first = browser.get("/audit").text
    [older] = re.findall(r'href="(/audit\?[^"]+)"', first)
    assert "login.entered" not in first
    assert "login.entered" in browser.get(older.replace("&amp;", "&")).text
