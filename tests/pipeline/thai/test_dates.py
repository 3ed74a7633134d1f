from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.thai.dates import find_dates
from pipeline.thai.fiscal_years import find_fiscal_years
from pipeline.thai.times import find_times
from tests.texts import LENGTHS

D = dt.date(2021, 12, 17)

ONE = [
    ("๑๗ ธันวาคม ๒๕๖๔", D),
    ("ให้ส่งภายในวันที่ 17 ธ.ค. 64", D),
    ("17 ธ.ค.64", D),
    ("17 ธค. 2564", D),
    ("17 ธ.ค 64", D),
    ("17 ธ. ค. 2564", D),
    ("17/12/2564", D),
    ("๑๗/๑๒/๖๔", D),
    ("17 / 12 / 2564", D),
    ("17-12-2564", D),
    ("17.12.2564", D),
    ("2564-12-17", D),
    ("submitted=2021-12-17T16:05:11", D),
    ("17 December 2021", D),
    ("17th December, 2021", D),
    ("Dec 17, 2021", D),
    ("17-Dec-21", D),
    ("17 Dec 64", D),
    ("วันศุกร์ที่ ๑๗ ธันวาคม พ.ศ. ๒๕๖๔", D),
    ("ให้ไว้ ณ วันที่ ๑๗ ธันวาคม พุทธศักราช ๒๕๖๔", D),
    ("วันที่ 17 เดือน ธันวาคม พ.ศ. 2564", D),
    ("วันที่ 17 เดือน 12 ปี 2564", D),
    ("17 ธันวาคม ค.ศ. 2021", D),
    ("17 ธันวาคม 2021", D),
    ("๑๗\nธันวาคม  ๒๕๖๔", D),
    ("ลงวันที่๑๗ธันวาคม๒๕๖๔", D),
    ("17 ธันวา 64", D),
    ("17-ธ.ค.-64", D),
    ("(17 ธ.ค. 2564)", D),
    ("17 ธันวาคมฯ 2564", D),
    ("ด่วนที่สุด ที่ มท ๐๘๑๐.๒/ว ๑๒๓ ลว. ๑๗ ธ.ค. ๖๔", D),
    ("นัดครั้งหน้า 17 ธ.ค. 2564", D),
    ("17 ธันวาคม 2564 เวลา 09.30 น.", D),
    ("8 กุมพาพันธ์ 2565", dt.date(2022, 2, 8)),
    ("8 กุมภาพันธ 2565", dt.date(2022, 2, 8)),
    ("8 พฤษจิกายน 2565", dt.date(2022, 11, 8)),
    ("8 กรกฏาคม 2565", dt.date(2022, 7, 8)),
    ("29 ก.พ. 2567", dt.date(2024, 2, 29)),
    ("1 มี.ค. 2565", dt.date(2022, 3, 1)),
    ("1 มิ.ย. 2565", dt.date(2022, 6, 1)),
    ("1 เม.ย. 40", dt.date(1997, 4, 1)),
    ("๕ ธันวาคม ๒๔๗๐", dt.date(1927, 12, 5)),
    ("วันศุกร์ที่สิบเจ็ดธันวาคม สองพันห้าร้อยหกสิบสี่", D),
    ("เมื่อสิบเจ็ด ธันวาคม พ.ศ.สองพันห้าร้อยหกสิบสี่นะครับ", D),
    ("วันที่สิบเจ็ดธันวา หกสิบสี่", D),
    ("17 ธันวาคม หกสี่", D),
    ("วาระที่ 4 – 17 ธันวาคม 2564", D),
    ("รุ่น 2 - 17 ธันวาคม 2564", D),
    ("ห้อง 12 ถึง 17 ธันวาคม 2564", D),
    ("หมู่ 2, 5 และ 17 ธันวาคม 2564", D),
    ("9, 4 และ 17 ธันวาคม 2564", D),
    ("เลขที่ 3/2564 ลงวันที่ 17-12-2564", D),
    ("โทร. 0 7421 3333 วันที่ 17/12/2564", D),
]

