"""UTF-8 that was read as single-byte characters, undone: a form that no language has."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipeline.readers.mojibake.code_pages import CONTINUATION, HIGH, bytes_of, class_of, replaced

_THAI_BYTES = rb"\xe0(?:\xb8[\x81-\xba\xbf]|\xb9[\x80-\x9b])"
_SEQUENCE = re.compile(
    rb"(?P<thai>" + _THAI_BYTES + rb")"
    rb"|(?P<latin>[\xc2\xc3][\x80-\xbf])"
    rb"|(?P<other>[\xc4-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})"
    rb"|(?P<lost>(?:\xe0[\xb8\xb9]|\xe2\x80)(?![\x80-\xbf]))"
    rb"|(?P<stray>.)",
    re.S,
)
# In a text that Windows-874 misread in part, what is not Thai as it stands.
_NOT_THAI = re.compile("เ[ธน]|โ€|[\x80-\x9f]")
# A misread sequence begins with one of these: Thai, or Latin-1 encoded twice.
LEADS = b"\xc2\xc3\xe0"


@cache
def _unit(page: str) -> str:
    """The first two bytes of every Thai letter in UTF-8."""
    return class_of(page, b"\xe0") + class_of(page, b"\xb8\xb9")


@cache
def _utf8_marks(page: str) -> re.Pattern[str]:
    """What no language writes: two Thai letters of UTF-8 in a row, or Latin-1 encoded twice."""
    twice = class_of(page, b"\xc2\xc3") + class_of(page, CONTINUATION)
    thai = f"{_unit(page)}.?{_unit(page)}"
    return re.compile(thai if page == "cp874" else f"{thai}|(?:{twice}){{4}}")


def undo_utf8(text: str, page: str) -> tuple[str, int]:
    """The text with UTF-8 that was read as `page` undone, and in how many stretches."""
    if not _utf8_marks(page).search(text):
        return text, 0
    text = _with_no_break_spaces(text, page)
    pattern = re.compile(f"{class_of(page, HIGH)}+")
    pieces = [
        (found.span(), _as_utf8(found[0], page))
        for found in pattern.finditer(text)
        if page != "cp874" or _NOT_THAI.search(found[0])
    ]
    sure = any(piece.surely(page) for _, piece in pieces)
    kept = [
        (span, piece.text)
        for span, piece in pieces
        if piece.surely(page) or (sure and piece.share >= 0.8)
    ]
    return replaced(text, kept), len(kept)


def _with_no_break_spaces(text: str, page: str) -> str:
    """Give ภ its last byte back, a no-break space that many programs write as a plain one.

    Where other letters lost their last byte altogether, a space is a space.
    """
    unit, following = _unit(page), class_of(page, CONTINUATION)
    if re.search(f"{unit}(?:{class_of(page, bytes([0xE0]))}|[A-Za-z0-9])", text):
        return text
    return re.sub(f"({unit}) (?={unit}{following})", "\\1\u00a0", text)


class _Piece(NamedTuple):
    """A stretch as the UTF-8 it may have been, the sequences in it, and the share explained."""

    text: str
    thai: int
    latin: int
    share: float

    def surely(self, page: str) -> bool:
        if page != "cp874" and self.latin >= 4 and self.share >= 0.9:
            return True
        return self.thai >= 3 and self.share >= 0.6


def _as_utf8(stretch: str, page: str) -> _Piece:
    """Read a stretch as UTF-8; bytes that belong to no sequence keep their characters."""
    table = bytes_of(page)
    raw = bytes(map(table.__getitem__, stretch))
    found = list(_SEQUENCE.finditer(raw))
    kinds = [m.lastgroup for m in found]
    thai = kinds.count("thai")
    if thai * 2 < kinds.count("lost"):
        return _Piece(stretch, 0, 0, 0.0)
    letters = (_letter(m, stretch) for m in found)
    share = 1 - kinds.count("stray") / len(raw)
    return _Piece("".join(letters), thai, kinds.count("latin"), share)


def _letter(found: re.Match[bytes], stretch: str) -> str:
    if found.lastgroup == "stray":
        return stretch[found.start() : found.end()]
    return "\ufffd" if found.lastgroup == "lost" else found[0].decode("utf-8", "replace")
