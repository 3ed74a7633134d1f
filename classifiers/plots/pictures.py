"""Charts as pictures. Altair's own have letters on top of each other after sara am."""

from __future__ import annotations

import re


def png(svg: str, *, scale: float = 1.5) -> bytes:
    """A picture of a chart's SVG, `scale` pixels for one of the chart; needs a Thai font."""
    import vl_convert

    picture: bytes = vl_convert.svg_to_png(drawable(svg), scale=scale)
    return picture


def drawable(svg: str) -> str:
    """The SVG as resvg, inside vl-convert, lays it out right.

    It gives the two glyphs of sara am the place of none: "จำลอง" has its ล on the า. Written as
    nikhahit, tone mark, sara aa, each glyph keeps its place.
    """
    return re.sub("([\u0e48-\u0e4b]?)\u0e33", "\u0e4d\\1\u0e32", svg)
