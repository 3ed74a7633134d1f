"""Upload: what was accepted is kept, read in the background, and told as it is."""

from __future__ import annotations

import datetime as dt
import io
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from classifiers.models.registry import Registry
from pipeline.locking import alone
from pipeline.settings import Settings
from pipeline.store import jobs
from pipeline.store.jobs import files as job_files
from pipeline.store.rounds import set_round
from pipeline.store.tables import ArrivalRow, DocumentRow
from pipeline.web.access import people
from pipeline.web.access.audit import entries
from pipeline.web.frame.dates import in_bangkok, today
from pipeline.web.uploads import spool
from pipeline.web.uploads.receiving import Receiving
from pipeline.web.uploads.spool import Spool
from pipeline.workspace import Workspace
from tests.pipeline.web.conftest import BASE, PASSWORD, Enter, log_in, token_of
from tests.texts import MINUTES

JSON = {"Accept": "application/json"}
FILE = ("รายงาน.txt", MINUTES.encode(), "text/plain")
OTHER = ("แบบเสนอ.txt", "แบบเสนอโครงการ จังหวัดน่าน โครงการท่องเที่ยวชุมชนริมน้ำ".encode(), "text/plain")
BROKEN = ("เสีย.pdf", b"%PDF-1.4 broken", "application/pdf")
PATIENCE = 240  # seconds; a busy machine takes its time


@pytest.fixture
def workspace(app: FastAPI, model_folder: Path) -> Workspace:
    found: Workspace = app.state.web.workspace
    promote(found.settings, model_folder)
    return found


@pytest.fixture
def reviewer(enter: Enter, workspace: Workspace) -> TestClient:  # noqa: ARG001
    return enter("reviewer")


def promote(settings: Settings, model_folder: Path) -> None:
    kept = Registry(settings.models)
    kept.promote(kept.add(model_folder), why={"because": "test"})


def send(browser: TestClient, *files: tuple[str, bytes, str], **form: str):  # type: ignore[no-untyped-def]
    headers = JSON | {"X-CSRF-Token": token_of(browser)}
    given = [("files", file) for file in files]
    return browser.post("/upload", files=given, data=form, headers=headers)


def read_all(workspace: Workspace) -> None:
    lane = Receiving(workspace)
    lane.recover()
    while lane.step():
        pass


