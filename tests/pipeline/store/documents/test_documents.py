"""Documents: stored whole, read back as they were, numbered as they change."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from pipeline import hits
from pipeline.documents import Page, to_json
from pipeline.settings import Settings
from pipeline.store import Store, StoreError, documents
from pipeline.store.documents.adding import withdraw
from pipeline.store.rounds import set_round
from pipeline.store.tables import DocumentRow
from tests.pipeline.store.submissions import TEXT, submission


def test_everything_about_a_file_comes_back_as_it_went_in(store: Store) -> None:
    given = submission()
    added = store.add(given)
    assert (added.new, added.changed, added.cluster) == (True, True, ())
    with store.read() as session:
        assert documents.get_content(session, added.sha256) == given.document
        assert documents.get_parsed(session, added.sha256) == to_json(given.parsed)
        assert documents.passages_of(session, added.sha256) == given.passages
        stored = documents.get_document(session, added.sha256)
        [said] = documents.predictions_of(session, added.sha256)
    assert (stored.title, stored.province, stored.fiscal_year) == ("จองคิวทำบัตร", "ตรัง", 2565)
    assert stored.document_date == dt.date(2021, 12, 3)
    assert said.record == to_json(given.record)
    assert said.tagging == to_json(given.tagging)
    assert store.file_of(added.sha256).read_bytes() == given.data
    assert store.file_of(added.sha256).relative_to(store.files).parts == (
        added.sha256[:2], f"{added.sha256}.txt",
    )  # fmt: skip


def test_the_same_file_twice_is_one_document_and_two_arrivals(store: Store) -> None:
    with store.begin() as session:
        set_round(session, "2565", dt.date(2021, 12, 17), by="lead")
    noon = dt.datetime(2021, 12, 17, 5, tzinfo=dt.UTC)
    first = store.add(submission(received_at=noon, received_by="สารบรรณ", round="2565"))
    again = store.add(submission(file="สำเนา.txt"))
    assert (again.sha256, again.new, again.changed) == (first.sha256, False, False)
    with store.read() as session:
        assert len(documents.list_documents(session)) == 1
        assert len(documents.predictions_of(session, first.sha256)) == 1
        arrived = documents.arrivals_of(session, [first.sha256])[first.sha256]
    assert [(a.file, a.received_by, a.round) for a in arrived] == [
        ("ตรัง.txt", "สารบรรณ", "2565"), ("สำเนา.txt", "", None),
    ]  # fmt: skip
    assert arrived[0].received_at == noon


def test_another_model_adds_a_prediction_and_the_last_one_is_current(store: Store) -> None:
    sha256 = store.add(submission(model="m1")).sha256
    store.add(submission(model="m2"))
    with store.read() as session:
        said = documents.predictions_of(session, sha256)
        current = documents.current_predictions(session, [sha256])[sha256]
    assert [p.model for p in said] == ["m1", "m2"]
    assert current == said[-1]


def test_changes_are_numbered_so_that_an_index_can_catch_up(store: Store) -> None:
    first = store.add(submission(TEXT + "ก")).sha256
    second = store.add(submission(TEXT + "ข")).sha256
    with store.read() as session:
        seen = documents.changes_since(session, 0)
        assert [change.sha256 for change in seen] == [first, second]
        assert documents.changes_since(session, 0, limit=1) == seen[:1]
        assert documents.changes_since(session, seen[-1].number) == []
        assert documents.last_change(session) == seen[-1].number
    store.add(submission(TEXT + "ก"))  # as before: nothing to catch up with
    cut_otherwise = store.add(submission(TEXT + "ก", passages=3))
    assert cut_otherwise.changed
    with store.read() as session:
        [change] = documents.changes_since(session, seen[-1].number)
    assert change.sha256 == first
    assert len(change.passages) == 3
    with store.begin() as session:
        withdraw(session, second)
    with store.read() as session:
        assert [
            (c.sha256, c.passages) for c in documents.changes_since(session, change.number)
        ] == [(second, ())]
        assert [d.sha256 for d in documents.list_documents(session)] == [first]
    assert store.add(submission(TEXT + "ข")).changed  # it came again
    with store.read() as session:
        assert len(documents.list_documents(session)) == 2


def test_text_that_no_database_takes_keeps_its_offsets(store: Store) -> None:
    odd = "ก\x00ข\ud800ค" + TEXT
    sha256 = store.add(submission(odd, file="a\udcff.txt", passages=1)).sha256
    with store.read() as session:
        assert documents.get_content(session, sha256).text == odd
        [passage] = documents.passages_of(session, sha256)
        [arrival] = documents.arrivals_of(session, [sha256])[sha256]
    assert passage.text == "ก\ufffdข\ufffdค" + TEXT
    assert arrival.file == "a\ufffd.txt"


def test_bytes_that_are_not_the_document_are_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="not those that were read"):
        store.add(replace(submission(), data=b"other"))


def test_an_unknown_round_stores_nothing(store: Store) -> None:
    with pytest.raises(StoreError, match="no round '2599'"):
        store.add(submission(round="2599"))
    with store.read() as session:
        assert documents.list_documents(session) == []
        assert documents.last_change(session) == 0


def test_an_unknown_document_is_named_with_the_remedy(store: Store) -> None:
    with store.read() as session, pytest.raises(StoreError, match="wara ingest"):
        documents.get_content(session, "0" * 64)
    with pytest.raises(StoreError, match="wara ingest"):
        store.file_of("0" * 64)


def test_pages_are_found_without_reading_the_document(store: Store) -> None:
    """Also of a document that was stored before their ends were kept."""
    pages = tuple(
        Page(number, text, text, "text") for number, text in ((1, "กข"), (2, ""), (4, "ค"))
    )
    given = submission()
    sha256 = store.add(replace(given, document=replace(given.document, pages=pages))).sha256
    with store.read() as session:
        kept = documents.page_ends(session, [sha256])
    assert kept == {sha256: [[3, 1], [4, 2], [6, 4]]}
    assert [hits.page_at(kept[sha256], at) for at in (0, 2, 3, 4, 5, 99)] == [1, 1, 2, 4, 4, 4]
    with store.begin() as session:
        session.execute(update(DocumentRow).values(page_ends=None))
    with store.read() as session:
        assert documents.page_ends(session, [sha256]) == kept


def test_many_at_once_are_what_they_are_one_by_one(settings: Settings, tmp_path: Path) -> None:
    """New ones, the same twice, one that was there, one read otherwise, near-duplicates."""
    first, other = submission(), submission("ก" * 40, file="ก.txt")
    long = "".join(f"{number} เรื่องที่หนึ่งต้องทำให้เสร็จ " for number in range(200))
    batch = [
        submission(long),
        submission(f"{long} และอื่น ๆ", file="สำเนา.txt"),
        replace(first, document=replace(first.document, file="อื่น.txt")),
        other,
        replace(other, document=replace(other.document, file="ข.txt")),
        submission(passages=3),
    ]

    def kept(store: Store) -> object:
        with store.read() as session:
            found = documents.list_documents(session)
            names = [one.sha256 for one in found]
            came = documents.arrivals_of(session, names)
            changes = documents.changes_since(session, 0)
            return (
                [(one.sha256, one.cluster, one.title) for one in found],
                {name: sorted(arrival.file for arrival in came[name]) for name in names},
                {change.sha256: change.passages for change in changes},
                [len(documents.predictions_of(session, name)) for name in names],
            )

    url = f"sqlite:///{tmp_path / 'second.db'}"
    with Store.open(settings) as at_once, Store.open(settings, url=url) as one_by_one:
        at_once.add(first)
        one_by_one.add(first)
        added = at_once.add_all(batch)
        assert [(one.new, one.changed) for one in added] == [
            (found.new, found.changed) for found in map(one_by_one.add, batch)
        ]
        assert kept(at_once) == kept(one_by_one)
        assert added[0].cluster == added[1].cluster == tuple(one.sha256 for one in added[:2])


def test_of_many_at_once_all_are_stored_or_none(store: Store) -> None:
    with pytest.raises(StoreError, match="no round"):
        store.add_all([submission(), submission("ก" * 40, round="ไม่มี")])
    with store.read() as session:
        assert documents.list_documents(session) == []
        assert documents.last_change(session) == 0
