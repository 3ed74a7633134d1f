"""Decisions: what holds, undoing, and two people at once."""

from __future__ import annotations

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pipeline.errors import UsageError
from pipeline.store import ConflictError, Labelling, Store, StoreError
from pipeline.store.documents import passages_of
from pipeline.store.labels import as_decided, decide, history_of, labels_of, undo, undo_group
from tests.pipeline.store.submissions import TEXT, submission


@pytest.fixture
def sha256(store: Store) -> str:
    return store.add(submission()).sha256


def labels(session: Session, sha256: str) -> Labelling:
    return labels_of(session, [sha256])[sha256]


def test_without_a_decision_the_machine_s_labels_hold(store: Store, sha256: str) -> None:
    with store.read() as session:
        standing = labels(session, sha256)
    assert standing.source == "machine"
    assert standing.values == standing.machine
    assert standing.values["agenda"] == "service"
    assert standing.values["modes"] == ("digital", "open")
    assert (standing.last, standing.model) == (0, "m1")


def test_a_decision_that_was_expected_but_never_made_is_a_conflict(
    store: Store, sha256: str
) -> None:
    with store.begin() as session, pytest.raises(ConflictError):
        decide(session, [sha256], {"agenda": "tourism"}, by="a", expected={sha256: 9})


def test_a_decision_says_who_when_what_before_and_what_after(store: Store, sha256: str) -> None:
    with store.begin() as session:
        [made] = decide(
            session, [sha256], {"agenda": "tourism"}, by="สมชาย", note="ดูเป้าหมาย", seconds=4.5
        )
    with store.read() as session:
        assert history_of(session, [sha256])[sha256] == [made]
        standing = labels(session, sha256)
    assert (made.by, made.note, made.seconds, made.source) == ("สมชาย", "ดูเป้าหมาย", 4.5, "human")
    assert (made.before, made.after) == ({"agenda": "service"}, {"agenda": "tourism"})
    assert made.at.utcoffset() is not None
    assert standing.values["agenda"] == "tourism"
    assert standing.values["modes"] == ("digital", "open")
    assert (standing.source, standing.decision, standing.last) == ("human", made, made.id)


def test_the_several_provinces_of_minutes_are_told_apart_in_a_search(store: Store) -> None:
    sha256 = store.add(submission(kind="minutes", province="ตรัง | พัทลุง")).sha256
    with store.begin() as session:
        decide(session, [sha256], {"province": "แพร่ | น่าน"}, by="ก")
        shown = as_decided(session, passages_of(session, sha256))
    assert {passage.provinces for passage in shown} == {("แพร่", "น่าน")}


def test_accepting_confirms_all_labels_as_they_stand(store: Store, sha256: str) -> None:
    with store.begin() as session:
        decide(session, [sha256], {"agenda": "tourism"}, by="a")
        [made] = decide(session, [sha256], kind="accept", by="b")
    assert made.after == {
        "agenda": "tourism", "modes": ["digital", "open"], "award_scaleup": False,
    }  # fmt: skip
    store.add(submission(model="m2"))  # what a new model says changes nothing now
    with store.read() as session:
        assert labels(session, sha256).values["agenda"] == "tourism"


def test_an_undo_restores_and_can_itself_be_undone(store: Store, sha256: str) -> None:
    with store.begin() as session:
        [first] = decide(session, [sha256], {"agenda": "tourism"}, by="a")
        [second] = decide(session, [sha256], {"agenda": "poverty", "modes": ["open"]}, by="a")
        back = undo(session, second.id, by="a")
        assert (back.before, back.after) == (second.after, second.before)
        assert labels(session, sha256).values["agenda"] == "tourism"
        assert labels(session, sha256).values["modes"] == ("digital", "open")
        again = undo(session, back.id, by="a")
        assert labels(session, sha256).values["agenda"] == "poverty"
        undo(session, again.id, by="a")
        undo(session, first.id, by="a")
        standing = labels(session, sha256)
    assert (standing.values["agenda"], standing.source) == ("service", "machine")


def test_an_undo_never_overwrites_what_somebody_decided_since(store: Store, sha256: str) -> None:
    with store.begin() as session:
        [mine] = decide(session, [sha256], {"agenda": "tourism"}, by="a")
        decide(session, [sha256], {"agenda": "poverty"}, by="b")
        with pytest.raises(ConflictError, match="b has decided since"):
            undo(session, mine.id, by="a")
        assert labels(session, sha256).values["agenda"] == "poverty"


def test_an_undo_leaves_other_fields_alone(store: Store, sha256: str) -> None:
    with store.begin() as session:
        [mine] = decide(session, [sha256], {"agenda": "tourism"}, by="a")
        decide(session, [sha256], {"modes": ["open"]}, by="b")
        undo(session, mine.id, by="a")
        standing = labels(session, sha256)
    assert (standing.values["agenda"], standing.values["modes"]) == ("service", ("open",))


