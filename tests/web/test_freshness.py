"""What is counted once is counted anew as soon as anything changed, in every database."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from pipeline.store import Store, StoreError, decisions, rounds, standings
from pipeline.store.adding import withdraw
from pipeline.web import queue
from pipeline.web.freshness import kept, state_of
from pipeline.web.round_state import round_state
from tests.pipeline.store.conftest import postgres_server, store, url  # noqa: F401
from tests.pipeline.store.submissions import submission

DEADLINE = dt.date(2021, 12, 17)
LATE = dt.datetime(2021, 12, 20, tzinfo=dt.UTC)
EARLY = dt.datetime(2021, 12, 10, tzinfo=dt.UTC)


def waiting(store: Store) -> int:  # noqa: F811
    standings.follow(store)
    return queue.counts_of(store, "ก", queue.Filter(), 0.9).total


def test_counts_follow_documents_decisions_and_withdrawals(store: Store) -> None:  # noqa: F811
    assert waiting(store) == 0
    [one, two] = [store.add(submission(f"ฉบับที่ {n} เรื่อง {'น้ำ' * n}")).sha256 for n in (1, 9)]
    assert waiting(store) == 2
    with store.begin() as session:
        [made] = decisions.decide(session, [one], by="ก", kind="accept")
    assert waiting(store) == 1
    with store.begin() as session:
        decisions.undo(session, made.id, by="ก")
    assert waiting(store) == 2
    with store.begin() as session:
        withdraw(session, two)
    assert waiting(store) == 1


def test_what_did_not_change_is_counted_once_by_however_many(store: Store) -> None:  # noqa: F811
    counted = []

    @kept
    def count(_store: Store, name: str) -> int:
        counted.append(name)
        return len(counted)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: count(store, "a"), range(32)))
    assert len(counted) <= 2, "once, or twice where five seconds ended in between"


def test_nothing_is_kept_while_standings_are_out_of_date(store: Store) -> None:  # noqa: F811
    store.add(submission())
    with store.read() as session:
        assert state_of(session) is None
    standings.follow(store)
    with store.read() as session:
        assert state_of(session) is not None


def test_a_round_stands_as_the_store_says(store: Store) -> None:  # noqa: F811
    with store.begin() as session:
        rounds.set_round(session, "r", DEADLINE, expected=["ตรัง", "เลย", "น่าน"], by="ก")
    for number, (province, at) in enumerate(
        [("ตรัง", LATE), ("ตรัง", EARLY), ("เลย", LATE), ("พังงา", EARLY), (None, EARLY)]
    ):
        store.add(submission(f"{number}", province=province, received_at=at, round="r"))
    store.add(submission("m", kind="minutes", received_at=EARLY, round="r"))
    store.add(submission("0", province="ตรัง", received_at=EARLY, round="r"))  # once more
    standings.follow(store)
    found = round_state(store, "r")
    with store.read() as session:
        said = rounds.round_status(session, "r")
    for group in ("provinces", "others"):
        assert [plain(one) for one in getattr(found, group)] == [
            plain(one) for one in getattr(said, group)
        ]
    assert {one.sha256 for one in found.unplaced} == {one.sha256 for one in said.unplaced}
    assert (found.count("on_time"), found.count("late"), found.count("missing")) == (1, 1, 1)
    with pytest.raises(StoreError):
        round_state(store, "ไม่มี")


def plain(one: rounds.ProvinceStatus) -> rounds.ProvinceStatus:
    """Without the names of files."""
    received = (replace(each, file="") for each in one.submissions)
    return replace(one, submissions=tuple(sorted(received, key=lambda each: each.sha256)))
