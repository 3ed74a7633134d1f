"""What an embedded TrueType font itself tells about its glyphs.

Pango's producers (WeasyPrint) write the text of a whole cluster to its first glyph, so that the
map says ำ for the glyph of า and nothing for its ring. The font's own character map is right, and
a mark's variant beside a tall letter is the plain mark's outline moved, or a part of it.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping

from pipeline.readers.pdf.outlines import Outline, Shape, steps_of
from pipeline.readers.pdf.truetype_tables import (
    Contour,
    character_map,
    parts_of,
    simple_outline,
    tables_of,
)

_MARKS = "ัิีึืฺุู็่้๊๋์ํ"
_THAI = re.compile("[ก-๛]")
_TONES = "่้๊๋์"
# Mean distance of points, in widths and heights of the mark. Redrawn variants of one mark in
# Sarabun, Noto and TLWG fonts are within 0.073, but ี and ื of one font 0.02 to 0.1.
_ALIKE = 0.085
# A Thai font has some 800 glyphs of up to 6 parts; parts of parts nest once or twice.
_MAX_DEPTH = 4


class TrueType:
    """The character map and the outlines of one font program; both may be missing."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._tables = tables_of(data)
        self.chars = self._chars()
        self._shapes: dict[int, Shape] = {}
        self._note_marks()

    def learn(self, texts: Mapping[int, str]) -> None:
        """Take the characters of glyphs from what a PDF tells, in a font without its own map."""
        self.chars = {gid: text for gid, text in texts.items() if _THAI.fullmatch(text)}
        self._note_marks()

    def _note_marks(self) -> None:
        self._marks = {gid: char for gid, char in self.chars.items() if char in _MARKS}
        self._drawings = {steps_of(self._shape(gid)): char for gid, char in self._marks.items()}
        self._outlines = {gid: Outline.of(self._shape(gid)) for gid in self._marks}

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
        steps = steps_of(shape)
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
        same = self._drawings.get(steps_of(shape))
        if same is not None and same in marks:
            return same
        drawn = Outline.of(shape)
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
            for code, gid in character_map(self._data, self._tables["cmap"][0]):
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
            yield from simple_outline(glyph, count)
        elif depth < _MAX_DEPTH:
            for part, dx, dy in parts_of(glyph):
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


def _is_private(char: str) -> bool:
    """Whether a character is a glyph code, as old Thai fonts have them for moved marks."""
    return "\ue000" <= char <= "\uf8ff"
