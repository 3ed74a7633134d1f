from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents import Deadline, Item, Person, Span
from pipeline.minutes.attendance import Attendance
from pipeline.minutes.deadlines import read_deadlines

MEETING = dt.date(2025, 3, 19)  # a Wednesday


def read(text: str, meeting: dt.date | None = MEETING) -> tuple[Deadline, ...]:
    return read_deadlines(text, meeting, (), Attendance())


def dates(text: str, meeting: dt.date | None = MEETING) -> list[str]:
    return [deadline.date.isoformat() for deadline in read(text, meeting)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("มติ ให้ทุกอำเภอส่งแผนภายในวันที่ ๑๐ เมษายน ๒๕๖๘", "2025-04-10"),
        ("เอกสารต้องถึงจังหวัดไม่เกินวันที่ ๑๘ เม.ย. ๖๘", "2025-04-18"),
        ("ให้อำเภอส่งแผนก่อนวันที่ 20 เม.ย. นี้", "2025-04-20"),
        ("ให้รายงานภายในวันศุกร์ที่ 25 เมษายนนี้", "2025-04-25"),
        ("ระบบปิดเวลา 16.30 น. ของวันที่ 29 ส.ค. 68", "2025-08-29"),
        ("ให้ใช้อัตราใหม่ตั้งแต่ 1 ต.ค. 68 เป็นต้นไป", "2025-10-01"),
        ("นัดประชุมครั้งต่อไป พุธที่ 23 เม.ย. 68 เวลาเดิม", "2025-04-23"),
        ("ให้รายงานผลภายใน ๗ วัน", "2025-03-26"),
        ("ให้รายงานผลภายใน ๗ วันนับแต่วันประชุม", "2025-03-26"),
        ("ให้ส่งแบบภายใน 7 วันนับจากวันนี้", "2025-03-26"),
        ("ขอบัญชีผู้พิการจากอำเภอใน 2 สัปดาห์", "2025-04-02"),
        ("ต้องถึงอำเภอก่อนสี่โมงเย็นวันที่สามสิบเมษายน", "2025-04-30"),
        ("ให้แก้ร่างให้เสร็จภายใน 3 วันทำการ", "2025-03-24"),
        ("ให้เสร็จในหนึ่งสัปดาห์", "2025-03-26"),
        ("มารับได้วันศุกร์นี้", "2025-03-21"),
        ("ขอเวลาถึงศุกร์หน้า", "2025-03-28"),
        ("ให้ส่งรายชื่อภายในสัปดาห์หน้า", "2025-03-28"),
        ("ให้ผู้รับจ้างเข้ามาซ่อมภายในสิ้นเดือนนี้", "2025-03-31"),
        ("ให้สรุปผลเสนอประธานภายในเดือนกรกฎาคม", "2025-07-31"),
        ("ให้เบิกจ่ายให้เสร็จก่อนสิ้นปีงบประมาณ", "2025-09-30"),
        ("ต้องก่อหนี้ผูกพันภายในไตรมาสที่ ๓", "2025-06-30"),
        ("ให้เริ่มใช้ไตรมาสแรกของปีงบประมาณ 2569", "2025-10-01"),
        ("ประชุมรอบต่อไปพรุ่งนี้ 07.30 น.", "2025-03-20"),
        ("ขอรายชื่อพร้อมพิกัดก่อนสองทุ่มครึ่ง", "2025-03-19"),
        ("ให้อพยพให้หมดภายใน 23.00 น. คืนวันที่ 19 มี.ค.", "2025-03-19"),
        ("จัดอบรมวันที่ 21-22 เมษายน 2568", "2025-04-21"),
    ],
)
def test_what_is_to_be_done_by_or_on_a_day(text: str, date: str) -> None:
    assert dates(text) == [date]


