"""Files that hold UTF-8 and Windows-874, or broken bytes: read line by line, stretch by stretch."""

from __future__ import annotations

import codecs
import contextlib
import re

from pipeline.readers.encodings.evidence import DOUBLE_THAI, looks_thai, plausible

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


def by_parts(data: bytes) -> tuple[str, str] | None:
    """UTF-8 and Windows-874 in one file, or one of them with a few broken bytes."""
    cut = codecs.getincrementaldecoder("utf-8")()
    with contextlib.suppress(UnicodeDecodeError):
        text = cut.decode(data) + "\ufffd"  # UTF-8 but for a last letter that came in part
        return (text, "utf-8") if plausible(text) else None
    pieces = [_line(line) for line in data.split(b"\n")]
    text = "\n".join(piece for piece, _ in pieces)
    thai = "\n".join(foreign for _, foreign in pieces if foreign)
    if thai and plausible(text) and looks_thai(thai):
        return text, "mixed" if _UTF8_THAI.search(data) else "cp874"
    nearly = data.decode("utf-8", "replace")
    # A cut or a few broken bytes in a UTF-8 file cost a few letters, not the file.
    if nearly.count("\ufffd") <= max(3, 0.01 * len(nearly)) and plausible(nearly):
        return nearly, "utf-8"
    return None


def _line(line: bytes) -> tuple[str, str]:
    """A line's text, and what of it was read as Windows-874."""
    try:
        return line.decode("utf-8"), ""
    except UnicodeDecodeError:
        text = line.decode("cp874", "replace")
    if not DOUBLE_THAI.search(text) and "\ufffd" not in text:
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
