import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents import Document, Page, Proposal
from pipeline.proposals import SECTIONS, parse_proposal
from pipeline.thai import normalize
from tests.pipeline.corpus import clear_proposals, vague_proposals
from tests.pipeline.proposal_texts import PROPOSAL_TEXTS
from tests.texts import LENGTHS


def document(text: str) -> Document:
    return Document("x.txt", "", "text/plain", "proposal", (Page(1, text, text, "text"),))


def parse(text: str, *, deadline: dt.date | None = None) -> Proposal:
    return parse_proposal(document(text), deadline=deadline)


@pytest.mark.parametrize("name", PROPOSAL_TEXTS)
def test_reads_untidy_proposals(name: str) -> None:
    reading = PROPOSAL_TEXTS[name]
    proposal = parse(normalize(reading.text))
    assert proposal.title == reading.title
    assert proposal.province == reading.province
    assert proposal.document_date == reading.date
    assert proposal.fiscal_year == reading.fiscal_year
    assert proposal.budget_baht == reading.budget
    assert proposal.networks == reading.networks
    assert set(proposal.sections) == set(reading.sections)


def test_nothing_is_guessed_from_an_empty_text() -> None:
    proposal = parse("")
    assert (proposal.title, proposal.province, proposal.document_date) == (None, None, None)
    assert (proposal.fiscal_year, proposal.budget_baht, proposal.on_time) == (None, None, None)
    assert proposal.missing_sections == tuple(
        code for code, rule in SECTIONS.items() if rule.expected
    )


@pytest.mark.parametrize(
    ("deadline", "on_time"),
    [
        (dt.date(2022, 11, 28), False),
        (dt.date(2022, 11, 29), True),
        (dt.date(2022, 12, 17), True),
        (None, None),
    ],
)
def test_on_time_compares_with_the_deadline(deadline: dt.date | None, on_time: bool | None) -> None:
    text = normalize(PROPOSAL_TEXTS["letter"].text)
    assert parse(text, deadline=deadline).on_time is on_time


def test_without_a_date_nobody_is_late() -> None:
    text = normalize(PROPOSAL_TEXTS["prices_only"].text)
    assert parse(text, deadline=dt.date(2020, 1, 1)).on_time is None


def test_a_value_in_the_prose_saves_a_section_from_being_missing() -> None:
    proposal = parse("สะพานคนเดิน\nชาวบ้านจะซ่อมกันเอง ขอเงิน 90,000 บาท")
    missing = set(proposal.missing_sections)
    assert missing.isdisjoint({"title", "networks", "budget"})
    assert {"rationale", "objectives", "indicators"} <= missing


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("จังหวัดตาก\nไปดูงานที่จังหวัดเลย จังหวัดเลยทำดี อยากทำแบบจังหวัดเลย", "ตาก"),
        ("ข้อเสนอของจังหวัดสตูล\nส่งขายกรุงเทพฯ และสงขลา", "สตูล"),
        ("โครงการ ก\nมหาวิทยาลัยขอนแก่นช่วยวัด\nผู้ว่าราชการจังหวัดชัยภูมิ", "ชัยภูมิ"),
        ("ที่ พล ๐๐๑๗.๒/๔๔\nเรียน เลขาธิการ", "พิษณุโลก"),
        ("A pilot for Nan Province\nBudget 1,000,000 baht", "น่าน"),
        ("คนท้ายคลองขอเปิดประตูน้ำ", None),
    ],
)
def test_the_submitting_province_wins(text: str, province: str | None) -> None:
    assert parse(text).province == province


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("เรื่อง ก\nลงวันที่ 5 มี.ค. 2567\nสำรวจเมื่อวันที่ 1 ม.ค. 2567", dt.date(2024, 3, 5)),
        ("อ้างถึง หนังสือกระทรวง ลงวันที่ 5 มี.ค. 2567\nเรื่อง ก", None),
        ("เรื่อง ก\nระยะเวลา 1 ต.ค. 2566 - 30 ก.ย. 2567", None),
        ("เรื่อง ก\nน้ำท่วมเมื่อ 3 กันยายน 2565 บ้านพังสิบหลัง", None),
        ("เรื่อง ก\nเนื้อความ\n\n(นายขจร ดี)\n๙ มิถุนายน ๒๕๖๖", dt.date(2023, 6, 9)),
    ],
)
def test_the_date_of_sending_not_of_events(text: str, date: dt.date | None) -> None:
    assert parse(text).document_date == date


