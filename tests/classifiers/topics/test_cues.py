"""Cues of topics: where they count, and what they settle by themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from classifiers.topics import TopicTagger
from classifiers.topics.cues import CueFinder, by_rule, input_text, is_procedure, said
from corpora import load_topic_cues
from pipeline.documents import Passage

TOPICS = ("environment", "budget", "public_health", "procedure", "tpmap", "poverty")
ITEM = Passage("1", "รับทราบ", kind="resolution", heading="3 เรื่องเพื่อทราบ › 3.2 สถานการณ์ไฟป่า")


@pytest.fixture(scope="module")
def finder() -> CueFinder:
    return CueFinder(TOPICS, load_topic_cues())


def test_cues_count_at_word_boundaries_only(finder: CueFinder) -> None:
    column = TOPICS.index("environment")
    assert finder.wording("เก็บขยะริมคลอง").counts[column].any()
    assert not finder.wording("ท่าทางขยะแขยงของเขา").counts[column].any()


def test_digits_case_and_blanks_of_a_cue_do_not_count(tagger: TopicTagger) -> None:
    for text in ("ขยายผลจังหวัด 4.0", "ขยายผลจังหวัด ๔.๐"):
        assert "province40" in tagger.tag([Passage("1", text)])[0]


def test_the_longest_cue_wins() -> None:
    finder = CueFinder(("a", "b"), {"น้ำท่วม": (("a", True),), "น้ำท่วมขัง": (("b", True),)})
    assert finder.wording("น้ำท่วมขังหน้าตลาด").counts[:, 0].tolist() == [0, 1]


def test_the_words_that_lead_to_a_turn_are_not_what_is_said() -> None:
    turn = Passage(
        "1",
        "นายแพทย์สมชาย ใจดี ผู้อำนวยการโรงพยาบาลบ้านนา กล่าวว่า ถนนหน้าวัดขาดสองช่วง",
        kind="turn",
        speaker="นายแพทย์สมชาย ใจดี",
    )
    assert said(turn) == "ถนนหน้าวัดขาดสองช่วง"
    assert said(replace(turn, speaker="")) == turn.text
    resolution = Passage("2", "มติที่ประชุม เห็นชอบ", kind="resolution", heading="4.1 งบกลาง")
    assert input_text(resolution) == "4.1 งบกลาง\nเห็นชอบ"


def test_procedure_is_seen_from_the_form(finder: CueFinder) -> None:
    adoption = Passage("1", "หน้า 3 ให้แก้ขยะเป็นน้ำเสีย", heading="2 เรื่องรับรองรายงานการประชุมครั้งที่ 1/2568")
    assert by_rule(adoption, finder) == {"procedure"}
    assert is_procedure(replace(ITEM, heading="3 เรื่องเพื่อทราบ"), finder) is True
    assert is_procedure(ITEM, finder) is False
    assert by_rule(ITEM, finder) == {"environment"}
