"""A document is deleted for good, and nothing but that is known of it afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DBAPIError

from pipeline.errors import OutputError
from pipeline.settings import Settings
from pipeline.store import Store, StoreError, standings
from pipeline.store.documents import (
    changes_since,
    get_content,
    get_document,
    get_parsed,
    holding,
    list_documents,
    named,
    passages_of,
)
from pipeline.store.documents.clusters import clusters
from pipeline.store.documents.files import keep_all
from pipeline.store.documents.held import held
from pipeline.store.jobs import add_job
from pipeline.store.jobs.files import add_file
from pipeline.store.labels import decide, history_of
from pipeline.store.tables import AuditRow, Base, DocumentRow, JobFileRow
from tests.pipeline.store.submissions import submission

SECRET = "นายสมชายความลับ"


@pytest.fixture
def secret(store: Store) -> str:
    """A document that names a person, in its text, title, file name and decisions."""
    given = submission(f"{SECRET} ขอจองคิวทำบัตร", file=f"in/{SECRET}.txt")
    sha256 = store.add(given).sha256
    with store.begin() as session:
        decide(session, [sha256], {"title": SECRET}, by="สมศรี", note=SECRET)
    standings.follow(store)
    return sha256


def everything(store: Store) -> str:
    """All rows of all tables, as text."""
    with store.engine.connect() as connection:
        tables = [name for name in inspect(connection).get_table_names() if name != "audit"]
        assert {table.name for table in Base.metadata.sorted_tables} <= {*tables, "audit"}
        rows = [
            str(row)
            for name in tables
            for row in connection.execute(text(f'SELECT * FROM "{name}"'))
        ]
    return "\n".join(rows)


def test_nothing_of_a_deleted_document_is_left(
    store: Store, settings: Settings, shas: list[str], secret: str
) -> None:
    file = store.file_of(secret)
    assert SECRET in everything(store)
    [gone] = store.erase([secret], by="ผู้ดูแล", note="ขอให้ลบ")
    assert (gone.files, gone.passages, gone.decisions) == ((f"in/{SECRET}.txt",), 2, 1)
    standings.follow(store)
    assert SECRET not in everything(store)
    assert not file.exists()
    with store.read() as session:
        assert [one.sha256 for one in list_documents(session)] == shas
        assert history_of(session, [secret]) == {secret: []}
        for look in (get_document, get_content, get_parsed, passages_of, holding):
            with pytest.raises(StoreError, match="was deleted"):
                look(session, secret)
    database = settings.workspace / "wara.db"
    if database.exists():  # overwritten in the file too, and in its log
        wal = Path(f"{database}-wal")
        assert SECRET.encode() not in database.read_bytes()
        assert not wal.exists() or SECRET.encode() not in wal.read_bytes()


def test_the_audit_log_says_who_deleted_it_and_why(store: Store, secret: str) -> None:
    store.erase([secret], by="ผู้ดูแล", note="ขอให้ลบ", address="10.0.0.7")
    with store.read() as session:
        [line] = session.scalars(select(AuditRow))
        assert (line.by, line.action, line.target) == ("ผู้ดูแล", "document.delete", secret)
        assert line.details == {"passages": 2, "decisions": 1, "arrivals": 1, "note": "ขอให้ลบ"}
        assert line.address == "10.0.0.7"


def test_the_index_is_told(store: Store, secret: str) -> None:
    with store.read() as session:
        before = changes_since(session, 0)[-1].number
    store.erase([secret], by="a")
    with store.read() as session:
        [change] = changes_since(session, before)
    assert (change.sha256, change.passages) == (secret, ())


def test_other_documents_keep_their_decisions(store: Store, shas: list[str], secret: str) -> None:
    with store.begin() as session:
        made = decide(session, shas, {"agenda": "tourism"}, by="a")
    store.erase([secret], by="a")
    with store.read() as session:
        assert [history_of(session, shas)[sha256] for sha256 in shas] == [[one] for one in made]
    with (
        pytest.raises(DBAPIError, match="append-only"),
        store.engine.begin() as connection,
    ):
        connection.execute(text("DELETE FROM decisions"))


def test_near_duplicates_stay_together_without_it(store: Store) -> None:
    words = " ".join(f"คำที่{n}" for n in range(300))
    three = [store.add(submission(f"{words} {n}")).sha256 for n in range(3)]
    store.erase(three[:1], by="a")
    with store.read() as session:
        assert list(clusters(session).values()) == [(three[1], three[2])]


def test_an_upload_forgets_its_name(store: Store, secret: str) -> None:
    with store.begin() as session:
        job = add_job(session, "upload", by="a")
        file = add_file(session, job.id, name=SECRET, place=f"1.zip/{SECRET}", size=1)
        row = session.get_one(JobFileRow, file.id)
        row.sha256, row.title = secret, SECRET
    store.erase([secret], by="a")
    assert SECRET not in everything(store)


def test_a_load_from_an_archive_does_not_bring_it_back_but_the_file_itself_does(
    store: Store, secret: str
) -> None:
    given = submission(f"{SECRET} ขอจองคิวทำบัตร", file=f"in/{SECRET}.txt")
    assert given.record is not None
    store.erase([secret], by="a")
    with store.read() as session:
        reading = (given.document, given.parsed, given.record, given.tagging)
        assert held(session, [reading], None) == [True]
    assert store.add(given).sha256 == secret
    with store.read() as session:
        assert holding(session, secret).decisions == 0
        assert len(passages_of(session, secret)) == 2
        assert session.scalars(select(DocumentRow.erased_at)).all() == [None]
    assert store.file_of(secret).exists()


def test_deleting_again_or_what_is_unknown_changes_nothing(store: Store, secret: str) -> None:
    with pytest.raises(StoreError, match="no document"):
        store.erase([secret, "0" * 64], by="a")
    with store.read() as session:
        assert holding(session, secret).passages == 2
    store.erase([secret], by="a")
    with pytest.raises(StoreError, match="was deleted"):
        store.erase([secret], by="a")


def test_a_file_that_cannot_be_removed_keeps_its_document(store: Store, secret: str) -> None:
    """Else nothing would lead to the file any more, and nobody could delete it again."""
    file = store.file_of(secret)
    content = file.read_bytes()
    file.unlink()
    file.mkdir()  # as good as a folder without permission, and root is refused too
    with pytest.raises(OutputError, match="no document was deleted"):
        store.erase([secret], by="a")
    with store.read() as session:
        assert holding(session, secret).passages == 2
        assert session.scalars(select(AuditRow)).all() == []
    file.rmdir()
    file.write_bytes(content)
    store.erase([secret], by="a")
    assert not file.exists()


def test_the_same_bytes_under_another_suffix_go_too(store: Store) -> None:
    both = [submission(SECRET, file=name) for name in ("ก.txt", "ก.md")]
    [sha256] = {added.sha256 for added in store.add_all(both)}
    store.erase([sha256], by="a")
    assert [path for path in store.files.rglob("*") if path.is_file()] == []


def test_a_document_that_comes_again_while_it_is_deleted_keeps_its_file(
    store: Store, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its file was there when that was looked up, and went before the document was written."""
    given = submission(f"{SECRET} ขอจองคิวทำบัตร", file=f"in/{SECRET}.txt")

    def then_deleted(files: Iterable[tuple[Path, bytes]]) -> None:
        monkeypatch.undo()
        keep_all(files)
        store.erase([secret], by="a")

    monkeypatch.setattr("pipeline.store.store.keep_all", then_deleted)
    store.add(given)
    assert store.file_of(secret).read_bytes() == given.data


@pytest.mark.parametrize("name", ["in/0.txt", "0.txt", "digest"])
def test_a_document_is_known_by_file_or_digest(store: Store, shas: list[str], name: str) -> None:
    with store.read() as session:
        assert named(session, shas[0][:10].upper() if name == "digest" else name) == shas[0]


@pytest.mark.parametrize("name", ["", "%.txt", "txt", "/", "0.TXT", "x" * 200_000])
def test_no_other_name_finds_any(store: Store, shas: list[str], name: str) -> None:
    assert shas
    with store.read() as session, pytest.raises(StoreError, match="no document"):
        named(session, name)


def test_a_name_that_is_no_text_finds_its_document(store: Store) -> None:
    name = "ฎีกา\udce2\udce3.txt"  # as Python has the bytes of an old file system
    sha256 = store.add(submission(file=f"in/{name}")).sha256
    with store.read() as session:
        assert named(session, name) == sha256


def test_a_name_that_several_bear_is_refused(store: Store) -> None:
    both = [store.add(submission(f"ฉบับ {n}", file=f"{n}/แบบ.txt")).sha256 for n in range(2)]
    with store.read() as session, pytest.raises(StoreError, match=both[0][:12]):
        named(session, "แบบ.txt")
