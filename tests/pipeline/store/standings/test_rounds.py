"""How rounds stand."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.store import Store, StoreError
from pipeline.store.documents.adding import withdraw
from pipeline.store.labels import decide
from pipeline.store.rounds import set_round
from pipeline.store.standings import round_status
from tests.pipeline.store.submissions import TEXT, submission

DEADLINE = dt.date(2021, 12, 17)
LAST_MINUTE = dt.datetime(2021, 12, 17, 16, 59, tzinfo=dt.UTC)  # 23:59 in Thailand
MIDNIGHT = dt.datetime(2021, 12, 17, 17, 0, tzinfo=dt.UTC)


def test_provinces_are_on_time_late_or_missing_by_the_clock_in_thailand(store: Store) -> None:
    with store.begin() as session:
        set_round(session, "r", DEADLINE, expected=["ตรัง", "พังงา", "เลย"], by="lead")

    def arrives(number: int, province: str | None, at: dt.datetime, **more: object) -> str:
        text = f"{number} {TEXT}"
        given = submission(text, province=province, received_at=at, round="r", **more)
        return store.add(given).sha256

    first = arrives(1, "ตรัง", LAST_MINUTE)
    arrives(2, "ตรัง", MIDNIGHT)  # a second one, too late: the province stays on time
    arrives(3, "พังงา", MIDNIGHT)
    arrives(4, "ยะลา", LAST_MINUTE)
    nowhere = arrives(5, None, LAST_MINUTE)
    arrives(6, "เลย", LAST_MINUTE, kind="minutes")
    status = round_status(store, "r")
    assert [(p.province, p.status) for p in status.provinces] == [
        ("ตรัง", "on_time"), ("พังงา", "late"), ("เลย", "missing"),
    ]  # fmt: skip
    assert [s.on_time for s in status.provinces[0].submissions] == [True, False]
    assert status.provinces[0].submissions[0].sha256 == first
    assert [p.province for p in status.others] == ["ยะลา"]
    assert [s.sha256 for s in status.unplaced] == [nowhere]
    assert status.count("missing") == 1
    with store.begin() as session:  # a person says which province it is
        decide(session, [nowhere], {"province": "เลย"}, by="a")
    assert round_status(store, "r").count("missing") == 0


def test_the_same_file_again_does_not_make_a_province_late(store: Store) -> None:
    with store.begin() as session:
        set_round(session, "r", DEADLINE, expected=["ตรัง"], by="lead")
    for at in (MIDNIGHT, LAST_MINUTE):
        store.add(submission(received_at=at, round="r"))
    [trang] = round_status(store, "r").provinces
    assert (trang.status, len(trang.submissions)) == ("on_time", 1)


@pytest.mark.parametrize("kind", ["other", "minutes"])
def test_only_proposals_count_by_the_kind_as_it_stands(store: Store, kind: str) -> None:
    with store.begin() as session:
        set_round(session, "r", DEADLINE, expected=["ตรัง"], by="lead")
    given = submission(kind=kind, province="ตรัง", received_at=LAST_MINUTE, round="r")
    sha256 = store.add(given).sha256

    def stands() -> tuple[str, list[str]]:
        status = round_status(store, "r")
        assert (status.others, status.unplaced) == ((), ())
        return status.provinces[0].status, [one.sha256 for one in status.uncounted]

    assert stands() == ("missing", [sha256])
    with store.begin() as session:  # a person says that it is one after all
        decide(session, [sha256], {"kind": "proposal"}, by="a")
    assert stands() == ("on_time", [])
    with store.begin() as session:
        decide(session, [sha256], {"kind": kind}, by="b")
    assert stands() == ("missing", [sha256])


def test_each_file_stands_under_the_name_it_first_came_in_with(store: Store) -> None:
    with store.begin() as session:
        set_round(session, "r", DEADLINE, expected=["ตรัง"], by="lead")
        set_round(session, "other", DEADLINE, expected=["ตรัง"], by="lead")
    arrivals = [("ใหม่.pdf", MIDNIGHT, "r"), ("แรก.pdf", LAST_MINUTE, "r")]
    for file, at, name in [*arrivals, ("รอบอื่น.pdf", LAST_MINUTE, "other")]:
        store.add(submission(file=file, province="ตรัง", received_at=at, round=name))
    gone = store.add(submission("ถอน", province="ตรัง", received_at=LAST_MINUTE, round="r")).sha256
    with store.begin() as session:
        withdraw(session, gone)
    [trang] = round_status(store, "r").provinces
    assert [(one.file, one.received_at) for one in trang.submissions] == [arrivals[1][:2]]
    with pytest.raises(StoreError, match="ไม่มี"):
        round_status(store, "ไม่มี")
