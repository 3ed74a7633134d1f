"""E-mail (.eml): the letter as the first page, then every attachment's pages and tables in order.

The letter is its header (จาก, ถึง, วันที่, เรื่อง) and its body, plain text before HTML. An attachment
starts with a line "ไฟล์แนบ: name" on its first page. What cannot be read becomes a warning that
names it. Also single-file web pages (MHTML), of which the page itself is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email.message import Message

from pipeline.documents import Table
from pipeline.errors import ReadError
from pipeline.readers import sniff
from pipeline.readers.archive import member_names, read_member
from pipeline.readers.html import read_html
from pipeline.readers.mail.headers import decoded_text, file_name, header_lines, raw_header
from pipeline.readers.mail.parts import (
    SILENT_TYPES,
    inner_letter,
    is_body,
    is_logo,
    leaves,
    parsed,
    payload,
)
from pipeline.readers.reading import MAX_PAGES, RawPage, Reading
from pipeline.readers.text import read_text

MAX_PARTS = 500
MAX_ATTACHMENTS = 100
MAX_DEPTH = 3
"""Letters inside each other that are followed."""
MAX_ATTACHED = 200_000_000
"""Bytes of all attachments together."""
# An attachment with this many letters can stand alone.
_DOCUMENT = 300

Read = Callable[[bytes], Reading]


@dataclass(slots=True)
class _Letter:
    """What one walk through a mail collects."""

    read: Read
    body: list[str] = field(default_factory=list)
    pages: list[RawPage] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    attachments: int = 0
    size: int = 0


def read_mail(data: bytes, *, read: Read) -> Reading:
    """Read an e-mail; `read` reads an attachment's bytes and raises `ReadError` where it cannot."""
    letter = _Letter(read)
    pages = _read_letter(parsed(data), letter, depth=1)
    if len(letter.documents) > 1:
        letter.warnings.append(
            f"อีเมลมีไฟล์แนบที่เป็นเอกสาร {len(letter.documents)} ฉบับ อ่านรวมเป็นเอกสารเดียว"
            f" หากเป็นคนละเรื่องให้บันทึกแยกไฟล์: {', '.join(letter.documents[:10])}"
        )
    return Reading(tuple(pages[:MAX_PAGES]), tuple(letter.tables), tuple(letter.warnings))


def read_mhtml(data: bytes) -> Reading:
    """Read a single-file web page. Raises `ReadError` where there is no page in it."""
    for part in parsed(data).walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            return read_html(payload(part))
    raise ReadError(
        "ไฟล์ MHTML ไม่มีหน้าเว็บข้างใน บันทึกใหม่เป็น HTML หรือ PDF แล้วลองอีกครั้ง",
        "The MHTML file holds no page. Save it as HTML or PDF and try again",
    )


def _read_letter(message: Message, letter: _Letter, *, depth: int) -> list[RawPage]:
    """The pages of one letter and all that hangs on it; tables and warnings go to `letter`."""
    first = len(letter.pages)
    letter.pages.append(RawPage("", "mail"))
    outer, letter.body = letter.body, []
    attached = []
    for number, part in enumerate(leaves(message)):
        if number >= MAX_PARTS:
            letter.warnings.append(f"อีเมลมีส่วนย่อยเกิน {MAX_PARTS} ส่วน อ่านเฉพาะส่วนต้น")
            break
        if is_body(part):
            letter.body.append(_body_text(part, letter))
        elif part.get_content_type() not in SILENT_TYPES and not is_logo(part):
            attached.append(part)
    text = "\n".join([*header_lines(message), "", *filter(None, letter.body)])
    letter.pages[first] = RawPage(text.strip(), "mail")
    letter.body = outer
    for part in attached:
        _attach(part, letter, depth)
    return letter.pages


def _body_text(part: Message, letter: _Letter) -> str:
    data = payload(part)
    if not data.strip():
        return ""
    try:
        if part.get_content_type() == "text/html":
            reading = read_html(data)
        else:
            declared = part.get_content_charset()
            reading = read_text(data, declared=declared)
    except ReadError as error:
        letter.warnings.append(f"เนื้อความอีเมล: {error.thai}")
        return ""
    page = len(letter.pages)
    letter.tables += [replace(table, page=page) for table in reading.tables]
    return "\n".join(page.text.strip() for page in reading.pages)


def _attach(part: Message, letter: _Letter, depth: int) -> None:
    """Read one attachment into `letter`: a letter, each file of an archive, or a file."""
    data = payload(part)
    inner = inner_letter(part, data)
    name = file_name(part) or _untitled(part, inner)
    letter.size += len(data)
    if inner is not None and depth < MAX_DEPTH:
        first = len(letter.pages)
        _read_letter(inner, letter, depth=depth + 1)
        letter.pages[first] = _headed(letter.pages[first], name)
    elif inner is not None:
        letter.warnings.append(f"ไฟล์แนบ {name}: อีเมลซ้อนกันเกิน {MAX_DEPTH} ชั้น ไม่ได้อ่าน")
    elif sniff.media_type(data) == sniff.ZIP:
        _attach_archive(name, data, letter)
    else:
        _attach_file(name, data, letter)


def _attach_archive(name: str, data: bytes, letter: _Letter) -> None:
    try:
        for member in member_names(data):
            content = read_member(data, member)
            letter.size += len(content)
            _attach_file(f"{name}/{member}", content, letter)
    except ReadError as error:
        letter.warnings.append(f"ไฟล์แนบ {name}: {error.thai}")


def _attach_file(name: str, data: bytes, letter: _Letter) -> None:
    letter.attachments += 1
    if letter.attachments > MAX_ATTACHMENTS or letter.size > MAX_ATTACHED:
        letter.warnings.append(f"ไฟล์แนบ {name}: ไฟล์แนบมากเกินกำหนด ไม่ได้อ่าน บันทึกแล้วอ่านแยกต่างหาก")
        return
    try:
        reading = letter.read(data)
    except ReadError as error:
        letter.warnings.append(f"ไฟล์แนบ {name}: {error.thai}")
        return
    except Exception as error:  # a library on a hostile attachment: the letter is still read
        letter.warnings.append(f"ไฟล์แนบ {name}: อ่านไม่ได้ ไฟล์อาจเสียหาย ({type(error).__name__})")
        return
    if not reading.pages:
        return
    before = len(letter.pages)
    letter.pages += [_headed(reading.pages[0], name), *reading.pages[1:]]
    letter.tables += [replace(table, page=table.page + before) for table in reading.tables]
    letter.warnings += [f"ไฟล์แนบ {name}: {warning}" for warning in reading.warnings]
    if sum(char.isalpha() for page in reading.pages for char in page.text) >= _DOCUMENT:
        letter.documents.append(name)


def _headed(page: RawPage, name: str) -> RawPage:
    return RawPage(f"ไฟล์แนบ: {name}\n{page.text}", page.method)


def _untitled(part: Message, inner: Message | None) -> str:
    subject = "" if inner is None else decoded_text(raw_header(inner, "Subject"))
    return subject or f"(ไม่มีชื่อ {part.get_content_type()})"