@pytest.mark.parametrize(
    ("text", "baht"),
    [
        ("งบ 215,000", 215_000),
        ("Budget: 350k", 350_000),
        ("Cost 5.7 MB over 30 months", 5_700_000),
        ("วงเงิน ๑.๕ ล้านบาท", 1_500_000),
        ("งบประมาณ\nค่าวัสดุ 20,000 บาท\nรวม 95,000 บาท", 95_000),
        ("ขายกิโลละ 60 บาท รายได้เดือนละ 9,000 บาท", None),
        ("ปีก่อนได้เงิน 400,000 บาท ปีนี้ขอเงิน 120,000 บาท", 120_000),
    ],
)
def test_the_sum_that_is_asked_for(text: str, baht: float | None) -> None:
    assert parse(text).budget_baht == baht


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("ปีงบประมาณ: 2569\nชื่อโครงการ ตู้ยาหมู่บ้าน\nวันที่ 4 มี.ค. 2568", 2569),
        ("ประจำปีงบประมาณ\t๒๕๖๙\nชื่อโครงการ ตู้ยาหมู่บ้าน\nวันที่ ๔ มี.ค. ๒๕๖๘", 2569),
        ("ชื่อโครงการ ตู้ยาหมู่บ้าน\nวันที่ 4 มี.ค. 2568\nระยะเวลา ปีงบประมาณ 2569", 2569),
        ("นำเสนอประเด็นของจังหวัดปีงบประมาณ 2569\nวันที่ 4 มี.ค. 2568", 2569),
        ("โครงการที่ได้รับรางวัลปีงบประมาณ 2566\nวันที่ 4 มี.ค. 2568", 2568),
        ("ปีงบประมาณ 2566 พบผู้ป่วย 30 คน\nวันที่ 4 มี.ค. 2568", 2568),
    ],
)
def test_the_year_of_the_round_wins_over_the_date(text: str, year: int) -> None:
    assert parse(text).fiscal_year == year


@pytest.mark.parametrize(
    ("text", "baht"),
    [
        ("งบประมาณ (ล้านบาท)\t2.75", 2_750_000),
        ("งบประมาณ (พันบาท)\t3,400", 3_400_000),
        ("งบประมาณ (ล้านบาท)\t2,750,000", 2_750_000),
        ("งบประมาณ\nหน่วย: ล้านบาท\nระบบน้ำ\t4.5\nอบรม\t1\nรวม\t5.5", 5_500_000),
        ("ตารางค่าใช้จ่าย (หน่วย: พันบาท)\nระบบน้ำ\t450\nอบรม\t100", 550_000),
        ("งบประมาณ\n- เต็นท์ 12,000 บาท\n- เครื่องเสียง 8,000 บาท", 20_000),
        ("งบประมาณ\n1. เวที 9,000 บาท\n1.1 ไม้ 4,000 บาท\n1.2 ผ้า 5,000 บาท\n2. ไฟ 6,000 บาท", 15_000),
        ("งบประมาณ\n1. เวที 9,000 บาท\n1.1 ไม้ 4,000 บาท\n2. ไฟ 6,000 บาท", None),
        ("งบประมาณ\nช่างคิด 30,000 บาท แต่อีกเจ้าบอก 45,000 บาท", None),
        ("งบประมาณ ปี 2568 250,000 บาท ปี 2569 350,000 บาท", 600_000),
        ("งบประมาณ 900,000 บาท จากจังหวัด\nค่าเช่า 70,000 บาท รวม 70,000 บาท", 900_000),
        ("งบประมาณ: ไม่ใช้งบประมาณ\nกิจกรรม ขอเงินวัด 20,000 บาท", None),
        ("งบประมาณ ไม่ขอรับงบประมาณ\nกิจกรรม ใช้เงิน 20,000 บาท", None),
        ("งบประมาณ\tไม่มี\nกิจกรรม ใช้เงิน 20,000 บาท", None),
        ("งบประมาณ ไม่เกิน 640,000 บาท", 640_000),
        ("ขอรับการสนับสนุนปี 2568 จำนวน 330,000 บาท", 330_000),
    ],
)  # fmt: skip
def test_sums_of_tables_lists_and_years(text: str, baht: float | None) -> None:
    assert parse(text).budget_baht == baht


EMPTY = ["....", "…………", "____", "-", "–", "ไม่มี", "ยังไม่กำหนด", "(ระบุ)", "(โปรดระบุชื่อ)", "N/A", ""]


