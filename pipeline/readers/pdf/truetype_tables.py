"""The tables of a TrueType font program: its character map, and the parts and points of glyphs."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import accumulate

Contour = tuple[tuple[int, int], ...]
# The glyphs of a Thai font have up to 6 parts.
_MAX_PARTS = 16
_MAX_POINTS = 4000


def tables_of(data: bytes) -> dict[str, tuple[int, int]]:
    """Offset and length of each table by its tag."""
    if len(data) < 12:
        return {}
    (count,) = struct.unpack_from(">H", data, 4)
    tables = {}
    for at in range(12, min(12 + 16 * count, len(data) - 15), 16):
        tag, _, offset, length = struct.unpack_from(">4sLLL", data, at)
        tables[tag.decode("latin-1")] = (offset, length)
    return tables


def character_map(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Pairs of code point and glyph from the Unicode map of the Windows or Unicode platform."""
    (count,) = struct.unpack_from(">H", data, start + 2)
    for at in range(start + 4, start + 4 + 8 * count, 8):
        platform, encoding, offset = struct.unpack_from(">HHL", data, at)
        (form,) = struct.unpack_from(">H", data, start + offset)
        if (platform, encoding) in ((3, 1), (3, 10)) or platform == 0:
            if form == 4:
                yield from _segments(data, start + offset)
            elif form == 12:
                yield from _groups(data, start + offset)


def _segments(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    double = struct.unpack_from(">H", data, at + 6)[0]
    ends, starts = at + 14, at + 16 + double
    for n in range(0, double, 2):
        (end,), (first,) = (struct.unpack_from(">H", data, place + n) for place in (ends, starts))
        (delta,) = struct.unpack_from(">H", data, starts + double + n)
        place = starts + 2 * double + n
        (offset,) = struct.unpack_from(">H", data, place)
        for code in range(first, min(end, 0xFFFE) + 1):
            gid = code
            if offset:
                (gid,) = struct.unpack_from(">H", data, place + offset + 2 * (code - first))
            if gid or not offset:
                yield code, (gid + delta) & 0xFFFF


def _groups(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(">L", data, at + 12)
    for n in range(min(count, 0xFFFF)):
        first, end, gid = struct.unpack_from(">LLL", data, at + 16 + 12 * n)
        for code in range(first, min(end, first + 0xFFFF, 0x10FFFF) + 1):
            yield code, gid + code - first


def parts_of(glyph: bytes) -> Iterator[tuple[int, int, int]]:
    """The glyphs of which a composite glyph is made, each with its offset."""
    at = 10
    for _ in range(_MAX_PARTS):
        flags, gid = struct.unpack_from(">HH", glyph, at)
        words, offsets = flags & 0x01, flags & 0x02
        dx, dy = struct.unpack_from(">hh" if words else ">bb", glyph, at + 4)
        yield (gid, dx, dy) if offsets else (gid, 0, 0)
        if not flags & 0x20:
            return
        at += 8 if words else 6
        at += 2 if flags & 0x08 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0


def simple_outline(glyph: bytes, count: int) -> Iterator[Contour]:
    """The contours of a glyph that is drawn by itself."""
    ends = struct.unpack_from(f">{count}H", glyph, 10)
    (hints,) = struct.unpack_from(">H", glyph, 10 + 2 * count)
    points = ends[-1] + 1 if ends else 0
    if points > _MAX_POINTS:
        return
    flags, at = _flags(glyph, 12 + 2 * count + hints, points)
    xs, at = _steps(glyph, at, flags, short=0x02, same=0x10)
    ys, _ = _steps(glyph, at, flags, short=0x04, same=0x20)
    outline = list(zip(accumulate(xs), accumulate(ys), strict=True))
    start = 0
    for end in ends:
        yield tuple(outline[start : end + 1])
        start = end + 1


def _flags(glyph: bytes, at: int, points: int) -> tuple[list[int], int]:
    flags: list[int] = []
    while len(flags) < points:
        flag = glyph[at]
        repeats = glyph[at + 1] if flag & 0x08 else 0
        flags.extend([flag] * (repeats + 1))
        at += 2 if flag & 0x08 else 1
    return flags[:points], at


def _steps(
    glyph: bytes, at: int, flags: list[int], *, short: int, same: int
) -> tuple[list[int], int]:
    steps = []
    for flag in flags:
        if flag & short:
            steps.append(glyph[at] if flag & same else -glyph[at])
            at += 1
        elif flag & same:
            steps.append(0)
        else:
            steps.append(struct.unpack_from(">h", glyph, at)[0])
            at += 2
    return steps, at
