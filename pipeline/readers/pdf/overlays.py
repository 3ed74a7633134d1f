"""The text of form fields and notes put where it is shown: beside its label, in its table cell.

Glyphs come in the order of painting, which fields have no part in: each is put after the text at
its left, before the text at its right, or after the text above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.readers.pdf.values import Glyph

# Dots or dashes to write on.
_BLANK = re.compile(r"[.…_\u2026]{3,}")
# Ems.
_SAME_LINE = 0.6
_OVERLAP = 1.0
_SPACE = 0.22
_LARGE = 72.0  # points: letters of a title
# Fields times glyphs, their own among them: 1,000 fields on a page of 3,000 pieces take 0.5 s.
_MAX_COMPARED = 10_000_000


class Overlay(NamedTuple):
    """The glyphs of one field or note, and from where to where it goes: points along the text."""

    glyphs: list[Glyph]
    x0: float
    x1: float


def with_overlays(glyphs: list[Glyph], overlays: Sequence[Overlay]) -> list[Glyph]:
    """The page's glyphs with those of the overlays among them."""
    placed = list(glyphs)
    shown = [overlay for overlay in overlays if overlay.glyphs]
    pieces = len(glyphs) + sum(len(overlay.glyphs) for overlay in shown)
    if len(shown) * pieces > _MAX_COMPARED:
        return placed + [glyph for overlay in shown for glyph in overlay.glyphs]
    for overlay in shown:
        beside = _beside(placed, overlay.glyphs[0])
        placed = _filled(placed, overlay, beside) or _inserted(placed, overlay, beside)
    return placed


def _beside(glyphs: list[Glyph], value: Glyph) -> list[int]:
    """The places of the glyphs on the line of a field's first glyph."""
    reach, y = _SAME_LINE * max(value.size, _LARGE), value.y
    near = [at for at, glyph in enumerate(glyphs) if -reach <= glyph.y - y <= reach]
    return [at for at in near if _on_line(glyphs[at], value)]


def _filled(glyphs: list[Glyph], overlay: Overlay, beside: list[int]) -> list[Glyph] | None:
    """The glyphs with the value in place of the dots that it stands on, if it does."""
    for at in beside:
        glyph = glyphs[at]
        blank = _nearest_blank(glyph, overlay)
        if blank is None:
            continue
        lead, start, end, trail = blank
        before = glyph._replace(text=lead.rstrip(" "), x1=start)
        filled = glyph._replace(text=f" {_text(overlay.glyphs)} ", x0=start, x1=end)
        after = glyph._replace(text=trail.lstrip(" "), x0=end)
        parts = [part for part in (before, filled, after) if part.text]
        return [*glyphs[:at], *parts, *glyphs[at + 1 :]]
    return None


def _text(glyphs: Sequence[Glyph]) -> str:
    parts = [glyphs[0].text]
    for before, glyph in pairwise(glyphs):
        near = _on_line(before, glyph) and glyph.x0 - before.x1 < _SPACE * glyph.size
        parts.append(glyph.text if near else f" {glyph.text}")
    return "".join(parts).strip()


def _nearest_blank(glyph: Glyph, overlay: Overlay) -> tuple[str, float, float, str] | None:
    """What stands before the dots under a field, where they begin and end, what is after them.

    Letters are taken to be equally wide, dots half as wide.
    """
    unit = (glyph.x1 - glyph.x0) / (_width(glyph.text) or 1.0)
    middle = (overlay.x0 + overlay.x1) / 2
    found = []
    for dots in _BLANK.finditer(glyph.text):
        x0, x1 = (glyph.x0 + unit * _width(glyph.text[:at]) for at in dots.span())
        if x0 < overlay.x1 and x1 > overlay.x0:
            found.append((abs(x0 + x1 - 2 * middle), x0, x1, *dots.span()))
    if not found:
        return None
    _, x0, x1, start, end = min(found)
    return glyph.text[:start], x0, x1, glyph.text[end:]


def _width(text: str) -> float:
    marks = sum("\u0e34" <= c <= "\u0e3a" or "\u0e47" <= c <= "\u0e4e" or c == "ั" for c in text)
    return len(text) - marks - 0.5 * sum(text.count(dot) for dot in "._ ")


def _inserted(glyphs: list[Glyph], overlay: Overlay, beside: list[int]) -> list[Glyph]:
    value = overlay.glyphs[0]
    em = value.size
    left = [at for at in beside if glyphs[at].x1 <= overlay.x0 + _OVERLAP * em]
    right = [at for at in beside if glyphs[at].x0 >= overlay.x1 - _OVERLAP * em]
    if left:
        near = max(left, key=lambda at: (glyphs[at].x1, at))
        return _put(glyphs, near + 1, _apart(overlay, glyphs[near].x1), glyphs[near].y)
    if right:
        near = min(right, key=lambda at: (glyphs[at].x0, at))
        return _put(glyphs, near, overlay, glyphs[near].y)
    above = [at for at, glyph in enumerate(glyphs) if glyph.y > value.y]
    if not above:
        return _put(glyphs, 0, overlay, value.y)
    over = [at for at in above if glyphs[at].x0 < overlay.x1 and glyphs[at].x1 > overlay.x0]
    near = min(over or above, key=lambda at: (round(glyphs[at].y - value.y), -at))
    return _put(glyphs, near + 1, overlay, value.y)


def _apart(overlay: Overlay, x1: float) -> Overlay:
    """The overlay with a space between its first glyph and the label that ends at `x1`."""
    first, *rest = overlay.glyphs
    if first.x0 - x1 > first.size:
        return overlay
    x0 = max(first.x0, x1)
    first = first._replace(text=" " + first.text, x0=x0, x1=max(first.x1, x0))
    return overlay._replace(glyphs=[first, *rest])


def _put(glyphs: list[Glyph], at: int, overlay: Overlay, y: float) -> list[Glyph]:
    """Put an overlay before the glyph at a place, its first line on the baseline `y`."""
    first = overlay.glyphs[0].y
    own = [glyph._replace(y=y) if glyph.y == first else glyph for glyph in overlay.glyphs]
    return [*glyphs[:at], *own, *glyphs[at:]]


def _on_line(glyph: Glyph, value: Glyph) -> bool:
    return abs(glyph.y - value.y) <= _SAME_LINE * max(glyph.size, value.size)
