from __future__ import annotations

from dataclasses import replace

import pytest

from classifiers.review import Doubt, review_reasons

LONG = "จังหวัดติดตั้งระบบเตือนน้ำท่วมในลุ่มน้ำยม " * 10
SURE = Doubt(
    agenda_probs={"environment": 0.97, "service": 0.02, "poverty": 0.01},
    mode_probs={"digital": 0.95, "open": 0.04, "innovation": 0.01},
    agenda_threshold=0.9,
    mode_threshold=0.9,
    unlike_corpus=False,
    mode_unsaid=False,
)


def test_what_is_sure_passes() -> None:
    assert review_reasons(LONG, SURE) == ()


@pytest.mark.parametrize(
    ("text", "doubt", "said"),
    [
        ("น้ำท่วม", SURE, "ข้อความสั้นมาก"),
        (LONG + "\ufffd" * 20, SURE, "ข้อความเสียหาย"),
        (LONG + "\uf70a" * 20, SURE, "ข้อความเสียหาย"),
        (LONG, replace(SURE, agenda_threshold=0.99), "ประเด็น (agenda) ไม่ชัด: environment 97%"),
        (LONG, replace(SURE, agenda_threshold=0.99), "environment ผ่านเองตั้งแต่ 99%"),
        (LONG, replace(SURE, agenda_threshold=1.01), "ยังไม่ปล่อยให้ผ่านเองเลย"),
        (
            LONG,
            replace(SURE, mode_probs={"digital": 0.55, "open": 0.44, "innovation": 0.01}),
            "รูปแบบการพัฒนา (mode) ก้ำกึ่ง: digital 55% · open 44%",
        ),
        (LONG, replace(SURE, unlike_corpus=True), "ไม่เหมือนข้อเสนอใด"),
        (LONG, replace(SURE, mode_unsaid=True), "ทำด้วยวิธีใด"),
    ],
)
def test_every_doubt_is_said_in_thai(text: str, doubt: Doubt, said: str) -> None:
    [reason] = review_reasons(text, doubt)
    assert said in reason


def test_what_lies_below_its_threshold_never_looks_equal_to_it() -> None:
    probs = {"digital": 0.96349, "open": 0.03, "innovation": 0.00651}
    [reason] = review_reasons(LONG, replace(SURE, mode_probs=probs, mode_threshold=0.96351))
    assert "digital 96.3% · open 3%" in reason
    assert "ตั้งแต่ 96.4%" in reason
