"""How a text sets off its speakers and its decisions is learned from the text itself."""

from __future__ import annotations

import pytest

from pipeline.documents import Document, Item, Page
from pipeline.minutes import parse_minutes

HEAD = """รายงานการประชุมคณะกรรมการน้ำ ครั้งที่ 1/2569
ผู้มาประชุม
๑. นายสมหวัง ใจดี นายอำเภอเมือง ประธานกรรมการ
๒. นางรำไพ แสนดี เกษตรอำเภอ กรรมการ
๓. พ.ต.อ.ชยานันท์ ทองดี ผู้กำกับการสถานีตำรวจภูธรเมือง กรรมการ
๔. นางสาวคำแก้ว บุญมี นักวิชาการ เลขานุการ
เริ่มประชุมเวลา ๐๙.๐๐ น.
ระเบียบวาระที่ ๑ เรื่องแจ้งเพื่อทราบ
"""


def items(body: str) -> tuple[Item, ...]:
    text = HEAD + body
    return parse_minutes(
        Document("", "", "text/plain", "minutes", (Page(1, text, text, "text"),))
    ).items


def said(body: str) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for item in items(body) for turn in item.turns]


@pytest.mark.parametrize(
    "line",
    ["{} — {}", "{} : {}", "| {} | {} |", "- {}: {}"],
    ids=["dash", "colon", "table", "list"],
)
def test_the_form_of_known_speakers_also_shows_strangers(line: str) -> None:
    words = [
        ("ประธาน", "ขอให้พูดกันตรง ๆ วันนี้"),
        ("เกษตรอำเภอ", "เมล็ดพันธุ์ยังเหลืออีกมาก"),
        ("พะตีซอแฮ", "ควายผมไม่กล้าเดินออกจากคอก"),
    ]
    names = ["นายสมหวัง ใจดี", "นางรำไพ แสนดี", "พะตีซอแฮ"]
    body = "\n".join(line.format(*one) for one in words)
    assert said(body) == list(zip(names, [text for _, text in words], strict=True))


def test_the_head_of_a_table_speaks_to_nobody_and_its_resolution_is_one() -> None:
    body = """| ผู้พูด | ข้อความ |
| ประธาน | ขอให้ทุกหน่วยส่งชื่อ |
| เกษตรอำเภอ | ส่งไปแล้วสองคน |
| มติที่ประชุม | รับทราบ |"""
    (item,) = items(body)
    assert [turn.speaker for turn in item.turns] == ["นายสมหวัง ใจดี", "นางรำไพ แสนดี"]
    assert item.resolution == "รับทราบ"


@pytest.mark.parametrize(
    ("mention", "speaker"),
    [
        ("ผู้กำกับฯ บอกว่า ", "พ.ต.อ.ชยานันท์ ทองดี"),
        ("นายหวังบอกว่า ", "นายสมหวัง ใจดี"),
        ("ป้ารำไพ ลุกขึ้นกลางวง “", "นางรำไพ แสนดี"),
    ],
)
def test_short_names_mean_the_person_of_the_lists(mention: str, speaker: str) -> None:
    assert [one for one, _ in said(f"{mention}น้ำในอ่างเหลือไม่ถึงครึ่งแล้ว”")] == [speaker]


def test_a_sign_before_several_decisions_marks_the_others() -> None:
    body = """ประธาน: ใครทำไม่เสร็จบอกมา
>> รับทราบ
ระเบียบวาระที่ ๒ เรื่องพิจารณา
เลขานุการ: เสนอ 18 ชุด
>> เห็นชอบ 16 ชุด
ระเบียบวาระที่ ๓ ติดตาม
ประธาน: งั้นส่งกลับ
>> เลขาตามร่างให้ลงนามภายใน 15 วัน"""
    found = [item.resolution for item in items(body)]
    assert found == ["รับทราบ", "เห็นชอบ 16 ชุด", "เลขาตามร่างให้ลงนามภายใน 15 วัน"]
