"""What bytes became that were read by a wrong code page, and how to put it back."""

from __future__ import annotations

import re
from functools import cache

PAGES = {
    "cp874": "Windows-874",
    "cp1252": "Latin-1",
    "mac_roman": "Mac Roman",
    "cp437": "DOS 437",
    "cp850": "DOS 850",
}
HIGH = bytes(range(0x80, 0x100))
CONTINUATION = bytes(range(0x80, 0xC0))


@cache
def bytes_of(page: str) -> dict[str, int]:
    """The character that each high byte became; bytes without one became control characters."""
    table = {chr(byte): byte for byte in range(0x80, 0xA0)}
    for byte in range(0x80, 0x100):
        table[bytes([byte]).decode(page, "replace").replace("\ufffd", chr(byte))] = byte
    return table


@cache
def characters(page: str, raw: bytes) -> frozenset[str]:
    """What the bytes `raw` became."""
    return frozenset(char for char, byte in bytes_of(page).items() if byte in raw)


@cache
def class_of(page: str, raw: bytes) -> str:
    """A class of a regular expression: what the bytes `raw` became."""
    return f"[{''.join(map(re.escape, sorted(characters(page, raw))))}]"


def replaced(text: str, pieces: list[tuple[tuple[int, int], str]]) -> str:
    """`text` with what `pieces` say in place of the stretches they name, in order."""
    out, place = [], 0
    for (start, end), piece in pieces:
        out += [text[place:start], piece]
        place = end
    return "".join([*out, text[place:]])
