"""Minutes in the browser: everything that was found leads to its place in the text."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from classifiers import ProposalTagger
from pipeline import batch
from pipeline.store import documents
from pipeline.web.minutes.view import beginning, minutes_shown
from tests.pipeline.web.conftest import Enter
from tests.pipeline.web.filling import add


@pytest.fixture
def browser(digests: list[str], enter: Enter) -> TestClient:
    assert all(digests)
    return enter("reviewer")


@pytest.fixture
def page(browser: TestClient, digests: list[str]) -> str:
    return browser.get(f"/minutes/{digests[0]}").text


def test_the_header_is_shown_in_thai_and_iso(page: str) -> None:
    assert "2/2568" in page
    assert "09.30 – 11.00 น." in page
    assert '<time datetime="2025-03-28" title="2025-03-28">28 มี.ค. 2568</time>' in page
    assert "ห้องประชุมภูลังกา" in page
    assert "นายสมหมาย ใจกว้าง" in page


def test_the_original_file_is_at_hand(page: str, digests: list[str]) -> None:
    assert f'href="/documents/{digests[0]}/original" download' in page


def test_what_was_resolved_and_until_when_stands_at_its_item(page: str) -> None:
    item = page[page.index("เรื่องเพื่อพิจารณา") :]
    assert "นางพิมพ์ใจ คำแสน" in item
    assert "found-resolution" in item
    assert "30 เม.ย. 2568" in item


def test_every_link_into_the_text_has_its_place_once(page: str) -> None:
    links = set(re.findall(r'href="#(p\d+)"', page))
    ids = re.findall(r'id="(p\d+)"', page)
    assert len(links) > 8
    assert links <= set(ids)
    assert len(ids) == len(set(ids))


def test_a_link_leads_to_what_it_names(page: str, app: FastAPI, digests: list[str]) -> None:
    with app.state.web.workspace.store.read() as session:
        text = documents.get_content(session, digests[0]).text
    named = re.findall(r'<a href="#p(\d+)">([^<]+)</a>', page)
    people = [(int(at), html.unescape(name)) for at, name in named]
    assert "นางพิมพ์ใจ คำแสน" in {name for _, name in people}
    for at, name in people:
        assert text[at : at + len(name)] == name


def test_the_whole_text_is_there_and_nothing_of_it_is_html(
    page: str, app: FastAPI, digests: list[str]
) -> None:
    with app.state.web.workspace.store.read() as session:
        text = documents.get_content(session, digests[0]).text
    blocks = re.findall(r'<p class="passage-text">(.*?)</p>', page, re.DOTALL)
    said = re.sub(r'<span class="said">.*?</span>', "", "".join(blocks))
    plain = html.unescape(re.sub("<[^>]*>", "", said))
    assert "".join(plain.split()) == "".join(text.split())
    assert "&lt;b&gt;ทันที" in page


def test_passages_bear_their_topics(page: str) -> None:
    assert re.search(r'block-topics.*?href="/search\?topic=\w+">[ก-๛]', page)


def test_a_proposal_goes_to_the_page_of_its_document(
    browser: TestClient, digests: list[str]
) -> None:
    answer = browser.get(f"/minutes/{digests[1]}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/documents/{digests[1]}")


@pytest.mark.parametrize("digest", ["0" * 64, "x", "..%2f..%2fetc", "%00"])
def test_unknown_minutes_are_not_found(browser: TestClient, digest: str) -> None:
    answer = browser.get(f"/minutes/{digest}")
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


def test_the_list_has_the_minutes_alone(browser: TestClient, digests: list[str]) -> None:
    listed = browser.get("/minutes").text
    assert f"/minutes/{digests[0]}" in listed
    assert digests[1] not in listed
    assert "28 มี.ค. 2568" in listed
    assert "พะเยา" in listed


@pytest.mark.parametrize(
    ("query", "found"), [("q=ลุ่มน้ำ", True), ("q=ไม่มี", False), ("year=๒๕๖๘", True),
                         ("year=2560", False), ("q=%25", False), ("page=7", False)],
)  # fmt: skip
def test_the_list_is_narrowed(
    browser: TestClient, digests: list[str], query: str, found: bool
) -> None:
    listed = browser.get(f"/minutes?{query}").text
    assert (digests[0] in listed) is found
    assert found or "ลองล้างตัวกรอง" in listed


def test_an_empty_list_says_what_to_do_next(enter: Enter) -> None:
    assert "wara ingest" in enter("analyst").get("/minutes").text


def test_minutes_without_anything_found_still_show_their_text(
    app: FastAPI, enter: Enter, tmp_path: Path, tagger: ProposalTagger, model_folder: Path
) -> None:
    file = tmp_path / "ว่าง.txt"
    file.write_text("รายงานการประชุม\nไม่มีอะไร\n", encoding="utf-8")
    job = batch.Job("half", model_folder, kind="minutes", keep=True)
    [digest] = add(app, batch.process(str(file), tagger, job))
    shown = enter("reviewer").get(f"/minutes/{digest}")
    assert shown.status_code == 200
    assert "ไม่มีอะไร" in shown.text


def test_a_place_without_a_mark_is_that_of_its_passage(app: FastAPI, digests: list[str]) -> None:
    with app.state.web.workspace.store.read() as session:
        shown = minutes_shown(session, digests[0])
    assert shown is not None
    second = int(shown.blocks[1].anchor[1:])
    assert shown.place(second + 1) in (f"#p{second}", f"#p{second + 1}")
    assert shown.place(None) == "#text"


def test_the_beginning_of_a_turn_cuts_no_letter() -> None:
    assert beginning("ก" * 159 + "ที่ดี") == "ก" * 159 + "…"
    assert beginning("สั้น\n มาก") == "สั้น มาก"
