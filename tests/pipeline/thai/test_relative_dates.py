import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythainlp.util import num_to_thaiword

from pipeline.thai.relative_dates import find_relative_dates
from pipeline.thai.relative_periods import moved

WEDNESDAY = dt.date(2025, 3, 19)


def days(text: str, reference: dt.date = WEDNESDAY) -> list[tuple[str, str]]:
    """Surface and day of every mention, first and last day of a period."""
    return [
        (
            text[m.start : m.end],
            m.date.isoformat() + ("" if m.date == m.end_date else f"/{m.end_date.isoformat()}"),
        )
        for m in find_relative_dates(text, reference)
    ]


@pytest.mark.parametrize(
    ("text", "surface", "day"),
    [
        ("ภายใน ๗ วัน", "๗ วัน", "2025-03-26"),
        ("ภายใน 15 วันทำการ", "15 วันทำการ", "2025-04-09"),
        ("ในหนึ่งสัปดาห์", "หนึ่งสัปดาห์", "2025-03-26"),
        ("อีกสามเดือน", "สามเดือน", "2025-06-19"),
        ("ยี่สิบเอ็ดวัน", "ยี่สิบเอ็ดวัน", "2025-04-09"),
        ("ภายใน 7-10 วัน", "7-10 วัน", "2025-03-29"),
        ("หนึ่งเดือนครึ่ง", "หนึ่งเดือนครึ่ง", "2025-05-04"),
        ("ภายใน 48 ชั่วโมง", "48 ชั่วโมง", "2025-03-21"),
        ("วันศุกร์นี้", "วันศุกร์นี้", "2025-03-21"),
        ("ถึงศุกร์หน้า", "ศุกร์หน้า", "2025-03-28"),
        ("ก่อนวันจันทร์", "วันจันทร์", "2025-03-24"),
        ("พรุ่งนี้ 07.30 น.", "พรุ่งนี้", "2025-03-20"),
        ("มะรืนนี้", "มะรืนนี้", "2025-03-21"),
        ("คืนนี้", "คืนนี้", "2025-03-19"),
        ("วันที่ ๑๐ เดือนหน้า", "วันที่ ๑๐ เดือนหน้า", "2025-04-10"),
        ("วันที่ 25 นี้", "วันที่ 25 นี้", "2025-03-25"),
        ("วันที่ยี่สิบห้าเดือนนี้", "วันที่ยี่สิบห้าเดือนนี้", "2025-03-25"),
        ("อย่าเกิน 22 นะ", "22", "2025-03-22"),
        ("เสาร์แรกของเดือนเมษายน", "เสาร์แรกของเดือนเมษายน", "2025-04-05"),
        ("ไม่เกินวันที่ ๗", "วันที่ ๗", "2025-04-07"),
        ("เป็นวันจันทร์ที่ 7", "วันจันทร์ที่ 7", "2025-04-07"),
        ("วันศุกร์สุดท้ายของเดือนมกราคม", "วันศุกร์สุดท้ายของเดือนมกราคม", "2025-01-31"),
        ("วันทำการแรกของเดือนหน้า", "วันทำการแรกของเดือนหน้า", "2025-04-01"),
        ("วันอังคารสุดท้ายของเดือนนี้", "วันอังคารสุดท้ายของเดือนนี้", "2025-03-25"),  # not 1 April
        ("วันพุธที่ 3 ของเดือนนี้", "วันพุธที่ 3 ของเดือนนี้", "2025-03-19"),
        ("ต้นสัปดาห์หน้า", "ต้นสัปดาห์หน้า", "2025-03-24"),
        ("ภายในสิ้นเดือนนี้", "สิ้นเดือนนี้", "2025-03-31"),
        ("ก่อนสิ้นเดือน", "สิ้นเดือน", "2025-03-31"),
        ("สิ้นเดือนพฤษภาคม", "สิ้นเดือนพฤษภาคม", "2025-05-31"),
        ("กลางเดือน เม.ย.", "กลางเดือน เม.ย.", "2025-04-15"),
        ("ก่อนสิ้นปีงบประมาณ", "สิ้นปีงบประมาณ", "2025-09-30"),
        ("สิ้นปีงบประมาณ พ.ศ. ๒๕๖๙", "สิ้นปีงบประมาณ พ.ศ. ๒๕๖๙", "2026-09-30"),
        ("ก่อนเริ่มปีงบประมาณ", "เริ่มปีงบประมาณ", "2025-10-01"),
        ("สิ้นปีนี้", "สิ้นปีนี้", "2025-12-31"),
    ],
)
def test_a_day(text: str, surface: str, day: str) -> None:
    assert days(text) == [(surface, day)]


