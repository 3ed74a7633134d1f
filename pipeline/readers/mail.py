"""E-mail (.eml): the letter as the first page, then every attachment's pages and tables in order.

The letter is its header (จาก, ถึง, วันที่, เรื่อง) and its body, plain text before HTML. An attachment
starts with a line "ไฟล์แนบ: name" on its first page. What cannot be read becomes a warning that
names it. Also single-file web pages (MHTML), of which the page itself is read.
"""

from __future__ import annotations

import email
import email.header
import email.policy
import email.utils
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from email.message import Message

from pipeline.documents import Table
from pipeline.errors import ReadError
from pipeline.readers import sniff
from pipeline.readers.archive import member_names, read_member
from pipeline.readers.encodings import decode
from pipeline.readers.html import read_html
from pipeline.readers.mojibake import misplaced
from pipeline.readers.office.sheet_numbers import show_time
from pipeline.readers.reading import MAX_PAGES, RawPage, Reading
from pipeline.readers.text import read_text

MAX_PARTS = 500
MAX_ATTACHMENTS = 100
MAX_DEPTH = 3
"""Letters inside each other that are followed."""
MAX_ATTACHED = 200_000_000
"""Bytes of all attachments together."""

# Signatures and delivery reports; pictures this small inside a body are logos.
_SILENT_TYPES = frozenset(
    (
        *("application/pkcs7-signature", "application/x-pkcs7-signature"),
        *("application/pgp-signature", "message/delivery-status", "text/rfc822-headers"),
    )
)
_LOGO = 40_000
# An attachment with this many letters can stand alone.
_DOCUMENT = 300

_HEADERS = {"จาก": "From", "ถึง": "To", "สำเนาถึง": "Cc", "วันที่": "Date", "เรื่อง": "Subject"}
_MANY_ADDRESSES = 500
# Characters of one header as it is written; a subject has a few hundred.
_LONGEST_HEADER = 50_000
_SURROGATE = re.compile("[\udc80-\udcff]")

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
    pages = _read_letter(_parsed(data), letter, depth=1)
    if len(letter.documents) > 1:
        letter.warnings.append(
            f"อีเมลมีไฟล์แนบที่เป็นเอกสาร {len(letter.documents)} ฉบับ อ่านรวมเป็นเอกสารเดียว"
            f" หากเป็นคนละเรื่องให้บันทึกแยกไฟล์: {', '.join(letter.documents[:10])}"
        )
    return Reading(tuple(pages[:MAX_PAGES]), tuple(letter.tables), tuple(letter.warnings))


def read_mhtml(data: bytes) -> Reading:
    """Read a single-file web page. Raises `ReadError` where there is no page in it."""
    for part in _parsed(data).walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            return read_html(_payload(part))
    raise ReadError(
        "ไฟล์ MHTML ไม่มีหน้าเว็บข้างใน บันทึกใหม่เป็น HTML หรือ PDF แล้วลองอีกครั้ง",
        "The MHTML file holds no page. Save it as HTML or PDF and try again",
    )


def _parsed(data: bytes) -> Message:
    return email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=email.policy.compat32)


def _read_letter(message: Message, letter: _Letter, *, depth: int) -> list[RawPage]:
    """The pages of one letter and all that hangs on it; tables and warnings go to `letter`."""
    first = len(letter.pages)
    letter.pages.append(RawPage("", "mail"))
    outer, letter.body = letter.body, []
    attached = []
    for number, part in enumerate(_parts(message)):
        if number >= MAX_PARTS:
            letter.warnings.append(f"อีเมลมีส่วนย่อยเกิน {MAX_PARTS} ส่วน อ่านเฉพาะส่วนต้น")
            break
        if _is_body(part):
            letter.body.append(_body_text(part, letter))
        elif part.get_content_type() not in _SILENT_TYPES and not _is_logo(part):
            attached.append(part)
    text = "\n".join([*_header_lines(message), "", *filter(None, letter.body)])
    letter.pages[first] = RawPage(text.strip(), "mail")
    letter.body = outer
    for part in attached:
        _attach(part, letter, depth)
    return letter.pages


