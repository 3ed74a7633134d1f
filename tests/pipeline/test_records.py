from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pipeline.documents import Document, Evidence, Kind, Page, Tagging
from pipeline.errors import ReadError
from pipeline.records import Record, failed, record_of, shown


class Fixed:
    """A tagger that always says the same."""

    def tag(self, texts: Sequence[str]) -> list[Tagging]:
        [text] = texts
        quotes = [Evidence(0, 4, text[:4], label, 1.0) for label in ("service", "digital")]
        quotes += [Evidence(5, 9, text[5:9], "service", 0.5)]
        return [
            Tagging(
                "service", {"service": 0.9, "poverty": 0.1}, "digital", ("digital", "open"),
                {"digital": 0.8, "open": 0.1, "innovation": 0.1},
                False, 0.1, False, (), tuple(quotes),
            )
        ]  # fmt: skip


def document(text: str, *, kind: Kind = "proposal", damage: float = 0.0) -> Document:
    page = Page(1, text, text, "text", damage)
    return Document("a.txt", "00", "text/plain", kind, (page,), (), ("คำเตือน",))


def record(text: str, *, kind: Kind = "proposal", damage: float = 0.0) -> Record:
    return record_of(document(text, kind=kind, damage=damage), Fixed(), model="m")


def test_tags_and_parsed_fields_stand_in_one_row() -> None:
    text = "เรื่อง จองคิวทำบัตร\nจังหวัดตรัง\nวันที่ 3 ธันวาคม 2564\nงบประมาณ 90,000 บาท"
    row = record_of(document(text), Fixed(), model="m", deadline=dt.date(2021, 12, 2))
    assert (row.title, row.province, row.budget_baht) == ("จองคิวทำบัตร", "ตรัง", 90_000)
    assert (row.fiscal_year, row.on_time) == (2565, False)
    assert (row.agenda, row.agenda_confidence, row.mode, row.other_modes) == (
        "service", 0.9, "digital", ("open",),
    )  # fmt: skip
    assert row.evidence == (text[:4], text[5:9])
    assert all(quote in text for quote in row.evidence)
    assert row.warnings == ("คำเตือน",)
    assert not row.needs_review


def test_what_is_neither_is_tagged_and_sent_to_review() -> None:
    row = record("ประกาศรับสมัครงาน", kind="other")
    assert row.agenda == "service"
    assert row.needs_review
    assert "ไม่มีลักษณะ" in row.reasons[0]


def test_minutes_get_no_tags() -> None:
    row = record("รายงานการประชุมคณะกรรมการน้ำ\nเมื่อวันที่ 3 ธันวาคม 2564", kind="minutes")
    assert (row.agenda, row.mode, row.evidence, row.award_scaleup) == (None, None, (), None)
    assert row.document_date == dt.date(2021, 12, 3)
    assert not row.needs_review


def test_minutes_without_a_date_need_a_person() -> None:
    assert record("รายงานการประชุมคณะกรรมการน้ำ", kind="minutes").reasons == ("ไม่พบวันที่ประชุม",)


def test_labels_of_another_taxonomy_do_not_contradict_the_form() -> None:
    assert not record(
        "จองคิวทำบัตร\nรูปแบบ ☐ Digital Government ☑ Public Service for Excellence"
    ).reasons


def test_a_tick_that_contradicts_the_tags_is_a_reason() -> None:
    text = "จองคิวทำบัตร\nรูปแบบ ☐ Digital Government ☑ Public Innovation"
    [reason] = record(text).reasons
    assert "innovation" in reason
    assert "digital" in reason
    assert not record(text.replace("☐", "☒").replace("☑", "☐")).needs_review


def test_a_written_mode_that_contradicts_the_tags_is_a_reason() -> None:
    text = "ชื่อเรื่อง จองคิวทำบัตร\nรูปแบบการพัฒนา: Open Government\nงบประมาณ 90,000 บาท"
    [reason] = record(text).reasons
    assert "open" in reason
    assert not record(text.replace("Open", "Digital")).needs_review


def test_a_damaged_page_is_a_reason() -> None:
    assert record("จองคิวทำบัตร", damage=0.01).reasons == ()
    assert "หน้า 1" in record("จองคิวทำบัตร", damage=0.2).reasons[0]


def test_a_failed_row_says_why_without_its_name_twice() -> None:
    row = failed("ก.pdf", ReadError("ก.pdf: ไฟล์ว่าง", "ก.pdf: empty"))
    assert row.error == "ไฟล์ว่าง (empty)"
    assert row.needs_review


def test_a_name_that_is_no_utf8_can_be_shown() -> None:
    assert shown("a\udcff.txt") == "a\ufffd.txt"


def test_a_page_that_was_not_read_is_a_reason() -> None:
    pages = (Page(1, "จองคิวทำบัตร", "จองคิวทำบัตร", "text-layer"), Page(2, "", "", "unread"))
    paper = Document("a.pdf", "00", "application/pdf", "proposal", pages)
    row = record_of(paper, Fixed(), model="m")
    assert row.needs_review
    assert row.reasons[0] == "ไม่ได้อ่านหน้า 2"