@pytest.mark.parametrize(
    ("text", "surface", "period"),
    [
        ("ภายในสัปดาห์หน้า", "สัปดาห์หน้า", "2025-03-24/2025-03-28"),
        ("ภายในอาทิตย์นี้", "อาทิตย์นี้", "2025-03-17/2025-03-21"),
        ("ภายในเดือนมิถุนายน 2569", "เดือนมิถุนายน 2569", "2026-06-01/2026-06-30"),
        ("ภายในพฤษภาคม 69", "พฤษภาคม 69", "2026-05-01/2026-05-31"),
        ("เริ่มเดือนหน้า", "เดือนหน้า", "2025-04-01/2025-04-30"),
        ("สัปดาห์สุดท้ายของเดือนนี้", "สัปดาห์สุดท้ายของเดือนนี้", "2025-03-29/2025-03-31"),
        ("สัปดาห์แรกของเดือนหน้า", "สัปดาห์แรกของเดือนหน้า", "2025-04-01/2025-04-07"),
        ("ภายในไตรมาสที่ ๒", "ไตรมาสที่ ๒", "2025-01-01/2025-03-31"),
        ("ไตรมาสที่ 1", "ไตรมาสที่ 1", "2025-10-01/2025-12-31"),
        ("ไตรมาสแรกของปีงบประมาณ 2567", "ไตรมาสแรกของปีงบประมาณ 2567", "2023-10-01/2023-12-31"),
        ("ภายในปีงบประมาณ ๒๕๖๙", "ปีงบประมาณ ๒๕๖๙", "2025-10-01/2026-09-30"),
    ],
)
def test_a_period(text: str, surface: str, period: str) -> None:
    assert days(text) == [(surface, period)]


@pytest.mark.parametrize(
    ("months", "this", "following"),
    [
        ((10, 12), "2025-10-01/2025-12-31", "2026-01-01/2026-03-31"),
        ((1, 3), "2025-01-01/2025-03-31", "2025-04-01/2025-06-30"),
        ((4, 6), "2025-04-01/2025-06-30", "2025-07-01/2025-09-30"),
        ((7, 9), "2025-07-01/2025-09-30", "2025-10-01/2025-12-31"),
    ],
)
def test_quarters_are_those_of_the_fiscal_year(
    months: tuple[int, int], this: str, following: str
) -> None:
    for month in months:
        found = days("ไตรมาสนี้ ไตรมาสหน้า", dt.date(2025, month, 15))
        assert [period for _surface, period in found] == [this, following]


@pytest.mark.parametrize(
    ("named", "month"),
    [
        ("แรก", "10"), ("ที่หนึ่ง", "10"), ("ที่สอง", "01"), ("ที่ 3", "04"), ("ที่สาม", "04"),
        ("สุดท้าย", "07"), ("ที่สี่", "07"),
    ],
)  # fmt: skip
def test_quarters_may_be_counted_in_words(named: str, month: str) -> None:
    [(_surface, period)] = days(f"ไตรมาส{named}ของปีงบประมาณ 2570")
    assert period.startswith(f"20{26 if month == '10' else 27}-{month}-01/")


@pytest.mark.parametrize("count", range(1, 32))
def test_days_may_be_counted_in_words(count: int) -> None:
    [(_surface, day)] = days(f"ภายใน{num_to_thaiword(count)}วัน")
    assert day == (WEDNESDAY + dt.timedelta(days=count)).isoformat()


def test_a_month_long_ago_or_soon() -> None:
    assert days("ตั้งแต่เดือนธันวาคม")[0][1].startswith("2024-12-01")
    assert days("ภายในเดือนตุลาคม")[0][1].startswith("2025-10-01")


@pytest.mark.parametrize(
    "text",
    [
        "วันละ 3 ครั้ง",
        "3 วันที่ผ่านมา",
        "สามวันก่อน",
        "4 ชั่วโมง",
        "ทุกวันศุกร์",
        "วันศุกร์ที่ 40",
        "เงินเดือน",
        "31 กุมภาพันธ์",
        "ปี 2565",
    ],
)
def test_no_day_is_told(text: str) -> None:
    assert days(text) == []


def test_the_end_of_a_longer_month_is_no_day_of_a_shorter() -> None:
    assert moved(dt.date(2025, 1, 31), 1, "เดือน") == dt.date(2025, 2, 28)
    assert moved(dt.date(2025, 3, 10), -3, "วันทำการ") == dt.date(2025, 3, 5)


PIECES = st.sampled_from(
    [
        "ภายใน",
        " ",
        "๗",
        "12",
        "วัน",
        "วันที่",
        "สัปดาห์",
        "เดือน",
        "หน้า",
        "นี้",
        "สิ้น",
        "ไตรมาส",
        "ปีงบประมาณ",
        "ศุกร์",
        "ที่",
        "2569",
        "มีนาคม",
        "สิบ",
        "ครึ่ง",
        "แรก",
        "ของ",
        "99",
    ]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=30), st.dates())
def test_mentions_stand_apart_in_order_inside_the_text(pieces: list[str], day: dt.date) -> None:
    text = "".join(pieces)
    reached = 0
    for mention in find_relative_dates(text, day):
        assert reached <= mention.start < mention.end <= len(text)
        assert mention.date <= mention.end_date
        reached = mention.end
