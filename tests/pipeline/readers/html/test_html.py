"""HTML of official sites: content kept, furniture dropped, nothing fetched, nothing hung."""

from __future__ import annotations

from contextlib import suppress

import pytest

from pipeline.documents import Document
from pipeline.errors import ReadError
from pipeline.readers import read_bytes

TITLE = "จังหวัดพะเยาเปิดตัวโครงการธนาคารน้ำใต้ดิน"
PARAGRAPHS = [
    "วันที่ ๙ มกราคม ๒๕๖๙ นายสมหวัง ใจงาม ผู้ว่าราชการจังหวัดพะเยา เป็นประธานเปิดโครงการธนาคารน้ำใต้ดิน"
    " ณ บ้านห้วยทราย ตำบลแม่ใจ โดยมีหัวหน้าส่วนราชการและผู้นำชุมชนเข้าร่วมกว่า ๓๐๐ คน",
    "โครงการนี้ใช้งบพัฒนาจังหวัด ๒,๔๕๐,๐๐๐ บาท ขุดบ่อเติมน้ำ ๔๘ บ่อ เพื่อกักเก็บน้ำฝนไว้ใช้ในฤดูแล้ง"
    " คาดว่าครัวเรือนเกษตรกร ๑,๒๐๐ ครัวเรือนจะมีน้ำทำนาเพิ่มขึ้นอีก ๑ รอบการผลิต",
    "ผู้ใหญ่บ้านกล่าวว่า ที่ผ่านมาต้องซื้อน้ำจากตำบลข้างเคียง ปีนี้เป็นปีแรกที่น้ำในบ่อไม่แห้ง",
]
TABLE = (
    "<table><tr><th>รายการ</th><th>จำนวน</th><th>เป็นเงิน</th></tr>"
    "<tr><td>ขุดบ่อ</td><td>48 บ่อ</td><td>1,920,000</td></tr>"
    "<tr><td colspan=2>รวม</td><td>2,450,000</td></tr></table>"
)
PAGE = f"""<!doctype html><html lang=th><head><meta charset=utf-8><title>{TITLE} | เว็บจังหวัด</title>
<script>var a = "<p>สคริปต์</p>";</script><style>p {{ color: red }}</style></head><body>
<nav><ul><li><a href=/>หน้าแรก</a><li><a href=/a>ติดต่อเรา</a></ul></nav>
<main><article><h1>{TITLE}</h1>{"".join(f"<p>{p}</p>" for p in PARAGRAPHS)}{TABLE}</article></main>
<footer>สงวนลิขสิทธิ์ สำนักงานจังหวัด</footer></body></html>"""


def reread(page: str, encoding: str = "utf-8") -> Document:
    return read_bytes(page.encode(encoding), file="a.html")


def test_content_stays_in_order_and_furniture_goes() -> None:
    document = reread(PAGE)
    assert document.text.split("\n") == [
        TITLE,
        *PARAGRAPHS,
        "รายการ\tจำนวน\tเป็นเงิน",
        "ขุดบ่อ\t48 บ่อ\t1,920,000",
        "รวม\t2,450,000",
    ]
    assert document.media_type == "text/html"
    assert document.pages[0].method == "html"


def test_table_is_a_table() -> None:
    assert reread(PAGE).tables[0].rows[:2] == (
        ("รายการ", "จำนวน", "เป็นเงิน"),
        ("ขุดบ่อ", "48 บ่อ", "1,920,000"),
    )


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", "utf-8"), ("cp874", "tis-620"), ("cp874", "windows-874"), ("utf-16", "utf-8")],
)
def test_charset_from_mark_declaration_or_evidence(encoding: str, declared: str) -> None:
    page = PAGE.replace("charset=utf-8", f"charset={declared}")
    assert reread(page, encoding).text == reread(PAGE).text


def test_title_comes_first_when_the_content_lacks_it() -> None:
    page = PAGE.replace(f"<h1>{TITLE}</h1>", "")
    assert reread(page).text.split("\n")[0].startswith(TITLE)
    assert reread(page).text.count(TITLE) == 1


@pytest.mark.parametrize(
    "body",
    [
        "<p>สั้นมาก</p>",
        "<table><tr><td>ชื่อโครงการ</td><td>สั้นมาก</td></tr></table>",
        "<div>สั้นมาก<br>บรรทัดสอง</div>",
        "<form><table><tr><td>สั้นมาก</td></tr></table></form>",
        "<center><font size=2>สั้นมาก</font></center>",
    ],
)
def test_little_content_is_not_lost(body: str) -> None:
    assert "สั้นมาก" in reread(f"<html><body>{body}</body></html>").text


