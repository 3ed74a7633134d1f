from __future__ import annotations

import datetime as dt

import pytest
from pythainlp.util import num_to_thaiword

from pipeline.thai.times import find_times

TIMES = [
    ("เริ่มประชุมเวลา ๐๙.๔๐ น.", ["09:40"]),
    ("14.00 น.", ["14:00"]),
    ("14:00 น.", ["14:00"]),
    ("9.00น.", ["09:00"]),
    ("09.30 - 12.00 น.", ["09:30-12:00"]),
    ("09.30-16.30 น.", ["09:30-16:30"]),
    ("๐๙.๐๐ – ๑๒.๐๐ นาฬิกา", ["09:00-12:00"]),
    ("09.00 น. ถึง 12.00 น.", ["09:00-12:00"]),
    ("เวลา 13.30", ["13:30"]),
    ("ประทับเวลา: 14/11/2566 09:42:17", ["09:42:17"]),
    ("14/05/2568 08:55", ["08:55"]),
    ("24.00 น.", ["00:00"]),
    ("0930 น.", ["09:30"]),
    ("เริ่มบ่ายโมงครึ่ง", ["13:30"]),
    ("เก้าโมงครึ่งถึงเที่ยง", ["09:30-12:00"]),
    ("สองทุ่ม", ["20:00"]),
    ("4 โมงเย็น", ["16:00"]),
    ("สิบเอ็ดโมงห้าสิบ", ["11:50"]),
    ("เก้าโมงสิบห้าคน", ["09:00"]),
    ("บ่ายสามครึ่ง", ["15:30"]),
    ("ตั้งแต่ 9 โมงครึ่งจนถึงเที่ยงครึ่ง", ["09:30-12:30"]),
    ("บ่ายสามโมงถึง 16.45 น.", ["15:00-16:45"]),
    ("ระหว่าง 13.30 ถึงสี่โมงเย็น", ["13:30-16:00"]),
    ("14 นาฬิกา 30 นาที", ["14:30"]),
    ("สิบสามนาฬิกาสามสิบนาที", ["13:30"]),
    ("(10.00-12.10)", ["10:00-12:10"]),
    ("เลิกเที่ยงสิบนาที", ["12:10"]),
    ("บ่ายสองคน", []),
    ("14.00", []),
    ("25.00 น.", []),
    ("24.30 น.", []),
    ("14.60 น.", []),
    ("ข้อ 3.10 น.ส.สมศรี", []),
    ("พื้นที่ 12.50 นา", []),
    ("อัตราส่วน 10:15", []),
    ("สองสามโมง", []),
    ("ทุ่มเท ที่เที่ยง", []),
]


@pytest.mark.parametrize(("text", "times"), TIMES)
def test_times(text: str, times: list[str]) -> None:
    def shown(value: dt.time | None) -> str:
        return "" if value is None else value.isoformat().removesuffix(":00")

    found = [
        shown(m.time) + (f"-{shown(m.end_time)}" if m.end_time else "") for m in find_times(text)
    ]
    assert found == times


@pytest.mark.parametrize(
    ("spoken", "first", "last"),
    [
        ("{} โมง", (6, 6), (11, 11)),
        ("{} โมงเย็น", (4, 16), (6, 18)),
        ("บ่าย {} โมง", (1, 13), (5, 17)),
        ("{} ทุ่ม", (1, 19), (5, 23)),
        ("{} นาฬิกา", (1, 1), (23, 23)),
    ],
)
def test_each_part_of_the_day_counts_its_own_hours(
    spoken: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    for count, hour in (first, last):
        assert [m.time for m in find_times(spoken.format(count))] == [dt.time(hour)]


@pytest.mark.parametrize(
    "spoken", ["5 โมง", "12 โมง", "3 โมงเย็น", "7 โมงเย็น", "0 ทุ่ม", "6 ทุ่ม", "0 นาฬิกา", "24 นาฬิกา"]
)
def test_hours_that_a_part_of_the_day_does_not_have(spoken: str) -> None:
    assert find_times(spoken) == []


@pytest.mark.parametrize("minute", range(5, 60, 5))
def test_minutes_may_be_told_in_words(minute: int) -> None:
    [mention] = find_times(f"เก้าโมง{num_to_thaiword(minute)}นาที")
    assert mention.time == dt.time(9, minute)


def test_midnight_is_the_first_moment_of_the_day() -> None:
    assert [m.time for m in find_times("ถึงเที่ยงคืน")] == [dt.time(0)]
