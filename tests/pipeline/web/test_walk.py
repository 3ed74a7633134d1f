"""A working day in a real Chromium, from logging in to logging out; and two people at once."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from fastapi import FastAPI

from classifiers.evaluation import texts_of
from corpora import load_taxonomy
from pipeline.store import Store
from pipeline.store.labels import history_of, labels_of
from pipeline.web.access import people
from tests.pipeline.web.conftest import PASSWORD
from tests.pipeline.web.review.test_pages import put
from tests.pipeline.web.test_browser import log_in
from tests.pipeline.web.uploads.test_pages import BROKEN, promote
from tests.texts import MINUTES

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, FilePayload, Page

    Entered = Callable[..., Page]

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ADMIN, REVIEWER = "สมหญิง", "วิชัย"
TAXONOMY = load_taxonomy()
AGENDAS, MODES = TAXONOMY.agenda_codes, TAXONOMY.mode_codes


@pytest.fixture
def store(app: FastAPI) -> Store:
    opened: Store = app.state.web.workspace.store
    with opened.begin() as session:
        people.add_user(session, ADMIN, "admin", PASSWORD, by="ทดสอบ")
        people.add_user(session, REVIEWER, "reviewer", PASSWORD, by="ทดสอบ")
    return opened


@pytest.fixture
def entered(chromium: Browser, live: str, store: Store) -> Iterator[Entered]:  # noqa: ARG001
    """`entered(name)`: the browser of a person who is logged in; no script may fail in it."""
    problems: list[str] = []

    def page_of(name: str) -> Page:
        page = chromium.new_context(base_url=live).new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        log_in(page, name)
        return page

    yield page_of
    assert problems == []


def test_a_working_day(
    app: FastAPI, store: Store, entered: Entered, proposals: pd.DataFrame, model_folder: Path
) -> None:
    promote(app.state.web.workspace.settings, model_folder)
    page = entered(ADMIN)
    upload(page, texts_of(proposals)[::25])
    review_by_keyboard(page, store)
    accept_at_once_and_undo(page, store)
    search(page)
    look_at_the_dashboard(page)
    page.get_by_role("button", name="ออก").click()
    page.get_by_text("ออกจากระบบแล้ว").wait_for()
    page.goto("/review")
    assert "/login?next=/review" in page.url


def upload(page: Page, texts: list[str]) -> None:
    """Files and a ZIP; the progress runs by itself to the end and tells what failed."""
    page.get_by_role("navigation").get_by_role("link", name="นำเข้า").click()
    files: list[FilePayload] = [
        {"name": f"{at}.txt", "mimeType": "text/plain", "buffer": text.encode()}
        for at, text in enumerate(texts[:4])
    ]
    packed = archive([*texts[4:], MINUTES])
    files.append({"name": "ชุด.zip", "mimeType": "application/zip", "buffer": packed})
    files.append({"name": BROKEN[0], "mimeType": BROKEN[2], "buffer": BROKEN[1]})
    page.locator("#files").set_input_files(files)
    page.get_by_role("button", name="นำเข้า").click()
    page.wait_for_url(re.compile(r"/upload/\d+"))
    page.get_by_role("button", name="ลองไฟล์ที่ไม่สำเร็จอีกครั้ง").wait_for()
    page.get_by_text("เสร็จแล้ว ค้นหาได้ทันที").wait_for()
    page.wait_for_load_state()
    stored = len(texts) + 1
    assert page.locator("#job-files .badge-good").count() == stored
    [row] = page.locator("#job-files tr", has_text="เสีย.pdf").all()
    assert "ขอไฟล์ใหม่" in row.inner_text()
    assert page.locator("#job-done").inner_text() == str(stored + 1)


def review_by_keyboard(page: Page, store: Store) -> None:
    """Keys alone: into the first document, two axes and Enter, back, and again."""
    page.get_by_role("navigation").get_by_role("link", name="ตรวจ").click()
    page.get_by_role("heading", name="ตรวจป้าย").wait_for()
    page.wait_for_load_state()  # keys are heard from then on
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/documents/"))
    first = digest(page)
    page.keyboard.press("?")
    page.get_by_role("heading", name="ปุ่มลัด").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    page.keyboard.press("e")
    page.keyboard.press("Shift+w")
    press_and_go_on(page, "Enter")
    page.get_by_text("กด u เพื่อเลิกทำ").wait_for()
    assert digest(page) != first
    with store.read() as session:
        said = labels_of(session, [first])[first]
    assert said.values["agenda"] == AGENDAS[1]
    assert said.values["modes"] == (MODES[2], MODES[1])
    press_and_go_on(page, "u")
    assert digest(page) == first
    with store.read() as session:
        assert labels_of(session, [first])[first].decided == {}
    page.keyboard.press("1")
    page.keyboard.press("q")
    press_and_go_on(page, "Enter")
    with store.read() as session:
        [*_, made] = history_of(session, [first])[first]
        assert (made.by, made.after["agenda"], made.after["modes"][0]) == (
            ADMIN, AGENDAS[0], MODES[0],
        )  # fmt: skip
        assert made.seconds is not None
    page.keyboard.press("/")
    page.wait_for_url(re.compile("/search"))


def accept_at_once_and_undo(page: Page, store: Store) -> None:
    """The preview counts what is then accepted; one key takes all of it back."""
    page.goto("/review")
    waiting = tab(page, "รอตรวจ")
    page.get_by_role("link", name=re.compile("ยืนยันที่แน่ใจ")).click()
    page.get_by_label("แน่ใจอย่างน้อย").fill("70")
    page.get_by_role("button", name="นับใหม่").click()
    page.wait_for_url(re.compile("least=70"))
    number = int(page.locator(".figure-value").inner_text().split()[0])
    assert number > 1
    page.get_by_role("button", name=f"ยืนยัน {number} ฉบับ").click()
    page.get_by_text(f"ยืนยันแล้ว {number} ฉบับในครั้งเดียว").wait_for()
    page.wait_for_load_state()
    assert tab(page, "รอตรวจ") == waiting - number
    with store.read() as session:
        assert len(groups(session)) == 1
    page.keyboard.press("u")
    page.get_by_text(f"เลิกทำแล้ว {number} ฉบับ").wait_for()
    assert tab(page, "รอตรวจ") == waiting


def search(page: Page) -> None:
    """A facet narrows, and the address of a passage leads there again."""
    page.get_by_role("navigation").get_by_role("link", name="ค้นหา").click()
    page.get_by_role("searchbox").first.fill("ขุดลอกคลอง")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q="))
    page.locator(".facet").filter(has_text="ส่วนของเอกสาร").get_by_role(
        "link", name=re.compile("มติ")
    ).click()
    page.wait_for_url(re.compile("kind=resolution"))
    [hit] = page.locator(".hit").all()
    assert "ขุดลอก" in hit.locator("mark").first.inner_text()
    link = hit.get_by_role("link", name="เปิดที่ตอนนี้")
    address = link.get_attribute("href")
    assert address
    link.click()
    page.wait_for_url(re.compile("/minutes/"))
    assert "ให้ขุดลอกคลองปากกว๊าน" in page.locator(":target").inner_text()
    page.goto("/")
    page.goto(address)
    assert page.locator(":target").count() == 1


def look_at_the_dashboard(page: Page) -> None:
    """A count of the grid leads to just so many documents."""
    page.get_by_role("navigation").get_by_role("link", name="ภาพรวม").click()
    page.get_by_role("heading", name="ภาพรวม").wait_for()
    page.wait_for_load_state()
    cell = page.locator('table a[href*="agenda="][href*="mode="]').first
    number = int(cell.inner_text())
    cell.click()
    page.wait_for_url(re.compile("/review"))
    assert page.locator(".queue tbody tr").count() == number


def test_two_on_one_document_lose_nothing(store: Store, entered: Entered) -> None:
    """The second is told who was faster, and finds what they chose still filled in."""
    sha256 = put(store, "คนละเครื่อง")
    put(store, "ฉบับต่อไป", 0.95)
    one, two = entered(ADMIN), entered(REVIEWER)
    for page in (one, two):
        page.goto(f"/documents/{sha256}")
    one.keyboard.press("1")
    one.keyboard.press("q")
    press_and_go_on(one, "Enter")
    two.keyboard.press("3")
    two.keyboard.press("r")
    two.get_by_text("หมายเหตุ", exact=True).click()
    two.get_by_label("หมายเหตุ").fill("ดูหน้า 2")
    two.get_by_role("button", name="บันทึกแล้วไปต่อ").click()
    two.get_by_text("ยังไม่ได้บันทึก").wait_for()
    two.wait_for_load_state()
    assert ADMIN in two.locator(".notice-problem").inner_text()
    with store.read() as session:
        assert [made.by for made in history_of(session, [sha256])[sha256]] == [ADMIN]
    assert two.locator('[name="agenda"]:checked').input_value() == AGENDAS[2]
    assert two.locator('[name="mode"]:checked').input_value() == MODES[3]
    assert two.get_by_label("หมายเหตุ").input_value() == "ดูหน้า 2"
    two.keyboard.press("Escape")
    two.get_by_role("button", name="บันทึกแล้วไปต่อ").click()
    two.wait_for_url(lambda url: sha256 not in url)
    with store.read() as session:
        first, second = history_of(session, [sha256])[sha256]
    assert (first.by, first.after["agenda"]) == (ADMIN, AGENDAS[0])
    assert (second.by, second.before["agenda"], second.after["agenda"], second.note) == (
        REVIEWER, AGENDAS[0], AGENDAS[2], "ดูหน้า 2",
    )  # fmt: skip


def archive(texts: list[str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for at, text in enumerate(texts):
            made.writestr(f"ในชุด/{at}.txt", text)
    return packed.getvalue()


def press_and_go_on(page: Page, key: str) -> None:
    """Press a key that leads to another page, and wait for that."""
    with page.expect_navigation():
        page.keyboard.press(key)


def digest(page: Page) -> str:
    found = re.search("/documents/([0-9a-f]{64})", page.url)
    assert found, page.url
    return found[1]


def tab(page: Page, name: str) -> int:
    """The number that a tab of the queue tells."""
    return int(page.locator(".tabs a", has_text=name).locator(".count").inner_text())


def groups(session: object) -> set[str]:
    from sqlalchemy import select
    from sqlalchemy.orm import Session

    from pipeline.store.tables import DecisionRow

    assert isinstance(session, Session)
    found = session.scalars(select(DecisionRow.group).where(DecisionRow.group.is_not(None)))
    return {one for one in found if one}