def test_form_of_rows_keeps_labels_at_the_start_of_lines() -> None:
    rows = "".join(f"<tr><td>หัวข้อ {n}</td><td>{PARAGRAPHS[1]}</td></tr>" for n in range(1, 9))
    document = reread(f"<html><body><table border=1>{rows}</table></body></html>")
    assert [line.split("\t")[0] for line in document.text.split("\n")] == [
        f"หัวข้อ {n}" for n in range(1, 9)
    ]


def test_layout_table_is_no_table() -> None:
    page = f"<html><body><table><tr><td>{TABLE}</td><td>ข้าง</td></tr></table></body></html>"
    assert [len(table.rows) for table in reread(page).tables] == [3]


def test_declaration_of_xhtml() -> None:
    page = '<?xml version="1.0" encoding="utf-8"?>' + PAGE
    assert reread(page).text == reread(PAGE).text


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_args: object, **_options: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    outside = (
        '<link rel=stylesheet href="http://example.com/a.css"><base href="http://example.com/">'
        '<img src="http://example.com/a.png"><iframe src="http://example.com/"></iframe>'
    )
    doctype = '<!DOCTYPE html PUBLIC "x" "http://example.com/x.dtd">'
    page = PAGE.replace("<!doctype html>", doctype).replace("<main>", f"{outside}<main>")
    assert PARAGRAPHS[2] in reread(page).text


HOSTILE = {
    "deep": "<html><body>" + "<div>" * 100_000 + "ก",
    "deep tables": "<html><body>" + "<table><tr><td>" * 20_000 + "ก",
    "wide attribute": f'<html><body><p title="{"ก" * 500_000}">ก</p>',
    "open tags": "<html>" + "<" * 200_000 + "ก",
    "entities": "<html><body>" + "&amp;" * 100_000,
    "comments": "<html><body>" + "<!--" * 100_000 + "ก",
    "stray cells": "<html><body>" + "<td><tr></td></table>" * 20_000 + "ก",
    "links": "<html><body>" + "<p><a href=x>ก</a></p>" * 20_000,
    "odd spans": '<html><body><table><tr><td colspan="99999999">ก</td><td colspan=x>ข</td></table>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_page_ends_soon(name: str) -> None:
    with suppress(ReadError):
        assert reread(HOSTILE[name]).text


def test_cells_that_span_more_than_there_is() -> None:
    cell = '<td colspan="1000000000" rowspan="999999999">ก</td><td>ข</td>'
    document = reread(f"<html><body><table>{f'<tr>{cell}</tr>' * 200}</table><p>จบ</p>")
    assert document.text.splitlines() == ["ก\tข"] * 200 + ["จบ"]
    assert max(map(len, document.tables[0].rows)) <= 64


@pytest.mark.parametrize("page", ["<html></html>", "<!doctype html><script>x</script>"])
def test_page_without_text_is_empty(page: str) -> None:
    with pytest.raises(ReadError, match="ว่างเปล่า"):
        reread(page)


def test_blocks_of_a_short_page_stay_apart() -> None:
    page = (
        "<!doctype html><html><head><title>ข้อเสนอ</title></head><body><h1>โครงการปลูกป่า</h1>"
        "<p>จังหวัดน่านจะปลูกป่า 500 ไร่ งบ 2 ล้านบาท</p></body></html>"
    )
    text = read_bytes(page.encode(), file="a.html").text
    assert text.splitlines() == ["โครงการปลูกป่า", "จังหวัดน่านจะปลูกป่า 500 ไร่ งบ 2 ล้านบาท"]


def test_the_line_that_tells_the_day_of_publication_is_kept() -> None:
    body = "<p>จังหวัดพะเยาเปิดโรงเรียนผู้สูงอายุแห่งที่สามในตำบลดอกคำใต้ มีผู้เรียน 84 คน</p>" * 3
    page = (
        "<html><head><title>โรงเรียนผู้สูงอายุ | จังหวัดพะเยา</title></head><body><nav>หน้าแรก</nav>"
        f"<h2>โรงเรียนผู้สูงอายุ ดอกคำใต้</h2><div class='postmeta'>เผยแพร่ 3 ก.พ. 2565</div>{body}"
        "<footer>ติดต่อเรา</footer></body></html>"
    )
    text = read_bytes(page.encode(), file="a.html").text
    assert "เผยแพร่ 3 ก.พ. 2565" in text
    assert "| จังหวัดพะเยา" not in text
