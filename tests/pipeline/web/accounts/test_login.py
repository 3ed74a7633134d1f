"""Logging in: what is told, who has to wait, where one gets to."""

from __future__ import annotations

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI

from pipeline.store.tables import AttemptRow
from pipeline.web.access import audit, people, throttling
from pipeline.web.accounts.login import local
from tests.pipeline.web.conftest import PASSWORD, Enter, another, log_in, store_of


@pytest.mark.parametrize("name", ["คน-admin", "nobody", "", "คน-admin\0", "' OR 1=1 --", "ก" * 64])
def test_a_wrong_password_says_the_same_whoever_it_was(
    app: FastAPI, enter: Enter, name: str
) -> None:
    enter("admin")
    answer = log_in(another(app), name, "ไม่ใช่รหัสผ่านนี้แน่นอน")
    assert answer.status_code in (401, 422)
    assert "login" not in answer.headers.get("set-cookie", "")
    if answer.status_code == 401:
        assert "ชื่อหรือรหัสผ่านไม่ถูกต้อง" in answer.text


def test_the_name_stays_after_a_wrong_password(app: FastAPI, enter: Enter) -> None:
    enter("admin")
    typed = 'สมชาย"><b>'
    answer = log_in(another(app), typed, "ไม่ใช่รหัสผ่านนี้แน่นอน")
    [field] = re.findall(r'<input name="name"[^>]*>', answer.text)
    assert 'value="สมชาย&#34;&gt;&lt;b&gt;"' in field
    assert "autofocus" not in field
    assert re.search(r'<input name="password"[^>]* autofocus>', answer.text)


def test_a_name_is_found_however_it_is_typed(app: FastAPI, enter: Enter) -> None:
    enter("admin")
    with store_of(app).begin() as session:
        people.add_user(session, "Somchai", "analyst", PASSWORD, by="ทดสอบ")
    assert log_in(another(app), "  SOMCHAI ", PASSWORD).status_code == 303


def test_after_some_attempts_even_the_right_password_waits(app: FastAPI, enter: Enter) -> None:
    enter("admin")
    browser = another(app, "203.0.113.7")
    for _ in range(5):
        assert log_in(browser, "คน-admin", "ผิดผิดผิดผิดผิดผิด").status_code == 401
    assert log_in(browser, "คน-admin", PASSWORD).status_code == 429
    assert log_in(another(app, "203.0.113.8"), "คน-admin", PASSWORD).status_code == 303


def test_a_login_that_succeeds_makes_up_for_slips(app: FastAPI, enter: Enter) -> None:
    enter("admin")
    for _ in range(2):
        browser = another(app, "203.0.113.7")
        for _ in range(3):
            assert log_in(browser, "คน-admin", "ผิดผิดผิดผิดผิดผิด").status_code == 401
        assert log_in(browser, "คน-admin", PASSWORD).status_code == 303


def test_one_address_may_not_try_all_names(app: FastAPI) -> None:
    with store_of(app).begin() as session:
        tried = [throttling.try_login(session, f"n{i}", "203.0.113.9") for i in range(31)]
    assert tried == ["free"] * 30 + ["refused"]


def test_attempts_at_once_do_not_get_around_the_limit(app: FastAPI) -> None:
    def attempt(_: int) -> bool:
        with store_of(app).begin() as session:
            return throttling.try_login(session, "a", "203.0.113.9") == "free"

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(24))) == 5


def test_what_is_refused_again_and_again_fills_no_table(app: FastAPI, enter: Enter) -> None:
    enter("admin")
    browser = another(app, "203.0.113.7")
    for _ in range(12):
        log_in(browser, "x", "ผิดผิดผิดผิดผิดผิด")
    with store_of(app).read() as session:
        assert len(audit.entries(session, by="x", action="login.failed")) == 5
        assert len(audit.entries(session, by="x", action="login.throttled")) == 1
        assert session.query(AttemptRow).count() == 6


def test_attempts_are_forgotten_after_a_while(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store_of(app).begin() as session:
        assert [throttling.try_login(session, "a", "x") for _ in range(6)][-1] == "refused"
    monkeypatch.setattr(throttling, "WINDOW", dt.timedelta(0))
    with store_of(app).begin() as session:
        assert throttling.try_login(session, "a", "x") == "free"


@pytest.mark.parametrize(
    "bad",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http://[",
        "//[",
        "/a\nb",
        "",
    ],
)
def test_nobody_is_led_away_after_the_login(bad: str) -> None:
    assert local(bad) == "/"


def test_after_the_login_one_is_where_one_wanted(app: FastAPI, enter: Enter) -> None:
    enter("admin")
    answer = log_in(another(app), "คน-admin", PASSWORD, next="/audit?by=x")
    assert answer.headers["location"] == "/audit?by=x"