RANGES = [
    ("15-17 ธันวาคม 2564", dt.date(2021, 12, 15), D),
    ("วันที่สิบห้าถึงสิบเจ็ดธันวาคม 2564", dt.date(2021, 12, 15), D),
    ("๑๕ – ๑๗ ธ.ค. ๖๔", dt.date(2021, 12, 15), D),
    ("ระหว่างวันที่ 15 ถึง 17 ธันวาคม 2564", dt.date(2021, 12, 15), D),
    ("30 พ.ย. - 17 ธ.ค. 2564", dt.date(2021, 11, 30), D),
    ("28 ธันวาคม 2564 ถึง 3 มกราคม 2565", dt.date(2021, 12, 28), dt.date(2022, 1, 3)),
    ("28 ธ.ค. - 3 ม.ค. 65", dt.date(2021, 12, 28), dt.date(2022, 1, 3)),
    ("ตั้งแต่วันที่ 15 ก.พ. 69 ถึงวันที่ 30 เม.ย. 69", dt.date(2026, 2, 15), dt.date(2026, 4, 30)),
    ("1/12/2564 - 31/12/2564", dt.date(2021, 12, 1), dt.date(2021, 12, 31)),
    ("1/12/2564-31/12/2564", dt.date(2021, 12, 1), dt.date(2021, 12, 31)),
    ("วันที่ 16 และ 17 ธันวาคม 2564", dt.date(2021, 12, 16), D),
    ("อบรม 9, 13 และ 17 ธันวาคม 2564", dt.date(2021, 12, 9), D),
    ("วันที่ 8-10, 15 และ 17 ธ.ค. 64", dt.date(2021, 12, 8), D),
    ("เดือนหน้า 15 - 17 ธันวาคม 2564", dt.date(2021, 12, 15), D),
    ("ครั้งที่ 3 วันที่ 15 - 17 ธันวาคม 2564", dt.date(2021, 12, 15), D),
    ("ใบอนุญาตหมดอายุ 15 - 17 ธันวาคม 2564", dt.date(2021, 12, 15), D),
    ("วันพฤหัสบดีที่ 16 – วันศุกร์ที่ 17 ธันวาคม 2564", dt.date(2021, 12, 16), D),
    ("๑ ตุลาคม ๒๕๖๖ - ๓๐ กันยายน ๒๕๖๗ (๑๒ เดือน)", dt.date(2023, 10, 1), dt.date(2024, 9, 30)),
]

NONE = [
    "31 กุมภาพันธ์ 2564",
    "29 ก.พ. 2566",
    "15/13/2564",
    "0 ธันวาคม 2564",
    "ครั้งที่ 1/2565",
    "ที่ ปจ ๐๐๑๗.๒/๙๑๑",
    "ม.17/12 ต.บางแก้ว",
    "1/2/3",
    "เดือนที่ 0 / 6 / 12 / 18",
    "โทร 0 2888 1212",
    "081-234-5678",
    "โทรสาร 02-12-2564-1",
    "โทร 07-11-2563",
    "โทรศัพท์: 081-999-8888 หรือ 07-11-2563",
    "หมายเลข 07-11-2563",
    "เลขที่ ๐๗-๑๑-๒๕๖๓",
    "รุ่น 1.12.2564.3",
    "17 ธันวาคม",
    "17 ธันวาคม 64 คน",
    "วันที่สิบเจ็ดธันวาคม",
    "สิบเจ็ดธันวาคม หกสิบสี่คน",
    "สามสิบเอ็ดกุมภาพันธ์ สองพันห้าร้อยหกสิบสี่",
    "17 ธันวาคม 64,000 คน",
    "17 ธ.ค. 14.00 น.",
    "17 ธ.ค. 21",
    "17/12/21",
    "ธันวาคม 2564",
    "17 ธันวาคม พ.ศ. 2021",
    "17 ธันวาคม 3564",
    "5 ก.พ.ร. 2564",
    "3 จังหวัด 2565",
    "ครั้งที่ 3 ธันวาคม 2564",
    "คะแนน 10-12-64",
    "พ.ศ. ๒๕๖๔",
    "l6 ม.ค. 2566",
    "15 มีนา 2565.50 ไร่",
    "117/12/2564",
    "17/12/2564/5",
    "",
]


@pytest.mark.parametrize(("text", "date"), ONE)
def test_one_date(text: str, date: dt.date) -> None:
    [mention] = find_dates(text)
    assert (mention.date, mention.end_date) == (date, None)


@pytest.mark.parametrize(("text", "first", "last"), RANGES)
def test_range(text: str, first: dt.date, last: dt.date) -> None:
    [mention] = find_dates(text)
    assert (mention.date, mention.end_date) == (first, last)


