"""What an embedded TrueType font itself tells about its glyphs.

Pango's producers (WeasyPrint) write the text of a whole cluster to its first glyph, so that the
map says ำ for the glyph of า and nothing for its ring. The font's own character map is right, and
a mark's variant beside a tall letter is the plain mark's outline moved, or a part of it.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from itertools import accumulate, pairwise
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Contour = tuple[tuple[int, int], ...]
Shape = list[Contour]

_MARKS = "ัิีึืฺุู็่้๊๋์ํ"
_THAI = re.compile("[ก-๛]")
_TONES = "่้๊๋์"
# Mean distance of points, in widths and heights of the mark. Redrawn variants of one mark in
# Sarabun, Noto and TLWG fonts are within 0.073, but ี and ื of one font 0.02 to 0.1.
_ALIKE = 0.085
# A Thai font has some 800 glyphs of up to 6 parts; parts of parts nest once or twice.
_MAX_DEPTH = 4
_MAX_PARTS = 16
_MAX_POINTS = 4000
_MAX_PAIRS_COMPARED = 40_000


class TrueType:
    """The character map and the outlines of one font program; both may be missing."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._tables = _tables(data)
        self.chars = self._chars()
        self._shapes: dict[int, Shape] = {}
        self._note_marks()

    def learn(self, texts: Mapping[int, str]) -> None:
        """Take the characters of glyphs from what a PDF tells, in a font without its own map."""
        self.chars = {gid: text for gid, text in texts.items() if _THAI.fullmatch(text)}
        self._note_marks()

    def _note_marks(self) -> None:
        self._marks = {gid: char for gid, char in self.chars.items() if char in _MARKS}
        self._drawings = {_steps_of(self._shape(gid)): char for gid, char in self._marks.items()}
        self._outlines = {gid: _Outline.of(self._shape(gid)) for gid in self._marks}

    def text_of(self, gid: int, told: str = "") -> str | None:
        """The text of a glyph: its character, or the marks of which its outline is made.

        `told` is what the PDF says; it decides between marks that look nearly the same.
        """
        own = self.chars.get(gid)
        if own is not None and not _is_private(own):
            return own
        return self._drawn(gid, told) or own

    def _drawn(self, gid: int, told: str) -> str | None:
        """The mark, or the ring with the tone mark on it, that a glyph's outline draws."""
        shape = self._shape(gid)
        if not shape:
            return None
        return self._mark_like(shape, _MARKS, told) or self._stacked(shape)

    def _stacked(self, shape: Shape) -> str | None:
        """Two marks in one glyph, the lower one first: นํ้า is น, ring with mai tho, า."""
        steps = _steps_of(shape)
        for drawing, lower in self._drawings.items():
            rest = [
                contour for contour, own in zip(shape, steps, strict=True) if own not in drawing
            ]
            if lower not in _TONES and rest and len(rest) + len(drawing) == len(shape):
                upper = self._mark_like(rest, _TONES, "")
                if upper:
                    return lower + upper
        return None

    def _mark_like(self, shape: Shape, marks: str, told: str) -> str | None:
        """The mark whose outline is the same when moved, or nearly so: a smaller drawing of it."""
        same = self._drawings.get(_steps_of(shape))
        if same is not None and same in marks:
            return same
        drawn = _Outline.of(shape)
        distances = {
            char: drawn.distance(self._outlines[gid])
            for gid, char in self._marks.items()
            if char in marks
        }
        alike = {char: apart for char, apart in distances.items() if apart < _ALIKE}
        return told if told in alike else min(alike, key=alike.__getitem__, default=None)

    def _chars(self) -> dict[int, str]:
        """By glyph: its character; a Thai letter goes before a glyph code of the private area."""
        chars: dict[int, str] = {}
        try:
            for code, gid in _character_map(self._data, self._tables["cmap"][0]):
                if gid and (gid not in chars or 0x0E00 < code < 0x0E7F):
                    chars[gid] = chr(code)
        except (KeyError, struct.error, ValueError, IndexError):
            pass
        return chars

    def _shape(self, gid: int) -> Shape:
        """The contours of a glyph as points, in units of the font."""
        if gid not in self._shapes:
            try:
                self._shapes[gid] = list(self._contours(gid, 0))
            except (KeyError, struct.error, IndexError):
                self._shapes[gid] = []
        return self._shapes[gid]

    def _contours(self, gid: int, depth: int) -> Iterator[Contour]:
        glyph = self._glyph(gid)
        if len(glyph) < 10:
            return
        (count,) = struct.unpack_from(">h", glyph)
        if count >= 0:
            yield from _simple(glyph, count)
        elif depth < _MAX_DEPTH:
            for part, dx, dy in _parts(glyph):
                for contour in self._contours(part, depth + 1):
                    yield tuple((x + dx, y + dy) for x, y in contour)

    def _glyph(self, gid: int) -> bytes:
        long = struct.unpack_from(">h", self._data, self._tables["head"][0] + 50)[0]
        loca = self._tables["loca"][0]
        if long:
            start, end = struct.unpack_from(">II", self._data, loca + 4 * gid)
        else:
            start, end = (2 * at for at in struct.unpack_from(">HH", self._data, loca + 2 * gid))
        glyf = self._tables["glyf"][0]
        return self._data[glyf + start : glyf + end]


def _steps_of(shape: Shape) -> tuple[Contour, ...]:
    """The steps from point to point, which moving does not change."""
    return tuple(
        tuple((x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(contour)) for contour in shape
    )


class _Outline(NamedTuple):
    """The points of an outline drawn to a box of 1 by 1, and how it differs from others at once."""

    points: NDArray[np.float64]
    contours: int
    is_low: bool

    @classmethod
    def of(cls, shape: Shape) -> _Outline:
        return cls(_boxed(shape), len(shape), _is_low(shape))

    def distance(self, other: _Outline) -> float:
        """How far two outlines are apart; 0 for a moved copy."""
        if self.contours != other.contours or self.is_low != other.is_low:
            return inf
        if not 0 < len(self.points) * len(other.points) <= _MAX_PAIRS_COMPARED:
            return inf
        apart = np.abs(self.points[:, None, :] - other.points[None, :, :]).sum(axis=2)
        return float(max(apart.min(axis=0).mean(), apart.min(axis=1).mean()))


def _is_low(shape: Shape) -> bool:
    """Whether an outline hangs below the baseline."""
    return sum(y for contour in shape for _, y in contour) < 0


def _boxed(shape: Shape) -> NDArray[np.float64]:
    points = np.array([point for contour in shape for point in contour], dtype=float)
    if len(points):
        points -= points.min(axis=0)
        points /= np.maximum(points.max(axis=0), 1.0)
    return points


def _is_private(char: str) -> bool:
    """Whether a character is a glyph code, as old Thai fonts have them for moved marks."""
    return "\ue000" <= char <= "\uf8ff"


def _tables(data: bytes) -> dict[str, tuple[int, int]]:
    """Offset and length of each table by its tag."""
    if len(data) < 12:
        return {}
    (count,) = struct.unpack_from(">H", data, 4)
    tables = {}
    for at in range(12, min(12 + 16 * count, len(data) - 15), 16):
        tag, _, offset, length = struct.unpack_from(">4sLLL", data, at)
        tables[tag.decode("latin-1")] = (offset, length)
    return tables


def _character_map(data: bytes, start: int) -> Iterator[tuple[int, int]]:
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


def _parts(glyph: bytes) -> Iterator[tuple[int, int, int]]:
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


def _simple(glyph: bytes, count: int) -> Iterator[Contour]:
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
