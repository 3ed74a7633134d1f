"""What no page of ours sent gets no further, and no answer goes without its headers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from pipeline import web
from pipeline.web.access import people
from pipeline.web.frame import rendering
from pipeline.web.frame.headers import HEADERS
from tests.pipeline.web.conftest import (
    BASE,
    PASSWORD,
    Enter,
    another,
    cookie_of,
    store_of,
    token_of,
)

UNMEANT = {
    "no token": ({}, {}),
    "a wrong token": ({"csrf": "0" * 64}, {}),
    "a wrong header": ({}, {"X-CSRF-Token": "0" * 64}),
    "another site": ({"csrf": "right"}, {"Origin": "https://evil.example"}),
    "another port": ({"csrf": "right"}, {"Origin": "http://127.0.0.1:9000"}),
    "a broken origin": ({"csrf": "right"}, {"Origin": "http://["}),
    "an opaque origin": ({"csrf": "right"}, {"Origin": "null"}),
    "cross-site": ({"csrf": "right"}, {"Sec-Fetch-Site": "cross-site"}),
    "same-site": ({"csrf": "right"}, {"Sec-Fetch-Site": "same-site"}),
}


@pytest.mark.parametrize("case", UNMEANT)
def test_a_request_that_no_page_of_ours_made_does_nothing(
    app: FastAPI, enter: Enter, case: str
) -> None:
    browser = enter("admin")
    form, headers = UNMEANT[case]
    if form.get("csrf") == "right":
        form = {"csrf": token_of(browser)}
    answer = browser.post("/people", data={"name": "x", "role": "admin", **form}, headers=headers)
    assert answer.status_code == 403
    with store_of(app).read() as session:
        assert [user.name for user in people.list_users(session)] == ["คน-admin"]


def test_the_token_of_one_login_is_none_for_another(enter: Enter) -> None:
    one, other = enter("admin"), enter("admin")
    form = {"name": "x", "role": "admin", "csrf": token_of(one)}
    assert other.post("/people", data=form).status_code == 403


@pytest.mark.parametrize("content", ["text/plain", "application/json", ""])
def test_what_is_no_form_needs_the_token_in_its_header(enter: Enter, content: str) -> None:
    browser = enter("admin")
    headers = {"Content-Type": content} if content else {}
    body = f"csrf={token_of(browser)}&name=x&role=admin"
    assert browser.post("/people", content=body, headers=headers).status_code == 403


def test_the_token_may_come_in_a_header(enter: Enter) -> None:
    browser = enter("admin")
    headers = {"X-CSRF-Token": token_of(browser), "Origin": BASE, "Sec-Fetch-Site": "same-origin"}
    answer = browser.post("/people", data={"name": "ใหม่", "role": "analyst"}, headers=headers)
    assert answer.status_code == 200


def test_the_login_form_has_a_token_of_its_own(app: FastAPI, enter: Enter) -> None:
    enter("admin")
    form = {"name": "คน-admin", "password": PASSWORD}
    assert another(app).post("/login", data=form).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.", ""])
def test_by_another_name_the_server_does_not_answer(browser: TestClient, host: str) -> None:
    assert browser.get("/login", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:8000", "LOCALHOST", "[::1]:8000", "127.0.0.1"])
def test_by_the_names_of_this_machine_it_does(browser: TestClient, host: str) -> None:
    assert browser.get("/login", headers={"Host": host}).status_code == 200


# Headers and errors


@pytest.mark.parametrize(
    "path", ["/login", "/", "/nothing", "/static/app.css", "/api/openapi.json"]
)
def test_every_answer_has_the_safe_headers(browser: TestClient, path: str) -> None:
    headers = browser.get(path).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_pages_are_not_kept_by_browsers(enter: Enter) -> None:
    assert enter("admin").get("/people").headers["cache-control"] == "no-store"


def test_no_template_holds_what_the_policy_forbids() -> None:
    folder = Path(web.__file__).parent / "templates"
    for page in folder.glob("**/*.html"):
        source = page.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:", source), page.name
        assert not re.search(r"<script(?![^>]*\ssrc=)", source), page.name
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", source), page.name
        assert "| safe" not in source, page.name


def test_every_form_that_posts_holds_the_token() -> None:
    folder = Path(web.__file__).parent / "templates"
    for page in folder.glob("**/*.html"):
        source = page.read_text(encoding="utf-8")
        for form in re.findall(r'<form[^>]*method="post".*?</form>', source, re.DOTALL):
            assert "parts.token(csrf)" in form, page.name


def test_names_are_escaped(app: FastAPI, enter: Enter) -> None:
    browser = enter("admin")
    name = '<img src=x onerror=alert(1)>"'
    with store_of(app).begin() as session:
        people.add_user(session, name, "analyst", PASSWORD, by='<b>"')
    page = browser.get("/people").text
    assert "<img" not in page
    assert "<b>" not in page
    assert "&lt;img" in page


def test_a_message_is_believed_only_with_our_signature(app: FastAPI, enter: Enter) -> None:
    browser = enter("admin")
    form = {"name": "คน-admin", "role": "admin", "csrf": token_of(browser)}
    answer = browser.post("/people/role", data=form)
    assert answer.headers["location"] == "/people"
    assert "เปลี่ยนบทบาทของ คน-admin แล้ว" in browser.get("/people").text
    assert "เปลี่ยนบทบาทของ" not in browser.get("/people").text  # once
    browser.cookies.set(cookie_of(app, "message"), "WyJhIiwgImIiLCAiZG9uZSJd." + "0" * 64)
    assert 'class="notice' not in browser.get("/people").text


def test_browsers_keep_only_what_bears_its_digest(browser: TestClient) -> None:
    kept = browser.get(rendering.static("server.js")).headers["cache-control"]
    assert "immutable" in kept
    assert browser.get("/static/server.js").headers["cache-control"] == "no-cache"


def test_who_sends_a_form_after_their_login_has_ended_is_told_and_led_back(
    app: FastAPI, enter: Enter
) -> None:
    browser = enter("reviewer")
    form = {"name": "ใหม่", "role": "admin", "csrf": token_of(browser)}
    browser.cookies.delete(cookie_of(app, "login"))
    headers = {"Accept": "text/html", "Referer": f"{BASE}/review?province=เลย".encode()}
    answer = browser.post("/review/undo", data=form, headers=headers)
    assert answer.status_code == 401
    assert "ยังไม่ได้บันทึก" in answer.text
    assert 'href="/login?next=%2Freview%3Fprovince%3D' in answer.text


@pytest.mark.parametrize(
    "before", ["https://evil.example/x", f"{BASE}//evil.example/x", "http://[", "", "x"]
)
def test_a_problem_leads_back_to_pages_of_ours_alone(enter: Enter, before: str) -> None:
    browser = enter("reviewer")
    headers = {"Accept": "text/html", "Referer": before}
    assert "กลับไปหน้าเดิม" not in browser.get("/nothing", headers=headers).text
    headers["Referer"] = f"{BASE}/review"
    assert '<a class="button" href="/review">' in browser.get("/nothing", headers=headers).text
