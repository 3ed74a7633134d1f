"""`wara serve` and `wara users`: what is printed, what is refused, and a server that answers."""

from __future__ import annotations

import datetime as dt
import json
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest
import typer
from typer.testing import CliRunner

from pipeline.cli import users, web
from pipeline.errors import UsageError
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.web import serving
from pipeline.web.access import audit, logins, people
from pipeline.web.serving import Listening

SERVE = """
import sys
from pathlib import Path
from pipeline.settings import Settings
from pipeline.web.serving import Listening, serve
serve(Settings(Path(sys.argv[1])), Listening(port=0), lambda line: print(line, flush=True))
"""
PASSWORD = "ยาวพอ-และเดายาก-42"


def call(settings: Settings, *arguments: str) -> str:
    app = typer.Typer()
    app.add_typer(users.users, name="users")
    app.command()(web.serve)
    done = CliRunner().invoke(app, arguments, obj=settings)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.stdout


def with_admin(settings: Settings) -> None:
    with Store.open(settings) as store, store.begin() as session:
        people.add_user(session, "admin", "admin", PASSWORD, by="ทดสอบ")


@pytest.mark.slow
def test_the_printed_link_opens_the_workplace(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SERVE, str(tmp_path)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        lines = (line for line in server.stdout)
        link = next(line.strip() for line in lines if "/enter?token=" in line)
        with httpx2.Client(follow_redirects=True, timeout=240) as browser:  # it may be busy
            assert "หน้าแรก" in browser.get(link).text
            assert "server" not in browser.get(link).headers
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=240) == 0
    finally:
        server.kill()


def test_a_taken_port_names_another(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"--port {port + 1}"):
            serving.serve(settings, Listening(port=port), print)


@pytest.mark.parametrize("listening", [Listening("0.0.0.0", 0), Listening(port=0, proxied=True)])
def test_nobody_else_gets_in_before_there_are_users(
    settings: Settings, listening: Listening
) -> None:
    with pytest.raises(UsageError, match="wara users add"):
        serving.serve(settings, listening, print)


