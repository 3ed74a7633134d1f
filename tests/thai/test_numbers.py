import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythainlp.util import num_to_thaiword

from pipeline.thai.numbers import arabic_digits, find_baht, find_numbers

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


BAHT = [
    ("วงเงินที่ใช้ไปแล้ว ๔๑๐,๐๐๐ บาท", "๔๑๐,๐๐๐ บาท", 410_000, False),
    ("รวม 1.95 ล้านบาท ตามระเบียบ", "1.95 ล้านบาท", 1_950_000, False),
    ("งบรวม 2.1 ลบ. ปี 2566", "2.1 ลบ.", 2_100_000, False),
    ("จำนวน 2.1 ล้าน บาท", "2.1 ล้าน บาท", 2_100_000, False),
    ("เป็นเงิน 645,000.- จากงบ", "645,000.-", 645_000, False),
    ("รวม 645,000.00 บาท", "645,000.00 บาท", 645_000, False),
    ("ใช้งบตรวจ 600,000 บ. อย่างไร", "600,000 บ.", 600_000, False),
    ("งบประมาณ 12.48 MB", "12.48 MB", 12_480_000, False),
    ("ค่าสมัคร ฿5,000 ต่อคน", "5,000", 5000, True),
    ("(สิบสองล้านบาทถ้วน)", "สิบสองล้านบาท", 12_000_000, False),
    ("ราคา 28 บาท/กก.", "28 บาท", 28, True),
    ("ลดลงเหลือ 1,200 บาทต่อไร่", "1,200 บาท", 1200, True),
    ("ขายตันละ ๙๐๐ บาท", "๙๐๐ บาท", 900, True),
    ("อำเภอละไม่เกิน 150,000 บาท", "150,000 บาท", 150_000, True),
    ("รายได้ 5-7 ล้านบาท", "5-7 ล้านบาท", 7_000_000, False),
    ("เงินกองทุน 2,000 ถึง 3,500 บาท", "2,000 ถึง 3,500 บาท", 3500, False),
    ("อีก 3 หมื่นกว่าบาท", "3 หมื่นกว่าบาท", 30_000, False),
    ("ใช้เงินไป 5,000 บาท ต่อมาเพิ่มอีก", "5,000 บาท", 5000, False),
    ("และ 300 บาท", "300 บาท", 300, False),
    ("จำนวน 2 ล้าน 5 แสนบาท", "2 ล้าน 5 แสนบาท", 2_500_000, False),
    ("ตั้งไว้ 3 050 000 บาท", "3 050 000 บาท", 3_050_000, False),
    ("ค่าเรือ ๑๒ ๐๐๐.๕๐ บาท", "๑๒ ๐๐๐.๕๐ บาท", 12_000.5, False),
    ("ปี 2566 750 บาท", "750 บาท", 750, False),
    ("กิจกรรมที่ 4 250,000 บาท", "250,000 บาท", 250_000, False),
    ("3. 900 บาท", "900 บาท", 900, False),
    ("ขอเพียงครึ่งล้านบาท", "ครึ่งล้านบาท", 500_000, False),
    ("สามร้อยล้านบาท", "สามร้อยล้านบาท", 300_000_000, False),
    ("ไม่ขอเงิน 0 บาท", "0 บาท", 0, False),
]


@pytest.mark.parametrize(("text", "surface", "baht", "per_unit"), BAHT)
def test_baht(text: str, surface: str, baht: float, per_unit: bool) -> None:
    [mention] = find_baht(text)
    assert text[mention.start : mention.end] == surface
    assert mention.baht == pytest.approx(baht)
    assert mention.per_unit is per_unit


@pytest.mark.parametrize(
    "text",
    [
        "ปริมาณน้ำ 50 ลบ.ม.",
        "ไฟล์ขนาด 12.48 MB",
        "พัฒนาบทบาท 3 ด้าน",
        "กว้าง 2 บาทวิถี",
        "บาท",
        "ม.3 บ.โนนสูง",
        "ร้อยละ 80",
        "รวม 27,50 บาท",
        "ค่าถุง 4 300 บาท",
        "3 200 600 บาท",
        "กิจกรรมที่ 2 700 000 บาท",
        "1,250, 000 บาท",
        "XX,000 บาท",
        "หน่วย: แสนบาท",
        "(พันล้านบาท)",
        "ขาดทุนหลายสิบล้านบาท",
        "3,4 ล้านบาท",
    ],
)
def test_no_money(text: str) -> None:
    assert find_baht(text) == []


def test_a_sum_in_figures_and_words_agree() -> None:
    text = "12,450,000 บาท (สิบสองล้านสี่แสนห้าหมื่นบาทถ้วน)"
    assert {mention.baht for mention in find_baht(text)} == {12_450_000}


@given(st.text(alphabet="๐๑๙05. ,ล้านแสนสิบบาท-ละต่อ/งบMBก\n", max_size=80))
def test_mentions_lie_in_the_text(text: str) -> None:
    assert len(arabic_digits(text)) == len(text)
    for mentions in (find_numbers(text), find_baht(text)):
        assert all(0 <= mention.start < mention.end <= len(text) for mention in mentions)


@pytest.mark.parametrize(
    "unit", ["1", "1,", "1.", "ล้าน", "1 ล้าน ", "หนึ่ง", "ก", " ", "1,,,", "5 บาท"]
)
def test_two_hundred_thousand_characters(unit: str) -> None:
    find_baht(unit * (200_000 // len(unit)))
