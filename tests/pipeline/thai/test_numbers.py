from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythainlp.util import num_to_thaiword

from pipeline.thai.money import find_baht
from pipeline.thai.numbers import arabic_digits, find_numbers
from tests.texts import LENGTHS

NUMBERS = [
    ("ครัวเรือนเป้าหมาย ๑,๘๔๒ ครัวเรือน", [1842]),
    ("รายได้ 1.5 ล้าน", [1_500_000]),
    ("ประชากร 2 แสนคน", [200_000]),
    ("ราว 3 หมื่นกว่า", [30_000]),
    ("วงเงิน 3.2 แสนล้าน", [320_000_000_000]),
    ("2 ล้าน 5 แสน", [2_500_000]),
    ("สองล้านครึ่ง 2 ล้านครึ่ง", [2_000_000, 2_500_000]),
    ("คาดว่าร้อยละ ๙๐ ของทั้งหมด", [90]),
    ("ร้อยละ ๓๒.๕๗", [32.57]),
    ("คะแนน 4.21 จาก 5", [4.21, 5]),
    ("สิบสองล้านสามแสนสามหมื่น", [12_330_000]),
    ("อายุห้าสิบปี", [50]),
    ("ยี่สิบเอ็ดวัน", [21]),
    ("หนึ่งพันสองร้อยสามสิบสี่", [1234]),
    ("แสนล้าน", [100_000_000_000]),
    ("เหลือสิบบาท", [10]),
    ("ข้อ 1,2,3", [1, 2, 3]),
    ("12 พันธุ์", [12]),
    ("ปี 2565 ร้อยละ 80", [2565, 80]),
    ("10,000,000.50", [10_000_000.5]),
]

NO_NUMBERS = [
    "หนึ่งเดียวในไทย",
    "คนสองฝั่งโขง",
    "แสนดี แสนสุข",
    "ห้ามเผา ห้างสรรพสินค้า หกล้ม สามารถ",
    "สองสามวัน",
    "สี่ห้าสิบคน",
    "งบสองแสนห้า",
    "พันสองบาท",
    "จังหวัดร้อยเอ็ด",
    "อุทยานเขาสามร้อยยอด",
    "พันธุ์พื้นเมือง",
    "เมืองสิบสองปันนา",
    "ข้อผูกพันห้าด้าน",
    "ฝุ่น PM2.5 หน้ากาก N95",
    "รุ่น 1.2.3",
    "สัมพันธ์ห้าฝ่าย",
    "",
]


@pytest.mark.parametrize(("text", "values"), NUMBERS)
def test_numbers(text: str, values: list[float]) -> None:
    assert [mention.value for mention in find_numbers(text)] == pytest.approx(values)


def read_two_ways(number: int) -> bool:
    """A last digit far below the unit before it: สองแสนห้า, 200,005 on paper and 250,000 spoken."""
    return number > 1000 and 0 < number % 1000 < 10


@given(st.integers(11, 10**9))
def test_a_number_written_out_reads_as_itself(number: int) -> None:
    found = [mention.value for mention in find_numbers(num_to_thaiword(number))]
    assert found == ([] if read_two_ways(number) else [number])


@pytest.mark.parametrize("number", range(1, 10))
def test_every_digit_and_unit_has_its_word(number: int) -> None:
    for unit in (1, 10, 100, 1000, 10_000, 100_000, 1_000_000):
        [found] = find_numbers(f"{num_to_thaiword(number * unit)}บาทถ้วน")
        assert found.value == number * unit


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_words_that_only_look_like_numbers(text: str) -> None:
    assert find_numbers(text) == []


@given(st.text(alphabet="๐๑๙05. ,ล้านแสนสิบบาท-ละต่อ/งบMBก\n", max_size=80))
def test_mentions_lie_in_the_text(text: str) -> None:
    assert len(arabic_digits(text)) == len(text)
    for mentions in (find_numbers(text), find_baht(text)):
        assert all(0 <= mention.start < mention.end <= len(text) for mention in mentions)


@pytest.mark.parametrize(
    "unit", ["1", "1,", "1.", "ล้าน", "1 ล้าน ", "หนึ่ง", "ก", " ", "1,,,", "5 บาท"]
)
@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.linear
def test_long_texts_take_linear_time(unit: str, length: int) -> None:
    find_baht(unit * (length // len(unit)))
