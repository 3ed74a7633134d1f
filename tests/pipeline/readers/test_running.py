"""What repeats at the edges of pages goes; whatever else a page holds stays."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers.running import without_running_lines

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
BODIES = [
    "นายอำเภอกล่าวเปิดการประชุมแล้วแจ้งว่าฝนตกหนัก\nฝายห้วยขาแข้งชำรุด ต้องซ่อม",
    "ก่อนสิ้นเดือน\nมติที่ประชุม เห็นชอบ\nผู้แทนกรมชลประทานขอเวลาสำรวจ",
    "อีกสองสัปดาห์ แล้วรายงานผลให้ทราบ\nปิดประชุมเวลา ๑๖.๓๐ น.",
    "บัญชีรายชื่อผู้เข้าประชุม\nนายปัญญา ฐิติกุล",
]


def with_lines(count: int, head: str = "", foot: str = "") -> list[str]:
    """`count` pages; in `head` and `foot` {n} is the page's number, {t} the same in Thai digits."""
    pages = []
    for n, body in enumerate(BODIES[:count], 1):
        texts = (part.format(n=n, t=str(n).translate(THAI_DIGITS)) for part in (head, foot))
        before, after = texts
        pages.append("\n".join(part for part in (before, body, after) if part))
    return pages


@pytest.mark.parametrize("count", [2, 3, 4])
@pytest.mark.parametrize(
    "number", ["- {t} -", "{n}", "หน้า {n} จาก 4", "หน้า {t}/๔", "Page {n} of 4", "({t})", "– {n} –"]
)
def test_page_numbers_go_everywhere(count: int, number: str) -> None:
    assert without_running_lines(with_lines(count, foot=number)) == BODIES[:count]
    assert without_running_lines(with_lines(count, head=number)) == BODIES[:count]


def test_title_stays_on_its_first_page_and_footer_on_its_last() -> None:
    pages = with_lines(3, head="รายงานการประชุม ก.บ.จ.\nครั้งที่ ๓/๒๕๖๘", foot="สำนักงานจังหวัดน่าน")
    first, second, third = without_running_lines(pages)
    assert first == "รายงานการประชุม ก.บ.จ.\nครั้งที่ ๓/๒๕๖๘\n" + BODIES[0]
    assert second == BODIES[1]
    assert third == BODIES[2] + "\nสำนักงานจังหวัดน่าน"


def test_sentence_cut_by_the_page_break_is_whole() -> None:
    pages = with_lines(3, head="- {t} -\nรายงานการประชุม", foot="เอกสารลับ\nหน้า {n}")
    assert "ต้องซ่อม\nก่อนสิ้นเดือน" in "\n".join(without_running_lines(pages))


def test_title_and_number_on_one_line_are_one_running_line() -> None:
    pages = with_lines(3, head="รายงานประจำปี ๒๕๖๗\t{n}")
    assert without_running_lines(pages) == ["รายงานประจำปี ๒๕๖๗\t1\n" + BODIES[0], *BODIES[1:3]]


def test_number_of_a_letters_second_page_goes_alone() -> None:
    assert without_running_lines([BODIES[0], "- ๒ -\n" + BODIES[1]]) == BODIES[:2]


def test_title_that_the_first_page_holds_elsewhere_goes_from_the_others() -> None:
    pages = [f"ตราครุฑ\nที่ นน ๐๐๑๗\nถนนสุริยพงษ์\n\n\nแผนแม่บท\n{BODIES[0]}"]
    pages += [f"แผนแม่บท\n{body}" for body in BODIES[1:]]
    assert without_running_lines(pages) == [pages[0], *BODIES[1:]]


@pytest.mark.parametrize(
    "lines",
    [
        ["ระเบียบวาระที่ ๑", "ระเบียบวาระที่ ๒", "ระเบียบวาระที่ ๓"],
        ["๑\tค่าจ้าง\t๓ คน", "๒\tค่าจ้าง\t๓ คน", "๔\tค่าจ้าง\t๓ คน"],
        ["2561", "2563", "2569"],
        ["รวม 100 บาท", "รวม 250 บาท", "รวม 20 บาท"],
    ],
    ids=["agenda items", "table rows", "years", "amounts"],
)
def test_lines_that_look_alike_are_body(lines: list[str]) -> None:
    pages = [f"{line}\n{body}" for line, body in zip(lines, BODIES, strict=False)]
    assert without_running_lines(pages) == pages


def test_form_that_fills_every_page_keeps_its_labels() -> None:
    form = "แบบสำรวจ\nชื่อ\nที่อยู่\nอาชีพ\nรายได้\nความเห็น"
    pages = [f"{form}\n{body}" for body in BODIES]
    assert without_running_lines(pages) == pages


def test_heading_in_the_middle_of_pages_stays() -> None:
    pages = [f"{body}\nก\nข\nค\nง\nจ{n}\nลำดับ\tรายการ\nฉ\nช\nซ\nฌ\nญ{n}\nฐ{n}" for n, body in
             zip("กขคง", BODIES, strict=True)]  # fmt: skip
    assert without_running_lines(pages) == pages


def test_few_pages_or_none() -> None:
    assert without_running_lines([]) == []
    assert without_running_lines(["- ๑ -\nก"]) == ["ก"]
    assert without_running_lines(["", "ก", ""]) == ["", "ก", ""]


WORDS = st.text(alphabet="กขคงจนมรสอาิีุเแ# \t0๑2", min_size=1, max_size=12)
PAGES = st.lists(st.lists(WORDS, max_size=8).map("\n".join), max_size=6)


def lines_of(pages: list[str]) -> list[str]:
    return [line for page in pages for line in page.split("\n") if line.strip()]


@given(PAGES)
def test_lines_are_only_dropped_and_each_is_kept_once(pages: list[str]) -> None:
    found = without_running_lines(pages)
    assert len(found) == len(pages)
    rest = iter("".join(lines_of(pages)))
    kept = "".join(lines_of(found))
    assert all(letter in rest for letter in kept)  # a subsequence: nothing new, no moves
    kept = {re.sub(r"[0-9๐-๙]+|\s+", "", line) for line in lines_of(found)}
    dropped = {re.sub(r"[0-9๐-๙]+|\s+", "", line) for line in lines_of(pages)} - kept
    # What vanishes from every page is a page number, never a text.
    assert not any(any(map(str.isalpha, text)) for text in dropped)


@given(st.lists(st.text(alphabet="กขคงนมรสอาิี", min_size=3, max_size=9), unique=True, max_size=9))
def test_pages_without_a_repeated_line_are_unchanged(lines: list[str]) -> None:
    assert without_running_lines(lines) == lines


def test_a_footer_painted_close_below_the_text_is_still_a_footer() -> None:
    footer = "เอกสารประกอบการประชุม หน้า {}"
    pages = [f"เนื้อหาหน้า ก\n{footer.format(1)}", f"ผู้รับผิดชอบ นายณัฐ{footer.format(2)}"]
    pages.append(f"วุฒิ เพ็ชรกำเนิด\n{footer.format(3)}")
    assert without_running_lines(pages)[:2] == ["เนื้อหาหน้า ก", "ผู้รับผิดชอบ นายณัฐ"]