def packed(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def state(browser: TestClient, job: int) -> dict:  # type: ignore[type-arg]
    answer: dict = browser.get(f"/upload/{job}/state").json()  # type: ignore[type-arg]
    return answer


def test_what_is_accepted_is_on_the_disk_and_in_the_queue(
    reviewer: TestClient, workspace: Workspace
) -> None:
    answer = send(reviewer, FILE, OTHER)
    assert answer.status_code == 202
    job = answer.json()["job"]
    found = state(reviewer, job)
    assert (found["state"], found["done"], found["steps"]) == ("waiting", 0, 2)
    assert [file["state"] for file in found["files"]] == ["waiting", "waiting"]
    with workspace.store.read() as session:
        places = [file.place for file in job_files.files_of(session, job)]
    kept = [Spool.of(workspace.settings).path(place) for place in places]
    assert [path.read_bytes() for path in kept] == [FILE[1], OTHER[1]]


def test_read_in_the_background_it_is_found_and_its_copy_is_gone(
    reviewer: TestClient, workspace: Workspace
) -> None:
    job = send(reviewer, FILE).json()["job"]
    read_all(workspace)
    found = state(reviewer, job)
    assert (found["state"], found["done"], found["failed"]) == ("done", 1, 0)
    [file] = found["files"]
    assert '<div id="job-next">' in reviewer.get(f"/upload/{job}").text  # where to go on
    assert (file["state"], file["kind"]) == ("stored", "รายงานการประชุม")
    assert "คณะทำงานลุ่มน้ำ" in file["title"]
    assert workspace.find("ขุดลอกคลอง").total > 0
    assert not any(Spool.of(workspace.settings).folder.iterdir())
    with workspace.store.read() as session:
        arrival = session.execute(select(ArrivalRow.file, ArrivalRow.received_by)).one()
    assert arrival == ("รายงาน.txt", "คน-reviewer")


def test_the_audit_log_keeps_no_name_of_a_file(
    reviewer: TestClient, enter: Enter, workspace: Workspace
) -> None:
    """It is never changed, and would keep the name of one that was deleted for good."""
    job = send(reviewer, FILE, round="").json()["job"]
    read_all(workspace)
    with workspace.store.read() as session:
        [line] = entries(session, action="upload.send")
    assert (line.target, line.details) == (str(job), {"files": 1, "round": None})
    assert FILE[0] not in enter("admin").get("/audit").text


def test_a_plain_form_leads_to_the_page_of_the_upload(reviewer: TestClient) -> None:
    form = {"csrf": token_of(reviewer), "round": ""}
    answer = reviewer.post("/upload", files=[("files", FILE)], data=form)
    assert answer.status_code == 303
    page = reviewer.get(answer.headers["location"])
    assert page.status_code == 200
    assert "รายงาน.txt" in page.text
    assert '<div id="job-next" hidden>' in page.text
    assert answer.headers["location"] in reviewer.get("/upload").text


def test_an_archive_becomes_its_members(reviewer: TestClient, workspace: Workspace) -> None:
    data = packed(**{"น่าน/ก.txt": FILE[1], "ข.txt": OTHER[1], "../../ค.txt": b"text " * 50})
    job = send(reviewer, ("ทั้งหมด.zip", data, "application/zip")).json()["job"]
    read_all(workspace)
    found = state(reviewer, job)
    assert [file["name"] for file in found["files"]] == [
        "ทั้งหมด.zip/น่าน/ก.txt",
        "ทั้งหมด.zip/ข.txt",
        "ทั้งหมด.zip/ค.txt",
    ]
    assert (found["state"], found["done"], found["steps"], found["failed"]) == ("done", 3, 3, 0)
    assert not any(Spool.of(workspace.settings).folder.iterdir())


def test_a_bomb_is_refused_as_one_file(reviewer: TestClient, workspace: Workspace) -> None:
    data = packed(**{"ระเบิด.txt": b"\0" * 50_000_000, "ดี.txt": FILE[1]})
    job = send(reviewer, ("b.zip", data, "application/zip")).json()["job"]
    read_all(workspace)
    bad, good = state(reviewer, job)["files"]
    assert (bad["state"], good["state"]) == ("failed", "stored")
    assert "อันตราย" in bad["error"]


def test_an_error_says_in_thai_what_to_do_and_can_be_tried_again(
    reviewer: TestClient, workspace: Workspace
) -> None:
    job = send(reviewer, BROKEN, FILE).json()["job"]
    read_all(workspace)
    found = state(reviewer, job)
    assert (found["state"], found["done"], found["failed"]) == ("done", 2, 1)
    error = found["files"][0]["error"]
    assert any("ก" <= letter <= "ฮ" for letter in error)
    assert str(workspace.settings.workspace) not in error
    assert "uploads" not in error
    assert error.split()[0] in reviewer.get(f"/upload/{job}").text
    form = {"csrf": token_of(reviewer)}
    assert reviewer.post(f"/upload/{job}/retry", data=form).status_code == 303
    assert state(reviewer, job)["state"] == "waiting"
    read_all(workspace)
    assert state(reviewer, job)["failed"] == 1


def test_the_same_file_again_is_known(reviewer: TestClient, workspace: Workspace) -> None:
    for expected in ("stored", "known"):
        job = send(reviewer, FILE).json()["job"]
        read_all(workspace)
        assert state(reviewer, job)["files"][0]["state"] == expected
    with workspace.store.read() as session:
        assert session.scalar(select(func.count()).select_from(DocumentRow)) == 1


def test_files_of_a_round_arrive_in_it(reviewer: TestClient, workspace: Workspace) -> None:
    with workspace.store.begin() as session:
        set_round(session, "2569/1", dt.date(2026, 1, 31), by="ทดสอบ")
    assert "2569/1" in reviewer.get("/upload").text
    assert send(reviewer, FILE, round="ไม่มีรอบนี้").status_code == 404
    job = send(reviewer, FILE, round="2569/1").json()["job"]
    read_all(workspace)
    with workspace.store.read() as session:
        assert jobs.get_job(session, job).round == "2569/1"
        assert session.scalars(select(ArrivalRow.round_id)).one() is not None


def test_what_was_received_earlier_is_as_late_as_it_was_then(
    reviewer: TestClient, workspace: Workspace
) -> None:
    with workspace.store.begin() as session:
        set_round(session, "2568", dt.date(2024, 12, 17), by="ทดสอบ")
    assert 'name="received"' in reviewer.get("/upload").text
    send(reviewer, FILE, round="2568", received="๑๗/12/2567")
    send(reviewer, OTHER, round="2568")
    read_all(workspace)
    with workspace.store.read() as session:
        found = session.execute(select(ArrivalRow.file, ArrivalRow.received_at)).all()
    days = {file: in_bangkok(moment).date() for file, moment in found}
    assert days == {FILE[0]: dt.date(2024, 12, 17), OTHER[0]: today()}


@pytest.mark.parametrize("day", ["32/1/2567", "เมื่อวาน", f"1/1/{today().year + 544}", "x" * 41])
def test_a_day_that_cannot_be_is_refused_with_the_remedy(
    reviewer: TestClient, workspace: Workspace, day: str
) -> None:
    answer = send(reviewer, FILE, received=day)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid")
    with workspace.store.read() as session:
        assert jobs.list_jobs(session, kinds=("upload",))[1] == 0
    assert not list(Spool.of(workspace.settings).folder.glob("*"))


def test_more_files_join_a_job_that_is_done(reviewer: TestClient, workspace: Workspace) -> None:
    job = send(reviewer, FILE).json()["job"]
    read_all(workspace)
    assert send(reviewer, OTHER, job=str(job)).json()["job"] == job
    found = state(reviewer, job)
    assert (found["state"], found["done"], found["steps"]) == ("waiting", 1, 2)


def test_nothing_and_too_much_are_refused_with_a_remedy(
    reviewer: TestClient, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert send(reviewer, ("", b"", "text/plain")).status_code == 422
    monkeypatch.setattr(spool, "MAX_BYTES", 100)
    answer = send(reviewer, FILE)
    assert answer.status_code == 422
    assert "แบ่งไฟล์" in str(answer.json()["error"])
    assert not any(Spool.of(workspace.settings).folder.iterdir())


def test_an_upload_of_megabytes_gets_through(reviewer: TestClient) -> None:
    assert send(reviewer, ("ใหญ่.txt", b"x" * 3_000_000, "text/plain")).status_code == 202


def test_names_never_reach_a_path(reviewer: TestClient, workspace: Workspace) -> None:
    job = send(reviewer, ("../../../etc/รหัส\u200e.txt", FILE[1], "text/plain")).json()["job"]
    [file] = state(reviewer, job)["files"]
    assert file["name"] == "รหัส_.txt"
    inside = Spool.of(workspace.settings).folder
    assert [path.parent for path in inside.iterdir()] == [inside]


def test_uploads_of_others_are_not_seen(
    reviewer: TestClient, enter: Enter, app: FastAPI, workspace: Workspace
) -> None:
    job = send(reviewer, FILE).json()["job"]
    with workspace.store.begin() as session:
        people.add_user(session, "คนอื่น", "reviewer", PASSWORD, by="ทดสอบ")
    other = TestClient(app, base_url=BASE, follow_redirects=False)
    log_in(other, "คนอื่น", PASSWORD)
    assert other.get(f"/upload/{job}/state").status_code == 404
    assert send(other, FILE, job=str(job)).status_code == 404
    assert enter("admin").get(f"/upload/{job}/state").status_code == 200


def test_what_a_dead_worker_had_begun_is_begun_again(
    reviewer: TestClient, workspace: Workspace
) -> None:
    job = send(reviewer, FILE).json()["job"]
    with workspace.store.begin() as session:
        assert job_files.claim_file(session) is not None
    assert state(reviewer, job)["files"][0]["state"] == "working"
    read_all(workspace)
    assert state(reviewer, job)["files"][0]["state"] == "stored"


def test_a_file_on_which_workers_die_is_given_up(
    reviewer: TestClient, workspace: Workspace
) -> None:
    job = send(reviewer, FILE, OTHER).json()["job"]
    lane = Receiving(workspace)
    for _ in range(jobs.ATTEMPTS):
        lane.recover()
        with workspace.store.begin() as session:
            assert job_files.claim_file(session) is not None
    read_all(workspace)
    bad, good = state(reviewer, job)["files"]
    assert (bad["state"], good["state"]) == ("failed", "stored")
    assert "บันทึกใหม่" in bad["error"]


def test_stored_but_not_told_is_no_second_arrival(
    reviewer: TestClient, workspace: Workspace
) -> None:
    """The worker before died between storing the document and saying so."""
    job = send(reviewer, FILE).json()["job"]
    dying = Receiving(workspace)
    end = job_files.end_file
    job_files.end_file = lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt)  # type: ignore[assignment]
    try:
        with pytest.raises(KeyboardInterrupt):
            dying.step()
    finally:
        job_files.end_file = end
    assert state(reviewer, job)["done"] == 0
    read_all(workspace)
    assert state(reviewer, job)["done"] == 1
    with workspace.store.read() as session:
        assert session.scalar(select(func.count()).select_from(ArrivalRow)) == 1


def at_work() -> bool:
    return any(thread.name == "workers" for thread in threading.enumerate())


def test_work_goes_on_as_long_as_the_server_runs(app: FastAPI) -> None:
    with TestClient(app):
        assert at_work()
    assert not at_work()


SERVE = """
import sys
from pathlib import Path
import uvicorn
from pipeline.settings import Settings
from pipeline.web.app import create_app
from pipeline.web.serving import bind
taken = bind("127.0.0.1", 0)
print(taken.getsockname()[1], flush=True)
app = create_app(Settings(Path(sys.argv[1])))
uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[taken])
"""


@pytest.fixture
def serve(settings: Settings) -> Iterator[Callable[[], tuple[subprocess.Popen[bytes], str]]]:
    """A server of its own process, with its workers; ended in any case."""
    running: list[subprocess.Popen[bytes]] = []

    def start() -> tuple[subprocess.Popen[bytes], str]:
        command = [sys.executable, "-c", SERVE, str(settings.workspace)]
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE))
        assert running[-1].stdout is not None
        base = f"http://127.0.0.1:{int(running[-1].stdout.readline())}"
        assert httpx2.get(f"{base}/login", timeout=PATIENCE).status_code == 200
        return running[-1], base

    yield start
    for process in running:
        process.terminate()
        process.wait()


