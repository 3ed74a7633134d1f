from __future__ import annotations

import pytest

from classifiers.awards import award_cues, award_words
from classifiers.features import feature_words, space_joined


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("ผลงานนี้ได้รับรางวัลเลิศรัฐ ระดับดี ปี ๒๕๖๕", "@won"),
        ("งานนี้คว้ารางวัลชมเชยมาเมื่อปีก่อน", "@won"),
        ("ยังไม่เคยได้รับรางวัลใด", "@not-won"),
        ("สถานะ: ไม่ได้รับรางวัล", "@not-won"),
        ("เคยเสนอขอรับรางวัลแต่ไม่ผ่านรอบเอกสาร", "@hoped-for"),
        ("ปลายปีจะเสนอชิงรางวัลนวัตกรรมเพื่อสังคม", "@hoped-for"),
        ("ตามแบบที่จังหวัดอื่นทำและได้รับรางวัล", "@of-others"),
        ("ลุงมีได้รับรางวัล อสม. ดีเด่นระดับภาค", "@of-a-person"),
        ("มะม่วงของสวนได้รางวัลชนะเลิศงานวันมะม่วง", "@of-a-product"),
    ],
)
def test_what_stands_around_a_mention(text: str, cue: str) -> None:
    cues = award_cues(text)
    assert cue in cues
    assert ("@none-won" in cues) == (cue != "@won")


def test_going_on_from_the_award_is_seen() -> None:
    won = "ผลงานนี้ได้รับรางวัลเลิศรัฐ ปี ๒๕๖๕"
    assert "@onward" in award_cues(f"{won} ปีนี้จะขยายไปอีก ๑๒ ตำบล")
    assert "@onward" not in award_cues(won)


def test_without_a_mention_there_is_nothing() -> None:
    text = "จังหวัดจะขยายระบบเตือนน้ำท่วม"
    assert award_cues(text) == []
    assert award_words(text, feature_words(text)) == []


def test_award_words_are_those_near_a_mention() -> None:
    far = "ชาวบ้านปลูกผัก " * 40
    text = f"{far}ผลงานได้รับรางวัลเลิศรัฐ ปี 2563 {far}"
    words = feature_words(text)
    near = award_words(text, words)
    assert 0 < len(near) < len(words) / 2
    assert "รางวัล" in space_joined(near)


def test_a_long_row_of_mentions_is_read_in_linear_time() -> None:
    text = "จะเสนอขอรับรางวัล" * 20_000
    assert "@hoped-for" in award_cues(text)
