"""Search in the browser: what is found, how it is narrowed, and what a wrong query says."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from urllib.parse import quote, urlencode

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from pipeline.search.query_language import parse
from pipeline.search.values import Filters
from pipeline.store import documents
from pipeline.web.frame.marking import on_boundary
from pipeline.web.search.form import LAST_PAGE, Asked, asked_of
from pipeline.web.search.help import EXAMPLES
from pipeline.web.search.view import EXCERPT, excerpt, without_blank_lines
from tests.pipeline.store.submissions import submission
from tests.pipeline.web.conftest import Enter, store_of


@pytest.fixture
def browser(digests: list[str], enter: Enter) -> TestClient:
    assert all(digests)
    return enter("analyst")


def searched(browser: TestClient, query: str = "", /, **filters: str) -> str:
    answer = browser.get("/search?" + urlencode({"q": query, **filters}))
    assert answer.status_code == 200
    return answer.text


def test_words_are_found_and_marked(browser: TestClient, digests: list[str]) -> None:
    page = searched(browser, "ขุดลอกคลอง")
    assert re.search(r'<mark class="mark-hit">[^<]*ขุดลอก', page)
    assert f'href="/minutes/{digests[0]}#p' in page
    assert "28 มี.ค. 2568" in page
    assert 'datetime="2025-03-28"' in page


def test_the_text_of_a_document_is_never_html(browser: TestClient) -> None:
    page = searched(browser, "ขุดลอกคลอง")
    assert "&lt;b&gt;" in page
    assert "<b>ทันที" not in page


@pytest.mark.parametrize(
    ("item", "heading", "shown"),
    [
        ("4.1", "4 เรื่องเพื่อพิจารณา › 4.1 แผน", "วาระที่ 4 เรื่องเพื่อพิจารณา › 4.1 แผน"),
        ("ก", "4 เรื่องเพื่อพิจารณา › ก แผน", "วาระที่ 4 เรื่องเพื่อพิจารณา › ก แผน"),
        ("ภาคเช้า", "ภาคเช้า", "ภาคเช้า"),
        ("", "2 วัตถุประสงค์", "2 วัตถุประสงค์"),
    ],
)
def test_only_what_is_numbered_is_called_an_item_of_the_agenda(
    app: FastAPI, browser: TestClient, item: str, heading: str, shown: str
) -> None:
    given = submission("ขบวนเรือพยุหยาตรา", kind="minutes", passages=1)
    passages = [replace(one, item=item, heading=heading) for one in given.passages]
    store_of(app).add(replace(given, passages=passages))
    assert f'<p class="hit-heading">{shown}</p>' in searched(browser, "พยุหยาตรา")


def test_a_permalink_leads_to_where_the_passage_stands(browser: TestClient) -> None:
    link = re.findall(r'href="(/minutes/[0-9a-f]{64})#(p\d+)"', searched(browser, "ผักตบชวา"))[0]
    assert f'id="{link[1]}"' in browser.get(link[0]).text
    place = re.findall(r'href="(/documents/[^"]+)"', searched(browser, "ออนไลน์"))[0]
    path = place.replace("&amp;", "&").partition("#")[0]
    found = browser.get(path).text
    assert re.search(r'id="place"', found)


def test_a_facet_narrows_and_its_link_widens_again(browser: TestClient) -> None:
    page = searched(browser, "จังหวัด")
    link = re.findall(r'href="([^"]*document_kind=minutes[^"]*)"', page)[0].replace("&amp;", "&")
    narrowed = browser.get(link).text
    assert "/minutes/" in narrowed
    assert "loei.txt" not in narrowed
    chip = re.findall(r'class="chip" href="([^"]*)"', narrowed)[0].replace("&amp;", "&")
    assert "loei.txt" in browser.get(chip).text


def test_topics_go_by_their_thai_names(browser: TestClient) -> None:
    page = searched(browser)
    [facet] = re.findall(r'id="facet-topic".*?</section>', page, re.DOTALL)
    assert "topic=" in facet
    assert re.search(r"[ก-๛]{4,}", re.sub(r"<h2.*?</h2>", "", facet))


def test_counts_of_facets_are_what_their_links_find(browser: TestClient) -> None:
    page = searched(browser)
    links = re.findall(r'class="facet-value" href="([^"]+)".*?facet-count">(\d+)<', page, re.DOTALL)
    assert len(links) > 5
    for link, count in links:
        found = browser.get(link.replace("&amp;", "&")).text
        assert f"พบ {count} ตอน" in found, link


def test_only_resolutions(browser: TestClient) -> None:
    page = searched(browser, "ขุดลอกคลอง", kind="resolution")
    assert "พบ 1 ตอน" in page
    assert "เห็นชอบให้" in page


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [("1/3/2568", "31/3/2568", True), ("2568", "", True), ("2569", "", False), ("", "2567", False)],
)
def test_dates_are_buddhist(browser: TestClient, since: str, until: str, found: bool) -> None:
    assert ("หนาแน่น" in searched(browser, "กว๊าน", since=since, until=until)) is found


@pytest.mark.parametrize(
    ("query", "filters", "said"),
    [
        ('"ไม่ปิด', {}, "เครื่องหมายคำพูด"),
        ("ตั้งแต่:เมื่อวาน", {}, "อ่านวันที่ไม่ออก"),
        ("ก", {"since": "31/2/2568"}, "อ่านวันที่ไม่ออก"),
        ("ก", {"since": "2568", "until": "2560"}, "ช่วงวันที่ว่าง: 2568 – 2560"),
        ("ก", {"province": "น่านน"}, "หมายถึง น่าน หรือไม่"),
        ("หัวข้อ:ขยะ", {}, "ไม่มีหัวข้อชื่อ ขยะ"),
        ("จังหวัด: น่าน", {}, "ไม่เว้นวรรค"),
        ("ก", {"fiscal_year": "ปีหน้า"}, "อ่านปีไม่ออก"),
        ("ก" * 5000, {}, "ยาวเกิน"),
    ],
)
def test_a_wrong_query_is_explained_beside_the_box(
    browser: TestClient, query: str, filters: dict[str, str], said: str
) -> None:
    page = searched(browser, query, **filters)
    assert said in page
    assert 'role="alert"' in page
    assert 'name="q"' in page


@pytest.mark.parametrize(
    "address",
    ["page=-1", "page=๙", "page=99999999999", "sort=x&kind=nonsense", "q=%00%ff%F0", "q=-", "q=***",
     "topic=" + "ก" * 999, "&".join(f"province={n}" for n in range(200)), "q=%28%5B%7B%5C"],
)  # fmt: skip
def test_any_address_gets_a_page(browser: TestClient, address: str) -> None:
    assert browser.get(f"/search?{address}").status_code == 200
    assert browser.get(f"/minutes?{address}").status_code == 200


def test_a_misspelled_word_is_mended(browser: TestClient) -> None:
    page = searched(browser, "ผักตบชวว")
    assert "หรือหมายถึง" in page
    assert quote("ผักตบชวา") in page


def test_pages_follow_each_other_without_gaps_or_doubles(browser: TestClient) -> None:
    first = searched(browser)
    total = int(re.findall(r"ทั้งหมด (\d+) ตอน", first)[0])
    places = re.findall(r'hit-title"><a href="([^"]+)"', first)
    for number in range(2, total // 20 + 2):
        places += re.findall(r'hit-title"><a href="([^"]+)"', searched(browser, page=str(number)))
    assert len(places) == len(set(places)) == total
    assert "ไม่มีผลในหน้านี้แล้ว" in searched(browser, page="99")


def test_similar_passages(browser: TestClient) -> None:
    link = re.findall(r'href="(/search/similar\?[^"]+)"', searched(browser, "ขุดลอกคลอง"))[0]
    page = browser.get(link).text
    assert "ตอนที่คล้ายกับ" in page
    assert "ขุดลอกคลองปากกว๊าน" in page
    assert "ไม่มีตอนนี้ในคลังแล้ว" in browser.get("/search/similar?passage=none").text


def test_hits_are_exported_as_they_are_found(browser: TestClient, app: FastAPI) -> None:
    answer = browser.get("/search/export/csv?" + urlencode({"q": "กว๊าน"}))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert f"พบ {len(rows)} ตอน" in searched(browser, "กว๊าน")
    with app.state.web.workspace.store.read() as session:
        for row in rows:
            text = documents.get_content(session, row["sha256"]).text
            assert text[int(row["start"]) : int(row["end"])] == row["text"]
            assert "/" not in row["file"]
    book = load_workbook(io.BytesIO(browser.get("/search/export/xlsx?q=").content))
    assert book.active is not None
    assert book.active.max_row > len(rows) + 1
    assert "attachment" in answer.headers["content-disposition"]


def test_an_export_of_a_wrong_query_says_what_is_wrong(browser: TestClient) -> None:
    answer = browser.get('/search/export/csv?q="')
    assert answer.status_code == 422
    assert "เครื่องหมายคำพูด" in answer.text


@pytest.mark.usefixtures("digests")
def test_reviewers_search_but_do_not_export(enter: Enter) -> None:
    reviewer = enter("reviewer")
    assert "/search/export" not in searched(reviewer, "กว๊าน")
    assert reviewer.get("/search/export/csv").status_code == 403


def test_an_empty_workspace_says_what_to_do_next(enter: Enter) -> None:
    assert "wara ingest" in searched(enter("analyst"))


@pytest.mark.parametrize("example", [example for example, _, _ in EXAMPLES])
def test_every_example_of_the_help_is_understood(example: str) -> None:
    parsed = parse(example)
    assert parsed.words or parsed.clauses or parsed.filters != Filters()


def test_an_address_says_what_was_asked() -> None:
    asked = Asked("ก & ข", {"topic": ("open",), "province": ("เลย", "ตาก")}, "2565", "", "date", 3)
    assert asked_of(_parameters(asked.address)) == asked
    assert asked.toggled("topic", "open").filters == {"province": ("เลย", "ตาก")}
    assert asked.toggled("topic", "digital").page == 1
    assert asked_of(_parameters("?page=999999")).page == LAST_PAGE


def test_an_excerpt_holds_the_first_word_and_cuts_no_letter() -> None:
    text = "น้ำที่กว๊าน" * 200
    at = 1100
    start, end = excerpt(text, [[at, at + 5]])
    assert start <= at < end
    assert end - start <= EXCERPT + 4
    assert on_boundary(text, start, 1) == start
    assert on_boundary(text, end, 1) == end
    assert excerpt("สั้น", []) == (0, 4)


def test_blank_lines_close_up_without_moving_a_letter() -> None:
    text = "ก\n\n  \nข\nค"
    closed = without_blank_lines(text)
    assert len(closed) == len(text)
    assert closed.index("ข") == text.index("ข")
    assert closed.count("\n") == 2


def _parameters(address: str):  # type: ignore[no-untyped-def]
    from starlette.datastructures import QueryParams

    return QueryParams(address.removeprefix("?"))