def test_a_certificate_needs_its_key(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--private-key"):
        serving.serve(settings, Listening(certificate=tmp_path / "c.pem"), print)


@pytest.mark.parametrize(
    ("listening", "token", "said", "unsaid"),
    [
        (Listening(), "t0", "http://127.0.0.1:8000/enter?token=t0", "TLS"),
        (Listening("::1"), "t0", "http://[::1]:8000/enter?token=t0", "TLS"),
        (Listening(), None, "http://127.0.0.1:8000", "token"),
        (Listening("0.0.0.0"), None, "without TLS", "token"),
        (Listening("0.0.0.0", names=("wara.go.th",)), None, "http://wara.go.th:8000", "0.0.0.0"),
        (Listening("0.0.0.0", names=("wara.go.th",)), None, "without TLS", "127.0.0.1"),
        (Listening("0.0.0.0"), None, f"http://{socket.gethostname()}:8000", "0.0.0.0"),
        (Listening("::"), None, f"http://{socket.gethostname()}:8000", "[::]"),
        (Listening("10.0.0.5"), None, "http://10.0.0.5:8000", "proxy →"),
        (Listening("0.0.0.0", certificate=Path("c")), None, "https://", "without TLS"),
        (Listening(names=("w.go.th",), proxied=True), None,
         "เปิดที่ https://w.go.th (proxy → 127.0.0.1:8000)", "without TLS"),
        (Listening("0.0.0.0", names=("w.go.th",), proxied=True), None,
         "เปิดที่ https://w.go.th (proxy → 127.0.0.1:8000)", "http://"),
        (Listening(proxied=True), None, "with --name", "http://127.0.0.1"),
        (Listening("0.0.0.0", proxied=True), None, "proxy → 127.0.0.1:8000", "without TLS"),
    ],
)  # fmt: skip
def test_what_is_printed(listening: Listening, token: str | None, said: str, unsaid: str) -> None:
    text = "\n".join(serving.greeting(listening, 8000, token))
    assert said in text
    assert unsaid not in text


def test_the_usual_port_is_left_out() -> None:
    listening = Listening("0.0.0.0", names=("wara.go.th",), certificate=Path("c"))
    assert "https://wara.go.th · open" in serving.greeting(listening, 443, None)[0]


@pytest.mark.parametrize(
    ("listening", "names"),
    [
        (Listening(), {"127.0.0.1", "localhost", "[::1]"}),
        (Listening("127.0.0.2"), {"127.0.0.1", "localhost", "[::1]", "127.0.0.2"}),
        (Listening("10.0.0.5"), {"*"}),
        (
            Listening("10.0.0.5", names=("Wara.moi.go.th",)),
            {"127.0.0.1", "localhost", "[::1]", "10.0.0.5", "wara.moi.go.th"},
        ),
    ],
)
def test_by_which_names_it_answers(listening: Listening, names: set[str]) -> None:
    assert set(serving.host_names(listening)) == names


def test_a_user_is_added_with_a_password_of_ours(settings: Settings) -> None:
    password = call(settings, "users", "add", "สมหญิง", "--role", "admin").strip()
    assert re.fullmatch(r"(\w{5}-){3}\w{5}", password)
    with Store.open(settings) as store, store.read() as session:
        assert people.get_user(session, "สมหญิง").role == "admin"
        [line] = audit.entries(session)
        assert (line.action, line.target) == ("people.add", "สมหญิง")
        assert password not in str(line)


def test_users_are_listed_disabled_and_given_passwords(settings: Settings) -> None:
    with_admin(settings)
    call(settings, "users", "add", "a", "--role", "reviewer", "--generate")
    assert len(call(settings, "users", "password", "a", "--generate").strip()) == 23
    call(settings, "users", "disable", "a")
    assert json.loads(call(settings, "users", "list", "--json")) == [
        {"name": "a", "role": "reviewer", "disabled": True},
        {"name": "admin", "role": "admin", "disabled": False},
    ]


def test_a_user_is_let_in_again_and_gets_another_role(settings: Settings) -> None:
    with_admin(settings)
    call(settings, "users", "add", "a", "--role", "reviewer", "--generate")
    call(settings, "users", "disable", "a")
    call(settings, "users", "enable", "a")
    call(settings, "users", "role", "a", "analyst")
    with Store.open(settings) as store, store.read() as session:
        user = people.get_user(session, "a")
        assert (user.role, user.disabled_at) == ("analyst", None)
        assert {line.action for line in audit.entries(session)} >= {"people.enable", "people.role"}


def test_a_token_of_the_terminal_opens_the_api(settings: Settings) -> None:
    with_admin(settings)
    token = call(settings, "users", "token", "admin", "--label", "รายงาน", "--days", "7").strip()
    now = dt.datetime.now(dt.UTC)
    with Store.open(settings) as store, store.read() as session:
        program = logins.program_of(session, token, now)
        assert program is not None
        assert (program.name, program.role) == ("admin", "admin")
        assert logins.program_of(session, token, now + dt.timedelta(days=8)) is None
        assert token not in str(audit.entries(session))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "b", "--role", "boss"), "reviewer, analyst, admin"),
        (("add", "ADMIN", "--role", "admin"), "another name"),
        (("add", "a/b", "--role", "admin"), "no slash"),
        (("disable", "admin"), "last administrator"),
        (("role", "admin", "analyst"), "last administrator"),
        (("enable", "nobody"), "wara users list"),
        (("token", "admin", "--label", " "), "what it is for"),
        (("disable", "nobody"), "wara users list"),
    ],
)
def test_what_cannot_be_done_says_why(
    settings: Settings, arguments: tuple[str, ...], said: str
) -> None:
    with_admin(settings)
    with pytest.raises(Exception, match=said):
        call(settings, "users", *arguments)
