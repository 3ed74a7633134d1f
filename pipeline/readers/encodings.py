"""Bytes to text: which of the encodings that Thai offices use, told by evidence.

UTF-8, UTF-16, Windows-874 (TIS-620) and files that mix UTF-8 with Windows-874 are decided here by
decoding and by whether the result looks like Thai; charset-normalizer is asked only when none of
them fits. What was misread before the file was saved is undone by `mojibake`.
"""

from __future__ import annotations

import codecs
import contextlib
import re
from dataclasses import dataclass

from pipeline.errors import ReadError
from pipeline.readers.mojibake import misplaced, recover

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
_THAI_LETTER = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]")
_THAI_RUN = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
# UTF-8 Thai read as Windows-874 turns every letter into เธ? or เน?; read as Latin-1, into à¸?.
_DOUBLE_THAI = re.compile("เ[ธน]")
_LATIN1_THAI = re.compile("[\u00a1-\u00fb]")
# Two Thai letters of UTF-8, or one with a byte that Windows-874 does not have; any other one may be
# Windows-874 for the beginning of a rare word.
_UTF8_THAI = re.compile(
    rb"(?:\xe0(?:\xb8[\x81-\xba\xbf]|\xb9[\x80-\x9b])){2,}"
    rb"|\xe0[\xb8\xb9][\x81-\x84\x86-\x90\x98-\x9b]"
)
_HIGH = re.compile(rb"[\x80-\xff]+")
# A Thai letter that stands alone, quotation marks, dashes and pictograms of UTF-8: as Windows-874
# these would be no words.
_UTF8_SIGNS = re.compile(
    rb"(?:\xe0\xb8[\x81-\xba\xbf]|\xe0\xb9[\x80-\x9b]|\xe2[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0\x9f[\x80-\xbf]{2}|\xc2\xa0)+"
)
# What is left of a UTF-8 letter when one of its bytes was lost.
_FRAGMENT = re.compile(rb"\xe0[\xb8\xb9]?|[\x80-\xbf]{1,2}")


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
    found = _by_mark(data) or _by_trial(data, declared) or _by_parts(data) or _by_guess(data)
    if found is None:
        raise _undecodable()
    text, encoding = found
    recovered = recover(text)
    if not _plausible(recovered.text):
        raise _undecodable()
    warnings = (*_warnings(recovered.text, encoding), *recovered.warnings())
    return Decoded(recovered.text, encoding, warnings)


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
        lost = not _plausible(text)
        if lost and encoding == "utf-8" and "\0" not in text and recover(text).accidents:
            return text, encoding
        if not lost and (encoding != "cp874" or _looks_thai(text)):
            return text, encoding
    return None


def _by_parts(data: bytes) -> tuple[str, str] | None:
    """UTF-8 and Windows-874 in one file, or one of them with a few broken bytes."""
    cut = codecs.getincrementaldecoder("utf-8")()
    with contextlib.suppress(UnicodeDecodeError):
        text = cut.decode(data) + "\ufffd"  # UTF-8 but for a last letter that came in part
        return (text, "utf-8") if _plausible(text) else None
    pieces = [_line(line) for line in data.split(b"\n")]
    text = "\n".join(piece for piece, _ in pieces)
    thai = "\n".join(foreign for _, foreign in pieces if foreign)
    if thai and _plausible(text) and _looks_thai(thai):
        return text, "mixed" if _UTF8_THAI.search(data) else "cp874"
    nearly = data.decode("utf-8", "replace")
    # A cut or a few broken bytes in a UTF-8 file cost a few letters, not the file.
    if nearly.count("\ufffd") <= max(3, 0.01 * len(nearly)) and _plausible(nearly):
        return nearly, "utf-8"
    return None


def _line(line: bytes) -> tuple[str, str]:
    """A line's text, and what of it was read as Windows-874."""
    try:
        return line.decode("utf-8"), ""
    except UnicodeDecodeError:
        text = line.decode("cp874", "replace")
    if not _DOUBLE_THAI.search(text) and "\ufffd" not in text:
        return text, text
    foreign: list[str] = []
    parts, place = [], 0
    for found in _HIGH.finditer(line):
        parts += [line[place : found.start()].decode("ascii"), _stretch(found[0], foreign)]
        place = found.end()
    return "".join([*parts, line[place:].decode("ascii")]), " ".join(foreign)


def _stretch(raw: bytes, foreign: list[str]) -> str:
    """High bytes in a row: stretches of UTF-8, and Windows-874 between them into `foreign`."""
    parts, place = [], 0
    ends = [*(m.span() for m in _UTF8_THAI.finditer(raw)), (len(raw), len(raw))]
    for start, end in ends:
        between = raw[place:start]
        if len(ends) > 1 and _FRAGMENT.fullmatch(between):
            parts.append("\ufffd")
        elif _UTF8_SIGNS.fullmatch(between):
            parts.append(between.decode("utf-8", "replace"))
        elif between:
            foreign.append(between.decode("cp874", "replace"))
            parts.append(foreign[-1])
        parts.append(raw[start:end].decode())
        place = end
    return "".join(parts)


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
    thai = len(_THAI_LETTER.findall(text))
    if not _plausible(text) or foreign - thai > 0.05 * len(text):
        return None
    return text, best.encoding


def _undecodable() -> ReadError:
    return ReadError(
        "ถอดรหัสตัวอักษรของไฟล์ไม่ได้ เนื้อไฟล์ไม่ใช่ข้อความ บันทึกไฟล์ใหม่เป็น UTF-8 แล้วลองอีกครั้ง",
        "The bytes are not text in a known encoding. Save the file as UTF-8 and try again",
    )


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
    orphans = misplaced(text)
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
