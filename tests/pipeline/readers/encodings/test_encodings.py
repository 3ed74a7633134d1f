"""Text in the encodings that Thai offices use, and in none."""

from __future__ import annotations

import pytest

from pipeline.errors import ReadError
from pipeline.readers import read_bytes
from pipeline.readers.encodings import decode

THAI = "รายงานการประชุมคณะกรรมการน้ำแห่งจังหวัด ครั้งที่ ๓/๒๕๖๘\nผู้ว่าฯ กล่าวว่า “ต้องเร่งซ่อมปั๊ม” ภายใน 15 วัน"


@pytest.mark.parametrize(
    ("encoding", "warning"),
    [
        ("utf-8", ()),
        ("utf-8-sig", ("ถอดรหัสเป็น UTF-8 ที่มี BOM",)),
        ("cp874", ("ถอดรหัสเป็น Windows-874 (TIS-620)",)),
        ("utf-16", ("ถอดรหัสเป็น UTF-16",)),
        ("utf-16-le", ("ถอดรหัสเป็น UTF-16 (LE)",)),
        ("utf-16-be", ("ถอดรหัสเป็น UTF-16 (BE)",)),
        ("utf-32", ("ถอดรหัสเป็น UTF-32",)),
    ],
)
def test_thai_comes_back_and_the_encoding_is_reported(
    encoding: str, warning: tuple[str, ...]
) -> None:
    decoded = decode(THAI.encode(encoding))
    assert decoded.text == THAI
    assert decoded.warnings == warning


@pytest.mark.parametrize("text", ["น้ำ", "โครงการ ๑", "งบ 5 ล้านบาท (สำนักงาน ก.พ.ร.)"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp874", "utf-16"])
def test_short_texts_too(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_utf8_wins_over_a_wrong_declaration() -> None:
    assert decode(THAI.encode(), declared="tis-620").text == THAI


@pytest.mark.parametrize("declared", ["tis-620", "windows-874", "no-such-code", None])
def test_declared_thai_is_windows_874(declared: str | None) -> None:
    assert decode(THAI.encode("cp874"), declared=declared).text == THAI


def test_accents_are_not_taken_for_thai() -> None:
    text = "Un café à côté de l'hôtel, très agréable, où l'été dure. " * 4
    decoded = decode(text.encode("latin-1"))
    assert decoded.text.startswith("Un café")
    assert len(decoded.warnings) == 1


def test_a_cut_file_loses_a_letter_not_the_file() -> None:
    decoded = decode((THAI * 5).encode()[:-1])
    assert decoded.text[:-1] == (THAI * 5)[: len(decoded.text) - 1]
    assert any("ถอดรหัสไม่ได้" in warning for warning in decoded.warnings)


def test_utf8_and_windows_874_in_one_file() -> None:
    lines = THAI.split("\n")
    data = (lines[0] + "\n").encode() + (lines[1] + "\n").encode("cp874") + lines[0].encode()
    decoded = decode(data)
    assert decoded.text == f"{THAI}\n{lines[0]}"
    assert decoded.warnings == ("ถอดรหัสเป็น UTF-8 ปน Windows-874 (TIS-620) แยกทีละส่วน",)


@pytest.mark.parametrize("joint", [b" ", b"", b": "])
def test_utf8_and_windows_874_in_one_line(joint: bytes) -> None:
    data = "ชื่อโครงการ".encode() + joint + "ธนาคารน้ำใต้ดินบ้านห้วยทราย".encode("cp874")
    assert decode(data).text == f"ชื่อโครงการ{joint.decode()}ธนาคารน้ำใต้ดินบ้านห้วยทราย"


def test_a_broken_byte_in_utf8_is_no_windows_874() -> None:
    spoiled = THAI.encode().replace("ครั้ง".encode(), b"\xe0?\x84" + "รั้ง".encode())
    assert decode(spoiled).text == THAI.replace("ครั้ง", "\ufffd?\ufffdรั้ง")


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "us-ascii"])
def test_thai_pages_labelled_as_latin(declared: str) -> None:
    assert decode(THAI.encode("cp874"), declared=declared).text == THAI


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        b"\0" * 50 + b"\x01\x02\x03" * 500,
        b"\x80\x81\xfe\xff" * 100,
    ],
)
def test_garbage_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="UTF-8"):
        read_bytes(data, file="a.txt")
