import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents import Document, Minutes, Page
from pipeline.minutes import parse_minutes
from pipeline.thai import normalize
from tests.pipeline.corpus import corpus_minutes


def parse(text: str) -> Minutes:
    return parse_minutes(Document("x", "", "text/plain", "minutes", (Page(1, text, text, "text"),)))


FORMAL = """หน้า 1/2
รายงานการประชุมคณะทำงานคลองสะอาด จังหวัดปทุมธานี ครั้งที่ ๓/๒๕๖๗
เมื่อวันพฤหัสบดีที่ ๔ กรกฎาคม ๒๕๖๗
ณ ห้องประชุมบัวหลวง
ผู้มาประชุม
๑. นายวิชา คงทน ประธาน
วาระที่ ๑ คำสั่งจังหวัด ลงวันที่ ๑ มิถุนายน ๒๕๖๗
วาระที่ ๒ ให้ส่งแผนภายในวันที่ ๓๑ กรกฎาคม ๒๕๖๗"""

POST = """สองจังหวัดจับมือกันเฝ้าน้ำป่า
เผยแพร่เมื่อ 9 ส.ค. 2566
เมื่อวันอังคารที่ 8 สิงหาคม 2566 จังหวัดแพร่ ร่วมกับจังหวัดลำปาง ประชุมซักซ้อมแผน ที่โรงแรมแห่งหนึ่ง
นายสมาน กล่าวว่า ได้แบบอย่างจากมหาวิทยาลัยเชียงใหม่"""


def test_formal_minutes() -> None:
    minutes = parse(FORMAL)
    assert minutes.title == "รายงานการประชุมคณะทำงานคลองสะอาด จังหวัดปทุมธานี"
    assert minutes.date == dt.date(2024, 7, 4)
    assert minutes.provinces == ("ปทุมธานี",)


def test_a_post_has_the_date_of_the_meeting_not_of_publishing() -> None:
    minutes = parse(POST)
    assert minutes.title == "สองจังหวัดจับมือกันเฝ้าน้ำป่า"
    assert minutes.date == dt.date(2023, 8, 8)
    assert minutes.provinces == ("แพร่", "ลำปาง")


def test_a_post_without_a_headline_is_called_by_its_meeting() -> None:
    text = "เมื่อวันที่ 2 พ.ค. 2566 จังหวัดตรัง จัดประชุมชี้แจงแผนน้ำบาดาล ผ่านระบบ Zoom โดยมีอำเภอเข้าร่วม"
    assert parse(text).title == "ประชุมชี้แจงแผนน้ำบาดาล"


@pytest.mark.parametrize(
    "aside",
    [
        "จังหวัดระยองขอดูงาน",
        "จังหวัดระยองแจ้งว่าจะขอเข้าศึกษาดูงานเดือนหน้า",
        "จังหวัดระยองเป็นตัวอย่างที่ดี",
        "ดูตัวอย่างจังหวัดระยอง",
    ],
)
def test_guests_and_models_do_not_count(aside: str) -> None:
    text = f"สรุปการประชุมเรื่องเตา จังหวัดลำพูน\nเมื่อวันที่ 2 พ.ค. 2566\n{aside}\nจังหวัดลำพูนรับไปทำ"
    assert parse(text).provinces == ("ลำพูน",)


def test_a_province_that_goes_to_see_another_is_the_one() -> None:
    text = "สรุปการประชุมเรื่องเตา\nจังหวัดลำพูนจะไปดูงานที่จังหวัดระยอง"
    assert parse(text).provinces == ("ลำพูน",)


def test_provinces_of_the_header_win_over_those_of_the_talk() -> None:
    text = (
        "รายงานการประชุมคณะทำงานเตา\nณ ศาลากลางจังหวัดลำพูน\nระเบียบวาระที่ ๑ เรื่องแจ้ง\nจังหวัดระยองส่งหนังสือมา"
    )
    assert parse(text).provinces == ("ลำพูน",)


@pytest.mark.parametrize("text", ["", "\n\n", "ก" * 100_000, "1 ม.ค. 66 " * 3000])
def test_texts_without_a_header(text: str) -> None:
    assert parse(text).provinces == ()


@given(st.text(max_size=300))
def test_any_text_can_be_parsed(text: str) -> None:
    minutes = parse(text)
    assert minutes.title is None or minutes.title in text


def test_headers_of_the_corpus() -> None:
    rows = corpus_minutes()
    read = [(parse(row["text"]), row["gold"]) for row in rows]
    titles = sum(minutes.title == normalize(gold["title"]) for minutes, gold in read)
    dates = sum(minutes.date == dt.date.fromisoformat(gold["date"]) for minutes, gold in read)
    provinces = sum(set(minutes.provinces) == set(gold["provinces"]) for minutes, gold in read)
    assert titles / len(rows) >= 0.85
    assert dates / len(rows) >= 0.95
    assert provinces / len(rows) >= 0.85
