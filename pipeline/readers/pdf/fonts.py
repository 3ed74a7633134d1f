"""A PDF font to the text and the width of each of its codes.

pdfminer.six reads encodings and widths; the `/ToUnicode` map (`unicode_maps`) is compared with the
embedded font program where it shows signs of being wrong.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from pdfminer.cmapdb import IdentityCMap
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1

from pipeline.readers.pdf.mended_maps import mended
from pipeline.readers.pdf.tokens import string_of
from pipeline.readers.pdf.truetype import TrueType
from pipeline.readers.pdf.unicode_maps import to_unicode
from pipeline.readers.pdf.values import UNKNOWN, is_mark

# Strings shown are remembered up to this many: single glyphs repeat, whole lines do not.
_MAX_SHOWN = 4096

_THAI = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]")


class Shown(NamedTuple):
    """A string in a font: its text, its width in ems, the number of its codes and of blanks.

    Blanks are the single-byte codes 32, which word spacing widens.
    """

    text: str
    width: float
    codes: int
    blanks: int


class _Known(dict[int, Any]):
    """What is known of each code, asked once."""

    def __init__(self, ask: Callable[[int], Any]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, code: int) -> Any:
        self[code] = found = self._ask(code)
        return found


class Font:
    """One font: `shown` turns the token of a string into `Shown`; `known` are the last ones."""

    def __init__(self, spec: dict[str, Any]) -> None:
        texts = mended(_to_unicode_of(spec), _widths_of(spec))
        self._miner = PDFResourceManager().get_font(None, _lean(spec) if texts else spec)
        self._texts = texts
        self._program = _program_of(spec, texts)
        # A subset of glyphs numbered anew: a code that its map leaves out is no letter of ASCII.
        thai = any(map(_THAI.search, texts.values()))
        self._numbered = thai and "Encoding" not in spec
        self._texts_known, self._widths_known = _Known(self._text), _Known(self._width)
        self.known: dict[bytes, Shown] = {}
        self.upright = bool(self._miner.is_vertical())
        self._wide = bool(self._miner.is_multibyte())

    def shown(self, token: bytes) -> Shown:
        """What a string token shows."""
        known = self.known.get(token)
        if known is None:
            if len(self.known) > _MAX_SHOWN:
                self.known.clear()
            known = self.known[token] = self._show(string_of(token))
        return known

    def glyphs(self, token: bytes) -> list[tuple[str, float, bool]]:
        """The same glyph by glyph: text, width in ems, whether it is a blank."""
        text_of, width_of = self._texts_known.__getitem__, self._widths_known.__getitem__
        blank = not self._wide
        codes = self._codes(string_of(token))
        return [(text_of(code), width_of(code), blank and code == 32) for code in codes]

    def _show(self, string: bytes) -> Shown:
        codes = self._codes(string)
        text = "".join(map(self._texts_known.__getitem__, codes))
        width = sum(map(self._widths_known.__getitem__, codes))
        blanks = 0 if self._wide else string.count(b" ")
        return Shown(text, width, len(codes), blanks)

    def _codes(self, string: bytes) -> Sequence[int]:
        if not self._wide:
            return string
        if type(self._miner.cmap) is IdentityCMap:
            codes = array("H", string[: len(string) & ~1])
            codes.byteswap()
            return codes
        return tuple(self._miner.decode(string))

    def _text(self, code: int) -> str:
        """The text of a code; U+FFFD where the font tells none or a control character."""
        text = self._texts.get(code) if self._texts else None
        told = "" if text in (None, "\0", UNKNOWN) else text or ""
        if self._program is not None and (not told or _THAI.search(told) or is_mark(told)):
            text = self._program(code, told) or text
        if text is None:
            text = self._encoded(code)
        if text == "" and self._width(code) < 0.01:
            return UNKNOWN  # a mark that got lost
        odd = any(c < " " or "\x7f" <= c < "\xa0" for c in text)
        return UNKNOWN if odd else text

    def _encoded(self, code: int) -> str:
        if self._numbered:
            return UNKNOWN
        try:
            text = self._miner.to_unichr(code)
        except (PDFUnicodeNotDefined, KeyError, ValueError, IndexError):
            return UNKNOWN
        return text if isinstance(text, str) else UNKNOWN

    def _width(self, code: int) -> float:
        try:
            return float(self._miner.char_width(code))
        except (TypeError, ValueError, KeyError):
            return 0.0


def _lean(spec: dict[str, Any]) -> dict[str, Any]:
    """A font's dictionary without what pdfminer.six would read at length and nobody uses."""
    lean = {key: value for key, value in spec.items() if key != "ToUnicode"}
    if "DescendantFonts" in lean:
        below = dict_value(list_value(lean["DescendantFonts"])[0])
        lean["DescendantFonts"] = [below | {"FontDescriptor": {}}]
    elif "FontDescriptor" in lean:
        descriptor = dict_value(lean["FontDescriptor"])
        kept = {key: descriptor[key] for key in descriptor if not key.startswith("FontFile")}
        lean["FontDescriptor"] = kept
    return lean


def _widths_of(spec: Mapping[str, Any]) -> dict[int, float]:
    """The widths of a simple font's codes, in thousandths of an em."""
    first, widths = resolve1(spec.get("FirstChar")), resolve1(spec.get("Widths"))
    if not isinstance(first, int) or not isinstance(widths, list):
        return {}
    numbers = [resolve1(width) for width in widths[:256]]
    return {
        code: float(width)
        for code, width in enumerate(numbers, first)
        if isinstance(width, int | float)
    }


def _to_unicode_of(spec: Mapping[str, Any]) -> dict[int, str]:
    stream = resolve1(spec.get("ToUnicode"))
    return to_unicode(stream.get_data()) if isinstance(stream, PDFStream) else {}


def _program_of(
    spec: Mapping[str, Any], texts: dict[int, str]
) -> Callable[[int, str], str | None] | None:
    """What the embedded TrueType font says of a code, where the map is not to be trusted."""
    if "DescendantFonts" not in spec or not _is_suspect(texts):
        return None
    below = dict_value(list_value(spec["DescendantFonts"])[0])
    stream = resolve1(dict_value(below.get("FontDescriptor", {})).get("FontFile2"))
    if not isinstance(stream, PDFStream):
        return None
    program = TrueType(stream.get_data())
    gids = _gids(resolve1(below.get("CIDToGIDMap")))
    if not program.chars:
        program.learn({gids[c] if c < len(gids) else c: text for c, text in texts.items()})
    return lambda code, told: program.text_of(gids[code] if code < len(gids) else code, told)


def _gids(table: Any) -> array[int]:
    gids = array("H")
    if isinstance(table, PDFStream):
        data = table.get_data()
        gids.frombytes(data[: len(data) & ~1])
        gids.byteswap()
    return gids


def _is_suspect(texts: dict[int, str]) -> bool:
    """Whether a map gives clusters to glyphs: a text that is empty, long, ำ, or a mark twice."""
    thai = [text for text in texts.values() if not text or _THAI.search(text)]
    if thai and any(text in ("\0", UNKNOWN) for text in texts.values()):
        return True
    marks = Counter(text for text in thai if text and is_mark(text))
    twice = any(count > 1 for count in marks.values())
    return twice or any(len(text) != 1 or text == "ำ" for text in thai)
