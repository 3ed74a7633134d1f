"""What keeps those out who do not belong, and what goes wrong without saying too much."""

from __future__ import annotations

import datetime as dt
import logging
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import pytest
from fastapi import APIRouter, FastAPI, Request
from fastapi.testclient import TestClient
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError

from pipeline.errors import WaraError
from pipeline.settings import Settings
from pipeline.store import StoreError
from pipeline.store.models import AttemptRow, AuditRow, LoginRow, TokenRow
from pipeline.web import audit, guards, keys, logins, passwords, people, throttling
from pipeline.web.app import create_app
from pipeline.web.pages.login import local
from pipeline.web.problems import without_paths
from pipeline.web.state import Link, Serving
from tests.web.conftest import BASE, PASSWORD, Enter, log_in, token_of

JSON = {"Accept": "application/json"}


def store_of(app: FastAPI):  # type: ignore[no-untyped-def]
    return app.state.web.workspace.store


def cookie_of(app: FastAPI, kind: Literal["login", "message"]) -> str:
    return str(app.state.web.cookie(kind))


def another(app: FastAPI, address: str = "testclient") -> TestClient:
    return TestClient(app, base_url=BASE, follow_redirects=False, client=(address, 50000))


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


# Passwords and keys


@pytest.mark.parametrize("bad", ["short", "a" * 300, "aaaaaaaaaaaaaaaa", "somchai.jaidee"])
def test_an_easy_password_is_refused(bad: str) -> None:
    with pytest.raises(WaraError):
        passwords.checked(bad, "Somchai.Jaidee")


def test_passwords_are_kept_as_argon2id_and_match_in_either_form() -> None:
    kept = passwords.hashed("ผู้อํานวยการ เปิดงาน é")
    assert kept.startswith("$argon2id$")
    assert passwords.matches(kept, "ผู้อํานวยการ เปิดงาน e\u0301")
    assert not passwords.matches(kept, "ผู้อํานวยการ เปิดงาน e")
    assert not passwords.matches(None, "ผู้อํานวยการ เปิดงาน é")
    assert not passwords.matches("no hash", "no hash")


def test_made_passwords_pass_and_differ() -> None:
    made = {passwords.generated() for _ in range(20)}
    assert len(made) == 20
    assert all(passwords.checked(password, "a") for password in made)


def test_the_key_is_the_owners_alone_and_stays(settings: Settings) -> None:
    key = keys.secret_key(settings)
    path = settings.workspace / keys.KEY_FILE
    assert path.stat().st_mode & 0o777 == 0o600
    assert keys.secret_key(settings) == key
    assert [p.name for p in settings.workspace.iterdir()] == [keys.KEY_FILE]


@pytest.mark.parametrize("spoil", [lambda p: p.chmod(0o644), lambda p: p.write_bytes(b"short")])
def test_a_key_that_others_could_read_or_that_is_none_is_replaced(
    settings: Settings, spoil
) -> None:  # type: ignore[no-untyped-def]
    key = keys.secret_key(settings)
    spoil(settings.workspace / keys.KEY_FILE)
    assert keys.secret_key(settings) != key
    assert (settings.workspace / keys.KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_servers_that_start_at_once_share_one_key(settings: Settings) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: keys.secret_key(settings), range(16)))) == 1


# Requests that nobody meant


UNMEANT = {
    "no token": ({}, {}),
    "a wrong token": ({"csrf": "0" * 64}, {}),
    "a wrong header": ({}, {"X-CSRF-Token": "0" * 64}),
    "another site": ({"csrf": "right"}, {"Origin": "https://evil.example"}),
    "another port": ({"csrf": "right"}, {"Origin": "http://127.0.0.1:9000"}),
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


# Headers and errors


@pytest.mark.parametrize(
    "path", ["/login", "/", "/nothing", "/static/app.css", "/api/openapi.json"]
)
def test_every_answer_has_the_safe_headers(browser: TestClient, path: str) -> None:
    headers = browser.get(path).headers
    assert {name: headers[name] for name in guards.HEADERS} == guards.HEADERS
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_pages_are_not_kept_by_browsers(enter: Enter) -> None:
    assert enter("admin").get("/people").headers["cache-control"] == "no-store"


def test_no_template_holds_what_the_policy_forbids() -> None:
    folder = Path(guards.__file__).parent / "templates"
    for page in folder.glob("**/*.html"):
        source = page.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:", source), page.name
        assert not re.search(r"<script(?![^>]*\ssrc=)", source), page.name
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", source), page.name
        assert "| safe" not in source, page.name


def test_every_form_that_posts_holds_the_token() -> None:
    folder = Path(guards.__file__).parent / "templates"
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


@pytest.fixture
def broken(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A browser of a server with a route that raises what it is told to."""
    from pipeline.web import app as application
    from pipeline.web import permissions

    router = APIRouter()
    raised = {
        "defect": ValueError("secret /srv/data"),
        "store": StoreError("ไม่มี /srv/wara/files/a.pdf", "no /srv/wara/files/a.pdf"),
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
    monkeypatch.setattr(application, "ROUTERS", (*application.ROUTERS, router))
    return TestClient(application.create_app(settings), base_url=BASE)


@pytest.mark.parametrize(("what", "status"), [("defect", 500), ("store", 404), ("database", 503)])
def test_an_error_says_what_to_do_and_names_no_place_on_the_server(
    broken: TestClient, what: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    answer = broken.get(f"/api/broken/{what}")
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"status", "code", "th", "en"}
    assert "/srv" not in answer.text
    assert "secret" not in answer.text
    assert {name: answer.headers[name] for name in guards.HEADERS} == guards.HEADERS


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
