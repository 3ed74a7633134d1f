"""Bytes to text: which of the encodings that Thai offices use, told by evidence.

UTF-8, UTF-16, Windows-874 (TIS-620) and files that mix UTF-8 with Windows-874 are decided here by
decoding and by whether the result looks like Thai; charset-normalizer is asked only when none of
them fits. What was misread before the file was saved is undone by `mojibake`.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from pipeline.errors import ReadError
from pipeline.readers.encodings.evidence import (
    DOUBLE_THAI,
    LATIN1_THAI,
    THAI_LETTER,
    looks_thai,
    plausible,
)
from pipeline.readers.encodings.mixed import by_parts
from pipeline.readers.mojibake import recover

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
    "mixed": "UTF-8 ปน Windows-874 (TIS-620) แยกทีละส่วน",
}
# Thai pages of the old web were labelled so by their programs.
_LATIN = {"iso8859-1", "cp1252", "ascii"}
# Python's own, which no document names and which are slow or are no text.
_NO_CHARSETS = {
    *("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"),
}


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
    found = _by_mark(data) or _by_trial(data, declared) or by_parts(data) or _by_guess(data)
    if found is None:
        raise _undecodable()
    text, encoding = found
    recovered = recover(text)
    if not plausible(recovered.text):
        raise _undecodable()
    warnings = (*_warnings(recovered.text, encoding), *recovered.warnings())
    return Decoded(recovered.text, encoding, warnings)


def _by_mark(data: bytes) -> tuple[str, str] | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data.decode(encoding, "replace").removeprefix("\ufeff")
            return (text, encoding) if plausible(text) else None
    unmarked = _utf16_without_mark(data[:8192])
    if unmarked is None:
        return None
    text = data.decode(unmarked, "replace")
    return (text, unmarked) if plausible(text) else None


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
    known = _known(declared)
    order = ("utf-8", "cp874", known) if known in _LATIN else ("utf-8", known, "cp874")
    for encoding in dict.fromkeys(order):
        if encoding is None:
            continue
        try:
            text = data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
        # Control characters in UTF-8 are what misreading makes of Thai: `recover` judges.
        lost = not plausible(text)
        if lost and encoding == "utf-8" and "\0" not in text and recover(text).accidents:
            return text, encoding
        if not lost and (encoding != "cp874" or looks_thai(text)):
            return text, encoding
    return None


def _known(declared: str | None) -> str | None:
    try:
        name = codecs.lookup(declared or "").name
    except (LookupError, ValueError):
        return None
    if name in _NO_CHARSETS:
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
    thai = len(THAI_LETTER.findall(text))
    if not plausible(text) or foreign - thai > 0.05 * len(text):
        return None
    return text, best.encoding


def _undecodable() -> ReadError:
    return ReadError(
        "ถอดรหัสตัวอักษรของไฟล์ไม่ได้ เนื้อไฟล์ไม่ใช่ข้อความ บันทึกไฟล์ใหม่เป็น UTF-8 แล้วลองอีกครั้ง",
        "The bytes are not text in a known encoding. Save the file as UTF-8 and try again",
    )


def _warnings(text: str, encoding: str) -> list[str]:
    found = []
    if encoding not in ("utf-8", "ascii"):
        found.append(f"ถอดรหัสเป็น {_NAMES.get(encoding, encoding)}")
    if lost := text.count("\ufffd"):
        found.append(f"มี {lost:,} ตัวอักษรที่ถอดรหัสไม่ได้")
    letters = sum(1 for char in text[:100_000] if char.isalpha()) or 1
    if len(LATIN1_THAI.findall(text[:100_000])) > 0.5 * letters or (
        len(DOUBLE_THAI.findall(text[:100_000])) > 0.2 * letters
    ):
        found.append("ข้อความดูเหมือนถูกบันทึกด้วยรหัสที่ผิดมาก่อน (อ่านเป็นภาษาไทยไม่ได้) โปรดหาไฟล์ต้นฉบับ")
    return found
