"""The review queue: order, filters, many at once, undoing, two reviewers."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace

import pandas as pd
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from pipeline.store import Store, rounds
from pipeline.store.labels import deciding, history_of, labels_of
from tests.pipeline.store.submissions import TEXT, submission
from tests.pipeline.web.conftest import Enter, token_of

A, B = "คน-reviewer", "คน-admin"


@pytest.fixture
def store(app: FastAPI) -> Store:
    return app.state.web.workspace.store


def put(store: Store, name: str, sure: float = 0.9, **more):  # type: ignore[no-untyped-def]
    """A proposal of that title, both labels as probable as `sure`; its digest."""
    fields = {key: more.pop(key) for key in ("needs_review", "agenda", "province") if key in more}
    made = submission(f"{name}\n{TEXT}", file=f"{name}.txt", **more)
    record = replace(
        made.record, title=name, agenda_confidence=sure, mode_confidence=sure, **fields
    )
    return store.add(replace(made, record=record)).sha256


def titles(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', page)


def decide(browser: TestClient, sha256: str, back: str = "", **form: str):  # type: ignore[no-untyped-def]
    page = browser.get(f"/documents/{sha256}").text
    last = re.search(r'name="last" value="(\d+)"', page)
    assert last, page
    data = {"agenda": "service", "mode": "digital", "further": "open", "kind": "proposal"}
    data |= {"last": last[1], "back": back, "csrf": token_of(browser)} | form
    return browser.post(f"/documents/{sha256}/decide", data=data)


def test_the_most_uncertain_document_comes_first(store: Store, enter: Enter) -> None:
    for name, sure in (("ชัด", 0.95), ("ก้ำกึ่ง", 0.4), ("กลาง", 0.7)):
        put(store, name, sure)
    assert titles(enter("reviewer").get("/review").text) == ["ก้ำกึ่ง", "กลาง", "ชัด"]


def test_filters_are_kept_in_the_url_and_told_with_counts(store: Store, enter: Enter) -> None:
    put(store, "ตรัง", province="ตรัง")
    put(store, "เลย", province="เลย", needs_review=True)
    browser = enter("reviewer")
    page = browser.get("/review?province=เลย").text
    assert titles(page) == ["เลย"]
    assert '<option value="ตรัง">ตรัง (1)</option>' in page
    assert re.search(r'href="/documents/\w+\?province=%E0%B9%80%E0%B8%A5%E0%B8%A2"', page)
    assert titles(browser.get("/review?flagged=1").text) == ["เลย"]
    assert titles(browser.get("/review?q=ตรัง").text) == ["ตรัง"]
    assert titles(browser.get("/review?status=decided").text) == []


def test_a_late_document_is_found_by_its_round(store: Store, enter: Enter) -> None:
    with store.begin() as session:
        rounds.set_round(session, "2565", dt.date(2021, 12, 17), by="ก")
    put(store, "ทัน", received_at=dt.datetime(2021, 12, 17, 16, 59, tzinfo=dt.UTC), round="2565")
    put(store, "ช้า", received_at=dt.datetime(2021, 12, 17, 17, 1, tzinfo=dt.UTC), round="2565")
    put(store, "นอกรอบ")
    browser = enter("reviewer")
    assert titles(browser.get("/review?late=1").text) == ["ช้า"]
    assert sorted(titles(browser.get("/review?round=2565").text)) == ["ช้า", "ทัน"]
    with store.begin() as session:  # the deadline moves, and nobody is late any more
        rounds.set_round(session, "2565", dt.date(2021, 12, 18), by="ก")
    assert titles(browser.get("/review?late=1").text) == []


def test_what_is_filtered_for_is_never_code(store: Store, enter: Enter) -> None:
    put(store, "<script>alert(1)</script>")
    page = enter("reviewer").get("/review", params={"q": '"><script>', "status": "all"}).text
    assert "<script>alert" not in page
    assert '"><script>' not in page
    assert enter("reviewer").get("/review?q=100%25_").status_code == 200


def test_accepting_goes_on_to_the_next_of_the_same_filter(store: Store, enter: Enter) -> None:
    first, second = put(store, "ก", 0.5, province="ตรัง"), put(store, "ข", 0.7, province="ตรัง")
    put(store, "ค", 0.6, province="เลย")
    browser = enter("reviewer")
    answer = decide(browser, first, back="province=ตรัง", seconds="4.2")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/documents/{second}?province=")
    with store.read() as session:
        [made] = history_of(session, [first])[first]
    assert (made.kind, made.by, made.seconds) == ("accept", A, 4.2)
    answer = decide(browser, second, back="province=ตรัง")
    assert answer.headers["location"].startswith("/review?province=")


def test_all_that_is_sure_is_accepted_in_one_step_and_undone_as_one(
    store: Store, enter: Enter
) -> None:
    sure = [put(store, f"แน่ใจ {n}", 0.95) for n in range(3)]
    others = [put(store, "ไม่แน่ใจ", 0.6), put(store, "มีเหตุ", 0.95, needs_review=True)]
    browser = enter("reviewer")
    preview = browser.get("/review/bulk?least=90").text
    assert re.search(r'class="figure-value">3 ', preview)
    seen = re.search(r'name="seen" value="(\w+)"', preview)
    form = {"seen": seen[1], "least": "90", "csrf": token_of(browser)}  # type: ignore[index]
    assert browser.post("/review/bulk", data=form).status_code == 303
    with store.read() as session:
        made = history_of(session, sure + others)
    assert [len(made[sha256]) for sha256 in sure + others] == [1, 1, 1, 0, 0]
    assert len({made[sha256][0].group for sha256 in sure}) == 1
    browser.post("/review/undo", data={"csrf": token_of(browser)})
    assert sorted(titles(browser.get("/review").text)) == sorted(
        ["แน่ใจ 0", "แน่ใจ 1", "แน่ใจ 2", "ไม่แน่ใจ", "มีเหตุ"]
    )


def test_a_list_that_changed_since_its_preview_is_not_accepted(store: Store, enter: Enter) -> None:
    put(store, "หนึ่ง", 0.95)
    browser = enter("reviewer")
    seen = re.search(r'name="seen" value="(\w+)"', browser.get("/review/bulk").text)
    late = put(store, "มาทีหลัง", 0.95)
    form = {"seen": seen[1], "least": "90", "csrf": token_of(browser)}  # type: ignore[index]
    assert browser.post("/review/bulk", data=form).status_code == 422
    with store.read() as session:
        assert history_of(session, [late])[late] == []


def test_undo_takes_back_ones_own_last_decision_only(store: Store, enter: Enter) -> None:
    first, second = put(store, "ก"), put(store, "ข")
    mine, theirs = enter("reviewer"), enter("admin")
    decide(mine, first, agenda="tourism")
    decide(theirs, second, agenda="poverty")
    answer = mine.post("/review/undo", data={"csrf": token_of(mine)})
    assert answer.headers["location"].startswith(f"/documents/{first}")
    with store.read() as session:
        now = labels_of(session, [first, second])
    assert now[first].values["agenda"] == "service"
    assert not now[first].decided
    assert now[second].values["agenda"] == "poverty"
    answer = mine.post("/review/undo", data={"csrf": token_of(mine)})  # there is nothing else
    assert answer.headers["location"].startswith("/review")


def test_a_second_opinion_does_not_see_the_first(store: Store, enter: Enter) -> None:
    sha256 = put(store, "ความเห็น")
    first, second = enter("reviewer"), enter("admin")
    decide(first, sha256, agenda="tourism", note="เห็นว่าเป็นท่องเที่ยว")
    form = {"csrf": token_of(first), "note": "ขอดูอีกคน"}
    assert first.post(f"/documents/{sha256}/ask", data=form).status_code == 303
    page = second.get(f"/documents/{sha256}?status=asked").text
    assert checked(page, "agenda") == "service"  # the machine's
    assert "เห็นว่าเป็นท่องเที่ยว" not in page
    assert "ขอดูอีกคน" not in page
    assert titles(second.get("/review?status=asked&agenda=tourism").text) == []
    assert titles(second.get("/review?status=asked&agenda=service").text) == ["ความเห็น"]
    assert titles(first.get("/review?status=asked&agenda=tourism").text) == ["ความเห็น"]
    decide(second, sha256, agenda="poverty")
    with store.read() as session:
        now = labels_of(session, [sha256])[sha256]
    assert now.values["agenda"] == "tourism"
    assert now.second is not None
    assert now.second.after["agenda"] == "poverty"
    assert titles(first.get("/review?status=disagreed").text) == ["ความเห็น"]


def test_who_gave_neither_opinion_has_the_last_word(store: Store, enter: Enter) -> None:
    sha256 = put(store, "ชี้ขาด")
    with store.begin() as session:
        both = {"modes": ["open"], "award_scaleup": False}
        deciding.decide(session, [sha256], both | {"agenda": "tourism"}, by="ก")
        deciding.decide(session, [sha256], by="ก", kind="ask")
        deciding.decide(session, [sha256], both | {"agenda": "poverty"}, by=A, kind="second")
    page = enter("reviewer").get("/review/agreement").text
    assert "รอชี้ขาด" in page
    refused = enter("reviewer").get(f"/documents/{sha256}").text
    assert 'id="decide"' not in refused  # the second reviewer may not overrule the first
    decide(enter("admin"), sha256, agenda="poverty", mode="open", further="")
    with store.read() as session:
        now = labels_of(session, [sha256])[sha256]
    assert now.values["agenda"] == "poverty"
    assert now.decided["agenda"].kind == "adjudicate"
    assert "ยุติแล้ว" in enter("reviewer").get("/review/agreement").text


def test_an_empty_queue_says_what_to_do_next(enter: Enter) -> None:
    assert "ยังไม่มีเอกสารให้ตรวจ" in enter("reviewer").get("/review").text


def checked(page: str, name: str) -> str | None:
    found = re.search(rf'name="{name}" value="(\w+)"[^>]* checked', page)
    return found[1] if found else None


def test_a_cluster_of_duplicates_is_decided_and_undone_as_one(store: Store, enter: Enter) -> None:
    copies = [
        store.add(submission(f"{TEXT}\nสำเนาที่ {n}", file=f"{n}.txt")).sha256 for n in range(3)
    ]
    other = store.add(submission("เรื่อง ขุดลอกคูคลองในเขตเทศบาลก่อนฤดูฝน")).sha256
    browser = enter("reviewer")
    assert "ฉบับซ้ำที่รอตรวจอีก 2 ฉบับ" in browser.get(f"/documents/{copies[0]}").text
    decide(browser, copies[0], agenda="poverty", cluster="1")
    with store.read() as session:
        now = labels_of(session, [*copies, other])
        assert [now[one].values["agenda"] for one in copies] == ["poverty"] * 3
        assert now[other].decided == {}
    browser.post("/review/undo", data={"csrf": token_of(browser)})
    with store.read() as session:
        assert all(one.decided == {} for one in labels_of(session, copies).values())


def test_title_and_province_are_corrected_by_a_decision(store: Store, enter: Enter) -> None:
    sha256 = put(store, "ชื่อที่อ่านผิด")
    browser = enter("reviewer")
    form = {"title": "ชื่อที่ถูก", "province": "เลย", "last": "0", "csrf": token_of(browser)}
    assert browser.post(f"/documents/{sha256}/correct", data=form).status_code == 303
    assert titles(browser.get("/review?province=เลย").text) == ["ชื่อที่ถูก"], "it still waits"
    with store.read() as session:
        [made] = history_of(session, [sha256])[sha256]
    assert (made.by, made.before) == (A, {"title": "ชื่อที่อ่านผิด", "province": "ตรัง"})
    late = browser.post(f"/documents/{sha256}/correct", data=form | {"title": "ทับของคนอื่น"})
    assert late.status_code == 409
    wrong = browser.post(f"/documents/{sha256}/correct", data=form | {"province": "ลอนดอน"})
    assert wrong.status_code == 422


def test_who_corrects_a_title_keeps_the_provinces_of_minutes(store: Store, enter: Enter) -> None:
    several = "ตรัง | พัทลุง"
    sha256 = store.add(submission(kind="minutes", province=several)).sha256
    browser = enter("reviewer")
    page = browser.get(f"/documents/{sha256}").text
    assert f"<option selected>{several}</option>" in page
    form = {"title": "ชื่อที่ถูก", "province": several, "last": "0", "csrf": token_of(browser)}
    assert browser.post(f"/documents/{sha256}/correct", data=form).status_code == 303
    with store.read() as session:
        [made] = history_of(session, [sha256])[sha256]
        assert labels_of(session, [sha256])[sha256].values["province"] == several
    assert made.after == {"title": "ชื่อที่ถูก"}


def test_a_title_that_is_only_cut_to_fit_the_form_is_no_correction(
    store: Store, enter: Enter
) -> None:
    sha256 = put(store, "ชื่อ  ยาว" * 100)
    browser = enter("reviewer")
    shown = " ".join(("ชื่อ  ยาว" * 100).split())
    form = {"title": shown, "province": "เลย", "last": "0", "csrf": token_of(browser)}
    assert browser.post(f"/documents/{sha256}/correct", data=form).status_code == 303
    with store.read() as session:
        [made] = history_of(session, [sha256])[sha256]
    assert made.after == {"province": "เลย"}


def test_the_names_in_a_document_lead_to_their_places(store: Store, enter: Enter) -> None:
    sha256 = store.add(submission("นายสมชาย ใจดี ผู้ว่าราชการจังหวัดตรัง ใช้งบ 90,000 บาท")).sha256
    browser = enter("analyst")
    assert f"/documents/{sha256}/entities" in browser.get(f"/documents/{sha256}").text
    page = browser.get(f"/documents/{sha256}/entities").text
    assert re.search(r'\?at=0-\d+#place"[^>]*>นายสมชาย ใจดี<', page)
    assert "90,000 บาท" in page


def sheet(browser: TestClient, query: str) -> pd.DataFrame:
    answer = browser.get(f"/review/export/xlsx?{query}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith('attachment; filename="review.xlsx"')
    found = pd.read_excel(io.BytesIO(answer.content))
    return found.rename(columns=lambda name: re.sub(r".*\((\w+)\)$", r"\1", name, flags=re.DOTALL))


def test_the_list_is_exported_as_it_is_filtered(store: Store, enter: Enter) -> None:
    first = put(store, "ตรัง", province="ตรัง")
    put(store, "เลย", province="เลย")
    browser = enter("reviewer")
    decide(browser, first, agenda="tourism")
    assert "/review/export/xlsx?" in browser.get("/review").text
    [row] = sheet(browser, "status=decided").to_dict("records")
    assert (row["title"], row["agenda"], row["decided_by"]) == ("ตรัง", "tourism", A)
    assert list(sheet(browser, "status=waiting")["title"]) == ["เลย"]
    assert sorted(sheet(browser, "status=all")["title"]) == ["ตรัง", "เลย"]


def test_an_export_shows_no_opinion_that_is_to_stay_unseen(store: Store, enter: Enter) -> None:
    sha256 = put(store, "ขอดูอีกคน")
    first, second = enter("reviewer"), enter("admin")
    decide(first, sha256, agenda="tourism")
    first.post(f"/documents/{sha256}/ask", data={"csrf": token_of(first)})
    assert len(sheet(first, "status=all")) == 1
    assert len(sheet(second, "status=all")) == 0
    decide(second, sha256, agenda="tourism")
    assert len(sheet(second, "status=all")) == 1


def test_a_preview_names_what_would_be_accepted(store: Store, enter: Enter) -> None:
    put(store, "แน่ใจ", 0.95)
    page = enter("reviewer").get("/review/bulk").text
    assert re.search(r"แน่ใจ</a>.*บริการประชาชนและบริหารภาครัฐ .*95%.*ดิจิทัล .*95%", page)


def test_a_queue_that_is_done_offers_its_results(store: Store, enter: Enter) -> None:
    sha256, browser = put(store, "เดียว"), enter("reviewer")
    done = decide(browser, sha256)
    page = browser.get(done.headers["location"]).text
    assert "ตรวจครบทุกฉบับแล้ว" in page
    assert "/review/export/xlsx?status=all" in page
