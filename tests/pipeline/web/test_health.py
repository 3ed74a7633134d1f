"""The addresses that a watching program asks, without logging in."""

from __future__ import annotations

from importlib.metadata import version

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text

from tests.pipeline.web.conftest import store_of


@pytest.mark.parametrize("address", ["/health", "/ready"])
def test_the_server_says_that_it_is_up_and_which_version(browser: TestClient, address: str) -> None:
    answer = browser.get(address)
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "version": version("wara")}


def test_a_database_that_does_not_answer_is_not_ready(app: FastAPI, browser: TestClient) -> None:
    with store_of(app).engine.begin() as connection:
        connection.execute(text("ALTER TABLE store RENAME TO elsewhere"))
    assert browser.get("/ready").status_code == 503
    assert browser.get("/health").status_code == 200
