"""Tokens of programs."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import update

from pipeline.store.tables import AuditRow, TokenRow
from pipeline.web.access import people
from tests.pipeline.web.conftest import Enter, another, store_of, token_of

JSON = {"Accept": "application/json"}

# Tokens of programs


@pytest.fixture
def program(app: FastAPI, enter: Enter) -> tuple[TestClient, str]:
    """A program without cookies, and the token of an analyst."""
    browser = enter("analyst")
    form = {"label": "รายงานรายวัน", "days": "30", "csrf": token_of(browser)}
    page = browser.post("/account/tokens", data=form).text
    [token] = re.findall(r'class="secret">([^<]+)<', page)
    return another(app), token


def test_a_token_opens_the_api_and_no_page(program: tuple[TestClient, str]) -> None:
    client, token = program
    bearer = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/openapi.json", headers=bearer).status_code == 200
    assert client.get("/", headers=bearer | JSON).status_code == 401
    for bad in (f"Basic {token}", f"Bearer {token}x", "Bearer", "Bearer \u00e9"):
        sent = {"Authorization": bad.encode("latin-1")}
        assert client.get("/api/openapi.json", headers=sent).status_code == 401


def test_only_the_digest_of_a_token_is_kept(app: FastAPI, program: tuple[TestClient, str]) -> None:
    _, token = program
    with store_of(app).read() as session:
        rows = [*session.query(TokenRow.key), *session.query(AuditRow.target, AuditRow.details)]
    assert token not in str(rows)


def test_a_token_ends_when_it_is_revoked_and_with_its_user(
    app: FastAPI, enter: Enter, program: tuple[TestClient, str]
) -> None:
    client, token = program
    bearer = {"Authorization": f"Bearer {token}"}
    with store_of(app).begin() as session:
        people.disable(session, "คน-analyst")
    assert client.get("/api/openapi.json", headers=bearer).status_code == 401
    with store_of(app).begin() as session:
        people.enable(session, "คน-analyst")
    assert client.get("/api/openapi.json", headers=bearer).status_code == 200
    other, browser = enter("reviewer"), enter("analyst")
    for person, status in ((other, 404), (browser, 303)):
        form = {"token": "1", "csrf": token_of(person)}
        assert person.post("/account/tokens/revoke", data=form).status_code == status
    assert client.get("/api/openapi.json", headers=bearer).status_code == 401


def test_an_expired_token_is_none(app: FastAPI, program: tuple[TestClient, str]) -> None:
    client, token = program
    with store_of(app).begin() as session:
        session.execute(update(TokenRow).values(ends_at=dt.datetime.now(dt.UTC)))
    bearer = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/openapi.json", headers=bearer).status_code == 401