@pytest.mark.slow
def test_killed_in_the_middle_nothing_accepted_is_lost(
    settings: Settings,
    model_folder: Path,
    serve: Callable[[], tuple[subprocess.Popen[bytes], str]],
) -> None:
    """kill -9 of the server while its worker reads: the next start goes on by itself."""
    promote(settings, model_folder)
    with Workspace.open(settings) as workspace, workspace.store.begin() as session:
        people.add_user(session, "ผู้ดูแล", "admin", PASSWORD, by="ทดสอบ")
    server, base = serve()
    with httpx2.Client(base_url=base, timeout=PATIENCE) as browser:
        log_in(browser, "ผู้ดูแล", PASSWORD)  # type: ignore[arg-type]
        files = [(f"{n}.txt", f"{MINUTES}\nฉบับที่ {n}".encode(), "text/plain") for n in range(30)]
        job = send(browser, *files).json()["job"]  # type: ignore[arg-type]
        wait(lambda: 0 < state(browser, job)["done"] < 30)  # type: ignore[arg-type]
    os.kill(server.pid, signal.SIGKILL)
    server.wait()
    with Workspace.open(settings) as workspace:
        with alone(settings.workspace / "worker-upload.lock"):  # let go as the worker leaves
            told = told_and_stored(workspace, job)
        assert told[0] <= told[1] < 30, "the worker went with its server, and told what it stored"
        serve()
        wait(lambda: told_and_stored(workspace, job)[0] == 30)
        assert told_and_stored(workspace, job) == (30, 30)
        with workspace.store.read() as session:
            assert session.scalar(select(func.count()).select_from(ArrivalRow)) == 30
        assert workspace.find("ฉบับที่ 29").total > 0


def told_and_stored(workspace: Workspace, job: int) -> tuple[int, int]:
    with workspace.store.read() as session:
        counts = job_files.counts_of(session, job)
        stored = session.scalar(select(func.count()).select_from(DocumentRow)) or 0
    return counts["stored"], stored


def wait(until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.1)
