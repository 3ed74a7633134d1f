"""The header of minutes: formal ones, posts, notes, broken ones."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents import Document, Minutes, Page
from pipeline.minutes import parse_minutes
from pipeline.minutes.header import read_header
from pipeline.thai import normalize
from tests.pipeline.corpus import corpus_minutes


def parse(text: str) -> Minutes:
    return parse_minutes(Document("x", "", "text/plain", "minutes", (Page(1, text, text, "text"),)))


FORMAL = """หน้า 1/2
รายงานการประชุมคณะทำงานคลองสะอาด จังหวัดปทุมธานี ครั้งที่ ๓/๒๕๖๗
เมื่อวันพฤหัสบดีที่ ๔ กรกฎาคม ๒๕๖๗ เวลา ๐๙.๐๐ น.
ณ ห้องประชุมบัวหลวง ชั้น ๒
ผู้มาประชุม
๑. นายวิชา คงทน ประธาน
เริ่มประชุมเวลา ๐๙.๑๕ น.
วาระที่ ๑ คำสั่งจังหวัด ลงวันที่ ๑ มิถุนายน ๒๕๖๗
วาระที่ ๒ รับรองรายงานการประชุม ครั้งที่ ๒/๒๕๖๗
ให้ส่งแผนภายในวันที่ ๓๑ กรกฎาคม ๒๕๖๗ เวลา ๑๖.๓๐ น.
เลิกประชุมเวลา ๑๑.๔๐ น."""

POST = """สองจังหวัดจับมือกันเฝ้าน้ำป่า
เผยแพร่เมื่อ 9 ส.ค. 2566
เมื่อวันอังคารที่ 8 สิงหาคม 2566 จังหวัดแพร่ ร่วมกับจังหวัดลำปาง ประชุมซักซ้อมแผน ที่โรงแรมแห่งหนึ่ง
นายสมาน กล่าวว่า ได้แบบอย่างจากมหาวิทยาลัยเชียงใหม่"""


def test_formal_minutes() -> None:
    minutes = parse(FORMAL)
    assert minutes.title == "รายงานการประชุมคณะทำงานคลองสะอาด จังหวัดปทุมธานี"
    assert minutes.meeting_no == "3/2567"
    assert minutes.date == dt.date(2024, 7, 4)
    assert minutes.start_time == dt.time(9, 15)
    assert minutes.end_time == dt.time(11, 40)
    assert minutes.place_or_medium == "ห้องประชุมบัวหลวง ชั้น ๒"
    assert minutes.provinces == ("ปทุมธานี",)


def test_every_value_has_its_place() -> None:
    spans = read_header(FORMAL).spans
    assert spans["meeting_no"].of(FORMAL) == "๓/๒๕๖๗"
    assert spans["date"].of(FORMAL) == "วันพฤหัสบดีที่ ๔ กรกฎาคม ๒๕๖๗"
    assert spans["start_time"].of(FORMAL) == "๐๙.๑๕ น."
    assert spans["end_time"].of(FORMAL) == "๑๑.๔๐ น."
    assert spans["place_or_medium"].of(FORMAL) == "ห้องประชุมบัวหลวง ชั้น ๒"


def test_a_post_has_the_date_of_the_meeting_not_of_publishing() -> None:
    minutes = parse(POST)
    assert minutes.title == "สองจังหวัดจับมือกันเฝ้าน้ำป่า"
    assert minutes.date == dt.date(2023, 8, 8)
    assert minutes.place_or_medium == "โรงแรมแห่งหนึ่ง"
    assert minutes.provinces == ("แพร่", "ลำปาง")


def test_a_post_without_a_headline_is_called_by_its_meeting() -> None:
    text = "เมื่อวันที่ 2 พ.ค. 2566 จังหวัดตรัง จัดประชุมชี้แจงแผนน้ำบาดาล ผ่านระบบ Zoom โดยมีอำเภอเข้าร่วม"
    minutes = parse(text)
    assert minutes.title == "ประชุมชี้แจงแผนน้ำบาดาล"
    assert minutes.place_or_medium == "Zoom"


def test_a_title_over_two_lines() -> None:
    text = "รายงานการประชุม\nคณะกรรมการตลาดริมน้ำ\nครั้งที่ ๑/๒๕๖๗\nผู้มาประชุม\n๑. นายวิชา คงทน"
    assert parse(text).title == "รายงานการประชุม คณะกรรมการตลาดริมน้ำ"


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("ครังที่ 2/2569", "2/2569"),
        ("ครั้งพิเศษที่ ๓/๒๕๖๘", "3/2568"),
        ("สมัยสามัญ สมัยที่ ๓ ครั้งที่ ๑/๒๕๖๘", "1/2568"),
        ("ครั้งที่สองประจำปี ๒๕๖๙ (2/2569)", "2/2569"),
        ("ครั้งที่ 4 ประจำปีงบประมาณ 2566", "4"),
        ("แก้ไขรายงานการประชุมครั้งที่ 1/2568", None),
        ("ครั้งที่ 5 ปี 2568", "5/2568"),
        ("ครั้งที่ ๕ ประจำปี พ.ศ. ๒๕๖๘", "5/2568"),
        ("ครั้งที่ 5-2568", "5/2568"),
        ("ที่ 5/2568 ศ. 6 มิ.ย. 68 ห้องประชุมเล็ก", "5/2568"),
        ("5/68 | ศุกร์ที่ 6 มิ.ย. 68", "5/68"),
        ("ตามคำสั่งที่ 512/2568", None),
    ],
)
def test_numbers(line: str, number: str | None) -> None:
    text = f"บันทึกการประชุมทีมเรือ\n{line}\nผู้มาประชุม\n๑. นายวิชา คงทน"
    assert parse(text).meeting_no == number


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("สถานที่: ห้องเรือนไทย / เวลา 10.00 น.", "ห้องเรือนไทย"),
        ("เวลา 10.00 น. ณ ห้องเรือนไทย ชั้น 2", "ห้องเรือนไทย ชั้น 2"),
        ("ระบบ Zoom (ห้องควบคุมกลาง)", "ระบบ Zoom (ห้องควบคุมกลาง)"),
        ("ศุกร์ 3 ก.พ. 66 ห้อง ผอ. ชั้น 9 เริ่มคุย 9.10 น.", "ห้อง ผอ. ชั้น 9"),
        ("ครั้งที่ 5/2568 | 10 พ.ย. 2568 | MS Teams", "MS Teams"),
        ("6 มิ.ย. 68 ที่ศาลาริมน้ำ หมู่ 3 (ย้ายจากหอประชุม)", "ศาลาริมน้ำ หมู่ 3"),
        ("6 มิ.ย. 68 ใช้ลานหน้าโรงเรียนเพราะศาลาหลังคารั่ว", "ลานหน้าโรงเรียน"),
        ("6 มิ.ย. 68 ผ่านสื่ออิเล็กทรอนิกส์ (ZOOM)", "สื่ออิเล็กทรอนิกส์ (ZOOM)"),
    ],
)
def test_places_on_a_line_of_the_head(line: str, place: str) -> None:
    text = f"บันทึกการประชุมทีมเรือ\n{line}\nผู้มาประชุม\n๑. นายวิชา คงทน"
    assert parse(text).place_or_medium == place


@pytest.mark.parametrize(
    "line",
    [
        "[ช่องทางประชุม: ห้องเรือนไทย ชั้น 2 + Zoom (ออนไลน์ 9 อำเภอ)]",
        "ประชุมที่ห้องเรือนไทย ชั้น 2 + Zoom",
        "เปิดประชุมเมื่อ 09.30 น. ณ ห้องเรือนไทย ชั้น 2 + Zoom โดยไม่มีการถ่ายทอด",
    ],
)
def test_a_place_told_behind_the_lists(line: str) -> None:
    text = f"บันทึกการประชุมทีมเรือ\nผู้มาประชุม\n๑. นายวิชา คงทน\n\n{line}\nวาระที่ 1 แจ้ง"
    assert parse(text).place_or_medium == "ห้องเรือนไทย ชั้น 2 + Zoom"


def test_a_place_told_in_the_talk_is_not_that_of_the_meeting() -> None:
    opening = "บันทึกการประชุมทีมเรือ\nผู้มาประชุม\n๑. นายวิชา คงทน ปลัดอำเภอ\nวาระที่ 1 แจ้งเพื่อทราบ\n"
    body = "สถานที่: ห้องดอกแก้วของปีหน้า\n" + "นายวิชาฯ แจ้งว่า เรือยังไม่เสร็จสักลำ\n" * 100
    assert parse(opening + body).place_or_medium is None


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("ทีมเรือล้อมวงคุย ทั้งที่นั่งในหอประชุมวัดกลาง และรับชมผ่าน Facebook Live ของวัด",
         "หอประชุมวัดกลาง และรับชมผ่าน Facebook Live"),
        ("ทีมเรือคุยกันที่ร้านกาแฟริมท่า ถนนริมน้ำ โต๊ะไม้ต่อกันยาว", "ร้านกาแฟริมท่า ถนนริมน้ำ"),
        ("ทีมเรือคุยกันนาน\n(ประชุม ณ ห้องเรือนไทย ชั้น 4)", "ห้องเรือนไทย ชั้น 4"),
    ],
)  # fmt: skip
def test_places_in_a_post(sentence: str, place: str) -> None:
    text = f"ตรังรับน้ำหลาก\nวันที่ 20 ก.พ. 67 {sentence}"
    assert parse(text).place_or_medium == place


def test_the_office_that_publishes_is_no_place() -> None:
    text = (
        "ตรังรับน้ำหลาก\nสำนักงานจังหวัดตรัง / 3 กรกฎาคม 2568\n"
        "ทีมเรือประชุมเมื่อวันที่ 1 กรกฎาคม 2568 ที่ศาลาวัดกลาง โดยมีชาวบ้านร่วม"
    )
    assert parse(text).date == dt.date(2025, 7, 1)
    assert parse(text).place_or_medium == "ศาลาวัดกลาง"


def test_the_title_is_the_block_above_the_number() -> None:
    text = (
        "รายงานการประชุม\nคณะทำงานจัดการขยะ\nระดับจังหวัด จังหวัดลำปาง\nครั้งที่ ๑/๒๕๖๙\n"
        "ณ ห้องเรือนไทย\nผู้มาประชุม\n๑. นายวิชา คงทน"
    )
    assert parse(text).title == "รายงานการประชุม คณะทำงานจัดการขยะ ระดับจังหวัด จังหวัดลำปาง"


def test_rubric_byline_and_dateline_are_no_title() -> None:
    news = "ข่าวประชาสัมพันธ์ ฉบับที่ 118/2568\nตรังรับน้ำหลาก\nวันที่ 20 ก.พ. 67 ทีมเรือคุยกัน"
    column = (
        "ริมน้ำยามเช้า โดย คนเขียน\nตรัง, 17 สิงหาคม 2567\nตรังรับน้ำหลาก\nเช้าวานนี้ที่ร้านกาแฟริมท่า ทีมเรือคุยกัน"
    )
    assert parse(news).title == parse(column).title == "ตรังรับน้ำหลาก"
    assert parse(column).date == dt.date(2024, 8, 16)


def test_hours_of_a_post_stand_beside_its_date() -> None:
    text = (
        "วันที่ 20 ต.ค. 2565 เวลา 13.00-15.45 น. กรมหนึ่งจัดประชุมชี้แจงระบบ ผ่านโปรแกรม"
        " Microsoft Teams โดยมีอำเภอเข้าร่วม\n"
        "ปิดรับคำขอวันที่ 4 พ.ย. 2565 เวลา 16.30 น."
    )
    minutes = parse(text)
    assert (minutes.start_time, minutes.end_time) == (dt.time(13), dt.time(15, 45))
    assert minutes.place_or_medium == "Microsoft Teams"


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("🌊 ตรังรับน้ำหลาก ระดมเรือทุกตำบล 🌊🚤", "ตรังรับน้ำหลาก ระดมเรือทุกตำบล"),
        ("📌 สรุปวงคุยเรือ #ตรัง #น้ำหลาก", "สรุปวงคุยเรือ"),
        ("[13:02] ปลัดอ้อ: สรุปวงคุยเรือ (อังคาร 20 ก.พ. 67)", "สรุปวงคุยเรือ"),
        ("รายงานการประชุมทีมเรือ ครั้งที่ 2/2567 วันที่ 20 ก.พ. 67", "รายงานการประชุมทีมเรือ"),
        ("สรุปประชุมทีมเรือ ครั้งที่ 2/2567 และงานค้าง", "สรุปประชุมทีมเรือ ครั้งที่ 2/2567 และงานค้าง"),
    ],
)
def test_titles_without_what_posts_put_around_them(headline: str, title: str) -> None:
    text = f"{headline}\nวันที่ 20 ก.พ. 67 เวลา 9.00 น. ทีมเรือคุยกันที่ห้องเรือนไทย"
    assert parse(text).title == title


def test_the_subject_of_a_mail_is_its_title_and_its_sending_is_not_the_meeting() -> None:
    text = (
        "From: งานเรือ\nSent: 22 กุมภาพันธ์ 2567 09:12\nSubject: สรุปประชุมทีมเรือ + การบ้าน\n"
        "ตามที่ประชุมเมื่อวันอังคารที่ 20 ก.พ. ที่ผ่านมา (10.00-12.10 น.) ที่ห้องเรือนไทย"
    )
    minutes = parse(text)
    assert minutes.title == "สรุปประชุมทีมเรือ + การบ้าน"
    assert minutes.date == dt.date(2024, 2, 20)
    assert (minutes.start_time, minutes.end_time) == (dt.time(10), dt.time(12, 10))


def test_hours_told_in_words() -> None:
    text = (
        "บันทึกการประชุมทีมเรือ\nคุยกันวันศุกร์ที่ยี่สิบหก มกราคม สองพันห้าร้อยหกสิบเจ็ด"
        " ที่ห้องเรือนไทย เริ่มตอนเก้าโมงสิบห้า\nเลิกเกือบเที่ยง คือสิบเอ็ดโมงห้าสิบ"
    )
    minutes = parse(text)
    assert minutes.date == dt.date(2024, 1, 26)
    assert (minutes.start_time, minutes.end_time) == (dt.time(9, 15), dt.time(11, 50))


def test_labels_are_read_through_slips_and_stray_spaces() -> None:
    text = (
        "รายงานการประชุมทีมเรือ\nครั้งที่ 1/2566\nวันที่ 9 ม.ค. 2566\n"
        "ผู้มาประชมุ\n1. นายวิชา คงทน\nเริมประชุม เวลา 09.00 น.\nเ ลิ ก ประชุม 10.30 น."
    )
    minutes = parse(text)
    assert (minutes.start_time, minutes.end_time) == (dt.time(9), dt.time(10, 30))
    assert [attendee.name for attendee in minutes.attendees] == ["นายวิชา คงทน"]


@pytest.mark.parametrize(
    "label", ["สถานที่", "สถานที", "สถนที่", "สถานทีี่", "สถาานที่", "สถนาที่", "สถานที่ประชมุ"]
)
def test_a_letter_of_a_label_may_be_left_out_doubled_or_swapped(label: str) -> None:
    text = f"รายงานการประชุมทีมเรือ\nครั้งที่ 1/2566\n{label}: ห้องเรือนไทย\nผู้มาประชุม\n1. นายวิชา คงทน"
    assert parse(text).place_or_medium == "ห้องเรือนไทย"


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
    header = read_header(text)
    assert header.provinces == ()
    assert header.meeting_no is None
    assert header.place_or_medium is None


def test_what_is_not_said_is_absent() -> None:
    header = read_header("ชาวบ้านช่วยกันขุดคลอง\nเสร็จแล้วแยกย้ายกลับบ้าน")
    assert header.date is None
    assert header.start_time is None
    assert header.end_time is None
    assert header.place_or_medium is None


@given(st.text(max_size=300))
def test_any_text_can_be_parsed(text: str) -> None:
    header = read_header(text)
    for span in header.spans.values():
        assert 0 <= span.start < span.end <= len(text)
    if header.title is not None:
        assert " ".join(header.spans["title"].of(text).split()) == header.title


def test_headers_of_the_corpus() -> None:
    rows = corpus_minutes()
    read = [(parse(row["text"]), row["gold"]) for row in rows]
    titles = sum(minutes.title == normalize(gold["title"]) for minutes, gold in read)
    dates = sum(minutes.date == dt.date.fromisoformat(gold["date"]) for minutes, gold in read)
    provinces = sum(set(minutes.provinces) == set(gold["provinces"]) for minutes, gold in read)
    assert titles / len(rows) >= 0.85
    assert dates / len(rows) >= 0.95
    assert provinces / len(rows) >= 0.85
