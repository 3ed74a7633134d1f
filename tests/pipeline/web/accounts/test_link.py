"""The one-time link: it lets in once, and only as long as there are no users."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

from fastapi import FastAPI
from fastapi.testclient import TestClient

from pipeline.web.frame.state import Link
from tests.pipeline.web.conftest import Enter, another, cookie_of, log_in, token_of

# Coming in


def test_the_link_lets_in_once(app: FastAPI, browser: TestClient) -> None:
    link = {"token": app.state.web.link.token}
    assert browser.get("/enter", params=link).status_code == 303
    assert browser.get("/people").status_code == 200
    late = another(app)
    assert late.get("/enter", params=link).status_code == 403
    assert late.get("/people").status_code == 303


def test_a_wrong_link_does_not_use_up_the_right_one() -> None:
    link = Link()
    assert not link.use("guess")
    assert not link.use("เดา")
    assert link.use(link.token)


def test_of_many_at_once_the_link_lets_in_one() -> None:
    link = Link()
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: link.use(link.token), range(64))) == 1


def test_the_link_ends_with_the_first_user(app: FastAPI, browser: TestClient) -> None:
    token = app.state.web.link.token
    browser.get("/enter", params={"token": token})
    form = {"name": "สมหญิง", "role": "admin", "csrf": token_of(browser)}
    given = browser.post("/people", data=form)
    [password] = re.findall(r'class="secret">([^<]+)<', given.text)
    assert browser.get("/people").status_code == 303
    assert another(app).get("/enter", params={"token": token}).status_code == 403
    assert log_in(another(app), "สมหญิง", password).status_code == 303


def test_with_users_even_an_unused_link_is_none(app: FastAPI, enter: Enter) -> None:
    enter("admin")
    late = another(app)
    link = {"token": app.state.web.link.token}
    assert late.get("/enter", params=link).status_code == 403
    assert not late.cookies.get(cookie_of(app, "login"))


def test_the_first_user_has_to_be_an_admin(app: FastAPI, browser: TestClient) -> None:
    browser.get("/enter", params={"token": app.state.web.link.token})
    form = {"name": "a", "role": "reviewer", "csrf": token_of(browser)}
    assert browser.post("/people", data=form).status_code == 422
    assert browser.get("/people").status_code == 200
