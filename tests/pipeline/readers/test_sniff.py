"""The media types whose bytes look like those of another."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.readers import sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def compound(*streams: str) -> bytes:
    """A compound file's directory: names in UTF-16, each ended by a NUL."""
    return OLE + b"".join(name.encode("utf-16-le") + b"\0\0" + bytes(60) for name in streams)


@pytest.mark.parametrize(
    ("streams", "media_type"),
    [
        (("Root Entry", "1Table", "WordDocument"), sniff.DOC),
        (("Root Entry", "Workbook", "MBD0001", "WordDocument"), sniff.XLS),
        (("Root Entry", "Book"), sniff.XLS),
        (("Root Entry", "Current User", "PowerPoint Document"), sniff.PPT),
        (("Root Entry", "__nameid_version1.0", "__substg1.0_001A001F"), sniff.MSG),
        (("Root Entry", "EncryptionInfo", "EncryptedPackage"), sniff.ENCRYPTED_OFFICE),
        (("Root Entry", "Contents"), sniff.OLE),
    ],
)
def test_compound_files_by_their_own_stream(streams: tuple[str, ...], media_type: str) -> None:
    assert sniff.media_type(compound(*streams)) == media_type


@pytest.mark.parametrize(
    ("progid", "media_type"), [("Word.Document", sniff.DOC), ("Excel.Sheet", sniff.XLS)]
)
def test_office_files_of_2003_in_xml(progid: str, media_type: str) -> None:
    data = f'<?xml version="1.0"?>\n<?mso-application progid="{progid}"?>\n<x/>'.encode()
    assert sniff.media_type(data) == media_type


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("text", sniff.ODT),
        ("spreadsheet", sniff.ODS),
        ("presentation", sniff.ODP),
        ("graphics", sniff.ODF),
    ],
)
def test_opendocument_by_its_mimetype(kind: str, media_type: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
    assert sniff.media_type(buffer.getvalue()) == media_type


@pytest.mark.parametrize(
    "data",
    [
        '{"id": "W1-001", "text": "ข้อเสนอ"}\n{"id": "W1-002"}',
        '\ufeff[\n  {"text": "ก"}\n]',
        '{"cells": [',
    ],
)
def test_data_in_json_is_no_document(data: str) -> None:
    assert sniff.media_type(data.encode()) == sniff.JSON


@pytest.mark.parametrize(
    "text", ["{ร่าง} ข้อเสนอ", "[ลับ] รายงานการประชุม", '{"โครงการนำร่อง" จังหวัดน่าน}']
)
def test_text_in_brackets_is_text(text: str) -> None:
    assert sniff.media_type(text.encode()) == sniff.TEXT


DATE = "Date: Thu, 08 Jan 2026 09:30:00 +0700\n"


@pytest.mark.parametrize(
    "head",
    [
        f"From: a@b.c\n{DATE}Subject: x\n",
        "Received: from x by y;\n\tThu, 08 Jan 2026 09:30:00 +0700\nFrom: a@b.c\nTo: d@e.f\n",
        f"From a@b.c Thu Jan  8 09:30:00 2026\nFrom: a@b.c\n{DATE}Message-ID: <1@b.c>\n",
        "Return-Path: <a@b.c>\r\nDelivered-To: d@e.f\r\nFrom: a@b.c\r\n",
        f"From: a@b.c\nTo: d@e.f\n{DATE}MIME-Version: 1.0\n"
        "Content-Type: multipart/related; boundary=B\n",
        "Received: x\nDKIM-Signature: v=1;\n" + " b=abc\n" * 1000 + "From: a@b.c\n",
    ],
)
def test_mails(head: str) -> None:
    assert sniff.media_type(f"{head}\nสวัสดี".encode()) == sniff.EML
    assert sniff.media_type(f"{head}\nสวัสดี".encode("cp874")) == sniff.EML


@pytest.mark.parametrize(
    "text",
    [
        "From: สมหวัง\nTo: กองกลาง\nSubject: ขอส่งแบบเสนอ\n\nเรียน ผู้อำนวยการ",
        "From: สมหวัง\nDate: 8 มกราคม 2569\nSubject: ขอส่งแบบเสนอ\n\nเรียน",
        "ชื่อโครงการ: น้ำดื่ม\nFrom: a@b.c\nDate: Thu, 08 Jan 2026 09:30:00 +0700\nSubject: x\n\n",
        "Message-ID: <1@b.c>\nนี่คือบันทึกข้อความ\nFrom: a\nTo: b\n",
        "Subject: อ้างถึงหนังสือ",
        "From: a\n" * 3,
    ],
)
def test_memos_that_begin_like_a_mail_are_text(text: str) -> None:
    assert sniff.media_type(text.encode()) == sniff.TEXT


@pytest.mark.parametrize("before", ["<!---->" * 99, "<!-- ก -->\n" * 20, "<?xml version='1.0'?>\n"])
def test_html_behind_comments(before: str) -> None:
    assert sniff.media_type(f"{before}<!DOCTYPE html><p>ก".encode()) == sniff.HTML


def test_comments_take_linear_time() -> None:
    """Comments in comments could be read in two to the hundredth ways."""
    assert sniff.media_type(b"<!-->-->" * 300 + b"<p>") == sniff.TEXT
