"""Headers of a letter and names of its files, decoded: encoded words and raw bytes alike."""

from __future__ import annotations

import email.header
import email.utils
import re
from collections.abc import Iterator
from email.message import Message

from pipeline.errors import ReadError
from pipeline.readers.encodings import decode
from pipeline.readers.mojibake import misplaced
from pipeline.readers.office.sheet_numbers import show_time

_HEADERS = {"จาก": "From", "ถึง": "To", "สำเนาถึง": "Cc", "วันที่": "Date", "เรื่อง": "Subject"}
_MANY_ADDRESSES = 500
# Characters of one header as it is written; a subject has a few hundred.
_LONGEST_HEADER = 50_000
_SURROGATE = re.compile("[\udc80-\udcff]")


def file_name(part: Message) -> str:
    """The file name of a part in any of the ways to write one; empty where it has none."""
    plain = Message()
    for header in ("Content-Disposition", "Content-Type"):
        plain[header] = _as_str(raw_header(part, header))
    try:
        found = plain.get_filename() or ""
    except (UnicodeDecodeError, LookupError, ValueError, TypeError):
        return "(ชื่อไฟล์เสีย)"
    text = decoded_text(found).replace("\\", "/").rpartition("/")[2]
    return re.sub(r"[\x00-\x1f\x7f]+", "", text).strip()[:200]


def raw_header(message: Message, name: str) -> str:
    """A header as the mail has it, its raw bytes as surrogates; the parser would mask those."""
    wanted = name.lower()
    found = next((str(v) for k, v in message.raw_items() if k.lower() == wanted), "")
    return found[:_LONGEST_HEADER]


def header_lines(message: Message) -> Iterator[str]:
    """The header as lines, in Thai: จาก, ถึง, สำเนาถึง, วันที่, เรื่อง."""
    for label, header in _HEADERS.items():
        value = decoded_text(raw_header(message, header))
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


def decoded_text(value: str) -> str:
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
