"""Bytes to text: which of the encodings that Thai offices use, told by evidence.

UTF-8, UTF-16 and Windows-874 (TIS-620) are decided here by strict decoding and by whether
the result looks like Thai; charset-normalizer is asked only when none of them fits.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from pipeline.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {
    "utf-8-sig": "UTF-8 ที่มี BOM",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 (LE)",
    "utf-16-be": "UTF-16 (BE)",
    "utf-32": "UTF-32",
    "cp874": "Windows-874 (TIS-620)",
}
_THAI_LETTER = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]")
_ORPHAN_MARK = re.compile("(?<![\u0e01-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_THAI_RUN = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
# UTF-8 Thai read as Windows-874 turns every letter into เธ? or เน?; read as Latin-1, into à¸?.
_DOUBLE_THAI = re.compile("เ[ธน]")
_LATIN1_THAI = re.compile("[\u00a1-\u00fb]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it came from (Python's name) and Thai sentences for a person."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Decode `data`; `declared` is an encoding the file itself names, tried after UTF-8.

    Raises `ReadError` when no encoding gives plausible text: never silent garbage.
    """
    found = _by_mark(data) or _by_trial(data, declared) or _by_guess(data)
    if found is None:
        raise ReadError(
            "ถอดรหัสตัวอักษรของไฟล์ไม่ได้ เนื้อไฟล์ไม่ใช่ข้อความหรือปนหลายรหัส บันทึกไฟล์ใหม่เป็น UTF-8 แล้วลองอีกครั้ง",
            "The bytes are not text in one encoding. Save the file as UTF-8 and try again",
        )
    text, encoding = found
    return Decoded(text, encoding, tuple(_warnings(text, encoding)))


def _by_mark(data: bytes) -> tuple[str, str] | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data.decode(encoding, "replace").removeprefix("\ufeff")
            return (text, encoding) if _plausible(text) else None
    unmarked = _utf16_without_mark(data[:8192])
    if unmarked is None:
        return None
    text = data.decode(unmarked, "replace")
    return (text, unmarked) if _plausible(text) else None


def _utf16_without_mark(head: bytes) -> str | None:
    """Thai and ASCII in UTF-16 have 0x0E or 0x00 as every other byte; no other text has."""
    for encoding, high, low in (
        ("utf-16-le", head[1::2], head[::2]),
        ("utf-16-be", head[::2], head[1::2]),
    ):
        in_planes = high.count(0) + high.count(0x0E) + high.count(0x20)
        letters = high.count(0) + high.count(0x0E)
        ordered = in_planes >= 0.95 * len(high) and letters >= 0.7 * len(high)
        if len(high) >= 4 and ordered and low.count(0) <= 0.02 * len(low):
            return encoding
    return None


def _by_trial(data: bytes, declared: str | None) -> tuple[str, str] | None:
    for encoding in dict.fromkeys(("utf-8", _known(declared), "cp874")):
        if encoding is None:
            continue
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if _plausible(text) and (encoding != "cp874" or _looks_thai(text)):
            return text, encoding
    nearly = data.decode("utf-8", "replace")
    # A cut or a few broken bytes in a UTF-8 file cost a few letters, not the file.
    if nearly.count("\ufffd") <= max(3, 0.01 * len(nearly)) and _plausible(nearly):
        return nearly, "utf-8"
    return None


def _known(declared: str | None) -> str | None:
    try:
        name = codecs.lookup(declared).name if declared else None
    except LookupError:
        return None
    return "cp874" if name in {"tis-620", "iso8859-11"} else name


def _by_guess(data: bytes) -> tuple[str, str] | None:
    if b"\0" in data:
        return None
    import charset_normalizer

    best = charset_normalizer.from_bytes(data[:200_000]).best()
    if best is None:
        return None
    try:
        text = data.decode(best.encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    # A guess at Chinese or at a DOS page for a file of a Thai office is a guess gone wrong.
    foreign = sum(1 for char in text if char.isalpha() and ord(char) > 0x24F)
    thai = len(_THAI_LETTER.findall(text))
    if not _plausible(text) or foreign - thai > 0.05 * len(text):
        return None
    return text, best.encoding


def _plausible(text: str) -> bool:
    """Whether `text` is text at all: few control and replacement characters."""
    if not text:
        return False
    bad = len(_CONTROL.findall(text)) + text.count("\ufffd")
    return bad <= max(3, 0.02 * len(text)) and bad < len(text.strip())


def _looks_thai(text: str) -> bool:
    """Whether a Windows-874 decoding is Thai, not Latin-1 accents or UTF-8 read wrongly."""
    letters = len(_THAI_LETTER.findall(text))
    runs = len(_THAI_RUN.findall(text))
    orphans = len(_ORPHAN_MARK.findall(text))
    doubled = len(_DOUBLE_THAI.findall(text))
    return letters >= 2.5 * runs > 0 and orphans <= 0.05 * letters and doubled <= 0.1 * letters


def _warnings(text: str, encoding: str) -> list[str]:
    found = []
    if encoding not in ("utf-8", "ascii"):
        found.append(f"ถอดรหัสเป็น {_NAMES.get(encoding, encoding)}")
    if lost := text.count("\ufffd"):
        found.append(f"มี {lost:,} ตัวอักษรที่ถอดรหัสไม่ได้")
    letters = sum(1 for char in text[:100_000] if char.isalpha()) or 1
    if len(_LATIN1_THAI.findall(text[:100_000])) > 0.5 * letters or (
        len(_DOUBLE_THAI.findall(text[:100_000])) > 0.2 * letters
    ):
        found.append("ข้อความดูเหมือนถูกบันทึกด้วยรหัสที่ผิดมาก่อน (อ่านเป็นภาษาไทยไม่ได้) โปรดหาไฟล์ต้นฉบับ")
    return found
