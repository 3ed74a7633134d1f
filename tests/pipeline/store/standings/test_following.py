"""How documents stand, for lists of many: always as the decisions say, whoever made them."""

from __future__ import annotations

import datetime as dt
import threading

from sqlalchemy import select

from pipeline.store import Store, rounds, standings
from pipeline.store.documents.adding import withdraw
from pipeline.store.labels import deciding, labels_of, undoing
from pipeline.store.tables import StandingRow
from tests.pipeline.store.submissions import submission

OTHER = {"agenda": "tourism", "modes": ["open"], "award_scaleup": False}


def row(store: Store, sha256: str) -> StandingRow | None:
    standings.follow(store)
    with store.read() as session:
        query = select(StandingRow).where(StandingRow.sha256 == sha256)
        found = session.scalars(query).one_or_none()
        session.expunge_all()
    return found


def decide(store: Store, sha256: str, *args, **more) -> int:  # type: ignore[no-untyped-def]
    with store.begin() as session:
        return deciding.decide(session, [sha256], *args, **more)[0].id


def test_a_standing_follows_decisions_and_their_undoing(store: Store) -> None:
    sha256 = store.add(submission()).sha256
    found = row(store, sha256)
    assert found is not None
    assert (found.status, found.agenda, found.last) == ("waiting", "service", 0)
    made = decide(store, sha256, OTHER, by="ก")
    found = row(store, sha256)
    assert found is not None
    assert (found.status, found.agenda, found.first_by) == ("decided", "tourism", "ก")
    with store.begin() as session:
        undoing.undo(session, made, by="ก")
    found = row(store, sha256)
    assert found is not None
    assert (found.status, found.agenda) == ("waiting", "service")


def test_two_opinions_that_differ_stay_so_until_settled(store: Store) -> None:
    sha256 = store.add(submission()).sha256
    decide(store, sha256, by="ก", kind="accept")
    decide(store, sha256, by="ก", kind="ask")
    found = row(store, sha256)
    assert found is not None
    assert found.asked
    decide(store, sha256, OTHER, by="ข", kind="second")
    found = row(store, sha256)
    assert found is not None
    assert found.disagreed
    assert not found.asked
    decide(store, sha256, OTHER, by="ค", kind="adjudicate")
    found = row(store, sha256)
    assert found is not None
    assert not found.disagreed


def test_a_deadline_set_anew_changes_who_was_late(store: Store) -> None:
    late = dt.datetime(2021, 12, 20, tzinfo=dt.UTC)
    with store.begin() as session:
        rounds.set_round(session, "2565", dt.date(2021, 12, 17), by="ก")
    sha256 = store.add(submission(received_at=late, round="2565")).sha256
    found = row(store, sha256)
    assert found is not None
    assert found.late
    with store.begin() as session:
        rounds.set_round(session, "2565", dt.date(2021, 12, 21), by="ก")
    found = row(store, sha256)
    assert found is not None
    assert found.late is False


def test_what_was_withdrawn_stands_nowhere(store: Store) -> None:
    sha256 = store.add(submission()).sha256
    assert row(store, sha256) is not None
    with store.begin() as session:
        withdraw(session, sha256)
    assert row(store, sha256) is None


def test_many_writers_and_readers_leave_no_standing_behind(store: Store) -> None:
    digests = [store.add(submission(f"ข้อเสนอ {n} " * 9)).sha256 for n in range(6)]

    def work(name: str) -> None:
        for number, sha256 in enumerate(digests):
            decide(store, sha256, OTHER if number % 2 else None, by=name,
                   kind="label" if number % 2 else "accept")  # fmt: skip
            standings.follow(store)

    threads = [threading.Thread(target=work, args=(name,)) for name in "กขค"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    standings.follow(store)
    with store.read() as session:
        labels = labels_of(session, digests)
        last = {found.sha256: found.last for found in session.scalars(select(StandingRow))}
    assert last == {key: labels[key].last for key in digests}
