"""The page of one document: what it shows, decisions on it, and two people at once."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from pipeline import read
from pipeline.documents import Evidence
from pipeline.proposals import parse_proposal
from pipeline.store import Store, Submission
from pipeline.store.labels import history_of, labels_of
from pipeline.web.documents.page_images import clear_up
from tests.pipeline.store.submissions import TAGGING, TEXT, submission
from tests.pipeline.web.conftest import Enter, token_of

SAMPLES = Path(__file__).parents[4] / "corpora" / "samples"
PDF = SAMPLES / "05-form-border-service-sakaeo.pdf"
Form = Callable[..., dict[str, str]]


@pytest.fixture
def store(app: FastAPI) -> Store:
    return app.state.web.workspace.store


def put_file(store: Store, path: Path) -> str:
    """A real file, as it is read and parsed."""
    data = path.read_bytes()
    document = replace(read(path), file=path.name)
    return store.add(Submission(document, data, parse_proposal(document))).sha256


def form_of(browser: TestClient, sha256: str, **chosen: str) -> dict[str, str]:
    """What a browser that has opened the page would send."""
    page = browser.get(f"/documents/{sha256}").text
    last = re.search(r'name="last" value="(\d+)"', page)
    assert last
    usual = {"agenda": "service", "mode": "digital", "kind": "proposal", "last": last[1]}
    return usual | {"csrf": token_of(browser)} | chosen


def test_the_text_stands_there_with_its_evidence_marked_and_escaped(
    store: Store, enter: Enter
) -> None:
    text = TEXT + " <b>น้ำ</b>"
    start = text.index("บัตร")
    tagging = replace(TAGGING, evidence=(Evidence(start, start + 4, "บัตร", "service", 1.0),))
    sha256 = store.add(replace(submission(text), tagging=tagging)).sha256
    page = enter("analyst").get(f"/documents/{sha256}").text
    assert re.search(r'<mark class="mark-agenda"[^>]*>.*?บัตร</mark>', page)
    assert "&lt;b&gt;น้ำ&lt;/b&gt;" in page
    assert "<b>น้ำ" not in page
    assert 'id="decide"' not in page  # an analyst looks, but does not decide


def test_what_the_model_went_by_is_listed_and_leads_to_its_place(
    store: Store, enter: Enter
) -> None:
    start = TEXT.index("ลดเวลา")
    said = (
        Evidence(start, start + 10, "", "digital", 0.4),
        Evidence(0, 4, "", "poverty", -0.2),  # against it: not shown
        Evidence(5, 10, "", "award_scaleup", 0.1),
    )
    made = replace(submission(), tagging=replace(TAGGING, evidence=said))
    page = enter("reviewer").get(f"/documents/{store.add(made).sha256}").text
    listed = re.findall(
        r'<mark class="mark-\w+">([^<]+)</mark> <a href="#([\w-]+)"[^>]*>(.*?)</a>', page
    )
    assert listed == [
        ("ดิจิทัล", "evidence-1", TEXT[start : start + 10]),
        ("ต่อยอดรางวัล", "evidence-3", TEXT[5:10]),
    ]
    assert [page.count(f'id="evidence-{number}"') for number in (1, 2, 3)] == [1, 0, 1]


def test_reasons_stand_before_the_decision_in_thai(store: Store, enter: Enter) -> None:
    made = submission()
    record = replace(
        made.record, reasons=("ประเด็น (agenda) ก้ำกึ่ง: livelihood 76% · environment 23%",)
    )
    page = (
        enter("reviewer").get(f"/documents/{store.add(replace(made, record=record)).sha256}").text
    )
    told = page.index("ก้ำกึ่ง: คุณภาพชีวิตและเศรษฐกิจฐานราก 76% · สิ่งแวดล้อม 23%")
    assert told < page.index('id="decide"')


def test_bars_reasons_fields_and_arrivals_are_told(store: Store, enter: Enter) -> None:
    made = submission()
    record = replace(made.record, reasons=("ประเด็น ก้ำกึ่ง",), missing_sections=("budget",))
    sha256 = store.add(replace(made, record=record)).sha256
    twin = store.add(submission(TEXT + " ฉบับแก้ไข", file="ตรัง2.txt")).sha256
    page = enter("reviewer").get(f"/documents/{sha256}").text
    for told in (
        "90%",
        "ประเด็น ก้ำกึ่ง",
        "งบประมาณ",
        "90,000 บาท",
        "ราชการ",
        "ตรัง.txt",
        f"/documents/{twin}",
    ):
        assert told in page


def test_two_axes_and_a_further_mode_are_saved_with_the_time_spent(
    store: Store, enter: Enter
) -> None:
    sha256, browser = store.add(submission()).sha256, enter("reviewer")
    form = form_of(browser, sha256, agenda="tourism", mode="open", further="digital", seconds="3.5")
    assert browser.post(f"/documents/{sha256}/decide", data=form).status_code == 303
    with store.read() as session:
        [made] = history_of(session, [sha256])[sha256]
    assert made.after["agenda"] == "tourism"
    assert made.after["modes"] == ["open", "digital"]
    assert (made.kind, made.seconds) == ("label", 3.5)


def test_time_that_cannot_be_is_not_kept(store: Store, enter: Enter) -> None:
    sha256, browser = store.add(submission()).sha256, enter("reviewer")
    for seconds in ("-1", "nan", "1e9", "ครู่หนึ่ง"):
        form = form_of(browser, sha256, seconds=seconds)
        assert browser.post(f"/documents/{sha256}/decide", data=form).status_code == 303
    with store.read() as session:
        made = history_of(session, [sha256])[sha256]
    assert [one.seconds for one in made] == [None] * 4


def test_who_comes_second_is_told_and_keeps_what_they_chose(store: Store, enter: Enter) -> None:
    sha256 = store.add(submission()).sha256
    first, second = enter("reviewer"), enter("admin")
    theirs = form_of(second, sha256, agenda="poverty", mode="open", note="ดูหน้า 2")
    first.post(f"/documents/{sha256}/decide", data=form_of(first, sha256, agenda="tourism"))
    answer = second.post(f"/documents/{sha256}/decide", data=theirs)
    assert answer.status_code == 409
    assert re.search(r'name="agenda" value="poverty"[^>]* checked', answer.text)
    assert "ดูหน้า 2" in answer.text
    assert "คน-reviewer" in answer.text
    assert "ท่องเที่ยว" in answer.text
    with store.read() as session:
        assert labels_of(session, [sha256])[sha256].values["agenda"] == "tourism"
    again = re.search(r'name="last" value="(\d+)"', answer.text)
    assert again
    second.post(f"/documents/{sha256}/decide", data=theirs | {"last": again[1]})
    with store.read() as session:
        assert labels_of(session, [sha256])[sha256].values["agenda"] == "poverty"
        assert len(history_of(session, [sha256])[sha256]) == 2


def test_who_decided_in_another_window_is_told_that_it_was_them(store: Store, enter: Enter) -> None:
    sha256, browser = store.add(submission()).sha256, enter("reviewer")
    other_window = form_of(browser, sha256, agenda="poverty")
    browser.post(f"/documents/{sha256}/decide", data=form_of(browser, sha256, agenda="tourism"))
    answer = browser.post(f"/documents/{sha256}/decide", data=other_window)
    assert answer.status_code == 409
    assert "ท่านเองตัดสินฉบับนี้ไปแล้วในอีกหน้าต่างหนึ่ง" in answer.text


def test_what_is_no_label_is_refused_with_the_remedy(store: Store, enter: Enter) -> None:
    sha256, browser = store.add(submission()).sha256, enter("reviewer")
    for wrong in ({"agenda": "ยาเสพติด"}, {"mode": ""}, {"kind": "x"}):
        answer = browser.post(f"/documents/{sha256}/decide", data=form_of(browser, sha256, **wrong))
        assert answer.status_code == 422
        assert "เลือก" in answer.text
    with store.read() as session:
        assert history_of(session, [sha256])[sha256] == []


def test_one_undoes_ones_own_decisions_in_the_history(store: Store, enter: Enter) -> None:
    sha256 = store.add(submission()).sha256
    admin, reviewer = enter("admin"), enter("reviewer")
    admin.post(f"/documents/{sha256}/decide", data=form_of(admin, sha256, agenda="tourism"))
    with store.read() as session:
        [made] = history_of(session, [sha256])[sha256]
    path, form = f"/documents/{sha256}/undo", {"decision": str(made.id)}
    assert reviewer.post(path, data=form | {"csrf": token_of(reviewer)}).status_code == 404
    assert admin.post(path, data=form | {"csrf": token_of(admin)}).status_code == 303
    with store.read() as session:
        assert labels_of(session, [sha256])[sha256].source == "machine"


def test_pages_of_a_real_pdf_are_images_kept_by_digest(
    store: Store, app: FastAPI, enter: Enter
) -> None:
    sha256, browser = put_file(store, PDF), enter("reviewer")
    assert f"/documents/{sha256}/pages/1" in browser.get(f"/documents/{sha256}").text
    image = browser.get(f"/documents/{sha256}/pages/1")
    assert image.headers["content-type"] == "image/webp"
    assert image.content[8:12] == b"WEBP"
    [*kept] = (app.state.web.workspace.settings.workspace / "cache").rglob(f"{sha256}-1-*")
    assert [path.read_bytes() for path in kept] == [image.content]
    assert browser.get(f"/documents/{sha256}/pages/999").status_code == 404


def test_a_pdf_that_cannot_be_drawn_is_no_failure(store: Store, enter: Enter) -> None:
    data = b"%PDF-1.7\n" + b"\xff" * 500
    made = submission(data=data)
    broken = replace(made, document=replace(made.document, media_type="application/pdf"))
    sha256, browser = store.add(broken).sha256, enter("reviewer")
    assert browser.get(f"/documents/{sha256}/pages/1").status_code == 404
    assert browser.get(f"/documents/{sha256}").status_code == 200


def test_text_has_no_images(store: Store, enter: Enter) -> None:
    sha256, browser = store.add(submission()).sha256, enter("reviewer")
    assert "/pages/1" not in browser.get(f"/documents/{sha256}").text
    assert browser.get(f"/documents/{sha256}/pages/1").status_code == 404


def test_the_original_is_only_to_be_saved(store: Store, enter: Enter) -> None:
    sha256, browser = put_file(store, PDF), enter("analyst")
    answer = browser.get(f"/documents/{sha256}/original")
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert hashlib.sha256(answer.content).hexdigest() == sha256


def test_an_unknown_document_is_not_found(enter: Enter) -> None:
    assert enter("reviewer").get(f"/documents/{'0' * 64}").status_code == 404
    assert enter("reviewer").get("/documents/x").status_code in (404, 422)


def test_images_of_pages_take_no_more_room_than_they_may(tmp_path: Path) -> None:
    for at, name in enumerate(("เก่า", "กลาง", "ใหม่")):
        file = tmp_path / "aa" / f"{name}.webp"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"x" * 100)
        os.utime(file, (at, at))
    clear_up(tmp_path, limit=300)
    assert len(list(tmp_path.rglob("*.webp"))) == 3
    clear_up(tmp_path, limit=200)
    assert [one.stem for one in tmp_path.rglob("*.webp")] == ["ใหม่"]
