from __future__ import annotations

import datetime as dt

import pytest

from pipeline.store import Store, StoreError
from pipeline.store.decisions import decide
from pipeline.store.rounds import EXPECTED, get_round, list_rounds, round_status, set_round
from tests.pipeline.store.submissions import TEXT, submission

DEADLINE = dt.date(2021, 12, 17)
LAST_MINUTE = dt.datetime(2021, 12, 17, 16, 59, tzinfo=dt.UTC)  # 23:59 in Thailand
MIDNIGHT = dt.datetime(2021, 12, 17, 17, 0, tzinfo=dt.UTC)


def test_the_76_provinces_are_expected_the_capital_is_not(store: Store) -> None:
    with store.begin() as session:
        made = set_round(session, "2565", DEADLINE, by="lead")
    assert len(made.expected) == 76
    assert "กรุงเทพมหานคร" not in made.expected


def test_terms_set_again_hold_and_the_old_ones_are_kept(store: Store) -> None:
    later = dt.date(2021, 12, 24)
    with store.begin() as session:
        set_round(session, "2565", DEADLINE, by="a")
        set_round(session, "2565", later, expected=["ตรัง"], by="b")
        found = get_round(session, "2565")
        assert list_rounds(session) == [found]
    assert (found.deadline, found.expected, found.set_by) == (later, ("ตรัง",), "b")
    with store.read() as session, pytest.raises(StoreError, match="2565"):
        get_round(session, "2566")


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
    with store.read() as session:
        status = round_status(session, "r")
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
        assert round_status(session, "r").count("missing") == 0


def test_the_same_file_again_does_not_make_a_province_late(store: Store) -> None:
    with store.begin() as session:
        set_round(session, "r", DEADLINE, expected=["ตรัง"], by="lead")
    for at in (MIDNIGHT, LAST_MINUTE):
        store.add(submission(received_at=at, round="r"))
    with store.read() as session:
        [trang] = round_status(session, "r").provinces
    assert (trang.status, len(trang.submissions)) == ("on_time", 1)


def test_expected_are_the_provinces_of_the_country() -> None:
    assert len(set(EXPECTED)) == 76
