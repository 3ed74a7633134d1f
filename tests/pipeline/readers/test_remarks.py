"""What is said about the reading of a damaged, mislabelled or partly unread file."""

from __future__ import annotations

import io
from pathlib import Path

from reportlab.pdfgen import canvas

from pipeline import read
from pipeline.readers.assembling import read_here
from pipeline.readers.remarks import on_damage, on_suffix
from pipeline.readers.sniff import DOCX, HTML, PDF
from pipeline.thai import align, diagnose

DATA = Path(__file__).parents[2] / "data"


def test_damage_is_named_with_its_places_and_pages() -> None:
    document = read(DATA / "reportlab-unmapped-flow.pdf")
    assert document.warnings[0].startswith("สระหรือวรรณยุกต์กลายเป็นช่องว่าง: ซ่อมแล้ว ")
    assert document.warnings[0].endswith("แห่ง (หน้า 1, 2)")
    assert all(page.damage > 0.1 for page in document.pages)
    assert "จังหวัดอุทัยธานีได้มีคำสั่งที่ ๑๘๔๗/๒๕๖๘" in document.text


def test_other_spellings_of_the_same_are_no_remark() -> None:
    document = read_here("ผู้อํานวยการสํานักงานจังหวัดน่าน".encode(), file="a.txt")
    assert document.text == "ผู้อำนวยการสำนักงานจังหวัดน่าน"
    assert document.warnings == ()


def test_letters_that_stay_unreadable_are_counted() -> None:
    found = {1: diagnose("XYZ \ufffd\ufffd 12"), 2: diagnose("จังหวัดน่าน")}
    assert on_damage(found) == ("อ่านไม่ออก 2 ตัวอักษร (หน้า 1)",)


def test_a_suffix_that_lies_is_said() -> None:
    assert on_suffix("ก.pdf", PDF) == on_suffix("ก.bin", PDF) == ()
    assert on_suffix("ก.pdf", DOCX) == ("นามสกุลไฟล์เป็น .pdf แต่เนื้อไฟล์เป็น DOCX อ่านตามเนื้อไฟล์",)
    assert "HTML" in on_suffix("ก.TXT", HTML)[0]


def test_text_leads_back_to_the_raw_text() -> None:
    page = read(DATA / "reportlab-unmapped-flow.pdf").pages[0]
    offsets = align(page.raw_text, page.text)
    start = page.text.index("คณะทำงาน")
    raw = page.raw_text[offsets[start] : offsets[start + len("คณะทำงาน")]]
    assert raw.strip() == "คณะทำงาน"
    assert list(offsets) == sorted(offsets)


def test_a_pdf_with_thai_bytes_under_a_western_font_is_thai() -> None:
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer)
    text = "จังหวัดน่านส่งข้อเสนอโครงการพัฒนาคุณภาพชีวิต"
    page.drawString(72, 700, text.encode("cp874").decode("cp1252"))
    page.save()
    document = read_here(buffer.getvalue(), file="a.pdf", ocr=False)
    assert document.text == text
    assert any("กู้คืนแล้ว" in warning for warning in document.warnings)