@pytest.mark.parametrize("text", NONE)
def test_no_date(text: str) -> None:
    assert find_dates(text) == []


def test_span_begins_at_the_weekday_and_ends_at_the_year() -> None:
    text = "เมื่อวันศุกร์ที่ ๑๗ ธันวาคม พ.ศ. ๒๕๖๔ เวลา ๑๔.๐๐ น."
    [mention] = find_dates(text)
    assert text[mention.start : mention.end] == "วันศุกร์ที่ ๑๗ ธันวาคม พ.ศ. ๒๕๖๔"


@pytest.mark.parametrize(
    ("text", "agrees"),
    [("วันศุกร์ที่ 17 ธ.ค. 64", True), ("วันจันทร์ที่ 17 ธ.ค. 64", False), ("17 ธ.ค. 64", None)],
)
def test_a_wrong_weekday_is_recorded_and_keeps_the_date(text: str, agrees: bool | None) -> None:
    [mention] = find_dates(text)
    assert (mention.date, mention.weekday_agrees) == (D, agrees)


@pytest.mark.parametrize("year", [2564, 2021])
def test_default_year_completes_a_date_without_year(year: int) -> None:
    text = "ห้ามเผา 1 ธันวาคม ถึง 17 ธันวาคม ส่ง ก.พ.ร. ภายใน 20 ม.ค. และ 5 มีนาคม 2566"
    found = [(m.date, m.end_date) for m in find_dates(text, default_year=year)]
    assert found == [
        (dt.date(2021, 12, 1), D),
        (dt.date(2021, 1, 20), None),
        (dt.date(2023, 3, 5), None),
    ]
    assert find_dates("ครั้งที่ 5 ก.พ.ร. เห็นชอบ", default_year=year) == []


def test_a_spelled_date_keeps_its_place() -> None:
    text = "ประชุมวันที่ยี่สิบเอ็ดกุมภาพันธ์ สองพันห้าร้อยหกสิบแปด แล้วอีกทีวันที่ 3 มี.ค. 2568"
    mentions = find_dates(text)
    assert [text[m.start : m.end] for m in mentions] == [
        "ยี่สิบเอ็ดกุมภาพันธ์ สองพันห้าร้อยหกสิบแปด",
        "3 มี.ค. 2568",
    ]
    assert [m.date for m in mentions] == [dt.date(2025, 2, 21), dt.date(2025, 3, 3)]


def test_several_dates_in_order() -> None:
    text = "รับเรื่อง 1 ธ.ค. 64 แจ้ง 5/12/2564 และปิด 2021-12-17"
    assert [m.date.day for m in find_dates(text)] == [1, 5, 17]


MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip


@given(st.dates(dt.date(1900, 1, 1), dt.date(2150, 12, 31)))
def test_what_officials_write_is_read_back(date: dt.date) -> None:
    year = date.year + 543
    for text in (
        f"{date.day} {MONTHS[date.month - 1]} {year}",
        f"{date.day}/{date.month}/{year}",
        date.isoformat(),
    ):
        assert [mention.date for mention in find_dates(text)] == [date]


@given(st.text(alphabet="๐๑๗025/-. \nธันวาคมก.พ.ศ.วันที่ถึงและFYปีงบน:", max_size=80))
def test_mentions_lie_in_the_text_in_order(text: str) -> None:
    dates = find_dates(text, default_year=2564)
    for mentions in (dates, find_times(text), find_fiscal_years(text)):
        edges = [edge for mention in mentions for edge in (mention.start, mention.end)]
        assert edges == sorted(edges)
        assert all(0 <= edge <= len(text) for edge in edges)


@given(st.text(max_size=60))
def test_any_string_is_accepted(text: str) -> None:
    find_dates(text, default_year=2564)
    find_times(text)
    find_fiscal_years(text)


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1/",
        "17 ธันวาคม ",
        pytest.param("17 ธ.ค. 64 - ", marks=pytest.mark.slow),
        "1\n",
        " ",
        "ก",
        "14.00-",
        "ปีงบประมาณ",
        "1 และ ",
        "บ่าย",
    ],
)
@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.linear
def test_long_texts_take_linear_time(unit: str, length: int) -> None:
    text = unit * (length // len(unit))
    find_dates(text, default_year=2564)
    find_times(text)
    find_fiscal_years(text)
