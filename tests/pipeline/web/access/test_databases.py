"""People, logins and the audit log in every database."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from pipeline.store import ConflictError, Store, StoreError
from pipeline.web.access import audit, logins, people, throttling
from tests.pipeline.store.conftest import postgres_server, store  # noqa: F401
from tests.pipeline.store.database.conftest import url  # noqa: F401

PASSWORD = "ยาวพอ-และเดายาก-42"


@pytest.fixture
def admin(store: Store) -> people.User:  # noqa: F811
    with store.begin() as session:
        return people.add_user(session, "สมหญิง", "admin", PASSWORD, by="ทดสอบ")


def test_a_login_is_found_by_its_token_and_by_nothing_else(
    store: Store,  # noqa: F811
    admin: people.User,
) -> None:
    now = dt.datetime.now(dt.UTC)
    with store.begin() as session:
        token = logins.begin_login(session, admin.id, "127.0.0.1")
        program = logins.make_token(session, admin.id, "รายงาน")
    with store.read() as session:
        found = logins.person_of(session, token, now)
        assert found is not None
        assert (found[0].name, found[0].role) == ("สมหญิง", "admin")
        assert logins.person_of(session, token[:-1], now) is None
        assert logins.person_of(session, token, now + logins.LONGEST) is None
        assert logins.program_of(session, program, now) is not None
        assert logins.program_of(session, token, now) is None


def test_one_name_is_one_user(store: Store, admin: people.User) -> None:  # noqa: ARG001, F811
    with pytest.raises(ConflictError), store.begin() as session:
        people.add_user(session, " สมหญิง ", "admin", PASSWORD, by="ทดสอบ")


def test_attempts_at_once_do_not_get_around_the_limit(store: Store) -> None:  # noqa: F811
    def attempt(_: int) -> bool:
        with store.begin() as session:
            return throttling.try_login(session, "a", "203.0.113.9") == "free"

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(24))) == 5


@pytest.mark.parametrize("statement", ["UPDATE audit SET target = 'x'", "DELETE FROM audit"])
def test_the_audit_log_is_only_added_to(store: Store, statement: str) -> None:  # noqa: F811
    with store.begin() as session:
        audit.record(session, "login.entered", by="สมหญิง", details={"ก": 1}, address="::1")
    with pytest.raises(StoreError, match="append-only"), store.begin() as session:
        session.execute(text(statement))
    with store.read() as session:
        [entry] = audit.entries(session, by="สมหญิง", action="login.")
        assert (entry.details, entry.address) == ({"ก": 1}, "::1")