def _parts(message: Message) -> Iterator[Message]:
    """The leaves of a message in order; of alternatives the plain one, or else the last."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_maintype() != "multipart" or not part.is_multipart():
            yield part
            continue
        inside = [child for child in part.get_payload() if isinstance(child, Message)]
        if part.get_content_subtype() == "alternative" and inside:
            inside = _chosen(inside)
        waiting += reversed(inside)


def _chosen(alternatives: list[Message]) -> list[Message]:
    """The alternative to read, and those that are no form of the body (invitations, files)."""
    plain = [
        a for a in alternatives if a.get_content_type() == "text/plain" and _payload(a).strip()
    ]
    rich = [a for a in alternatives if a.get_content_type() == "text/html" or a.is_multipart()]
    # Files hang in the branch of the rich alternative, pictures of the page beside it.
    best = plain[:1] or rich[-1:] or alternatives[-1:]
    if plain and rich and rich[-1].is_multipart():
        return best + [part for part in rich[-1].walk() if _name(part)]
    return best


def _is_body(part: Message) -> bool:
    kind = part.get_content_type()
    disposed = (part.get_content_disposition() or "inline") == "inline"
    return kind in ("text/plain", "text/html") and disposed and not _name(part)


def _is_logo(part: Message) -> bool:
    shown = part.get("Content-ID") or part.get_content_disposition() == "inline"
    return bool(part.get_content_maintype() == "image" and shown and len(_payload(part)) < _LOGO)


def _body_text(part: Message, letter: _Letter) -> str:
    data = _payload(part)
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
    data = _payload(part)
    inner = _inner_letter(part, data)
    name = _name(part) or _untitled(part, inner)
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


def _inner_letter(part: Message, data: bytes) -> Message | None:
    """An attached letter, whether attached as such or as a file."""
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        inner = part.get_payload(0)
        return inner if isinstance(inner, Message) else None
    return _parsed(data) if sniff.media_type(data) == sniff.EML else None


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


def _payload(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _untitled(part: Message, inner: Message | None) -> str:
    subject = "" if inner is None else _text(_header(inner, "Subject"))
    return subject or f"(ไม่มีชื่อ {part.get_content_type()})"


def _name(part: Message) -> str:
    """The file name of a part in any of the ways to write one; empty where it has none."""
    plain = Message()
    for header in ("Content-Disposition", "Content-Type"):
        plain[header] = _as_str(_header(part, header))
    try:
        found = plain.get_filename() or ""
    except (UnicodeDecodeError, LookupError, ValueError, TypeError):
        return "(ชื่อไฟล์เสีย)"
    text = _text(found).replace("\\", "/").rpartition("/")[2]
    return re.sub(r"[\x00-\x1f\x7f]+", "", text).strip()[:200]


def _header(message: Message, name: str) -> str:
    """A header as the mail has it, its raw bytes as surrogates; the parser would mask those."""
    wanted = name.lower()
    found = next((str(v) for k, v in message.raw_items() if k.lower() == wanted), "")
    return found[:_LONGEST_HEADER]


def _header_lines(message: Message) -> Iterator[str]:
    for label, header in _HEADERS.items():
        value = _text(_header(message, header))
        if header == "Date" and value:
            value = _date(value)
        if len(value) > _MANY_ADDRESSES and header in ("To", "Cc"):
            value = value[:_MANY_ADDRESSES].rpartition(",")[0] + " และคนอื่น ๆ"
        if value:
            yield f"{label}: {value}"


def _date(value: str) -> str:
    """The day and time where the sender was, in Thai; the header as it stands if it is no date."""
    try:
        return show_time(email.utils.parsedate_to_datetime(value).replace(tzinfo=None))
    except (ValueError, TypeError, IndexError, OverflowError):
        return value


def _text(value: str) -> str:
    """A header or name decoded: encoded words, and raw bytes in whatever encoding."""
    try:
        pieces = email.header.decode_header(_as_str(value))
    except (email.errors.HeaderParseError, ValueError):
        pieces = [(value, None)]
    text, before = "", None
    for piece, charset in pieces:
        if (charset is None) != (before is None):
            text += " "  # the space between an encoded word and a plain one is not in either
        text += piece if isinstance(piece, str) else _decoded(piece, charset)
        before = charset
    return " ".join(text.split())


def _as_str(value: str) -> str:
    """Text whose raw bytes, kept as surrogates, are decoded by evidence."""
    if not _SURROGATE.search(value):
        return value
    return _decoded(value.encode("utf-8", "surrogateescape"), None)


def _decoded(raw: bytes, charset: str | None) -> str:
    """Bytes of a header; a few letters are too short for evidence, so Thai is tried first."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        thai = raw.decode("cp874", "replace")
    if "\ufffd" not in thai and not misplaced(thai):
        return thai
    try:
        return decode(raw, declared=charset).text
    except ReadError:
        return raw.decode("utf-8", "replace")
