"""What is counted once is counted anew as soon as anything changed, in every database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from pipeline.store import Store, standings
from pipeline.store.documents.adding import withdraw
from pipeline.store.labels import deciding, undoing
from pipeline.store.standings.freshness import kept, state_of
from pipeline.web.review.counting import counts_of
from pipeline.web.review.filters import Filter
from pipeline.web.review.queue import Queue
from tests.pipeline.store.conftest import postgres_server, store, url  # noqa: F401
from tests.pipeline.store.submissions import submission


def waiting(store: Store) -> int:  # noqa: F811
    standings.follow(store)
    return counts_of(store, "ก", Filter(), 0.9).total


def test_counts_follow_documents_decisions_and_withdrawals(store: Store) -> None:  # noqa: F811
    assert waiting(store) == 0
    [one, two] = [store.add(submission(f"ฉบับที่ {n} เรื่อง {'น้ำ' * n}")).sha256 for n in (1, 9)]
    assert waiting(store) == 2
    with store.begin() as session:
        [made] = deciding.decide(session, [one], by="ก", kind="accept")
    assert waiting(store) == 1
    with store.begin() as session:
        undoing.undo(session, made.id, by="ก")
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


def test_the_queue_filters_and_counts_the_same_in_every_database(store: Store) -> None:  # noqa: F811
    digests = [store.add(submission(f"ข้อเสนอ {n}", province="เลย")).sha256 for n in range(3)]
    with store.begin() as session:
        other = {"agenda": "tourism", "modes": ["open"]}
        deciding.decide(session, digests[:1], other, by="ก")
        deciding.decide(session, digests[:1], by="ก", kind="ask")
    standings.follow(store)
    every = Filter(status="all")
    mine, theirs = (counts_of(store, who, every, 0.9) for who in "กข")
    assert mine.agenda == {"service": 2, "tourism": 1}
    assert theirs.agenda == {"service": 3}, "the first opinion is hidden"
    assert theirs.status["asked"] == 1
    assert counts_of(store, "ข", Filter(agenda="service"), 0.9).province == {"เลย": 2}
    with store.read() as session:
        line = Queue(session, "ข")
        order = [one.sha256 for one in line.page(Filter(), 1)]
        assert line.after(Filter(), order[0]) == order[1]
        assert line.after(Filter(), order[1]) == order[0]
        assert line.place(Filter(), order[1]) == 2
