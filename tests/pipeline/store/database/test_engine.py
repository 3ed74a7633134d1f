"""Opening: migrations, several processes at once, and what stands in the way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from pipeline.errors import UsageError
from pipeline.settings import Settings
from pipeline.store import Store, StoreError, documents
from pipeline.store.database.migrate import SCRIPTS
from pipeline.store.database.migrations import HEAD
from pipeline.store.tables import Base
from tests.pipeline.store.submissions import TEXT, submission

OPEN = """
import sys
from pathlib import Path
from pipeline.settings import Settings
from pipeline.store import Store, documents
sys.stdin.readline()
with Store.open(Settings(Path(sys.argv[1])), url=sys.argv[2]) as store, store.read() as session:
    print(documents.identity(session))
"""


def test_the_migrations_make_the_tables_of_the_models(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def test_the_head_named_is_the_last_step() -> None:
    assert ScriptDirectory(str(SCRIPTS)).get_current_head() == HEAD


def test_opening_again_finds_what_was_there(store: Store, settings: Settings, url: str) -> None:
    sha256 = store.add(submission()).sha256
    with Store.open(settings, url=url) as again, again.read() as session:
        assert [d.sha256 for d in documents.list_documents(session)] == [sha256]


@pytest.mark.slow
def test_processes_that_open_an_empty_database_at_once_make_one_store(
    tmp_path: Path, url: str
) -> None:
    command = [sys.executable, "-c", OPEN, str(tmp_path), url]
    children = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    answers = [child.communicate(timeout=300)[0] for child in children]
    assert [child.returncode for child in children] == [0] * 4
    assert len(set(answers)) == 1


def test_a_database_of_a_newer_wara_is_left_alone(
    store: Store, settings: Settings, url: str
) -> None:
    with store.engine.execution_options(wara_writes=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer wara"):
        Store.open(settings, url=url)


def test_the_environment_names_the_database(
    settings: Settings, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARA_DATABASE_URL", url)
    with Store.open(settings) as store:
        assert str(store.engine.url.database) in url


def test_without_the_environment_it_lies_in_the_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WARA_DATABASE_URL", raising=False)
    workspace = tmp_path / "งาน 100%"
    with Store.open(Settings(workspace)):
        assert (workspace / "wara.db").exists()


@pytest.mark.parametrize("bad", ["nonsense", "mysql://u:secret@h/d", "sqlite://", "://"])
def test_a_url_that_is_none_says_how_one_looks_and_tells_no_password(
    settings: Settings, bad: str
) -> None:
    with pytest.raises(UsageError, match="postgresql://") as caught:
        Store.open(settings, url=bad)
    assert "secret" not in str(caught.value)


def test_a_server_that_does_not_answer_is_an_error_without_the_password(settings: Settings) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError, match="check that it runs") as caught:
        Store.open(settings, url="postgresql://u:secret@127.0.0.1:1/d")
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database_is_an_error(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "wara.db").write_text("a thesis, not a database" * 100)
    with pytest.raises(StoreError, match=r"damaged.*not a database.*restore .* backup") as caught:
        Store.open(settings, url=f"sqlite:///{tmp_path / 'wara.db'}")
    assert "สำเนาสำรอง" in caught.value.thai
    assert (tmp_path / "wara.db").read_text().startswith("a thesis")


def test_a_damaged_database_is_to_be_restored_and_wants_no_space(
    settings: Settings, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'wara.db'}"
    with Store.open(settings, url=url) as store:
        for number in range(20):
            store.add(submission(f"{number} {TEXT}"))
    whole = (tmp_path / "wara.db").read_bytes()
    (tmp_path / "wara.db").write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    with pytest.raises(StoreError, match=r"damaged.*malformed.*restore .* backup") as caught:
        Store.open(settings, url=url)
    assert "has space" not in caught.value.english