def test_nothing_is_undone_twice(store: Store, sha256: str) -> None:
    with store.begin() as session:
        [made] = decide(session, [sha256], {"agenda": "tourism"}, by="a")
        undo(session, made.id, by="a")
        with pytest.raises(ConflictError, match="undone already"):
            undo(session, made.id, by="a")
        with pytest.raises(StoreError, match="no decision"):
            undo(session, made.id + 100, by="a")


def test_two_people_never_overwrite_each_other(store: Store, sha256: str) -> None:
    with store.read() as session:
        seen = labels(session, sha256).last
    with store.begin() as session:
        decide(session, [sha256], {"agenda": "tourism"}, by="a", expected={sha256: seen})
    with store.begin() as session, pytest.raises(ConflictError, match="a decided"):
        decide(session, [sha256], {"agenda": "poverty"}, by="b", expected={sha256: seen})
    with store.read() as session:
        assert labels(session, sha256).values["agenda"] == "tourism"


def test_many_are_decided_at_once_and_undone_as_one(store: Store) -> None:
    shas = [store.add(submission(f"{n} {TEXT}")).sha256 for n in range(3)]
    with store.begin() as session:
        made = decide(session, shas, kind="accept", by="a", seconds=6)
        assert len({decision.group for decision in made} - {None}) == 1
        assert [decision.seconds for decision in made] == [2, 2, 2]
        decide(session, shas[1:2], {"agenda": "poverty"}, by="b")
        undone = undo_group(session, made[0].group or "", by="a")
        found = labels_of(session, shas)
    assert undone.kept == (shas[1],)
    assert [found[sha].source for sha in shas] == ["machine", "human", "machine"]
    assert found[shas[1]].values["agenda"] == "poverty"


def test_all_or_none_of_many_are_decided(store: Store, sha256: str) -> None:
    with pytest.raises(StoreError, match="no document"), store.begin() as session:
        decide(session, [sha256, "0" * 64], {"agenda": "tourism"}, by="a")
    with store.read() as session:
        assert history_of(session, [sha256])[sha256] == []


def test_a_second_opinion_changes_no_label_until_it_is_settled(store: Store, sha256: str) -> None:
    with store.begin() as session:
        decide(session, [sha256], kind="accept", by="a")
        decide(session, [sha256], kind="ask", by="a")
        assert labels(session, sha256).asked
        decide(session, [sha256], {"agenda": "poverty"}, kind="second", by="b")
        standing = labels(session, sha256)
        assert standing.second is not None
        assert (standing.values["agenda"], standing.asked) == ("service", False)
        decide(session, [sha256], {"agenda": "poverty"}, kind="adjudicate", by="c")
        assert labels(session, sha256).values["agenda"] == "poverty"


@pytest.mark.parametrize(
    "after",
    [{"agenda": ""}, {"modes": []}, {"modes": "open"}, {"award_scaleup": "yes"}, {"colour": "red"}],
)
def test_a_value_that_is_none_is_refused(
    store: Store, sha256: str, after: dict[str, object]
) -> None:
    with store.begin() as session, pytest.raises(UsageError):
        decide(session, [sha256], after, by="a")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decisions SET note = 'other'",
        "DELETE FROM decisions",
        "TRUNCATE decisions CASCADE",
        "INSERT OR REPLACE INTO decisions SELECT * FROM decisions",
    ],
)
def test_the_database_itself_keeps_decisions(store: Store, sha256: str, statement: str) -> None:
    of_sqlite = store.engine.dialect.name == "sqlite"
    if statement.startswith("TRUNCATE" if of_sqlite else "INSERT"):
        pytest.skip("the other database's statement")
    with store.begin() as session:
        [made] = decide(session, [sha256], {"agenda": "tourism"}, by="a")
    with store.engine.connect() as connection:
        if of_sqlite:  # as a tool that knows nothing of wara would open it
            connection.exec_driver_sql("PRAGMA recursive_triggers = OFF")
        with pytest.raises(DBAPIError, match="append-only"):
            connection.execute(text(statement))
    with store.read() as session:
        assert history_of(session, [sha256])[sha256] == [made]


def test_labels_of_many_documents_take_no_query_each(store: Store) -> None:
    shas = [store.add(submission(f"{n} {TEXT}")).sha256 for n in range(8)]
    with store.begin() as session:
        decide(session, shas, kind="accept", by="a")
    queries = []
    event.listen(store.engine, "before_cursor_execute", lambda *a: queries.append(a[2]))
    with store.read() as session:
        assert len(labels_of(session, shas)) == 8
    assert len([q for q in queries if q.startswith("SELECT")]) <= 4
