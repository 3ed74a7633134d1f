"""`read` itself: what a file is, what is refused, and the shape of what comes back."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import read
from pipeline.errors import ReadError
from pipeline.readers import read_bytes, sniff
from pipeline.readers.formats import READERS
from pipeline.readers.refusals import REFUSALS

DATA = Path(__file__).parents[2] / "data"
THAI = "โครงการน้ำดื่มสะอาดของชุมชน งบประมาณ ๔๑๐,๐๐๐ บาท"


def archive(*names: str, **contents: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for name in names:
            out.writestr(name, "x")
        for name, text in contents.items():
            out.writestr(name, text)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600

KNOWN = [
    (b"%PDF-1.7 ...", sniff.PDF),
    (b"junk\n" * 100 + b"%PDF-1.4", sniff.PDF),
    (archive("word/document.xml"), sniff.DOCX),
    (archive("xl/workbook.xml"), sniff.XLSX),
    (archive("ppt/presentation.xml"), sniff.PPTX),
    (archive(mimetype="application/vnd.oasis.opendocument.text"), sniff.ODT),
    (archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"), sniff.ODS),
    (archive(mimetype="application/vnd.oasis.opendocument.presentation"), sniff.ODP),
    (archive(mimetype="application/vnd.oasis.opendocument.graphics"), sniff.ODF),
    (archive(mimetype="application/epub+zip"), sniff.EPUB),
    (archive("a.pdf"), sniff.ZIP),
    (archive("word/document.xml")[:40], sniff.BROKEN_ZIP),
    (OLE + "WordDocument".encode("utf-16-le"), sniff.DOC),
    (OLE + "EncryptedPackage".encode("utf-16-le"), sniff.ENCRYPTED_OFFICE),
    (OLE + "Workbook".encode("utf-16-le"), sniff.XLS),
    (OLE + "PowerPoint Document".encode("utf-16-le"), sniff.PPT),
    (OLE + "__substg1.0_0037001F".encode("utf-16-le"), sniff.MSG),
    (OLE, sniff.OLE),
    (b"From: a@b\nTo: c@d\nSubject: x\nMIME-Version: 1.0\nDate: today\n\nhello", sniff.EML),
    (b"{\\rtf1\\ansi", sniff.RTF),
    (b'{"id": "W1-001", "text": "..."}\n{"id": "W1-002"}', sniff.JSON),
    (b"\x89PNG\r\n\x1a\n", sniff.IMAGE),
    (b"\xff\xd8\xff\xe0..JFIF", sniff.IMAGE),
    (b"II*\0\x08\0\0\0", sniff.IMAGE),
    (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x", sniff.MHTML),
    (b"\x1f\x8b\x08\0\0", sniff.BINARY),
    (b"<!DOCTYPE html><p>x", sniff.HTML),
    (b"\xef\xbb\xbf  <!-- saved -->\n<HTML lang=th>", sniff.HTML),
    ("<html><body>ก</body></html>".encode("utf-16"), sniff.HTML),
    (b'<?xml version="1.0"?>\n<html xmlns="x">', sniff.HTML),
    (b"<table><tr><td>1</td><td>2</td></tr></table>", sniff.HTML),
    ("<p>โครงการ</p><p>น้ำ</p><div>ดื่ม</div>".encode("cp874"), sniff.HTML),
    (b"", sniff.EMPTY),
    (b"\xef\xbb\xbf \r\n\t ", sniff.EMPTY),
    (THAI.encode(), sniff.TEXT),
    (b"a < b and c > d, <b>bold</b> word", sniff.TEXT),
]


@pytest.mark.parametrize(("data", "media_type"), KNOWN)
def test_content_tells_the_media_type(data: bytes, media_type: str) -> None:
    assert sniff.media_type(data) == media_type


def test_every_media_type_is_read_or_refused() -> None:
    every = {value for name, value in vars(sniff).items() if name.isupper() and "_" not in name[:1]}
    assert every == READERS.keys() | REFUSALS.keys() | {sniff.EML, sniff.IMAGE}
    assert not READERS.keys() & REFUSALS.keys()


@pytest.mark.parametrize("media_type", REFUSALS)
def test_refusal_names_the_file_in_both_languages(media_type: str) -> None:
    data = next(data for data, known in KNOWN if known == media_type)
    with pytest.raises(ReadError) as caught:
        read_bytes(data, file="แบบเสนอ.bin")
    thai, english = REFUSALS[media_type]
    assert caught.value.thai == f"แบบเสนอ.bin: {thai}"
    assert caught.value.english == f"แบบเสนอ.bin: {english}"
    assert caught.value.exit_code == 3


def test_document_of_a_text_file(tmp_path: Path) -> None:
    path = tmp_path / "โครงการ.txt"
    path.write_bytes(THAI.encode() + b"\r\n")
    document = read(path)
    assert document.file == str(path)
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.media_type == "text/plain"
    assert [(p.number, p.method, p.damage) for p in document.pages] == [(1, "text", 0.0)]
    assert document.text.strip() == THAI
    assert document.warnings == ()
    assert read(str(path)) == document


def test_raw_text_stays_and_text_is_repaired() -> None:
    document = read_bytes("สำานักงาน ปีที\uf70a ๒".encode(), file="a.txt")
    assert document.pages[0].raw_text == "สำานักงาน ปีที\uf70a ๒"
    assert document.text == "สำนักงาน ปีที่ ๒"
    assert 0.05 < document.pages[0].damage < 0.5


def test_text_is_the_pages_joined() -> None:
    document = read_bytes("หน้าแรก\fหน้าสอง\f".encode(), file="a.txt")
    assert [page.raw_text for page in document.pages] == ["หน้าแรก", "หน้าสอง"]
    assert document.text == "หน้าแรก\nหน้าสอง"


def test_wrong_suffix_is_read_by_content_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "แบบฟอร์ม.pdf"
    path.write_bytes((DATA / "form.docx").read_bytes())
    document = read(path)
    assert document.media_type == sniff.DOCX
    assert document.warnings == ("นามสกุลไฟล์เป็น .pdf แต่เนื้อไฟล์เป็น DOCX อ่านตามเนื้อไฟล์",)


def test_urls_are_opened_by_fsspec(tmp_path: Path) -> None:
    import fsspec

    with fsspec.open("memory://inbox/a.txt", "wb") as out:
        out.write(THAI.encode())
    document = read("memory://inbox/a.txt")
    assert (document.text, document.file) == (THAI, "memory://inbox/a.txt")
    (tmp_path / "b.txt").write_text(THAI, encoding="utf-8")
    assert read(f"file://{tmp_path}/b.txt").text == THAI


@pytest.mark.parametrize(
    ("file", "thai"),
    [
        ("/nowhere/ไม่มี.pdf", "ไม่พบไฟล์"),
        ("memory://nowhere.pdf", "ไม่พบไฟล์"),
        (str(DATA), "เป็นโฟลเดอร์"),
        ("gopher://x/y", "เปิดไฟล์ไม่ได้"),
        ("a\0b", "เปิดไฟล์ไม่ได้"),
    ],
)
def test_what_cannot_be_opened_is_a_read_error(file: str, thai: str) -> None:
    with pytest.raises(ReadError, match=thai) as caught:
        read(file)
    assert caught.value.thai.startswith(f"{file}: ")


@settings(deadline=None)  # a reader process may have to start
@given(st.binary(max_size=3000))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        document = read_bytes(data, file="x")
    except ReadError:
        return
    assert document.text.strip()


@settings(deadline=None)
@given(st.text(min_size=1, max_size=500))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        document = read_bytes(text.encode("utf-8", "surrogatepass"), file="x")
    except ReadError:
        return
    assert document.text == "\n".join(page.text for page in document.pages)


def test_language_modules_do_not_load_the_readers() -> None:
    code = "import pipeline.thai.dates, sys; print('pipeline.readers' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"
