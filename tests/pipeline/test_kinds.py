import pytest

from pipeline.kinds import detect_kind, public_work
from tests.pipeline.corpus import corpus_minutes, corpus_proposals
from tests.pipeline.kind_texts import KIND_TEXTS


def test_texts_of_our_own_are_told_apart() -> None:
    wrong = {
        name: found
        for name, (kind, text) in KIND_TEXTS.items()
        if (found := detect_kind(text)) != kind
    }
    assert len(wrong) <= 0.05 * len(KIND_TEXTS), wrong
    assert "minutes" not in wrong.values()


@pytest.mark.parametrize(
    "name", ["quotes_one_resolution", "minutes_about_a_project", "post_online"]
)
def test_a_resolution_or_a_project_inside_does_not_decide(name: str) -> None:
    kind, text = KIND_TEXTS[name]
    assert detect_kind(text) == kind


@pytest.mark.parametrize(
    "text", ["", " ", "\n" * 50_000, "ก" * 200_000, "(" * 200_000, "๑. " * 60_000, "จังหวัด " * 9]
)
def test_other_is_the_answer_for_what_says_nothing(text: str) -> None:
    assert detect_kind(text) == "other"


def test_proposals_of_the_corpus_are_proposals() -> None:
    rows = corpus_proposals()
    right = sum(detect_kind(row["text"]) == "proposal" for row in rows)
    assert right / len(rows) >= 0.98


def test_minutes_of_the_corpus_are_minutes() -> None:
    rows = corpus_minutes()
    right = sum(detect_kind(row["text"]) == "minutes" for row in rows)
    assert right / len(rows) >= 0.95


def test_words_of_public_work_speak_for_it() -> None:
    work = "จังหวัดจะซ่อมบ้านผู้ยากไร้ 40 หลัง ร่วมกับ อบต. และชาวบ้าน ตัวชี้วัดคือครัวเรือนพ้นเกณฑ์ความยากจน"
    recipe = "ตั้งกระทะ ใส่น้ำมัน ผัดกระเทียมให้หอม ใส่หมูสับ ปรุงรสด้วยน้ำปลาและน้ำตาล ตักเสิร์ฟกับข้าวสวย"
    assert public_work(work) > 0 > public_work(recipe)