@pytest.mark.parametrize(
    "text",
    [
        "รับรองรายงานการประชุมครั้งที่ 2/2568 เมื่อวันที่ 19 กุมภาพันธ์ 2568",
        "วันพุธที่ 19 มีนาคม 2568 เวลา 09.30 น.",
        "คำสั่งจังหวัด ลงวันที่ 3 มีนาคม 2568",
        "ชุดตรวจที่มีอยู่หมดอายุ 31 ตุลาคม 2568",
        "ส่งเมื่อ: พฤ. 20/03/2568 08:52",
        "สำนักงานจังหวัด รับที่ ๑๔๗๗ วันที่ ๒๐ มี.ค. ๒๕๖๘",
        "วันที่ลงข่าว 22 มีนาคม 2568",
        "ส่งของได้ใน 10 วัน",
        "เผยแพร่เมื่อ 21 มีนาคม 2568",
        "ผู้จดรายงานการประชุม นายสรวิศ มณี วันที่ 22 มีนาคม 2568",
        "(ลงชื่อ) ชุติมา ผู้จดรายงานการประชุม\n๒๔ มีนาคม ๒๕๖๘",
        "ฝนจะตกหนักวันที่ 22 มีนาคม",
        "ยอดน้ำจะถึงตัวเมืองใน 24 ชั่วโมง",
        "มีผู้ใช้ 31 คนในสามเดือน",
        "ขอให้โทรแจ้งผู้ร้องทุก 15 วัน",
        "ลดเวลาออกใบอนุญาตจาก 45 วัน เหลือ 12 วัน",
        "ตามระเบียบต้องพิจารณาภายใน 90 วันนับแต่วันที่ได้รับคำขอ",
        "สัปดาห์หน้าน่าจะไต่ขึ้น",
        "แผนพัฒนาจังหวัด พ.ศ. 2566 - 2570",
        "ผลการเบิกจ่าย ณ วันที่ 28 กุมภาพันธ์ 2568",
        "ให้รายงานความคืบหน้าทุกสิ้นเดือน",
    ],
)
def test_other_days_are_no_deadlines(text: str) -> None:
    assert dates(text) == []


def test_an_open_range_has_two_ends_and_an_event_its_first_day() -> None:
    assert dates("รับสมัครวันที่ 1 เมษายน 2568 - 20 พฤษภาคม 2568") == ["2025-04-01", "2025-05-20"]
    assert dates("ห้ามเผาตั้งแต่ 1 ก.พ. 68 ถึง 30 เม.ย. 68") == ["2025-04-30"]
    assert dates("กรมจะมาตรวจ 5-6 ส.ค. นี้") == ["2025-08-05"]


def test_days_counted_from_the_day_beside_them() -> None:
    text = "จะเปิดให้บริการจริงวันจันทร์ที่ 7 เม.ย. 68 และต้องเปลี่ยนสายให้เสร็จก่อนหน้านั้น 3 วัน"
    assert dates(text) == ["2025-04-07", "2025-04-04"]
    assert dates("คลิปจะขึ้นเว็บไซต์ภายใน 14 วันหลังจบงาน (8 เม.ย.)") == ["2025-04-22"]
    assert dates("ให้ประเมินผลเมื่อครบสามเดือน คือ 16 มิ.ย. 2568") == ["2025-06-16"]


def test_that_day_is_the_one_named_before() -> None:
    text = "กำหนดเปิดงานวันที่ 10 เมษายน 2568 ขอให้ทุกอำเภอส่งรายชื่อก่อนวันดังกล่าว"
    assert dates(text) == ["2025-04-10", "2025-04-10"]
    assert dates("ให้ส่งรายชื่อก่อนวันนั้น คือ 10 เม.ย. 68") == ["2025-04-10"]  # it is told behind
    assert dates("ขอให้ทุกอำเภอส่งรายชื่อก่อนวันดังกล่าว") == []


def test_days_counted_from_the_last_day_of_the_meeting() -> None:
    text = "ตรวจเมื่อวันที่ 19 - 21 มีนาคม 2568\nขอให้ส่งเอกสารภายใน 7 วันนับแต่วันสุดท้ายของการตรวจ"
    assert dates(text)[-1] == "2025-03-28"


