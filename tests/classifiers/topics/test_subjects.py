"""What a meeting is for: the subject in its title, and the passages that it holds for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from classifiers.topics.cues import CueFinder, inherits, is_answer
from classifiers.topics.subjects import SubjectFinder, load_subjects
from corpora import load_taxonomy, load_topic_cues
from pipeline.documents import Passage
from pipeline.errors import ModelError


@pytest.fixture(scope="module")
def finder() -> SubjectFinder:
    return load_subjects()


@pytest.mark.parametrize(
    ("title", "topics"),
    [
        ("รายงานการประชุมคณะกรรมการลุ่มน้ำปิง", {"environment"}),
        ("ศจพ.จ.พะเยา ติดตามบ้านเป้าหมาย", {"poverty", "tpmap"}),
        ("ประชุมชี้แจงจังหวัด ๔.๐ รุ่นที่สาม", {"province40"}),
        ("รายงานการประชุมคณะกรรมการจัดทำ TOR ระบบออกใบอนุญาต", {"procurement"}),
        ("คณะทำงานบูรณาการข้อมูลเตือนภัยดินถล่ม", {"disaster"}),
        ("ประชุมคณะทำงานข้อมูลกลางจังหวัด", {"digital"}),
        ("รายงานการประชุมกรมการจังหวัดและหัวหน้าส่วนราชการ", set()),
        ("รายงานการประชุมสภาเทศบาลตำบลฝายหลวง สมัยสามัญ", set()),
        ("", set()),
    ],
)
def test_a_title_names_its_subject_or_none(
    finder: SubjectFinder, title: str, topics: set[str]
) -> None:
    assert finder.subject(title) == topics


def test_two_subjects_at_most_those_named_first(finder: SubjectFinder) -> None:
    title = "แก้ปัญหาขยะ ส่งเสริมท่องเที่ยว ปราบยาเสพติด"
    assert finder.subject(title) == {"environment", "tourism"}
    assert finder.named(title) == {"environment", "tourism", "public_order"}


def test_the_item_for_anything_else_inherits_nothing() -> None:
    passage = Passage("1", "เสาไฟหน้าตลาดดับ", heading="5 เรื่องอื่น ๆ")
    assert not inherits(passage)
    assert inherits(replace(passage, heading="4 เพื่อพิจารณา › 4.1 ค่าเก็บขยะ"))
    assert inherits(replace(passage, heading="5 เรื่องอื่น ๆ › 5.1 ค่าเก็บขยะ"))


def test_an_answer_without_a_heading_answers_the_meeting() -> None:
    topics = tuple(label.code for label in load_taxonomy().passage_topics)
    cues = CueFinder(topics, load_topic_cues())
    answer = Passage("1", "เห็นชอบ", kind="resolution")
    assert is_answer(answer, cues)
    assert not is_answer(replace(answer, heading="4 เรื่องเพื่อพิจารณา"), cues)
    assert not is_answer(replace(answer, text="เลิกประชุมเวลา 16.30 น."), cues)


def test_every_topic_in_the_file_is_one_of_the_taxonomy(finder: SubjectFinder) -> None:
    known = {label.code for label in load_taxonomy().passage_topics}
    listed = {name for kind in finder.words.values() for name in kind} - finder.several.keys()
    assert listed <= known
    assert all(topics for topics in finder.several.values())


def test_a_file_that_does_not_fit_is_named(tmp_path: Path) -> None:
    file = tmp_path / "subjects.toml"
    file.write_text("[named]\npmqa = [1]\n", "utf-8")
    with pytest.raises(ModelError, match="named"):
        load_subjects(path=file)


def test_an_empty_file_and_a_long_title_are_borne(tmp_path: Path) -> None:
    file = tmp_path / "subjects.toml"
    file.write_text("", "utf-8")
    assert load_subjects(path=file).subject("ไฟป่า" * 50_000) == frozenset()
