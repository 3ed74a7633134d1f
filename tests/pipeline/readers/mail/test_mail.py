"""E-mail: the letter, its attachments in order, and none of them able to spoil the rest."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage, Message

import pytest

from pipeline.errors import ReadError
from pipeline.readers import sniff
from pipeline.readers.html import read_html
from pipeline.readers.mail import MAX_DEPTH, read_mail, read_mhtml
from pipeline.readers.office.docx import read_docx
from pipeline.readers.reading import Reading
from pipeline.readers.refusals import REFUSALS
from pipeline.readers.text import read_text

SUBJECT = "ส่งแบบเสนอโครงการธนาคารน้ำใต้ดิน จังหวัดพะเยา"
BODY = "เรียน ผู้อำนวยการ\n\nขอส่งแบบเสนอโครงการตามไฟล์แนบ\nนายสมหวัง ใจงาม"
LONG = "โครงการนี้ใช้งบพัฒนาจังหวัดขุดบ่อเติมน้ำเพื่อกักเก็บน้ำฝนไว้ใช้ในฤดูแล้ง " * 6


def read(data: bytes) -> Reading:
    """What a frame would pass: a table of readers by content."""
    readers = {sniff.TEXT: read_text, sniff.HTML: read_html, sniff.DOCX: read_docx}
    kind = sniff.media_type(data)
    if kind not in readers:
        raise ReadError(*REFUSALS[kind])
    return readers[kind](data)


def letter(subject: str = SUBJECT, body: str = BODY) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "สมหวัง ใจงาม <somwang@phayao.go.th>"
    message["To"] = "กองกลาง <central@example.go.th>"
    message["Date"] = "Thu, 08 Jan 2026 09:30:00 +0700"
    message["Subject"] = subject
    message.set_content(body)
    return message


def attach(message: EmailMessage, name: str, data: bytes, kind: str = "octet-stream") -> None:
    message.add_attachment(data, "application", kind, filename=name)


def texts(message: Message) -> list[str]:
    return [page.text for page in read_mail(bytes(message), read=read).pages]


def test_the_letter_is_the_first_page() -> None:
    reading = read_mail(bytes(letter()), read=read)
    assert [page.method for page in reading.pages] == ["mail"]
    assert reading.pages[0].text.split("\n") == [
        "จาก: สมหวัง ใจงาม <somwang@phayao.go.th>",
        "ถึง: กองกลาง <central@example.go.th>",
        "วันที่: 8 มกราคม 2569 09:30 น.",
        f"เรื่อง: {SUBJECT}",
        "",
        *BODY.split("\n"),
    ]
    assert reading.warnings == ()


def test_attachments_follow_in_order_each_under_its_name() -> None:
    message = letter()
    attach(message, "แบบเสนอ.txt", "หน้าแรก\fหน้าสอง".encode("cp874"))
    attach(message, "ตาราง.html", "<table><tr><td>ก<td>1<tr><td>ข<td>2</table>".encode())
    reading = read_mail(bytes(message), read=read)
    assert [page.text for page in reading.pages[1:]] == [
        "ไฟล์แนบ: แบบเสนอ.txt\nหน้าแรก",
        "หน้าสอง",
        "ไฟล์แนบ: ตาราง.html\nก\t1\nข\t2",
    ]
    assert [page.method for page in reading.pages] == ["mail", "text", "text", "html"]
    assert [table.page for table in reading.tables] == [4]
    assert reading.warnings == ("ไฟล์แนบ แบบเสนอ.txt: ถอดรหัสเป็น Windows-874 (TIS-620)",)


def test_what_cannot_be_read_is_a_warning_that_names_it() -> None:
    message = letter()
    attach(message, "กล้อง.mp4", b"\x7fELF" + bytes(100))
    attach(message, "ต่อ.txt", "ยังอ่านอยู่".encode())
    reading = read_mail(bytes(message), read=read)
    assert [page.text for page in reading.pages[1:]] == ["ไฟล์แนบ: ต่อ.txt\nยังอ่านอยู่"]
    [warning] = reading.warnings
    assert warning.startswith("ไฟล์แนบ กล้อง.mp4: ไม่ใช่ไฟล์เอกสาร")


def test_a_defect_in_a_library_costs_one_attachment() -> None:
    def broken(_data: bytes) -> Reading:
        raise IndexError

    message = letter()
    attach(message, "a.txt", b"x")
    [warning] = read_mail(bytes(message), read=broken).warnings
    assert warning == "ไฟล์แนบ a.txt: อ่านไม่ได้ ไฟล์อาจเสียหาย (IndexError)"


def test_several_documents_in_one_mail_are_pointed_out() -> None:
    message = letter()
    for name in ("โครงการ ก.txt", "โครงการ ข.txt"):
        attach(message, name, LONG.encode())
    attach(message, "สั้น.txt", b"ok")
    [warning] = read_mail(bytes(message), read=read).warnings
    assert "2 ฉบับ" in warning
    assert "โครงการ ก.txt, โครงการ ข.txt" in warning


def test_plain_text_is_preferred_to_html() -> None:
    message = letter()
    message.add_alternative(f"<p>{BODY}</p>", subtype="html")
    assert texts(message) == texts(letter())


def test_a_letter_of_html_alone() -> None:
    message = letter()
    message.set_content(f"<html><body><p>{LONG}</p><p>สวัสดี</p></body></html>", subtype="html")
    assert texts(message)[0].endswith(f"{LONG.strip()}\nสวัสดี")


def test_files_beside_the_html_of_an_alternative_are_found() -> None:
    message = letter()
    message.add_alternative("<p>เนื้อความ</p>", subtype="html")
    html = message.get_payload(1)
    assert isinstance(html, EmailMessage)
    html.add_related(b"x" * 500, "image", "png", cid="<logo>")
    html.make_mixed()
    attach(html, "แนบ.txt", "เนื้อไฟล์".encode())
    assert texts(message)[1:] == ["ไฟล์แนบ: แนบ.txt\nเนื้อไฟล์"]


def test_logos_and_signatures_are_no_attachments() -> None:
    message = letter()
    message.add_related(b"\x89PNG" + bytes(900), "image", "png", cid="<logo>")
    attach(message, "smime.p7s", b"0\x80", "pkcs7-signature")
    reading = read_mail(bytes(message), read=read)
    assert len(reading.pages) == 1
    assert reading.warnings == ()


def raw(headers: bytes, body: bytes = "สวัสดี".encode()) -> bytes:
    return (
        b"MIME-Version: 1.0\r\nDate: Thu, 08 Jan 2026 09:30:00 +0700\r\n"
        + headers
        + b"\r\n\r\n"
        + body
    )


@pytest.mark.parametrize(
    "header",
    [
        "เรื่อง น้ำดื่ม".encode(),
        "เรื่อง น้ำดื่ม".encode("cp874"),
        b"=?TIS-620?B?4MPX6M2nILnpU7TX6MHX?=".replace(
            b"4MPX6M2nILnpU7TX6MHX", b"4MPX6M2nILnp07TX6ME="
        ),
        b"=?windows-874?Q?=E0=C3=D7=E8=CD=A7_=B9=E9=D3=B4=D7=E8=C1?=",
        b"=?UTF-8?B?4LmA4Lij4Li34LmI4Lit4LiHIOC4meC5ieC4s+C4lA==?=\r\n =?UTF-8?B?4Li34LmI4Lih?=",
        # An encoded word that ends in the middle of a letter.
        b"=?UTF-8?B?4LmA4Lij4Li34LmI4Lit4LiHIOC4meC5ieC4s+C4?=\r\n =?UTF-8?B?lOC4t+C5iOC4oQ==?=",
    ],
)
def test_headers_in_every_encoding(header: bytes) -> None:
    [page] = read_mail(raw(b"Subject: " + header), read=read).pages
    assert "เรื่อง: เรื่อง น้ำดื่ม" in page.text.split("\n")


@pytest.mark.parametrize(
    "parameter",
    [
        b"filename*=UTF-8''%E0%B8%81.txt",
        b'filename="=?UTF-8?B?4LiBLnR4dA==?="',
        b'filename="\xa1.txt"',
        'filename="ก.txt"'.encode(),
        'filename="C:\\\\งาน\\\\ก.txt"'.encode(),
    ],
)
def test_file_names_in_every_encoding(parameter: bytes) -> None:
    head = b"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; "
    page = read_mail(raw(head + parameter), read=read).pages[1]
    assert page.text == "ไฟล์แนบ: ก.txt\nสวัสดี"


@pytest.mark.parametrize("charset", ["tis-620", "windows-874", "utf-8", "us-ascii", "no-such"])
def test_bodies_in_windows_874_whatever_they_declare(charset: str) -> None:
    head = f"From: a@b.c\r\nContent-Type: text/plain; charset={charset}".encode()
    [page] = read_mail(raw(head, BODY.encode("cp874")), read=read).pages
    assert page.text.endswith(BODY)


def test_a_letter_in_a_letter_and_no_deeper_than_the_limit() -> None:
    message = letter("ชั้น 1", "เนื้อ 1")
    for depth in range(2, MAX_DEPTH + 2):
        outer = letter(f"ชั้น {depth}", f"เนื้อ {depth}")
        outer.add_attachment(message)
        message = outer
    reading = read_mail(bytes(message), read=read)
    assert [page.text.split("\n")[-1] for page in reading.pages] == [
        f"เนื้อ {depth}" for depth in range(MAX_DEPTH + 1, 1, -1)
    ]
    assert reading.pages[1].text.startswith(f"ไฟล์แนบ: ชั้น {MAX_DEPTH}\nจาก: ")
    assert any("ซ้อนกันเกิน" in warning for warning in reading.warnings)


def test_an_attached_archive_is_followed() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("ก.txt", "หนึ่ง")
        archive.writestr("ข.bin", b"\x7fELF")
    message = letter()
    attach(message, "เอกสาร.zip", packed.getvalue())
    reading = read_mail(bytes(message), read=read)
    assert reading.pages[1].text == "ไฟล์แนบ: เอกสาร.zip/ก.txt\nหนึ่ง"
    assert reading.warnings[0].startswith("ไฟล์แนบ เอกสาร.zip/ข.bin: ไม่ใช่ไฟล์เอกสาร")


def test_the_page_of_a_single_file_web_page() -> None:
    head = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.go.th/\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\n"
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    import base64

    page = f"<html><body><p>{LONG}</p></body></html>".encode()
    data = head + base64.encodebytes(page) + b"\r\n--B--\r\n"
    assert sniff.media_type(data) == sniff.MHTML
    assert read_mhtml(data).pages[0].text == LONG.strip()


@pytest.mark.parametrize(
    "data",
    [
        raw(b"Content-Type: multipart/mixed; boundary=B"),
        raw(b"Content-Type: multipart/mixed", b"--\r\n" * 5000),
        raw(b"Content-Type: multipart/mixed; boundary=B", b"--B\r\n\r\nx\r\n" * 5000),
        raw(b"Content-Transfer-Encoding: base64", b"!!!!"),
        raw(b"Content-Type: message/rfc822", b"Content-Type: message/rfc822\r\n\r\n" * 500),
        raw(b"Subject: " + b"=?utf-8?q?" * 3000),
        raw(b"Date: Thu, 99 Foo 99999 99:99:99 +9999"),
        raw(b"Content-Type: text/plain; charset*=x''%ff"),
        raw(b"Content-Disposition: attachment; filename*=%%%''%ff"),
    ],
)
def test_a_malformed_mail_is_read_as_far_as_it_goes(data: bytes) -> None:
    assert read_mail(data, read=read).pages[0].method == "mail"