def test_no_deadline_lies_before_the_meeting() -> None:
    assert dates("ให้เสร็จสิ้นทั้งหมดในสัปดาห์นี้") == ["2025-03-21"]
    assert dates("ให้ลงนามในไตรมาส 2") == ["2025-03-31"]


def test_a_date_without_a_year_is_the_nearest() -> None:
    assert dates("ให้ส่งภายในวันที่ 15 ก.พ.", dt.date(2025, 11, 10)) == ["2026-02-15"]
    assert dates("ข้อมูลวันที่ 30 ธ.ค.", dt.date(2025, 1, 10)) == []


def test_without_the_meeting_only_whole_dates_are_told() -> None:
    text = "ให้ส่งภายในวันที่ 5 เม.ย. 68 และรายงานภายใน 7 วัน"
    assert dates(text, None) == ["2025-04-05"]


def test_what_and_who_are_words_of_the_clause() -> None:
    text = "มติที่ประชุม รับทราบ และให้พัฒนาการอำเภอติดตามวัสดุให้ได้ภายในวันที่ ๑๐ เมษายน ๒๕๖๘ ต่อไป"
    (deadline,) = read(text)
    assert deadline.who == "พัฒนาการอำเภอ"
    assert deadline.what == "ให้พัฒนาการอำเภอติดตามวัสดุ"
    assert deadline.quote == "ให้พัฒนาการอำเภอติดตามวัสดุให้ได้ภายในวันที่ ๑๐ เมษายน ๒๕๖๘"
    assert read("ให้แก้ร่างภายใน ๓ วัน")[0].who is None


def test_the_chair_is_called_by_name() -> None:
    attendance = Attendance(chair=Person("นายชาติ ใจดี"))
    (deadline,) = read_deadlines("ประธานจะลงพื้นที่วันที่ 2 เม.ย. 68", MEETING, (), attendance)
    assert deadline.who == "นายชาติ ใจดี"


def test_a_resolution_that_says_it_again_counts_once() -> None:
    text = "นางดารับว่า จะออกหน่วยวันที่ 2 เม.ย. 68\nมติ มอบปลัดดำเนินการในวันที่ 2 เม.ย. 68"
    resolution = Span(text.index("มอบ"), len(text))
    item = Item("1", None, resolution.of(text), (), (), 0, len(text), {"resolution": resolution})
    assert len(read_deadlines(text, MEETING, (), Attendance())) == 2
    (deadline,) = read_deadlines(text, MEETING, (item,), Attendance())
    assert resolution.start <= deadline.start


PIECES = st.sampled_from(
    [
        "ภายใน",
        "ให้ส่ง",
        " ",
        "\n",
        "๗ วัน",
        "15 มี.ค. 68",
        "5-6 ส.ค.",
        "วันที่ ",
        "สิ้นเดือน",
        "ถึง",
        "- ",
        "มติ ",
        "เมื่อ",
        "ก่อนสองทุ่ม",
        "ไตรมาส 2",
        "หลังจากนั้น 3 วัน",
        "(8 ก.ย.)",
        "29 ก.พ.",
        "พรุ่งนี้",
        "ผู้จด",
        "99",
    ]
)
DAYS = st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2150, 1, 1))


@given(st.lists(PIECES | st.text(max_size=3), max_size=40), DAYS)
def test_quotes_are_of_the_text_in_order(pieces: list[str], meeting: dt.date | None) -> None:
    text = "".join(pieces)
    found = read(text, meeting)
    for deadline in found:
        assert deadline.quote == text[deadline.start : deadline.end] != ""
        assert deadline.what
    assert [d.end for d in found] == sorted(d.end for d in found)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["ภายใน 7 วัน ", "5-6 ส.ค. ", "ก่อนสองทุ่ม ", "ก", "ให้", "หลังจากนั้น 3 วัน"]
)
def test_any_length_passes(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert all(deadline.end <= len(text) for deadline in read(text))
