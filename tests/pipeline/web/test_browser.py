"""A person with a real Chromium: in by the link, the first user, out, and how the pages look."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from pipeline.store.rounds import set_round
from pipeline.web.access import people
from tests.pipeline.store.submissions import TEXT, submission
from tests.pipeline.web.conftest import PASSWORD, WAIT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, FilePayload, Page, ViewportSize

    Opened = Callable[..., Page]

pytestmark = pytest.mark.slow
LONG = "ยกระดับการท่องเที่ยวเชิงวัฒนธรรมและพัฒนาคุณภาพการให้บริการประชาชนของจังหวัดนครศรีธรรมราช"


@pytest.fixture
def opened(chromium: Browser, live: str) -> Iterator[Opened]:
    """`opened(width=360)`: a page; the policy forbade nothing on it, and no script failed."""
    problems: list[str] = []

    def note(line: ConsoleMessage) -> None:
        if line.type == "error" and "status of 4" not in line.text:
            problems.append(line.text)

    def page_of(width: int = 1280, scheme: Literal["light", "dark"] = "light") -> Page:
        size: ViewportSize = {"width": width, "height": 800}
        context = chromium.new_context(viewport=size, color_scheme=scheme, base_url=live)
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", note)
        return page

    yield page_of
    assert problems == []


def log_in(page: Page, name: str) -> None:
    page.set_default_timeout(WAIT)
    page.goto("/login")
    page.get_by_label("ชื่อผู้ใช้").fill(name)
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="หน้าแรก").wait_for()
    page.wait_for_load_state()


@pytest.fixture
def admin(app: FastAPI) -> str:
    with app.state.web.workspace.store.begin() as session:
        people.add_user(session, "สมหญิง", "admin", PASSWORD, by="ทดสอบ")
        people.add_user(session, LONG[:64], "reviewer", PASSWORD, by="ทดสอบ")
    return "สมหญิง"


def test_from_the_link_to_the_first_user_and_out(app: FastAPI, opened: Opened) -> None:
    page = opened()
    page.goto(f"/enter?token={app.state.web.link.token}")
    page.get_by_role("link", name="ผู้ใช้").first.click()
    page.get_by_label("ชื่อ Name").fill("สมหญิง")
    page.get_by_role("button", name="เพิ่ม Add").click()
    password = page.locator(".secret").inner_text()
    page.get_by_role("link", name="เข้าสู่ระบบ").click()
    page.get_by_label("ชื่อผู้ใช้").fill("สมหญิง")
    page.get_by_label("รหัสผ่าน").fill(password)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="หน้าแรก").wait_for()
    page.get_by_role("button", name="ออก").click()
    page.get_by_text("ออกจากระบบแล้ว").wait_for()
    page.goto("/people")
    assert "/login?next=/people" in page.url


def test_an_act_that_is_hard_to_take_back_asks_first(
    app: FastAPI, opened: Opened, admin: str
) -> None:
    page = opened()
    log_in(page, admin)
    page.goto("/people")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_role("button", name=re.compile("ปิด ยกระดับ")).click()
    assert "ปิดบัญชี" in asked[0]
    with app.state.web.workspace.store.read() as session:
        assert people.get_user(session, LONG[:64]).disabled_at is None
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name=re.compile("ปิด ยกระดับ")).click()
    page.get_by_text("ปิดบัญชี").first.wait_for()
    with app.state.web.workspace.store.read() as session:
        assert people.get_user(session, LONG[:64]).disabled_at is not None


@pytest.mark.parametrize("width", [360, 1920])
def test_no_page_is_wider_than_the_window(opened: Opened, admin: str, width: int) -> None:
    page = opened(width)
    log_in(page, admin)
    for path in ("/", "/review", "/upload", "/search", "/people", "/account", "/audit", "/nothing"):
        page.goto(path)
        too_wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert page.evaluate(too_wide) is False, path


@pytest.mark.parametrize(("width", "height"), [(1280, 640), (390, 844)])
def test_what_saves_a_decision_is_in_sight(
    app: FastAPI, opened: Opened, admin: str, width: int, height: int
) -> None:
    made = app.state.web.workspace.store.add(submission(TEXT + "\n" + "น้ำท่วม\n" * 200))
    page = opened(width)
    page.set_viewport_size({"width": width, "height": height})
    log_in(page, admin)
    page.goto(f"/documents/{made.sha256}")
    save = page.get_by_role("button", name="บันทึกแล้วไปต่อ")
    if width < 1000:
        page.get_by_role("link", name="ตัดสิน").click()
        page.wait_for_url(re.compile("#"))
        page.evaluate(DRAWN)
    box = save.bounding_box()
    assert box
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= height


def test_filters_are_folded_on_a_phone_until_one_is_set(
    app: FastAPI, opened: Opened, admin: str
) -> None:
    app.state.web.workspace.store.add(submission())
    page = opened(390)
    log_in(page, admin)
    page.goto("/review")
    assert not page.get_by_label("มีเหตุให้ตรวจ").is_visible()
    page.goto("/review?province=ตรัง")
    late = page.get_by_label("ส่งช้า")
    assert late.is_visible()
    box = late.bounding_box()
    assert box
    assert box["width"] < 40  # the box, not its label, gave way


def test_what_is_wrong_with_the_form_is_told_once_and_nothing_counts_as_sent(
    app: FastAPI, opened: Opened, admin: str
) -> None:
    with app.state.web.workspace.store.begin() as session:
        set_round(session, "2568", dt.date(2024, 12, 17), by=admin)
    page = opened()
    log_in(page, admin)
    page.goto("/upload")
    page.get_by_label("วันที่รับ").fill("99/99/2567")
    files: list[FilePayload] = [
        {"name": f"{at}.txt", "mimeType": "text/plain", "buffer": TEXT.encode()} for at in range(3)
    ]
    page.locator("#files").set_input_files(files)
    page.get_by_role("button", name="นำเข้า").click()
    page.get_by_text("ส่งแล้ว 0/3 ไฟล์").wait_for()
    assert page.locator("#refused li").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_as_wcag_aa_asks(opened: Opened, admin: str, scheme: str) -> None:
    page = opened(scheme=scheme)
    log_in(page, admin)
    for path in ("/", "/people", "/account", "/audit", "/nothing"):
        page.goto(path)
        assert page.evaluate(CONTRAST) == [], path


def test_the_keyboard_sees_where_it_is(opened: Opened, admin: str) -> None:
    page = opened()
    log_in(page, admin)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(8):
        page.keyboard.press("Tab")
        style = "getComputedStyle(document.activeElement)"
        assert page.evaluate(f"{style}.outlineStyle") == "solid"
        assert page.evaluate(f"parseFloat({style}.outlineWidth)") >= 2


def test_thai_lines_end_between_words(opened: Opened, admin: str) -> None:
    from pipeline.thai import tokenize

    page = opened(360)
    log_in(page, admin)
    page.evaluate("text => { document.querySelector('h1').textContent = text }", LONG)
    ends = page.evaluate(LINE_ENDS)
    words = {token.end for token in tokenize(LONG)}
    assert len(ends) >= 2
    assert set(ends) <= words


def test_a_page_works_without_scripts(live: str, chromium: Browser, admin: str) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=live)
    page = context.new_page()
    log_in(page, admin)
    page.goto("/people")
    page.get_by_label("ชื่อ Name").fill("ใหม่")
    page.get_by_role("button", name="เพิ่ม Add").click()
    page.locator(".secret").first.wait_for()
    assert page.locator(".secret").count() == 1


def test_a_script_of_another_origin_or_in_the_page_does_not_run(
    app: FastAPI, live: str, chromium: Browser, admin: str
) -> None:
    page = chromium.new_context(base_url=live).new_page()
    log_in(page, admin)
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        " document.body.append(s) }"
    )
    assert page.evaluate("window.ran === undefined")
    with app.state.web.workspace.store.read() as session:
        assert session.execute(text("SELECT count(*) FROM users")).scalar() == 2


# Two frames later: what was clicked on has been jumped to.
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"

# Every text with less contrast to what lies behind it than 4.5, or 3 where it is large.
CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgba = colour => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const linear = v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = colour => {
    const [x, y, z] = colour.slice(0, 3).map(linear);
    return .2126 * x + .7152 * y + .0722 * z;
  };
  const behind = element => {
    for (let e = element; e; e = e.parentElement) {
      const colour = rgba(getComputedStyle(e).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return rgba(getComputedStyle(document.documentElement).backgroundColor);
  };
  const bad = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!walk.currentNode.textContent.trim() || !element.getClientRects().length) continue;
    if (element.closest(".said, .skip, option")) continue;
    const style = getComputedStyle(element), size = parseFloat(style.fontSize);
    const [a, b] = [light(rgba(style.color)), light(behind(element))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) bad.push([walk.currentNode.textContent.trim(), ratio]);
  }
  return bad;
}"""

# Where the lines of the heading end, as offsets into its text.
LINE_ENDS = """() => {
  const node = document.querySelector("h1").firstChild, range = document.createRange();
  const ends = []; let last = null;
  for (let at = 0; at < node.length; at++) {
    range.setStart(node, at); range.setEnd(node, at + 1);
    const box = range.getClientRects()[0];
    if (!box || !box.width) continue;
    if (last !== null && box.top > last + 10) ends.push(at);
    last = box.top;
  }
  return ends;
}"""
