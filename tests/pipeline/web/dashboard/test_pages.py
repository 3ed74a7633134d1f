"""The dashboard: figures of a real store, readable without colour and as tables."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from html import unescape
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from classifiers import ProposalTagger
from pipeline import batch
from pipeline.store import labels, rounds
from pipeline.store.labels import deciding, undoing
from pipeline.store.standings import follow
from pipeline.web.dashboard import statistics
from pipeline.web.frame.dates import today
from pipeline.workspace import Arrival
from tests.pipeline.store.submissions import submission
from tests.pipeline.web.conftest import Enter
from tests.pipeline.web.filling import MINUTES, PROPOSAL, add, outcome_of, written

DEADLINE = dt.date(2021, 12, 17)
NAMES = ("เลย", "น่าน", "ตรัง")


@pytest.fixture(scope="module")
def outcomes(
    tagger: ProposalTagger, model_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> list[batch.Outcome]:
    """Three proposals, then minutes with something due in ten days and with something gone by."""
    folder = tmp_path_factory.mktemp("เอกสาร")
    texts = [PROPOSAL.replace("เลย", name) for name in NAMES]
    dues = (today() + dt.timedelta(days=10), today() - dt.timedelta(days=400))
    texts += [MINUTES.format(due=written(day)) for day in dues]
    return [
        outcome_of(folder, f"{number}.txt", text, tagger, model_folder)
        for number, text in enumerate(texts)
    ]


@pytest.fixture
def digests(app: FastAPI, outcomes: list[batch.Outcome]) -> list[str]:
    """Loei and Nan on time, Trang late, all others missing."""
    with app.state.web.workspace.store.begin() as session:
        rounds.set_round(session, "2565", DEADLINE, by="ก")
    days = (
        dt.datetime(2021, 12, 13, 5),
        dt.datetime(2021, 12, 17, 16),
        dt.datetime(2021, 12, 17, 18),
    )
    found = []
    for outcome, day in zip(outcomes, days, strict=False):
        found += add(app, outcome, arrival=Arrival("ก", "2565", day.replace(tzinfo=dt.UTC)))
    return found + add(app, *outcomes[3:])


@pytest.fixture
def browser(digests: list[str], enter: Enter) -> TestClient:
    assert all(digests)
    return enter("admin")


@pytest.fixture
def page(browser: TestClient) -> str:
    answer = browser.get("/dashboard")
    assert answer.status_code == 200
    return answer.text


def test_the_round_is_counted_as_the_store_counts_it(page: str) -> None:
    figures = re.findall(r'figure-value">(\d+)<span class="figure-of"> / (\d+)', page)
    assert figures == [("2", "76"), ("1", "76"), ("73", "76")]


def test_the_map_says_in_letters_and_words_what_it_colours(page: str) -> None:
    tiles = {
        tile.findtext("title", "").partition(":")[0]: tile
        for tile in svg(page, "chart-map").iter("g")
    }
    assert len(tiles) == 77
    for province, sign in (("เลย", "✓"), ("ตรัง", "ช้า"), ("ตาก", "ขาด")):
        assert [text.text for text in tiles[province].iter("text")][1] == sign
    assert "url(#map-late)" in ET.tostring(tiles["ตรัง"], encoding="unicode")
    assert "ส่งทันกำหนด 13 ธ.ค. 2564" in tiles["เลย"].findtext("title", "")


@pytest.mark.parametrize("chart", ["map", "timeline", "stacked"])
def test_charts_have_a_title_and_a_description(page: str, chart: str) -> None:
    drawn = svg(page, f"chart-{chart}")
    named = drawn.attrib["aria-labelledby"].split()
    texts = {one.attrib["id"]: one.text for one in drawn if "id" in one.attrib}
    assert drawn.attrib["role"] == "img"
    assert all(texts[name] for name in named)


def test_every_chart_stands_as_a_table_too(page: str) -> None:
    assert re.search(r"13 ธ.ค. 2564</time></td><td class=\"number\">1</td>", page)
    for name in NAMES:
        assert re.search(rf'<th scope="row"><a href="/documents/[0-9a-f]+">{name}</a>', page)
    assert page.count('<th scope="row">') > 76


def test_the_grid_links_to_the_list_that_it_counts(browser: TestClient, page: str) -> None:
    cells = re.findall(r'href="/review\?([^"]+)">([\d,]+)</a>', page)
    assert cells
    for query, count in cells:
        listed = browser.get(f"/review?{query.replace('&amp;', '&')}").text
        assert len(set(re.findall(r"/documents/([0-9a-f]{64})", listed))) == int(count)


def test_deadlines_fall_due_or_have_gone_by(page: str) -> None:
    soon, _, gone = page.partition("เลยกำหนดแล้ว")
    assert "10 วัน" in soon
    assert "เลยมา 400 วัน" in gone
    link = re.findall(r'href="(/minutes/[0-9a-f]+)#(p\d+)"', soon)
    assert link


def test_a_deadline_links_to_its_place(browser: TestClient, page: str) -> None:
    for address, anchor in re.findall(r'href="(/minutes/[0-9a-f]+)#(p\d+)"', page):
        assert f'id="{anchor}"' in browser.get(address).text


def test_what_people_correct_is_counted_by_week(
    app: FastAPI, browser: TestClient, digests: list[str]
) -> None:
    store = app.state.web.workspace.store
    assert statistics.corrections(store) == ()
    with store.begin() as session:
        standing = labels.labels_of(session, digests[:3])
        now = standing[digests[0]].values["agenda"]
        other = next(code for code in ("poverty", "tourism") if code != now)
        deciding.decide(session, digests[:1], {"agenda": other}, by="ก")
        deciding.decide(session, digests[1:2], by="ก", kind="accept")
        [undone] = deciding.decide(session, digests[2:3], {"agenda": "poverty"}, by="ก")
        undoing.undo(session, undone.id, by="ก")
    [week] = statistics.corrections(store)
    assert (week.n, week.agenda, week.mode, week.any) == (2, 1, 0, 1)
    assert week.start.weekday() == 0
    shown = browser.get("/dashboard").text
    assert "1/2" in "".join(svg(shown, "chart-shares").itertext())


def test_coverage_counts_everything_once(app: FastAPI, digests: list[str]) -> None:
    store = app.state.web.workspace.store
    with store.begin() as session:
        deciding.decide(session, digests[:1], by="ก", kind="accept")
    follow(store)
    with store.read() as session:
        found = statistics.overview(session)
    assert found.total == 3
    assert found.reviewed == 1
    assert found.coverage is not None
    assert 1 / 3 <= found.coverage <= 1
    assert sum(found.spread.values()) == 3


def test_a_round_that_there_is_not_is_said_so(browser: TestClient) -> None:
    assert "ไม่มีรอบนี้" in browser.get("/dashboard?round=9999").text


def test_an_empty_store_says_what_to_do_next(enter: Enter) -> None:
    page = enter("analyst").get("/dashboard").text
    assert "wara round set" in page
    assert "wara ingest" in page


def test_a_round_in_which_nothing_came_in(app: FastAPI, enter: Enter) -> None:
    with app.state.web.workspace.store.begin() as session:
        rounds.set_round(session, "ปี <2566>", DEADLINE, expected=["เลย"], by="ก")
    page = enter("admin").get("/dashboard").text
    assert "ยังไม่มีเอกสารในรอบนี้" in page
    assert "<2566>" not in page
    assert '--round "ปี <2566>"' in unescape(page), "as a shell takes it"


def test_reviewers_do_not_see_it(enter: Enter) -> None:
    assert enter("reviewer").get("/dashboard").status_code == 403


@pytest.mark.usefixtures("digests")
def test_analysts_get_figures_without_links_they_may_not_follow(enter: Enter) -> None:
    page = enter("analyst").get("/dashboard").text
    assert "grid-table" in page
    assert 'href="/review' not in page


def svg(page: str, kind: str) -> ET.Element:
    """The chart, read as XML."""
    [found] = re.findall(rf'<svg class="chart {kind}".*?</svg>', page, re.DOTALL)
    return ET.fromstring(found)


def test_what_is_no_proposal_is_told_but_not_counted(
    app: FastAPI, browser: TestClient, page: str
) -> None:
    assert "ไม่นับ" not in page
    given = submission("ประกาศปิดถนน", kind="other", round="2565")
    sha256 = app.state.web.workspace.store.add(given).sha256
    page = browser.get("/dashboard").text
    assert "ไม่นับ 1 ฉบับที่ไม่ใช่ข้อเสนอ" in page
    assert f"/documents/{sha256}" in page


def test_the_corrections_of_a_deleted_document_no_longer_count(
    app: FastAPI, digests: list[str]
) -> None:
    store = app.state.web.workspace.store
    with store.begin() as session:
        for sha256 in digests[:2]:
            deciding.decide(session, [sha256], {"agenda": "poverty"}, by="ก")
    assert [week.n for week in statistics.corrections(store)] == [2]
    store.erase(digests[:1], by="ก")
    assert [week.n for week in statistics.corrections(store)] == [1]
