"""A store in every database: SQLite always, PostgreSQL where its programs are installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.database.engine import parse_url
from tests.pipeline.store.submissions import TEXT, submission


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a private PostgreSQL cluster on a free loopback port."""
    programs = _programs()
    # Not below pytest's own folder: a server of another user than root cannot enter it.
    with tempfile.TemporaryDirectory(prefix="wara-postgres-") as folder:
        user, cluster = _server_user(folder), Path(folder) / "cluster"
        control = (programs / "pg_ctl", "-D", cluster, "-w", "-t", "180")
        _run(user, programs / "initdb", "-D", cluster, "-U", "wara", "-E", "UTF8", "--locale=C")
        port = _free_port()  # only now: another process may take it meanwhile
        settings = (
            f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} "
            "-c fsync=off"  # it is clients that the tests kill, not the server
        )
        _run(user, *control, "-l", cluster / "log", "-o", settings, "start")
        try:
            yield f"postgresql://wara@127.0.0.1:{port}/postgres"
        finally:
            _run(user, *control, "-m", "immediate", "stop")


SLOWER = pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.slow])
"""Where both do the same; `database/` and `web/access/` test PostgreSQL among the quick ones."""


@pytest.fixture(params=["sqlite", SLOWER])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    yield from empty_database(request, tmp_path)


def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database of the kind asked for; of PostgreSQL an empty schema."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'wara.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    schema = f"w{uuid.uuid4().hex}"
    engine = create_engine(parse_url(server))
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield f"{server}?options=-csearch_path%3D{schema}"
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path)


@pytest.fixture
def store(settings: Settings, url: str, no_rows: Path) -> Iterator[Store]:
    if url.startswith("sqlite"):
        shutil.copy(no_rows, str(parse_url(url).database))
    with Store.open(settings, url=url) as opened:
        yield opened


@pytest.fixture
def shas(store: Store) -> list[str]:
    """Three proposals, the longer the later."""
    return [
        store.add(submission(f"{n} {TEXT * (n + 1)}", file=f"in/{n}.txt")).sha256 for n in range(3)
    ]


def _programs() -> Path:
    """The newest version that Debian installed, else what is on the path."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = installed[-1] if installed else shutil.which("initdb")
    if found is None:
        pytest.skip("needs PostgreSQL's initdb and pg_ctl (apt-get install postgresql)")
    return Path(found).resolve().parent


def _server_user(folder: str) -> str | None:
    """PostgreSQL refuses to run as root: then it is `postgres` who runs it."""
    if os.getuid() != 0:
        return None
    try:
        shutil.chown(folder, "postgres")
    except LookupError:
        pytest.skip("needs the user postgres, since PostgreSQL does not run as root")
    return "postgres"


def _run(user: str | None, *command: str | Path) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        user=user, group=user, extra_groups=[] if user else None, cwd="/",
        stdout=subprocess.PIPE if "start" not in command else subprocess.DEVNULL,
        stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
