import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.thai import normalize

MESSY = st.text(
    alphabet=st.one_of(
        st.sampled_from("กขนทอเแโะาำัิีึืฺุู็่้๊๋์ํ๎ๆฯ ๑"),
        st.sampled_from("\r\n\t\v\f\u2028\u00a0\u200b\ufeff\u00ad\u0300\u0327\u05b0aé"),
        st.characters(),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ผู้อ\u0e4d\u0e32นวยการ", "ผู้อำนวยการ"),
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("น\u0e33\u0e49", "น้ำ"),
        ("เเละ", "และ"),
        ("ท\u0e48\u0e35", "ที่"),
        ("ที่่", "ที่"),
        ("จะะ", "จะ"),
        ("การณ์์", "การณ์"),
        ("สุุข", "สุข"),
        ("ก\u200bา\u00adร", "การ"),
        ("ก\u00a0ข\u3000ค", "ก ข ค"),
        ("ก\r\nข\rค\u2028ง\x0cจ", "ก\nข\nค\nง\nจ"),
        ("ก\x00ข\x07", "กข"),
        ("e\u0301", "é"),
        ("\ud800", "\ufffd"),
    ],
)
def test_one_spelling(text: str, expected: str) -> None:
    assert normalize(text) == expected


@pytest.mark.parametrize(
    "text", ["มากๆๆ", "ดีออออ", "๑,๘๔๒ บาท", "ชื่อ\tจำนวน", "เรื่อง    ขอส่ง", "ธรรม กรรมการ", "อิํ พฺร"]
)
def test_leaves_alone(text: str) -> None:
    assert normalize(text) == text


@given(MESSY)
def test_idempotent_and_nfc(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize("character", "ก่ิำาเะๆ.1 \r\t\u200b\u0301")
def test_long_runs_end(character: str) -> None:
    text = character * 200_000
    assert normalize(normalize(text)) == normalize(text)