@pytest.mark.parametrize("body", EMPTY)
def test_a_form_left_open_is_missing(body: str) -> None:
    names = ("ชื่อโครงการ", "วัตถุประสงค์", "ตัวชี้วัด", "ระยะเวลา", "งบประมาณ")
    proposal = parse("\n".join(f"{name}: {body}" for name in names))
    assert proposal.title is None
    assert {"title", "objectives", "indicators", "period", "budget"} <= set(
        proposal.missing_sections
    )
    assert not proposal.sections


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("ชื่อโครงการ.....เตาไร้ควัน.....", "เตาไร้ควัน"),
        ("ชื่อโครงการ  .......เตาของแม่........", "เตาของแม่"),
        ("ชื่อโครงการ เตาของ กศน.", "เตาของ กศน."),
        ("๒. ชื่อประเด็น\n\nจังหวัดร่มเย็น ปลูกไม้ริมทาง\n๓. วัตถุประสงค์\nลดร้อน", "จังหวัดร่มเย็น ปลูกไม้ริมทาง"),
        ("ชื่อประเด็น\n\nวัตถุประสงค์\nลดร้อน", None),
        ("ถาม 1: จะทำอะไร\nเตาไร้ควันทุกครัว", "เตาไร้ควันทุกครัว"),
        ("Q: what\nเตาไร้ควันทุกครัว", "เตาไร้ควันทุกครัว"),
        ("น่าน / ป่าไม้น่าน / รอบปี 68\nเตาไร้ควันทุกครัว", "เตาไร้ควันทุกครัว"),
        ("ข้อเสนอ\nเตาไร้ควันทุกครัว\nปัญหา: ควัน", "เตาไร้ควันทุกครัว"),
    ],
)  # fmt: skip
def test_titles_between_leaders_below_blanks_and_beside_questions(
    text: str, title: str | None
) -> None:
    assert parse(text).title == title


@given(st.text(max_size=400))
def test_any_text_can_be_parsed_and_its_title_stands_in_it(text: str) -> None:
    proposal = parse(text)
    assert proposal.title is None or proposal.title in text
    assert set(proposal.sections).isdisjoint(proposal.missing_sections)


@pytest.mark.parametrize(
    "bit",
    [
        "ก",
        " ",
        "\n",
        '"',
        "1 ม.ค. 66 ",
        "จังหวัดตาก ",
        "งบ 1 บาท ",
        "\n1. ",
        "...",
        "ชื่อเรื่อง\n",
        "\n- ค่า 9,000 บาท",
    ],
)
@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.linear
def test_long_hostile_texts_take_linear_time(bit: str, length: int) -> None:
    text = (bit * length)[:length]
    assert parse(text).text == text


Rows = Sequence[dict[str, Any]]


def shares(rows: Rows, field: str, gold: str) -> tuple[float, float]:
    """Shares of the rows whose value is right, and whose value is another than the right one."""
    values = [getattr(parse(row["text"]), field) for row in rows]
    found = [value.isoformat() if isinstance(value, dt.date) else value for value in values]
    right = sum(value == row[gold] for value, row in zip(found, rows, strict=True))
    wrong = sum(value not in (None, row[gold]) for value, row in zip(found, rows, strict=True))
    return right / len(rows), wrong / len(rows)


def title_share(rows: Rows) -> float:
    """Of the titles that stand in the text the share found, some longer than the label."""
    right = total = 0
    for row in rows:
        gold = "".join(normalize(row["title"]).split())
        if gold in "".join(row["text"].split()):
            found = "".join((parse(row["text"]).title or "").split())
            total += 1
            right += bool(found) and (found in gold or gold in found)
    return right / total


@pytest.mark.slow
def test_accuracy_over_the_clear_texts() -> None:
    rows = clear_proposals()
    assert shares(rows, "province", "province")[0] >= 0.96
    assert shares(rows, "document_date", "submitted_date_iso")[0] >= 0.96
    assert title_share(rows) >= 0.90


@pytest.mark.slow
def test_accuracy_over_the_vague_texts() -> None:
    """What is not found is absent: hardly ever is a wrong value put in its place."""
    rows = vague_proposals()
    province, wrong = shares(rows, "province", "province")
    assert province >= 0.83
    assert wrong <= 0.02
    date, wrong = shares(rows, "document_date", "submitted_date_iso")
    assert date >= 0.90
    assert wrong <= 0.02
    assert title_share(rows) >= 0.67
