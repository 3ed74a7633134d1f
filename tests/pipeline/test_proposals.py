import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents import Document, Page, Proposal
from pipeline.proposals import SECTIONS, parse_proposal
from pipeline.thai import normalize
from tests.pipeline.corpus import corpus_proposals
from tests.pipeline.proposal_texts import PROPOSAL_TEXTS


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


@given(st.text(max_size=400))
def test_any_text_can_be_parsed_and_its_title_stands_in_it(text: str) -> None:
    proposal = parse(text)
    assert proposal.title is None or proposal.title in text
    assert set(proposal.sections).isdisjoint(proposal.missing_sections)


@pytest.mark.parametrize("bit", ["ก", " ", "\n", '"', "1 ม.ค. 66 ", "จังหวัดตาก ", "งบ 1 บาท "])
def test_long_hostile_texts_take_linear_time(bit: str) -> None:
    def seconds(length: int) -> float:
        text = (bit * length)[:length]
        begun = time.process_time()
        parse(text)
        return time.process_time() - begun

    seconds(1000)
    assert seconds(80_000) < 12 * max(seconds(20_000), 0.05)


def accuracy(field: str, gold: str) -> float:
    rows = corpus_proposals()
    right = 0
    for row in rows:
        value = getattr(parse(row["text"]), field)
        right += (value.isoformat() if isinstance(value, dt.date) else value) == row[gold]
    return right / len(rows)


def test_province_accuracy_over_the_corpus() -> None:
    assert accuracy("province", "province") >= 0.96


def test_date_accuracy_over_the_corpus() -> None:
    assert accuracy("document_date", "submitted_date_iso") >= 0.96


def test_titles_over_the_corpus() -> None:
    """Of the titles that stand in the text, most are found, some longer than the label."""
    right = total = 0
    for row in corpus_proposals():
        gold = "".join(normalize(row["title"]).split())
        if gold in "".join(row["text"].split()):
            found = "".join((parse(row["text"]).title or "").split())
            total += 1
            right += bool(found) and (found in gold or gold in found)
    assert right / total >= 0.90
