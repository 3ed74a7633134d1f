"""The API: the same permissions, one shape of errors, decisions that overwrite nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from classifiers import ProposalTagger
from corpora import load_taxonomy
from pipeline import batch
from pipeline.store.rounds import set_round
from pipeline.web.access import logins, people
from pipeline.web.api.values.shared import Failed
from pipeline.web.frame import problems
from pipeline.web.uploads.receiving import Receiving
from pipeline.workspace import Arrival, Workspace
from tests.pipeline.store.submissions import submission
from tests.pipeline.web.conftest import BASE, PASSWORD
from tests.pipeline.web.filling import topics
from tests.pipeline.web.uploads.test_pages import FILE, promote
from tests.texts import MINUTES

Program = Callable[[str], TestClient]
PROPOSAL = """แบบเสนอโครงการพัฒนาจังหวัด
ชื่อโครงการ ท่องเที่ยวชุมชนริมน้ำน่าน
จังหวัดน่าน
หลักการและเหตุผล ชุมชนริมน้ำมีบ้านเก่าและตลาดเช้าที่นักท่องเที่ยวชื่นชอบ จึงควรพัฒนาเป็นเส้นทางท่องเที่ยว
"""


@pytest.fixture
def workspace(app: FastAPI) -> Workspace:
    found: Workspace = app.state.web.workspace
    return found


@pytest.fixture
def program(app: FastAPI, workspace: Workspace) -> Program:
    """`program("reviewer")`: a client with the token of a user of that role."""

    def made(role: str) -> TestClient:
        with workspace.store.begin() as session:
            if not people.any_users(session):
                people.add_user(session, "หัวหน้า", "admin", PASSWORD, by="ทดสอบ")
            user = people.add_user(session, f"โปรแกรม-{role}", role, PASSWORD, by="ทดสอบ")
            token = logins.make_token(session, user.id, "ทดสอบ")
        return TestClient(app, base_url=BASE, headers={"Authorization": f"Bearer {token}"})

    return made


@pytest.fixture
def stored(
    workspace: Workspace, tagger: ProposalTagger, model_folder: Path, tmp_path: Path
) -> tuple[str, str]:
    """The digests of a proposal and of minutes, which came in the round 2569/1."""
    with workspace.store.begin() as session:
        set_round(session, "2569/1", dt.date(2026, 1, 31), by="ทดสอบ")
    found = []
    for name, text in (("แบบเสนอ.txt", PROPOSAL), ("รายงาน.txt", MINUTES)):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        job = batch.Job("half", model_folder, keep=True)
        outcome = batch.process(str(file), tagger, job)
        arrival = Arrival("ทดสอบ", "2569/1", dt.datetime(2026, 1, 5, tzinfo=dt.UTC))
        found.append(workspace.add(outcome, topics(), arrival).sha256)
    return found[0], found[1]


def code(answer) -> str:  # type: ignore[no-untyped-def]
    return str(Failed.model_validate(answer.json()).error.code)


def test_errors_have_the_shape_that_the_schema_promises() -> None:
    told = problems.as_json(problems.FORBIDDEN)
    assert Failed.model_validate(told).model_dump(exclude_none=True) == told


def test_the_schema_is_bilingual_and_complete(program: Program) -> None:
    schema = program("analyst").get("/api/openapi.json").json()
    assert schema["info"]["title"] == "wara วาระ"
    for path, methods in schema["paths"].items():
        assert path.startswith("/api/")
        for method, operation in methods.items():
            assert "·" in operation["summary"], (method, path)
            assert operation["security"] == [{"token": []}]
            error = operation["responses"]["422"]["content"]["application/json"]["schema"]
            assert error == {"$ref": "#/components/schemas/Failed"}


def test_only_a_token_that_holds_lets_in(app: FastAPI, program: Program) -> None:
    assert program("reviewer").get("/api/documents").status_code == 200
    nobody = TestClient(app, base_url=BASE)
    for headers in ({}, {"Authorization": "Bearer wara_wrong"}, {"Authorization": "Basic eDp5"}):
        answer = nobody.get("/api/documents", headers=headers)
        assert (answer.status_code, code(answer)) == (401, "not_signed_in")


def test_documents_are_listed_filtered_and_paged(program: Program, stored: tuple[str, str]) -> None:
    client = program("analyst")
    found = client.get("/api/documents").json()
    assert [one["sha256"] for one in found["items"]] == list(stored)
    assert found["total"] == 2
    page = client.get("/api/documents", params={"limit": 1, "offset": 1}).json()
    assert ([one["sha256"] for one in page["items"]], page["total"]) == ([stored[1]], 2)
    for filters, expected in (
        ({"kind": "minutes"}, [stored[1]]),
        ({"province": "น่าน"}, [stored[0]]),
        ({"round": "2569/1"}, list(stored)),
        ({"since": "2025-03-28", "until": "2025-03-28"}, [stored[1]]),
        ({"status": "decided"}, []),
    ):
        items = client.get("/api/documents", params=filters).json()["items"]
        assert [one["sha256"] for one in items] == expected, filters
    assert client.get("/api/documents", params={"round": "ไม่มี"}).status_code == 404
    assert code(client.get("/api/documents", params={"limit": 0})) == "invalid"
    misspelled = client.get("/api/documents", params={"provnce": "น่าน"})
    assert (code(misspelled), "provnce" in misspelled.text) == ("invalid", True)


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("path", ["/api/documents", "/api/search"])
def test_days_are_read_in_both_eras(program: Program, path: str) -> None:
    client = program("analyst")
    for day, found in (
        ("2025-03-28", True),
        ("2568-03-28", True),
        ("28/3/2568", True),
        ("๒๘/๓/๒๕๖๘", True),
        ("28 มีนาคม 2568", True),
        ("2568-03-27", False),
    ):
        asked = {"q": "ที่ประชุม"} if path == "/api/search" else {}
        answer = client.get(path, params={**asked, "since": day, "until": day})
        assert (answer.json()["total"] > 0) is found, day


@pytest.mark.parametrize("path", ["/api/documents", "/api/search"])
def test_what_is_no_day_is_told_in_both_languages(program: Program, path: str) -> None:
    asked = {"q": "ประชุม"} if path == "/api/search" else {}
    answer = program("analyst").get(path, params={**asked, "since": "31/2/2568{x}"})
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, "invalid")
    assert "since: อ่านวันที่ “31/2/2568{x}” ไม่ได้" in error["th"]
    assert "write 2021-12-17, 17/12/2564" in error["en"]
    [field] = error["fields"]
    assert field["field"] == "since"
    assert error["th"].removeprefix("since: ") in field["message"]


def test_a_document_its_text_and_its_passages(program: Program, stored: tuple[str, str]) -> None:
    client = program("analyst")
    minutes = stored[1]
    found = client.get(f"/api/documents/{minutes}").json()
    assert (found["kind"], found["arrivals"][0]["round"]) == ("minutes", "2569/1")
    text = client.get(f"/api/documents/{minutes}/text").json()
    for page in text["pages"]:
        assert text["text"][page["start"] :].startswith(page["text"])
    passages = client.get(f"/api/documents/{minutes}/passages").json()
    assert passages["total"] == len(passages["items"]) > 3
    for passage in passages["items"]:
        assert text["text"][passage["start"] : passage["end"]] == passage["text"]
    assert code(client.get(f"/api/documents/{'0' * 64}")) == "not_found"
    assert code(client.get("/api/documents/short")) == "invalid"


def test_a_decision_on_what_was_not_seen_is_refused(
    program: Program, stored: tuple[str, str]
) -> None:
    client, path = program("reviewer"), f"/api/documents/{stored[0]}"
    before = client.get(f"{path}/labels").json()
    other = next(c for c in load_taxonomy().agenda_codes if c != before["values"]["agenda"])
    body = {"after": {"agenda": other}, "expected": before["last"]}
    unseen = client.post(f"{path}/decisions", json=body | {"expected": 7})
    assert (unseen.status_code, code(unseen)) == (409, "conflict")
    made = client.post(f"{path}/decisions", json=body)
    assert made.status_code == 201
    again = client.post(f"{path}/decisions", json=body)
    assert (again.status_code, code(again)) == (409, "conflict")
    now = client.get(f"{path}/labels").json()
    assert (now["last"], now["source"]) == (made.json()["id"], "human")
    assert client.get(f"{path}/decisions").json()["total"] == 1
    undone = client.post(f"/api/decisions/{made.json()['id']}/undo")
    assert undone.json()["undoes"] == made.json()["id"]
    assert client.get(f"{path}/labels").json()["values"] == before["values"]
    assert client.post(f"/api/decisions/{made.json()['id']}/undo").status_code == 409


@pytest.mark.parametrize(
    "body",
    [
        {"after": {"agenda": "tourism"}},
        {"after": {"agenda": "ไม่มีประเด็นนี้"}, "expected": 0},
        {"after": {"modes": []}, "expected": 0},
        {"after": {"modes": ["ไม่มี"]}, "expected": 0},
        {"after": {"agenda": None}, "expected": 0},
        {"after": {"province": "แอตแลนติส"}, "expected": 0},
        {"after": {"colour": "red"}, "expected": 0},
        {"after": {}, "expected": 0},
        {"kind": "note", "expected": 0},
        {"kind": "undo", "expected": 0},
        {"kind": "accept", "expected": 0, "seconds": -1},
    ],
)
def test_a_decision_that_says_nothing_sensible_is_refused(
    program: Program, stored: tuple[str, str], body: dict[str, object]
) -> None:
    answer = program("reviewer").post(f"/api/documents/{stored[0]}/decisions", json=body)
    assert (answer.status_code, code(answer)) == (422, "invalid")


def test_labels_are_accepted_where_there_are_some(
    program: Program, stored: tuple[str, str]
) -> None:
    client = program("reviewer")
    body = {"kind": "accept", "expected": 0, "seconds": 3.5}
    made = client.post(f"/api/documents/{stored[0]}/decisions", json=body)
    assert (made.status_code, made.json()["seconds"]) == (201, 3.5)
    assert client.post(f"/api/documents/{stored[1]}/decisions", json=body).status_code == 422
    found = client.get("/api/documents", params={"status": "decided"}).json()
    assert [one["sha256"] for one in found["items"]] == [stored[0]]


def test_analysts_do_not_decide_and_reviewers_do_not_train(
    program: Program, stored: tuple[str, str]
) -> None:
    body = {"kind": "accept", "expected": 0}
    answer = program("analyst").post(f"/api/documents/{stored[0]}/decisions", json=body)
    assert (answer.status_code, code(answer)) == (403, "forbidden")
    assert program("reviewer").post("/api/models/train").status_code == 403


def test_search_answers_as_the_page_does(program: Program, stored: tuple[str, str]) -> None:
    found = program("analyst").get("/api/search", params={"q": "ขุดลอกคลอง"}).json()
    assert found["total"] >= 1
    hit = found["hits"][0]
    assert hit["document"] == stored[1]
    assert any("ขุดลอก" in hit["text"][start:end] for start, end in hit["highlights"])
    assert hit["file"].endswith("รายงาน.txt")


@pytest.mark.parametrize(
    ("path", "known"),
    [("documents", "province"), ("jobs", "offset"), ("rounds", "limit"), ("search", "speaker")],
)
def test_a_filter_that_is_none_is_refused_with_those_that_are(
    program: Program, path: str, known: str
) -> None:
    asked = {"q": "น้ำ", "provinse": "น่าน"} if path == "search" else {"provinse": "น่าน"}
    answer = program("reviewer").get(f"/api/{path}", params=asked)
    assert (answer.status_code, code(answer)) == (422, "invalid")
    told = answer.json()["error"]
    assert "provinse" in told["en"]
    assert known in told["en"].partition("use")[2]
    assert "ไม่รู้จักตัวแปร provinse" in told["th"]


def test_what_is_no_proposal_is_told_but_not_counted(
    program: Program, workspace: Workspace, stored: tuple[str, str]
) -> None:
    given = submission("ประกาศปิดถนน", kind="other", round="2569/1")
    other = workspace.store.add(given).sha256
    status = program("analyst").get("/api/rounds/2569%2F1/status").json()
    assert status["uncounted"][-1] == other
    assert stored[0] not in status["uncounted"]


def test_rounds_and_who_is_late(program: Program, stored: tuple[str, str]) -> None:
    client = program("analyst")
    [found] = client.get("/api/rounds").json()["items"]
    assert (found["name"], found["deadline"]) == ("2569/1", "2026-01-31")
    status = client.get("/api/rounds/2569%2F1/status").json()
    [nan] = [one for one in status["provinces"] if one["province"] == "น่าน"]
    assert (nan["status"], nan["submissions"]) == ("on_time", [stored[0]])
    assert (status["on_time"], status["late"], status["missing"]) == (1, 0, 75)


def test_files_are_uploaded_and_followed(
    program: Program, workspace: Workspace, model_folder: Path
) -> None:
    promote(workspace.settings, model_folder)
    client = program("reviewer")
    sent = client.post("/api/uploads", files=[("files", FILE)])
    assert sent.status_code == 202
    job = sent.json()["job"]["id"]
    assert client.get(f"/api/jobs/{job}").json()["state"] == "waiting"
    lane = Receiving(workspace)
    lane.recover()
    while lane.step():
        pass
    assert client.get(f"/api/jobs/{job}").json()["state"] == "done"
    [file] = client.get(f"/api/jobs/{job}/files").json()["items"]
    assert client.get(f"/api/documents/{file['sha256']}").status_code == 200
    assert client.get("/api/jobs").json()["total"] == 1
    assert client.post(f"/api/jobs/{job}/retry").status_code == 404


def test_models_are_listed_and_trained_in_the_background(
    program: Program, workspace: Workspace, model_folder: Path
) -> None:
    promote(workspace.settings, model_folder)
    client = program("admin")
    first = client.get("/api/models").json()["items"][0]
    assert first["current"]
    assert client.get(f"/api/models/{first['name']}").json() == first
    assert client.post("/api/models/train").json()["kind"] == "train"
    assert client.post("/api/models/train").status_code == 409
    assert client.post(f"/api/models/{first['name']}/promote").status_code == 409
    assert client.post("/api/models/rollback").json() == {"model": "built-in"}
    assert client.post("/api/models/rollback").status_code == 409
