"""Logins: their cookies, when they end, and who takes them away."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text, update

from pipeline.settings import Settings
from pipeline.store.tables import LoginRow
from pipeline.web.access import keys, logins, people
from pipeline.web.app import create_app
from pipeline.web.frame.state import Serving
from tests.pipeline.web.conftest import (
    PASSWORD,
    Enter,
    another,
    cookie_of,
    log_in,
    store_of,
    token_of,
)

# Logins


def test_the_cookie_is_out_of_reach_of_scripts_and_only_its_digest_is_kept(
    app: FastAPI, enter: Enter
) -> None:
    browser = enter("admin")
    cookie = browser.cookies[cookie_of(app, "login")]
    with store_of(app).read() as session:
        stored = " ".join(map(str, session.execute(text("SELECT * FROM logins")).all()))
    assert cookie not in stored
    assert keys.digest(cookie) in stored
    answer = log_in(another(app), "คน-admin", PASSWORD)
    flags = answer.headers["set-cookie"].lower()
    assert "httponly" in flags
    assert "samesite=lax" in flags


@pytest.mark.parametrize(
    ("field", "ago"), [("seen_at", logins.IDLE), ("ends_at", dt.timedelta(seconds=1))]
)
def test_a_login_expires(app: FastAPI, enter: Enter, field: str, ago: dt.timedelta) -> None:
    browser = enter("admin")
    with store_of(app).begin() as session:
        session.execute(update(LoginRow).values({field: dt.datetime.now(dt.UTC) - ago}))
    assert browser.get("/").status_code == 303


def test_a_login_in_use_does_not_expire(app: FastAPI, enter: Enter) -> None:
    browser = enter("admin")
    nearly = dt.datetime.now(dt.UTC) - logins.IDLE + dt.timedelta(minutes=1)
    with store_of(app).begin() as session:
        session.execute(update(LoginRow).values(seen_at=nearly))
    assert browser.get("/").status_code == 200
    with store_of(app).read() as session:
        assert session.query(LoginRow).one().seen_at > nearly + dt.timedelta(hours=1)


def test_two_servers_of_one_machine_do_not_take_each_others_cookies(
    app: FastAPI, tmp_path: Path
) -> None:
    other = create_app(Settings(tmp_path / "other"), Serving(secure=True))
    assert cookie_of(app, "login") != cookie_of(other, "login").removeprefix("__Host-")
    assert cookie_of(other, "login").startswith("__Host-")
    browser = TestClient(other, base_url="https://127.0.0.1", follow_redirects=False)
    entered = browser.get("/enter", params={"token": other.state.web.link.token})
    assert "; secure" in entered.headers["set-cookie"].lower()
    assert entered.headers["strict-transport-security"]
    assert browser.get("/people").status_code == 200


def test_logging_out_ends_it_on_the_server(app: FastAPI, enter: Enter) -> None:
    browser = enter("admin")
    cookie = browser.cookies[cookie_of(app, "login")]
    assert browser.post("/logout", data={"csrf": token_of(browser)}).status_code == 303
    thief = another(app)
    thief.cookies.set(cookie_of(app, "login"), cookie)
    assert thief.get("/").status_code == 303


def test_who_is_disabled_is_out_at_once(app: FastAPI, enter: Enter) -> None:
    browser = enter("reviewer")
    with store_of(app).begin() as session:
        people.disable(session, "คน-reviewer")
    assert browser.get("/").status_code == 303
    assert log_in(another(app), "คน-reviewer", PASSWORD).status_code == 401


def test_another_role_holds_at_once(app: FastAPI, enter: Enter) -> None:
    browser = enter("analyst")
    assert browser.get("/people").status_code == 403
    with store_of(app).begin() as session:
        people.set_role(session, "คน-analyst", "admin")
    assert browser.get("/people").status_code == 200


def test_another_password_ends_all_logins_but_the_own(enter: Enter) -> None:
    here, there = enter("analyst"), enter("analyst")
    form = {"old": PASSWORD, "new": "ใหม่-และ-ยาวกว่าเดิม", "csrf": token_of(here)}
    assert here.post("/account/password", data=form).status_code == 303
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 303


def test_the_old_password_is_asked_for(enter: Enter) -> None:
    browser = enter("analyst")
    form = {"old": "ไม่ใช่รหัสเดิมแน่นอน", "new": "ใหม่-และ-ยาวกว่าเดิม", "csrf": token_of(browser)}
    assert browser.post("/account/password", data=form).status_code == 422


def test_the_last_admin_stays(enter: Enter) -> None:
    browser = enter("admin")
    for path, more in (("/people/disable", {}), ("/people/role", {"role": "analyst"})):
        form = {"name": "คน-admin", "csrf": token_of(browser), **more}
        assert browser.post(path, data=form).status_code == 422
    assert browser.get("/people").status_code == 200
